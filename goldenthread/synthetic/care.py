"""What does a looked-after child's time in care look like? Placements, visits, reviews, health, school."""

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.frequencies import drawn, drawn_or_blank
from goldenthread.synthetic.people import CarePeriod, Child, Conference, Event, Placement

COSTS = {
    "U": (380, 950),
    "K": (2900, 5200),
    "H": (700, 1600),
    "R": (1500, 4200),
    "P": (0, 90),
    "A": (0, 60),
    "T": (300, 900),
}
COURT = ("C1", "C2", "E1")  # legal statuses that a court gives
ADOPTED = ("E11", "E12")


def look_after(area: Area, child: Child, start: int, end: int, is_uasc: bool = False) -> None:
    """One period of care from start, and all that belongs to it."""
    rng = area.rng
    age = days.age(child.born, start)
    legal = "V2" if is_uasc else drawn(rng, "legal_status")
    if legal == "E1" and age > 6:
        legal = "C2"
    aged_out = end >= child.eighteenth
    left = "left_care_at_18" if aged_out else "left_care"
    reason = drawn(rng, left, area.as_at, "ssda903_reason_episode_ceased")
    if (reason in ADOPTED and not (age <= 6 and 420 <= end - start <= 1300)) or (reason == "E5" and age < 15):
        reason = "E4A"
    need = "N8" if is_uasc else drawn(rng, "need_in_care")
    found = CarePeriod(area.ids.next("LP"), start, end, reason, legal, need, is_uasc)
    _plans(area, found)
    child.care.append(found)
    _placements(area, child, found)
    last = min(end - 1, area.as_at)
    _visits(area, child, found, last)
    _reviews(area, child, found, last)
    _health(area, child, found, last)
    _schooling(area, child, found, last)


def give_breaks(area: Area, child: Child) -> None:
    """Short breaks for some disabled children at home: periods of care in which nobody is looked after."""
    rng = area.rng
    for episode in child.episodes if child.is_disabled else ():
        for phase in episode.phases:
            start = max(phase.start, area.first - 300) + rng.randint(20, 200)
            end = min(phase.end, start + rng.randint(200, 1500))
            if phase.kind == "cin" and start < min(end, area.as_at) and rng.random() < 0.16:
                period = CarePeriod(area.ids.next("LP"), start, end, "E8", "V4", "N2")
                period.first_plan = period.latest_plan = start
                period.statuses = [(start, "V4")]
                child.care.append(period)
                stay = Placement(
                    area.ids.next("PL"), start, end, "K2" if rng.random() < 0.4 else "U6", "PR4", "OTHER"
                )
                child.placements.append(stay)


def _plans(area: Area, period: CarePeriod) -> None:
    """The first care plan, its latest version and the permanence plan."""
    rng, start, last = area.rng, period.start, min(period.end - 1, area.as_at)
    first = days.add_working(start, rng.randint(1, 10) if rng.random() < 0.8 else rng.randint(11, 40))
    if first <= last:
        period.first_plan = first
        months = rng.randint(0, 5) if rng.random() < 0.86 else rng.randint(6, 11)
        period.latest_plan = max(first, last - 30 * months - rng.randint(0, 25))
    decided = start + rng.randint(60, 125) if rng.random() < 0.75 else start + rng.randint(126, 300)
    if decided <= last:
        period.permanence_on = decided
        period.permanence = drawn(rng, "permanence_plan")
    _orders(area, period)


def _orders(area: Area, period: CarePeriod) -> None:
    """The legal statuses: an interim order until the court decides, or accommodation by agreement."""
    rng, start = area.rng, period.start
    if period.legal_status not in COURT:
        period.statuses = [(start, period.legal_status)]
        return
    in_time = area.chance("court", start)
    period.final_order = start + (rng.randint(110, 180) if in_time else rng.randint(186, 420))
    period.statuses = [(start, "C1")]
    if period.final_order < min(period.end, area.as_at):
        final = "E1" if period.legal_status == "E1" else "C2"
        period.statuses.append((period.final_order, final))
    period.legal_status = period.statuses[-1][1]


