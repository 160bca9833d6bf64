"""Who is on lists 1 to 7 of Annex A, and what does each row say? In the codes of the standard."""

from collections.abc import Callable, Iterator
from typing import Any

from goldenthread.synthetic import days
from goldenthread.synthetic.case_rows import assessed_by, placed
from goldenthread.synthetic.people import Child, Episode, Event, Plan
from goldenthread.synthetic.standing import care_period, is_open_case, open_plan
from goldenthread.synthetic.telling import Told

Cells = dict[str, Any]
NOTED = {True: "true", False: "false", None: "Unknown"}
YES = {True: "true", False: "false"}
PERIOD_MONTHS = 6
ADOPTION_MONTHS = 12


def since(told: Told, months: int = PERIOD_MONTHS) -> int:
    """The day after which a list begins."""
    return days.add_months(told.area.as_at, -months)


def who(told: Told, child: Child) -> Cells:
    """The cells that say who the child is."""
    is_unborn = child.born > told.area.as_at or child.is_overdue
    return {
        "child_id": child.id,
        "gender": "U" if is_unborn else child.sex,
        "ethnicity": "NOBT" if is_unborn else child.family.ethnicity,
        "date_of_birth": child.born,
        "age": -1 if is_unborn else days.age(child.born, told.area.as_at),
        "disability": NOTED[None if is_unborn else child.is_disabled],
    }


def held_by(told: Told, child: Child, day: int, role: str = "social_worker") -> Cells:
    """The team and worker, by name, on the day."""
    return named(told, *placed(told, child, min(day, told.area.as_at), role))


def named(told: Told, team: str | None, worker: str | None) -> Cells:
    """The cells that name the team and the worker."""
    name = None if worker is None else f"Worker {worker[1:]}" if worker[1:].isdigit() else worker
    return {"allocated_team": team or told.front_door, "allocated_worker": name or "Unallocated"}


def by_now(told: Told, day: int | None) -> int | None:
    """The day, if it has come."""
    return day if day is not None and day <= told.area.as_at else None


def last_of(events: list[int]) -> int | None:
    """The latest of some days, if there is one."""
    return max(events) if events else None


def contacts(told: Told) -> Iterator[Cells]:
    """List 1: contacts of the last six months."""
    for child in told.written:
        for contact in child.contacts:
            if contact.day > since(told):
                yield who(told, child) | {"date_of_contact": contact.day, "contact_source": contact.source}


def early_help(told: Told) -> Iterator[Cells]:
    """List 2: early help assessments of the last six months, and support under way."""
    for child in told.written:
        for help_ in child.help:
            if help_.service == "early_help" and (help_.end is None or help_.start > since(told)):
                yield who(told, child) | {
                    "assessment_start_date": help_.start,
                    "assessment_completion_date": help_.assessed_on,
                    "organisation": help_.organisation,
                }


def referrals(told: Told) -> Iterator[Cells]:
    """List 3: referrals of the last six months."""
    for child in told.written:
        received = [e.received for e in child.episodes if e.received <= told.area.as_at]
        for episode in child.episodes:
            if since(told) < episode.received <= told.area.as_at:
                latest = max(received)
                earlier = [d for d in received if days.add_months(latest, -12) <= d < latest]
                held = held_by(told, child, max(episode.received, episode.decided or 0))
                yield (
                    who(told, child)
                    | held
                    | {
                        "allocated_team": told.front_door,
                        "date_of_referral": episode.received,
                        "referral_source": episode.source,
                        "referral_nfa": YES[episode.is_nfa],
                        "referrals_last_12_months": len(earlier),
                    }
                )


def assessments(told: Told) -> Iterator[Cells]:
    """List 4: assessments of the last six months, the open ones included."""
    for child in told.written:
        for episode in child.episodes:
            for found in episode.assessments:
                if found.start > told.area.as_at or found.authorised <= since(told):
                    continue
                done = found.authorised <= told.area.as_at
                yield (
                    who(told, child)
                    | named(told, *assessed_by(told, child, found))
                    | {
                        "assessment_start_date": found.start,
                        "child_seen": NOTED[found.is_seen if done else None],
                        "assessment_authorised_date": by_now(told, found.authorised),
                        "support_required": YES[found.services] if done else None,
                    }
                )


