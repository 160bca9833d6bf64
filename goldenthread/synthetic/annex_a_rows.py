"""Who is on which list of Annex A, and what does each row say? The lists in terms of the standard's codes."""

from collections.abc import Callable, Iterator
from typing import Any

from goldenthread.synthetic import days
from goldenthread.synthetic.care import ADOPTED
from goldenthread.synthetic.child_rows import placed
from goldenthread.synthetic.people import CarePeriod, Child, Episode, Event, Plan
from goldenthread.synthetic.standing import care_leaver, care_period, is_open_case, open_plan
from goldenthread.synthetic.telling import Told

Cells = dict[str, Any]
NOTED = {True: "true", False: "false", None: "Unknown"}
YES = {True: "true", False: "false"}
PERIOD_MONTHS = 6
ADOPTION_MONTHS = 12


def _since(told: Told, months: int = PERIOD_MONTHS) -> int:
    return days.add_months(told.area.as_at, -months)


def _who(told: Told, child: Child) -> Cells:
    is_unborn = child.born > told.area.as_at
    return {
        "child_id": child.id,
        "gender": "U" if is_unborn else child.sex,
        "ethnicity": "NOBT" if is_unborn else child.family.ethnicity,
        "date_of_birth": child.born,
        "age": days.age(child.born, told.area.as_at),
        "disability": NOTED[None if is_unborn else child.is_disabled],
    }


def _held_by(told: Told, child: Child, day: int, role: str = "social_worker") -> Cells:
    """The team and worker, by name, on the day."""
    team, worker = placed(told, child, min(day, told.area.as_at), role)
    name = None if worker is None else f"Worker {worker[1:]}" if worker[1:].isdigit() else worker
    return {"allocated_team": team or told.front_door, "allocated_worker": name or "Unallocated"}


def _by(told: Told, day: int | None) -> int | None:
    return day if day is not None and day <= told.area.as_at else None


def _last(days_of: list[int]) -> int | None:
    return max(days_of) if days_of else None


def contacts(told: Told) -> Iterator[Cells]:
    """List 1: contacts of the last six months."""
    for child in told.written:
        for contact in child.contacts:
            if contact.day > _since(told):
                yield _who(told, child) | {"date_of_contact": contact.day, "contact_source": contact.source}


def early_help(told: Told) -> Iterator[Cells]:
    """List 2: early help assessments of the last six months, and support under way."""
    for child in told.written:
        for help_ in child.help:
            if help_.service == "early_help" and (help_.end is None or help_.start > _since(told)):
                yield _who(told, child) | {
                    "assessment_start_date": help_.start,
                    "assessment_completion_date": help_.assessed_on,
                    "organisation": help_.organisation,
                }