def _placements(area: Area, child: Child, period: CarePeriod) -> None:
    rng, day = area.rng, period.start
    while day < period.end and day <= area.as_at:
        age = days.age(child.born, day)
        kind = drawn(rng, "placement_older" if age >= 14 else "placement", area.as_at, "ssda903_placement")
        if age < 16 and kind in ("H5", "K3", "P2") and rng.random() < 0.95:
            kind = "U6"
        first = day == period.start
        short = rng.random() < (0.4 if first else 0.24)
        end = min(day + (rng.randint(4, 130) if short else int(130 + rng.expovariate(1 / 800))), period.end)
        child.placements.append(_placement(area, kind, day, end, first))
        day = end
    _adopt(area, child, period)
    since = days.add_months(min(area.as_at, period.end), -12)
    period.placements_12m = sum(p.end > since for p in child.placements)


def _adopt(area: Area, child: Child, period: CarePeriod) -> None:
    """For a child who is adopted: placed for adoption for the last part of the time in care."""
    last = child.placements[-1]
    if period.reason in ADOPTED and last.end >= period.end and period.end - period.start > 420:
        moved = max(last.start + 1, period.end - area.rng.randint(200, 330))
        if moved > area.as_at:
            return
        last.end, last.reason = moved, "CARPL"
        found = _placement(area, "A6" if area.rng.random() < 0.8 else "A5", moved, period.end, False)
        found.provider, found.arrangement, found.is_out, found.cost = "PR1", "planned", False, 0
        child.placements.append(found)


def _placement(area: Area, kind: str, start: int, end: int, is_first: bool) -> Placement:
    rng = area.rng
    low, high = COSTS[kind[0]]
    own = kind[0] == "U" and rng.random() < 0.58
    provider = "PR0" if kind == "P1" else "PR1" if own else rng.choice(("PR4", "PR4", "PR4", "PR5", "PR2"))
    found = Placement(area.ids.next("PL"), start, end, kind, provider, drawn(rng, "reason_placement_ended"))
    found.is_out = rng.random() < (0.34 if not own else 0.2)
    found.miles = round(rng.expovariate(1 / (19 if found.is_out else 3.4)), 1)
    found.is_long_term = kind in ("U1", "U4") and end - start > 300
    if kind == "P1":
        found.visit_rule = rng.choice(("care_order_home", "reg24_or_ico_home", "reg19"))
    elif kind == "U3" and rng.random() < 0.2:
        found.visit_rule = "reg24_or_ico_home"
    found.arrangement = rng.choices(("planned", "unplanned", "emergency", None), (62, 15, 21, 2))[0]
    hours = rng.randint(1, 20) if found.arrangement == "emergency" else rng.randint(24, 900)
    found.notice = hours if rng.random() < 0.7 else None
    found.is_registered = (
        False if kind[0] in "KH" and rng.random() < 0.015 else True if kind[0] in "KR" else None
    )
    took = rng.randint(0, 5) if rng.random() < 0.78 else rng.randint(6, 25)
    found.plan = days.add_working(start, took)
    found.cost = rng.randint(low, high) if rng.random() < 0.97 else None
    return found


def _visits(area: Area, child: Child, period: CarePeriod, last: int) -> None:
    """Statutory visits: within a week of a placement, then every six weeks."""
    rng = area.rng
    visited = area.arc.strands["looked_after_visited"]
    for placement in child.placements:
        if placement.start < period.start or placement.start >= period.end:
            continue
        ends = min(placement.end - 1, last)
        day = placement.start + (rng.randint(1, 7) if rng.random() < 0.8 else rng.randint(8, 20))
        often = 26 if placement.visit_rule == "reg24_or_ico_home" else 41
        while day <= ends:
            held = days.working_day_near(rng, day)
            if held <= ends:
                is_seen = rng.random() < 0.96
                child.visits.append(Event(held, "looked_after", is_seen, is_seen and rng.random() < 0.7))
            on_time = rng.random() < quotas.regularity(visited.chance(day), often - 8, often + 1, often + 24)
            day = held + (
                rng.randint(often - 14, often - 2) if on_time else rng.randint(often + 2, often + 45)
            )


