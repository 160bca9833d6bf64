"""How does a child's case read in the local extracts? One function per table, columns as in the standard."""

from collections.abc import Callable, Iterator
from typing import Any

from goldenthread.synthetic import days
from goldenthread.synthetic.days import iso, moment
from goldenthread.synthetic.people import Assessment, Child, Conference
from goldenthread.synthetic.telling import Told

Row = tuple[Any, ...]
NOTED = {True: "true", False: "false", None: None}


def placed(told: Told, child: Child, day: int, role: str = "social_worker") -> tuple[str | None, str | None]:
    """The team and worker who held the child on the day."""
    team = worker = None
    for spell in child.spells:
        if spell.start > day:
            break
        if day < spell.end and spell.role == role:
            team, worker = spell.team, spell.worker
    return team, worker


def past(told: Told, day: int | None) -> str | None:
    """The day as written, if it has come by the as-at date."""
    return None if day is None or day > told.area.as_at else iso(day)


def recorded(told: Told, day: int) -> str:
    """When an event of that day was entered: within five working days or later, never after the delivery."""
    rng, area = told.area.rng, told.area
    lag = rng.choice((0, 0, 1, 1, 2, 3, 5)) if area.chance("recorded", day) else rng.randint(6, 25)
    return moment(min(days.add_working(day, lag), area.as_at), rng.randint(9 * 60, 18 * 60)) or ""


def children(told: Told, child: Child) -> Iterator[Row]:
    """Who the child is."""
    is_unborn = child.born > told.area.as_at or child.is_overdue
    yield (
        child.id,
        None if is_unborn else iso(child.born),
        NOTED[is_unborn],
        iso(child.born) if is_unborn else None,
        "U" if is_unborn else child.sex,
        None if is_unborn else child.family.ethnicity,
        None if is_unborn else NOTED[child.is_disabled],
        child.family.locality,
        child.family.id,
    )


def allocations(told: Told, child: Child) -> Iterator[Row]:
    """Who held the child, and when."""
    for spell in child.spells:
        if spell.start <= told.area.as_at:
            name = told.area.ids.next("AL")
            if spell.slip:
                told.slips.note(spell.slip, "two_lead_workers", "allocations", name, child)
            yield (
                name,
                child.id,
                spell.worker,
                spell.team,
                spell.role,
                iso(spell.start),
                past(told, spell.end),
            )


def contacts(told: Told, child: Child) -> Iterator[Row]:
    """Contacts and their decisions."""
    team = told.front_door
    for c in child.contacts:
        decided = moment(c.decided, c.decided_minute)
        yield (
            c.id, child.id, moment(c.day, c.minute), c.source, decided, c.outcome, NOTED[c.concern],
            team, None,
        )  # fmt: skip


def referrals(told: Told, child: Child) -> Iterator[Row]:
    """Referrals and the episodes of need they opened."""
    area = told.area
    received = [e.received for e in child.episodes]
    for e in child.episodes:
        if e.received > area.as_at:
            continue
        year = days.add_months(e.received, -12)
        earlier = sum(year <= day < e.received for day in received)
        is_closed = e.closed <= area.as_at
        is_decided = e.decided is not None and e.decided <= area.as_at
        yield (
            e.id, child.id, iso(e.received), e.source, past(told, e.decided),
            NOTED[e.is_nfa] if is_decided else None, earlier, e.need,
            iso(e.closed) if is_closed else None, e.reason if is_closed else None,
            past(told, e.chronology), told.front_door, None,
        )  # fmt: skip


def assessed_by(told: Told, child: Child, found: Assessment) -> tuple[str | None, str | None]:
    """The team and worker of an assessment: who held the child at its start, else at its end."""
    team, worker = placed(told, child, found.start)
    return (team, worker) if team else placed(told, child, min(found.authorised, told.area.as_at))


def assessments(told: Told, child: Child) -> Iterator[Row]:
    """Assessments, open and authorised."""
    for e in child.episodes:
        for a in e.assessments:
            if a.start > told.area.as_at:
                continue
            done = a.authorised <= told.area.as_at
            team, worker = assessed_by(told, child, a)
            yield (
                a.id, child.id, e.id, iso(a.start), past(told, a.authorised),
                NOTED[a.is_seen] if done else None, NOTED[a.services] if done else None,
                a.factors if done else None, team, worker,
            )  # fmt: skip


