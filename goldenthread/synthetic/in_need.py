"""How are children in need supported? Who has a plan on which day, and its visits, meetings and reviews."""

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.arcs import settle_days
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.people import Child, Event, Phase, Plan
from goldenthread.synthetic.settling import Settlement, open_children
from goldenthread.synthetic.standing import (
    care_period,
    is_child_in_need,
    is_past_assessment,
    open_plan,
)
from goldenthread.synthetic.stock import add_disabled

FIRST_MEETING = 10  # working days
MEETING = 42  # days
VISIT = 28  # days
SEEN = 0.94  # of visits, those at which the child was seen
REVIEW_MONTHS = 6


def plan(area: Area) -> None:
    """Give plans to as many children in need as the figure of each settled day says."""
    strand = area.arc.strands["cin_with_plan"]
    settled = settle_days(strand, area.first - 180, area.as_at)
    before = area.warm
    for day in settled:
        _plan_by(area, day, before, strand.at(day))
        before = day
    for child in area.children:
        for phase in _phases(child):
            seen = any(phase.start <= day < phase.end for day in settled)
            if not seen and phase.start <= area.as_at and area.chance("cin_with_plan", phase.start):
                _add_plan(area, child, phase, phase.start)


def balance(area: Area) -> None:
    """Add disabled children in need until the figures can be printed as the story says."""
    planned, reviewed = area.arc.strands["cin_with_plan"], area.arc.strands["cin_reviewed"]
    exact = {day: percent for day, percent in planned.exact.items() if area.first <= day <= area.as_at}
    totals = {day: len(_expecting(area, day)) for day in exact}
    for added in range(area.size // 20):
        if all(_comes_out(totals[day] + added, exact[day], reviewed.exact.get(day)) for day in exact):
            for _ in range(added):
                add_disabled(area, area.warm - area.rng.randint(20, 900), always=True)
            return


def _comes_out(total: int, percent: float, reviewed: float | None) -> bool:
    """Whether the share with a plan can be printed, and of those the share reviewed."""
    plans = quotas.share(percent, total)
    return quotas.can_come_out(total, percent) and (reviewed is None or quotas.can_come_out(plans, reviewed))


def _expecting(area: Area, day: int) -> list[Child]:
    """Children in need past assessment: those of whom a plan is expected."""
    return [
        child
        for child in open_children(area, day)
        if is_child_in_need(child, day) and is_past_assessment(child, day)
    ]


def _phases(child: Child) -> list[Phase]:
    return [p for e in child.episodes for p in e.phases if p.kind == "cin"]


def _plan_by(area: Area, day: int, before: int, percent: float) -> None:
    """Settle how many of the children in need who are past assessment have a plan on the day."""
    rng = area.rng
    expected = _expecting(area, day)
    planned = [child for child in expected if open_plan(child.cin_plans, day)]
    wanted = quotas.share(percent, len(expected))
    if len(planned) > wanted:
        for child in rng.sample(planned, len(planned) - wanted):
            found = open_plan(child.cin_plans, day)
            if found:
                found.end = rng.randint(max(found.start + 1, before + 1), day)
        return
    having = set(map(id, planned))
    waiting = [
        (child, phase)
        for child in expected
        if id(child) not in having
        for phase in _phases(child)
        if phase.start <= day < phase.end
    ]
    for child, phase in rng.sample(waiting, min(wanted - len(planned), len(waiting))):
        earliest = max(phase.start, before + 1)
        quick = min(earliest + rng.randint(0, 12), day)
        _add_plan(area, child, phase, quick if earliest == phase.start else rng.randint(earliest, day))


def _add_plan(area: Area, child: Child, phase: Phase, start: int) -> None:
    child.cin_plans.append(Plan(area.ids.next("CN"), start, phase.end))


def support(area: Area, child: Child) -> None:
    """The visits of every stretch in need, and the meetings and reviews of every plan."""
    for phase in _phases(child):
        if phase.start <= area.as_at:
            _visits(area, child, phase)
    for found in child.cin_plans:
        _meetings(area, child, found)
        _reviews(area, child, found)


def _visits(area: Area, child: Child, phase: Phase) -> None:
    rng, visited = area.rng, area.arc.strands["cin_visited"]
    day, last = phase.start + rng.randint(3, 26), min(phase.end - 1, area.as_at)
    while day <= last:
        held = days.working_day_near(rng, day)
        if held > last:
            return
        is_seen = rng.random() < SEEN
        child.visits.append(
            Event(held, "cin" if rng.random() < 0.97 else "other", is_seen, is_seen and rng.random() < 0.6)
        )
        on_time = rng.random() < quotas.regularity(visited.chance(day) / SEEN, 20, VISIT, 75)
        day = held + (rng.randint(14, VISIT - 2) if on_time else rng.randint(VISIT + 2, 120))


def _meetings(area: Area, child: Child, found: Plan) -> None:
    rng, meeting = area.rng, area.arc.strands["cin_meeting"]
    on_time = area.chance("cin_meeting", found.start)
    day = days.add_working(found.start, rng.randint(4, FIRST_MEETING) if on_time else rng.randint(11, 40))
    last = min(found.end - 1, area.as_at)
    while day <= last:
        child.meetings.append(Event(day, "cin_meeting"))
        on_time = rng.random() < meeting.chance(day)
        gap = rng.randint(25, MEETING - 2) if on_time else rng.randint(MEETING + 2, 120)
        day = days.working_day_near(rng, day + gap)


def _reviews(area: Area, child: Child, found: Plan) -> None:
    rng, last = area.rng, min(found.end - 1, area.as_at)
    day = found.start
    while True:
        share = area.arc.strands["cin_reviewed"].chance(min(day, area.as_at))
        on_time = rng.random() < quotas.regularity(share, 159, 183, 260)
        day = days.working_day_near(rng, day + (rng.randint(140, 178) if on_time else rng.randint(190, 330)))
        if day > last:
            return
        child.meetings.append(Event(day, "cin_review"))


def settle_reviews(area: Area) -> None:
    """Make the share of plans reviewed within six months come out on the settled days."""
    strand = area.arc.strands["cin_reviewed"]
    before = area.first
    for day in settle_days(strand, area.first + 180, area.as_at):
        settlement = Settlement(area, day, before)
        for child in open_children(area, day):
            found = open_plan(child.cin_plans, day)
            if not found or care_period(child, day) or open_plan(child.cp_plans, day):
                continue
            can_fail = days.add_months(found.start, REVIEW_MONTHS) < day
            held = [
                meeting
                for meeting in child.meetings
                if meeting.kind == "cin_review" and found.start <= meeting.day <= day
                if days.add_months(meeting.day, REVIEW_MONTHS) >= day
            ]
            earliest = max(found.start, days.add_months(day, -REVIEW_MONTHS) + 3)
            settlement.offer(child, bool(held) or not can_fail, held, can_fail, earliest)
        settlement.settle(strand.at(day), lambda child: child.meetings, "cin_review")
        before = day
