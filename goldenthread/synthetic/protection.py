"""How are children protected? Strategy discussions, section 47 enquiries, conferences and CP plans."""

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.assessment import Slot
from goldenthread.synthetic.frequencies import drawn, drawn_or_blank
from goldenthread.synthetic.people import Child, Conference, Discussion, Event, Family, Phase, Plan

FIRST_CORE_GROUP = 10  # working days
CORE_GROUP = 42  # days
VISIT = 10  # working days
CONFERENCE = 15  # working days
STRATEGY = 3  # working days
SEEN = 0.95  # of visits, those at which the child was seen


def enquire(area: Area, family: Family, kind: str, slot: Slot) -> int | None:
    """The enquiry during an assessment; the day of the conference if it leads to a plan."""
    if kind not in ("cp", "section_47"):
        return None
    rng = area.rng
    if area.chance("strategy_in_time", slot.start):
        held = days.add_working(slot.start, rng.choices((0, 1, 3, 6, 12), (35, 25, 20, 12, 8))[0])
        held = min(held, slot.authorised)
        concern = max(slot.received, days.add_working(held, -rng.randint(0, STRATEGY)))
    else:
        concern = slot.received
        held = days.add_working(concern, rng.randint(STRATEGY + 1, STRATEGY + 8))
    return _enquiry(area, family.children, held, concern, is_plan=kind == "cp")


def _enquiry(area: Area, children: list[Child], held: int, concern: int, is_plan: bool) -> int | None:
    """One strategy discussion about those children, its conference and its outcome."""
    rng = area.rng
    is_conference = is_plan or rng.random() < 0.14
    took = rng.randint(8, CONFERENCE) if area.chance("conference_in_time", held) else rng.randint(16, 29)
    conference = days.add_working(held, took) if is_conference else None
    if held > area.as_at:
        return conference if is_plan else None
    name, meeting = area.ids.next("SD"), area.ids.next("CF")
    is_decided = is_conference or rng.random() < 0.96
    ended = days.add_working(held, rng.randint(4, 15))
    checks = _checks(area, held)
    for child in children:
        discussion = Discussion(name, held, concern, checks=checks)
        if is_decided and ended <= area.as_at:
            discussion.ended, discussion.is_conference_required = ended, is_conference
        child.discussions.append(discussion)
        if conference and conference <= area.as_at:
            _confer(area, child, meeting, "initial", conference, name, is_plan)
    return conference if is_plan else None


def _checks(area: Area, held: int) -> tuple[bool | None, ...]:
    """Police, health, education, actions, owners and dates."""
    if area.chance("strategy_recorded", held):
        return (True,) * 6
    found: list[bool | None] = [True] * 6
    for place in area.rng.sample((1, 2, 2, 4, 5, 5), area.rng.randint(1, 3)):
        found[place] = None if area.rng.random() < 0.2 else False
    return tuple(found)


def _confer(
    area: Area, child: Child, name: str, kind: str, held: int, discussion: str | None, is_plan: bool | None
) -> None:
    """The child's record of a conference, with what was sent out after it."""
    rng = area.rng
    found = Conference(name, kind, held, discussion, is_plan)
    found.letter = days.add_working(held, rng.choice((0, 1, 1, 1, 2, 3)))
    took = rng.randint(5, 20) if area.chance("minutes", held) else rng.randint(21, 75)
    found.minutes = days.add_working(held, took)
    found.participation = (
        "PN0" if days.age(child.born, held) < 4 else drawn_or_blank(rng, "views_at_conference")
    )
    found.is_quorate = rng.random() < 0.94
    found.agencies = rng.randint(1, 5)
    found.has_checks = rng.random() < 0.82 if kind == "initial" else None
    child.conferences.append(found)


def protect(area: Area, family: Family) -> None:
    """Every child protection plan of the family: its conference, its reviews, core groups and visits."""
    shared: dict[tuple[int, int], list[tuple[Child, Phase]]] = {}
    for child in family.children:
        for episode in child.episodes:
            for phase in (p for p in episode.phases if p.kind == "cp" and p.start <= area.as_at):
                shared.setdefault((phase.start, phase.end), []).append((child, phase))
    for (start, _), held in sorted(shared.items()):
        if not any(c.held == start and c.kind == "initial" for c in held[0][0].conferences):
            _later_conference(area, held)
        plan, reviews = area.ids.next("CP"), _reviews(area, held[0][1])
        for child, phase in held:
            _plan(area, child, phase, plan, reviews)