def strategy_discussions(told: Told, child: Child) -> Iterator[Row]:
    """Strategy discussions and section 47 enquiries."""
    for d in child.discussions:
        team, worker = placed(told, child, d.held)
        yield (
            d.id, child.id, iso(d.concern), iso(d.held), NOTED[d.is_s47], past(told, d.ended),
            NOTED[d.is_conference_required], *(NOTED[check] for check in d.checks),
            recorded(told, d.held), team, worker,
        )  # fmt: skip


def conferences(told: Told, child: Child) -> Iterator[Row]:
    """Conferences and looked-after reviews."""
    for c in sorted(child.conferences, key=_held):
        team, worker = placed(told, child, c.held)
        yield (
            c.id, child.id, c.kind, iso(c.held), c.discussion, NOTED[c.is_plan_made], past(told, c.letter),
            past(told, c.minutes), c.participation, NOTED[c.is_quorate], NOTED[c.has_checks], c.agencies,
            recorded(told, c.held), team, worker,
        )  # fmt: skip


def _held(conference: Conference) -> tuple[int, str]:
    return conference.held, conference.id


def cp_plans(told: Told, child: Child) -> Iterator[Row]:
    """Child protection plans."""
    for p in child.cp_plans:
        yield (
            p.id, child.id, iso(p.start), past(told, p.end), p.category, p.latest_category, p.previous,
            *placed(told, child, p.start),
        )  # fmt: skip


def cin_plans(told: Told, child: Child) -> Iterator[Row]:
    """Child in need plans."""
    for p in sorted(child.cin_plans, key=lambda plan: plan.start):
        yield (p.id, child.id, iso(p.start), past(told, p.end), *placed(told, child, p.start))


def plan_meetings(told: Told, child: Child) -> Iterator[Row]:
    """Core groups, and child in need meetings and reviews."""
    for m in sorted(child.meetings, key=lambda meeting: meeting.day):
        name = told.area.ids.next("MT")
        yield (name, child.id, m.kind, iso(m.day), recorded(told, m.day), *placed(told, child, m.day))


def visits(told: Told, child: Child) -> Iterator[Row]:
    """Visits of every kind."""
    rng = told.area.rng
    for v in sorted(child.visits, key=lambda visit: visit.day):
        name = told.area.ids.next("V")
        if v.slip:
            told.slips.note(v.slip, "visit_after_closure", "visits", name, child)
        role = "personal_adviser" if v.kind == "care_leaver" else "social_worker"
        yield (
            name, child.id, v.kind, moment(v.day, rng.randint(9 * 60, 18 * 60)), NOTED[v.is_seen],
            NOTED[v.is_alone], recorded(told, v.day), *placed(told, child, v.day, role),
        )  # fmt: skip


def management_oversights(told: Told, child: Child) -> Iterator[Row]:
    """Oversight by managers and reviewing officers."""
    for o in sorted(child.oversights, key=lambda entry: entry.day):
        role = "iro" if o.kind == "iro_midpoint" else "social_worker"
        team, worker = placed(told, child, o.day, role)
        yield (
            told.area.ids.next("OV"), child.id, o.kind, iso(o.day), o.assessment, recorded(told, o.day),
            team, worker,
        )  # fmt: skip


def escalations(told: Told, child: Child) -> Iterator[Row]:
    """Challenges by reviewing officers and chairs."""
    for name, raised, resolved, by, stage in child.escalations:
        yield (name, child.id, by, stage, iso(raised), past(told, resolved), placed(told, child, raised)[0])


def early_help_episodes(told: Told, child: Child) -> Iterator[Row]:
    """Early help and edge-of-care support."""
    for h in child.help:
        yield (
            h.id, child.id, h.service, h.organisation, h.lead, iso(h.start), iso(h.end), h.reason,
            iso(h.assessed_from), iso(h.assessed_on), *(NOTED[criterion] for criterion in h.criteria), h.team,
        )  # fmt: skip


CASE_ROWS: dict[str, Callable[[Told, Child], Iterator[Row]]] = {
    function.__name__: function
    for function in (
        children, allocations, contacts, early_help_episodes, referrals, assessments, strategy_discussions,
        conferences, cp_plans, cin_plans, plan_meetings, visits, management_oversights, escalations,
    )
}  # fmt: skip