def referrals(told: Told) -> Iterator[Cells]:
    """List 3: referrals of the last six months."""
    for child in told.written:
        received = [e.received for e in child.episodes if e.received <= told.area.as_at]
        for episode in child.episodes:
            if _since(told) < episode.received <= told.area.as_at:
                latest = max(received)
                earlier = [d for d in received if days.add_months(latest, -12) <= d < latest]
                yield (
                    _who(told, child)
                    | _held_by(told, child, max(episode.received, episode.decided or 0))
                    | {
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
                if found.start > told.area.as_at or found.authorised <= _since(told):
                    continue
                done = found.authorised <= told.area.as_at
                yield (
                    _who(told, child)
                    | _held_by(told, child, found.authorised)
                    | {
                        "assessment_start_date": found.start,
                        "child_seen": NOTED[found.is_seen if done else None],
                        "assessment_authorised_date": _by(told, found.authorised),
                        "support_required": YES[found.services] if done else None,
                    }
                )


def enquiries(told: Told) -> Iterator[Cells]:
    """List 5: section 47 enquiries of the last six months."""
    for child in told.written:
        for found in child.discussions:
            if not found.is_s47 or found.held <= _since(told):
                continue
            held = [c for c in child.conferences if c.discussion == found.id]
            year = days.add_months(found.held, -12)
            required = found.is_conference_required
            yield (
                _who(told, child)
                | _held_by(told, child, found.held)
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
        if not is_open and not _since(told) < episode.closed <= told.area.as_at:
            continue
        seen = [v.day for v in child.visits if v.is_seen and v.kind != "care_leaver"]
        closed = None if is_open else episode.closed
        yield (
            _who(told, child)
            | _held_by(told, child, closed - 1 if closed else told.area.as_at)
            | {
                "cin_start_date": episode.received,
                "primary_need": episode.need,
                "date_last_seen": _last(seen),
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
        if plans and max(plans, key=lambda p: p.start).end > _since(told):
            yield _protected(told, child, max(plans, key=lambda p: p.start))


def _protected(told: Told, child: Child, plan: Plan) -> Cells:
    visits = [v for v in child.visits if v.kind == "cp" and v.day >= plan.start]
    last: Event | None = max(visits, key=lambda v: v.day) if visits else None
    reviews = [c.held for c in child.conferences if c.kind == "review" and plan.start < c.held]
    ended = _by(told, plan.end)
    return (
        _who(told, child)
        | _held_by(told, child, ended - 1 if ended else told.area.as_at)
        | {
            "plan_start_date": plan.start,
            "initial_category_of_abuse": plan.category,
            "latest_category_of_abuse": plan.latest_category,
            "last_statutory_visit_date": last.day if last else None,
            "seen_alone": NOTED[last.is_alone if last else None],
            "latest_review_conference_date": _last(reviews),
            "plan_end_date": ended,
            "emergency_protection_last_6_months": YES[int(child.id) % 29 == 0],
            "previous_plans": plan.previous,
        }
    )


def in_care(told: Told) -> Iterator[Cells]:
    """List 8: children in care now or in the last six months."""
    for child in told.written:
        periods = [p for p in child.care if p.start <= told.area.as_at]
        if periods and max(periods, key=lambda p: p.start).end > _since(told):
            yield _in_care(told, child, max(periods, key=lambda p: p.start))


def _in_care(told: Told, child: Child, period: CarePeriod) -> Cells:
    as_at, ended = told.area.as_at, _by(told, period.end)
    placements = [p for p in child.placements if period.start <= p.start < period.end and p.start <= as_at]
    at = max(placements, key=lambda p: p.start) if placements else None
    year = days.add_months(as_at, -12)
    gone = [m for m in child.missing if m.day > max(year, period.start)]
    went = [m for m in gone if m.kind == "missing"]
    again = any(p is not period and year < p.end <= period.start for p in child.care)
    status = [day for day, code in period.statuses if code == period.legal_status]
    return (
        _who(told, child)
        | _held_by(told, child, ended - 1 if ended else as_at)
        | _last_events(child, period)
        | {
            "uasc_last_12_months": YES[period.is_uasc],
            "date_started_looked_after": period.start,
            "category_of_need": period.need,
            "second_period_last_12_months": YES[again],
            "legal_status_start_date": status[0] if status else period.start,
            "legal_status": period.legal_status,
            "permanence_plan": period.permanence if _by(told, period.permanence_on) else None,
            "placements_last_12_months": period.placements_12m,
            "date_ceased_looked_after": ended,
            "reason_ceased_looked_after": period.reason if ended else None,
            "placement_start_date": at.start if at else None,
            "placement_type": at.type if at else None,
            "placement_provider": at.provider if at else None,
            "placement_urn": f"SC9{int(at.id[2:]) % 10**5:05d}" if at and at.type[0] in "KHR" else None,
            "placement_location": ("out" if at.is_out else "in") if at else None,
            "placement_authority": None if at is None else "Elsewhere" if at.is_out else told.area.arc.name,
            "missing_episodes_last_12_months": len(went),
            "absent_episodes_last_12_months": len(gone) - len(went),
            "return_interview_offered": NOTED[went[-1].is_offered] if went else None,
            "return_interview_accepted": NOTED[went[-1].is_accepted] if went else None,
        }
    )


def _last_events(child: Child, period: CarePeriod) -> Cells:
    """When each thing that should happen in care happened last."""
    reviews = [
        c.held for c in child.conferences if c.kind == "looked_after_review" and c.held >= period.start
    ]
    visits = [v.day for v in child.visits if v.kind == "looked_after" and v.day >= period.start]
    checks = [o.day for o in child.oversights if o.kind == "iro_midpoint" and o.day >= period.start]
    done = [(day, kind) for day, kind, result, _ in child.health if result == "completed"]
    return {
        "latest_review_date": _last(reviews),
        "last_social_work_visit_date": _last(visits),
        "last_iro_contact_date": _last(checks),
        "last_health_assessment_date": _last([day for day, kind in done if kind in ("iha", "rha")]),
        "last_dental_check_date": _last([day for day, kind in done if kind == "dental"]),
    }


def care_leavers(told: Told) -> Iterator[Cells]:
    """List 9: those receiving leaving care services."""
    as_at = told.area.as_at
    for child in told.written:
        status = care_leaver(child, as_at)
        if status is None:
            continue
        _, adviser = placed(told, child, as_at, "personal_adviser")
        reviews = [day for day, kind in child.pathway_plans if kind != "needs_assessment" and day <= as_at]
        home = status.accommodation if status.accommodation != "0" else None
        yield (
            _who(told, child)
            | _held_by(told, child, as_at, "personal_adviser")
            | {
                "eligibility": status.eligibility,
                "in_touch": status.in_touch,
                "accommodation": home,
                "accommodation_suitability": None if status.is_suitable is None else YES[status.is_suitable],
                "activity": status.activity if status.activity != "0" else None,
                "uasc_or_formerly": YES[any(p.is_uasc for p in child.care)],
                "personal_adviser": f"Worker {adviser[1:]}" if adviser else None,
                "pathway_plan_review_date": _last(reviews),
                "latest_contact_date": _by(told, status.last_contact),
            }
        )


def _adoptions(told: Told) -> Iterator[tuple[Child, CarePeriod, int]]:
    """Children placed for adoption or adopted in the last twelve months, and the day they were placed."""
    for child in told.written:
        for period in child.care:
            placed_on = [p.start for p in child.placements if p.type[0] == "A" and period.start <= p.start]
            ended = period.end if period.reason in ADOPTED else told.area.as_at + 1
            if placed_on and placed_on[0] <= told.area.as_at and ended > _since(told, ADOPTION_MONTHS):
                yield child, period, placed_on[0]


def adoptions(told: Told) -> Iterator[Cells]:
    """List 10: adoption decisions, matches, placements and orders."""
    for child, period, placed_on in _adoptions(told):
        decided = max(period.start + 30, placed_on - 230)
        yield _who(told, child) | {
            "family_id": f"AF{child.id}",
            "entered_care_date": period.start,
            "adoption_decision_date": decided,
            "placement_order_date": min(decided + 60, placed_on - 30),
            "matching_date": placed_on - 20,
            "placed_for_adoption_date": placed_on,
            "adoption_order_date": _by(told, period.end) if period.reason in ADOPTED else None,
        }


def adopters(told: Told) -> Iterator[Cells]:
    """List 11: adopters of those children, and some who are still being assessed."""
    for child, period, placed_on in _adoptions(told):
        for number, sex in enumerate(("F", "M")[: 1 + int(child.id) % 2]):
            yield _adopter(f"AD{child.id}{number}", f"AF{child.id}", sex, placed_on - 420) | {
                "stage_2_end_date": placed_on - 150,
                "matched_date": placed_on - 20,
                "children_placed_date": placed_on,
                "children_placed": 1,
                "adoption_order_date": _by(told, period.end) if period.reason in ADOPTED else None,
            }
    for number in range(round(told.area.scaled(6))):
        enquired = told.area.as_at - 40 - 27 * number % 300
        name = f"{told.area.number}{number:04d}"
        yield _adopter(f"ADN{name}", f"AFN{name}", "FM"[number % 2], enquired)


def _adopter(name: str, family: str, sex: str, enquired: int) -> Cells:
    return {
        "adopter_id": name,
        "family_id": family,
        "gender": sex,
        "ethnicity": "WBRI",
        "disability": "false",
        "fostering_for_adoption": "false",
        "enquiry_date": enquired,
        "stage_1_start_date": enquired + 20,
    }


LIST_ROWS: dict[int, Callable[[Told], Iterator[Cells]]] = {
    1: contacts,
    2: early_help,
    3: referrals,
    4: assessments,
    5: enquiries,
    6: in_need,
    7: protected,
    8: in_care,
    9: care_leavers,
    10: adoptions,
    11: adopters,
}