def _later_conference(area: Area, held: list[tuple[Child, Phase]]) -> None:
    """A conference for children who were already in need, or who moved in with a plan."""
    rng, start = area.rng, held[0][1].start
    name = area.ids.next("CF")
    is_transfer = rng.random() < 0.06
    took = rng.randint(8, CONFERENCE) if area.chance("conference_in_time", start) else rng.randint(16, 29)
    enquiry = days.add_working(start, -took)
    discussion = None if is_transfer else area.ids.next("SD")
    checks = _checks(area, enquiry)
    for child, _ in held:
        if discussion:
            late = 0 if area.chance("strategy_in_time", enquiry) else STRATEGY
            concern = days.add_working(enquiry, -rng.choice((0, 1, 1, 2)) - late)
            child.discussions.append(
                Discussion(discussion, enquiry, concern, True, min(start, area.as_at), True, checks)
            )
        _confer(area, child, name, "transfer_in" if is_transfer else "initial", start, discussion, True)


def _reviews(area: Area, phase: Phase) -> list[tuple[str, int]]:
    """The review conferences of a plan: the first within 3 months, then within 6."""
    rng, found = area.rng, []
    due = days.add_months(phase.start, 3)
    while True:
        late = not area.chance("cp_reviewed", due)
        held = days.working_day_near(rng, due + (rng.randint(2, 30) if late else -rng.randint(3, 21)))
        if held >= min(phase.end, area.as_at + 1):
            return found
        found.append((area.ids.next("CF"), held))
        due = days.add_months(held, 6)


def _plan(area: Area, child: Child, phase: Phase, name: str, reviews: list[tuple[str, int]]) -> None:
    rng = area.rng
    category = drawn(rng, "category_of_abuse")
    latest = category if rng.random() < 0.9 else drawn(rng, "category_of_abuse")
    earlier = len(child.cp_plans) or (1 if rng.random() < 0.12 else 0)
    child.cp_plans.append(Plan(name, phase.start, phase.end, category, latest, earlier))
    last = min(phase.end - 1, area.as_at)
    for review, held in reviews:
        if held <= last:
            _confer(area, child, review, "review", held, None, None)
            if rng.random() < 1.25 * area.arc.strands["midpoint"].chance(held):
                check = days.working_day_near(rng, held + rng.randint(80, 130))
                if check <= last:
                    child.oversights.append(Event(check, "iro_midpoint"))
    _core_groups(area, child, phase.start, last)
    _visits(area, child, phase.start, last)


def _core_groups(area: Area, child: Child, start: int, last: int) -> None:
    rng = area.rng
    on_time = area.chance("core_group", start)
    day = days.add_working(start, rng.randint(5, FIRST_CORE_GROUP) if on_time else rng.randint(11, 24))
    while day <= last:
        child.meetings.append(Event(day, "core_group"))
        held_up = quotas.regularity(area.arc.strands["core_group"].chance(day), 32, CORE_GROUP, 101)
        on_time = rng.random() < held_up
        gap = rng.randint(24, CORE_GROUP - 2) if on_time else rng.randint(CORE_GROUP + 1, 160)
        day = days.working_day_near(rng, day + gap)


def _visits(area: Area, child: Child, start: int, last: int) -> None:
    rng = area.rng
    day = start
    while True:
        share = area.arc.strands["cp_visited"].chance(day) / SEEN
        on_time = rng.random() < quotas.regularity(share, 7.5, VISIT, 18.5)
        day = days.add_working(day, rng.randint(5, VISIT) if on_time else rng.randint(VISIT + 1, 26))
        if day > last:
            return
        is_seen = rng.random() < SEEN
        child.visits.append(Event(day, "cp", is_seen, is_seen and rng.random() < 0.72))
