"""Which assessments are there, and how long did each take? Counted out month by month.

For every month the number authorised and the number of them within 45 working days are fixed first; each
family's assessment then gets its dates, and everything else in its journey is told around them.
"""

from dataclasses import dataclass
from random import Random

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.families import SIZES
from goldenthread.synthetic.frequencies import drawn
from goldenthread.synthetic.people import Assessment, Child, Event
from goldenthread.synthetic.standing import GRACE


@dataclass(slots=True)
class Slot:
    """The dates of one family's referral and assessment."""

    received: int
    start: int
    authorised: int
    size: int  # children assessed together


def slots(area: Area) -> list[Slot]:
    """The assessments of every month, in order of referral."""
    found: list[Slot] = []
    for number in range(days.month(area.warm), days.month(area.ahead) + 1):
        found += _month(area, number)
    return sorted(found, key=lambda slot: (slot.received, slot.start, slot.authorised))


def _month(area: Area, number: int) -> list[Slot]:
    """Those authorised in one month: so many in time, the rest late."""
    rng, strand = area.rng, area.arc.strands["assessments_in_time"]
    end = days.last_of(number)
    total = round(area.scaled(area.arc.flow["assessments"].at(end)) * rng.uniform(0.95, 1.05))
    if end in strand.exact:
        percent = strand.exact[end]
        total = quotas.enough_for(total, percent)
    else:
        percent = min(99.0, strand.at(end) + rng.uniform(-1.4, 1.4))
    in_time = quotas.share(percent, total)
    working = days.working_in(days.first_of(number), end)
    found = [_slot(rng, working, size, True) for size in _sizes(rng, in_time)]
    return found + [_slot(rng, working, size, False) for size in _sizes(rng, total - in_time)]


def _sizes(rng: Random, total: int) -> list[int]:
    found = []
    while total:
        found.append(min(total, quotas.weighted(rng, SIZES)))
        total -= found[-1]
    return found


def _slot(rng: Random, working: list[int], size: int, in_time: bool) -> Slot:
    authorised = rng.choice(working)
    if in_time:
        kind = rng.random()
        took = (
            rng.randint(3, 20)
            if kind < 0.2
            else rng.randint(21, 40)
            if kind < 0.65
            else rng.randint(41, GRACE)
        )
    else:
        took = min(GRACE + 1 + int(rng.expovariate(1 / 11)), 115)
    start = days.add_working(authorised, -took)
    before = rng.choices((0, 1, 2, 3, 5), (30, 30, 22, 12, 6))[0]
    return Slot(days.add_working(start, -before), start, authorised, size)


def assess(
    area: Area, child: Child, slot: Slot, name: str, services: bool, again: bool = False
) -> Assessment:
    """The child's own record of the family's assessment; `again` where the case was open already."""
    rng = area.rng
    found = Assessment(name, slot.start, slot.authorised, services)
    found.is_seen = again or area.chance("seen", slot.authorised)
    if slot.authorised <= area.as_at:
        found.factors = factors(area) if services or rng.random() < 0.5 else "21"
    took = days.working_between(slot.start, slot.authorised)
    if took >= 8:
        if area.chance("checkpoint", slot.start):
            found.checkpoint = days.add_working(slot.start, rng.randint(7, 10))
        elif rng.random() < 0.35:
            found.checkpoint = days.add_working(slot.start, rng.randint(11, 22))
    if found.checkpoint and found.checkpoint <= min(area.as_at, slot.authorised):
        child.oversights.append(Event(found.checkpoint, "assessment_checkpoint", assessment=name))
    else:
        found.checkpoint = None
    _visits(area, child, slot, found.is_seen)
    return found


def factors(area: Area) -> str:
    """The factors found, one to four of those in use, in the order of the code list."""
    number = area.rng.choices((1, 2, 3, 4), (35, 35, 20, 10))[0]
    found = {drawn(area.rng, "factor", area.as_at, "cin_assessment_factor") for _ in range(number)}
    return ";".join(sorted(found, key=lambda code: (int(code.rstrip("ABC")), code)))


def _visits(area: Area, child: Child, slot: Slot, is_seen: bool) -> None:
    """Visits until the assessment is done: at the first one the child was seen, or at none."""
    rng, last = area.rng, min(slot.authorised, area.as_at)
    day = min(
        days.add_working(slot.start, rng.choices((0, 1, 2, 3, 5, 8), (15, 20, 20, 20, 15, 10))[0]), last
    )
    is_first = True
    while day <= last:
        seen = is_seen and (is_first or rng.random() < 0.93)
        visit = Event(day, "assessment", seen, seen and rng.random() < 0.5)
        if day >= slot.start:  # an assessment that begins after the as-at date has had no visit
            child.visits.append(visit)
        is_first = False
        day = days.add_working(day, rng.randint(6, 18) if area.chance("seen", day) else rng.randint(18, 40))