def enquiries(told: Told) -> Iterator[Cells]:
    """List 5: section 47 enquiries of the last six months."""
    for child in told.written:
        for found in child.discussions:
            if not found.is_s47 or (found.ended is not None and found.held <= since(told)):
                continue
            held = [c for c in child.conferences if c.discussion == found.id]
            year = days.add_months(found.held, -12)
            required = found.is_conference_required
            yield (
                who(told, child)
                | held_by(told, child, found.held)
                | {
                    "strategy_discussion_date": found.held,
                    "conference_unnecessary": None if required is None else YES[not required],
                    "initial_conference_date": held[0].held if held else None,
                    "plan_resulted": YES[bool(held[0].is_plan_made)] if held else None,
                    "section_47_enquiries_last_12_months": sum(
                        year <= d.held < found.held for d in child.discussions
                    ),
                    "initial_conferences_last_12_months": sum(
                        year <= c.held < found.held for c in child.conferences if c.kind == "initial"
                    ),
                }
            )


def in_need(told: Told) -> Iterator[Cells]:
    """List 6: children in need in the last six months, one row each for the latest episode."""
    for child in told.written:
        episodes = [e for e in child.episodes if e.received <= told.area.as_at and e.assessments]
        if not episodes:
            continue
        episode = max(episodes, key=lambda e: e.received)
        is_open = episode.closed > told.area.as_at and is_open_case(child, told.area.as_at)
        if not is_open and not since(told) < episode.closed <= told.area.as_at:
            continue
        seen = [v.day for v in child.visits if v.is_seen and v.kind != "care_leaver"]
        closed = None if is_open else episode.closed
        yield (
            who(told, child)
            | held_by(told, child, closed - 1 if closed else told.area.as_at)
            | {
                "cin_start_date": episode.received,
                "primary_need": episode.need,
                "date_last_seen": last_of(seen),
                "cin_closure_date": closed,
                "closure_reason": episode.reason if closed else None,
                "case_status": _case_status(told, child, episode),
            }
        )


def _case_status(told: Told, child: Child, episode: Episode) -> str:
    as_at = told.area.as_at
    if episode.closed <= as_at:
        return "e"
    if care_period(child, as_at):
        return "a"
    if open_plan(child.cp_plans, as_at):
        return "b"
    return "c" if any(p.kind == "cin" and p.start <= as_at for p in episode.phases) else "d"


def protected(told: Told) -> Iterator[Cells]:
    """List 7: child protection plans open or ended in the last six months."""
    for child in told.written:
        plans = [p for p in child.cp_plans if p.start <= told.area.as_at]
        if plans and max(plans, key=lambda p: p.start).end > since(told):
            yield _protected(told, child, max(plans, key=lambda p: p.start))


def _protected(told: Told, child: Child, plan: Plan) -> Cells:
    visits = [v for v in child.visits if v.kind == "cp" and v.day >= plan.start]
    last: Event | None = max(visits, key=lambda v: v.day) if visits else None
    reviews = [c.held for c in child.conferences if c.kind == "review" and plan.start < c.held]
    ended = by_now(told, plan.end)
    return (
        who(told, child)
        | held_by(told, child, ended - 1 if ended else told.area.as_at)
        | {
            "plan_start_date": plan.start,
            "initial_category_of_abuse": plan.category,
            "latest_category_of_abuse": plan.latest_category,
            "last_statutory_visit_date": last.day if last else None,
            "seen_alone": NOTED[last.is_alone if last else None],
            "latest_review_conference_date": last_of(reviews),
            "plan_end_date": ended,
            "emergency_protection_last_6_months": YES[int(child.id) % 29 == 0],
            "previous_plans": plan.previous,
        }
    )


LIST_ROWS: dict[int, Callable[[Told], Iterator[Cells]]] = {
    1: contacts,
    2: early_help,
    3: referrals,
    4: assessments,
    5: enquiries,
    6: in_need,
    7: protected,
}