def _reviews(area: Area, child: Child, period: CarePeriod, last: int) -> None:
    """Looked-after reviews: within 20 working days, then 3 months, then every 6."""
    rng = area.rng
    due, number = days.add_working(period.start, 20), 0
    while True:
        late = not area.chance("looked_after_reviewed", due)
        held = days.working_day_near(rng, due + (rng.randint(3, 40) if late else -rng.randint(2, 12)))
        if held > last:
            return
        found = Conference(area.ids.next("CF"), "looked_after_review", held)
        young = days.age(child.born, held) < 4
        found.participation = "PN0" if young else drawn_or_blank(rng, "views_at_review")
        found.minutes = days.add_working(
            held, rng.randint(8, 20) if rng.random() < 0.7 else rng.randint(21, 60)
        )
        child.conferences.append(found)
        number += 1
        due = days.add_months(held, 3 if number == 1 else 6)
        if number > 1 and rng.random() < 1.25 * area.arc.strands["midpoint"].chance(held):
            check = days.working_day_near(rng, held + rng.randint(75, 130))
            if check <= last:
                child.oversights.append(Event(check, "iro_midpoint"))


def _health(area: Area, child: Child, period: CarePeriod, last: int) -> None:
    rng = area.rng
    soon = area.chance("first_health_assessment", period.start)
    day = days.add_working(period.start, rng.randint(8, 20) if soon else rng.randint(21, 70))
    kind = "iha"
    while day <= last:
        result = "completed" if kind == "iha" or rng.random() < 0.94 else "declined"
        child.health.append((day, kind, result, None))
        months = 6 if days.age(child.born, day) < 5 else 12
        late = rng.randint(15, 200) if not area.chance("health", day) else -rng.randint(0, 25)
        day, kind = days.working_day_near(rng, days.add_months(day, months) + late), "rha"
    day = period.start + rng.randint(30, 200)
    while day <= last:
        held = days.working_day_near(rng, day)
        if held <= last:
            _yearly(area, child, held)
        day += rng.randint(300, 362) if area.chance("health", day) else rng.randint(370, 520)


def _yearly(area: Area, child: Child, day: int) -> None:
    """The dental check, the immunisations and, from 4 to 16, the strengths and difficulties score."""
    rng = area.rng
    if days.age(child.born, day) >= 1:
        child.health.append((day, "dental", "completed" if rng.random() < 0.95 else "declined", None))
    child.health.append((day, "immunisations", "completed" if rng.random() < 0.88 else "not_completed", None))
    if 4 <= days.age(child.born, day) <= 16 and rng.random() < 0.8:
        score = min(40, max(0, round(rng.gauss(13.6, 6.5))))
        child.health.append((day, "sdq", "completed", score))


def _schooling(area: Area, child: Child, period: CarePeriod, last: int) -> None:
    """Personal education plans, about one a term for children of school age."""
    rng, pep = area.rng, area.arc.strands["pep"]
    day = days.add_working(period.start, rng.randint(8, 28))
    while day <= last:
        if 3 <= days.age(child.born, day) <= 17:
            child.peps.append(day)
        share = pep.chance(day + 120)
        late = int(1230 - 950 * share)
        is_regular = rng.random() < quotas.regularity(share, 132, 183, (200 + late) / 2)
        gap = rng.randint(90, 175) if is_regular else rng.randint(200, late)
        day = days.working_day_near(rng, day + gap)
