"""Which looked-after children were visited, and which have an education plan, for the figures to come out?"""

from collections.abc import Callable

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.arcs import Strand, settle_days
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.care import look_after
from goldenthread.synthetic.families import new_family
from goldenthread.synthetic.people import Child, Event, Placement
from goldenthread.synthetic.settling import Settlement
from goldenthread.synthetic.standing import care_period, placement
from goldenthread.synthetic.stock import add_case

FIRST_VISIT = 7  # days
VISIT = 42  # days
LONG_TERM_MONTHS = 3
OFTEN = {"reg19": 42, "reg24_or_ico_home": 28}  # days, once a review has been held; weekly until then
PEP = 183  # days
PEP_DUE = 20  # working days
MOST_ADDED = 120
Counted = Callable[[Child, int], bool]


def expects_plan(child: Child, day: int) -> bool:
    """Whether the child is counted among those who should have a personal education plan."""
    period = care_period(child, day)
    return bool(
        period
        and child.born <= day
        and days.school_age(child.born, day)
        and days.working_between(period.start, day) > PEP_DUE
    )


def expects_visit(child: Child, day: int) -> bool:
    """Whether the child is counted among those who should have been visited."""
    period = care_period(child, day)
    return bool(period and day - period.start > FIRST_VISIT)


def balance(area: Area) -> None:
    """Add children in care until the figures can be printed as the story says, on each of its days."""
    pep, visited = area.arc.strands["pep"], area.arc.strands["looked_after_visited"]
    _balance(area, pep, expects_plan, lead=32, age=9.5)
    _balance(area, visited, expects_visit, lead=20, age=1.5)


def _balance(area: Area, strand: Strand, is_counted: Counted, lead: int, age: float) -> None:
    for place, (day, percent) in enumerate(sorted(strand.exact.items())):
        if not area.first + 60 <= day <= area.as_at:
            continue
        total = sum(is_counted(child, day) for child in area.cases)
        missing = quotas.enough_for(total, percent) - total
        if missing > min(MOST_ADDED, area.size // 20):
            continue  # too small an area for this figure to come out
        for _ in range(missing):
            is_last = day == area.as_at
            if place == 0 and lead > FIRST_VISIT + 20:
                entered, left, years = area.first - area.rng.randint(30, 500), 10**6, age
            else:
                entered, left, years = day - lead, 10**6 if is_last else day + 9, age
            _add(area, entered, left, years)


def _add(area: Area, entered: int, left: int, age: float) -> None:
    family = new_family(area.rng, area.arc, area.ids, 1, entered, (age - 0.3, age + 0.3))
    add_case(area, family, entered - 40, "care", entered, left)
    for child in family.children:
        look_after(area, child, entered, child.episodes[0].phases[0].end)


def settle_peps(area: Area) -> None:
    """Education plans so that the share with one comes out on each day of the story."""
    strand = area.arc.strands["pep"]
    exact = sorted(day for day in strand.exact if area.first + PEP <= day <= area.as_at)
    if not exact:
        return
    children = [child for child in area.cases if child.care]
    begins = exact[0] - PEP
    for child in children:
        child.peps = [day for day in child.peps if not begins <= day <= exact[-1]]
    before = begins
    for day in exact:
        counted = [child for child in children if expects_plan(child, day)]
        lacking = [child for child in counted if not _has_plan(child, day)]
        wanted = quotas.share(strand.at(day), len(counted)) - (len(counted) - len(lacking))
        for child in area.rng.sample(lacking, max(0, min(wanted, len(lacking)))):
            period = care_period(child, day)
            earliest = max(
                before + 1, exact[-1] - PEP if exact[-1] - PEP < day else 0, period.start if period else 0
            )
            working = days.working_in(min(earliest, day), day)
            child.peps.append(area.rng.choice(working) if working else day)
        before = day


def _has_plan(child: Child, day: int) -> bool:
    period = care_period(child, day)
    return bool(period) and any(period.start <= held <= day and day - held <= PEP for held in child.peps)


def settle_visits(area: Area) -> None:
    """Visits so that the share up to date comes out on each settled day."""
    strand = area.arc.strands["looked_after_visited"]
    before = area.first
    for day in settle_days(strand, area.first + 100, area.as_at):
        settlement = Settlement(area, day, before)
        for child in area.cases:
            if child.care and expects_visit(child, day):
                _offer(settlement, child, day)
        settlement.settle(strand.at(day), lambda child: child.visits, "looked_after")
        before = day


def _offer(settlement: Settlement, child: Child, day: int) -> None:
    period, at = care_period(child, day), placement(child, day)
    assert period
    since = at.start if at else period.start
    made = [
        visit
        for visit in child.visits
        if visit.kind == "looked_after" and since <= visit.day <= day and visit.is_seen is not False
    ]
    counted = [visit for visit in made if _due(child, at, visit, since, day) >= day]
    can_fail = since + FIRST_VISIT < day
    is_met = bool(counted) or (not made and not can_fail)
    weekly = bool(at and at.visit_rule in OFTEN)
    settlement.offer(child, is_met, counted, can_fail, max(since, day - (6 if weekly else 38)))


def _due(child: Child, at: Placement | None, visit: Event, since: int, day: int) -> int:
    """The day by which the next visit is due after that one."""
    if at and at.visit_rule in OFTEN:
        reviewed = any(c.kind == "looked_after_review" and since <= c.held <= day for c in child.conferences)
        return visit.day + (OFTEN[at.visit_rule] if reviewed else FIRST_VISIT)
    standard = at is None or at.visit_rule in (None, "standard")
    if at and standard and at.is_long_term and day >= days.add_months(since, 12):
        return days.add_months(visit.day, LONG_TERM_MONTHS)
    return visit.day + VISIT
