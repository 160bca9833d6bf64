"""What becomes of young people who leave care? Statuses, pathway plans and keeping in touch."""

from dataclasses import replace

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.families import new_family
from goldenthread.synthetic.frequencies import drawn
from goldenthread.synthetic.people import CarePeriod, Child, Event, Phase, Status
from goldenthread.synthetic.standing import SHORT_BREAKS, care_leaver
from goldenthread.synthetic.stock import add_case

UNSUITABLE = {"X": 1.0, "W": 0.9, "V": 0.9, "S": 1.0, "K": 0.15, "Y": 0.2, "D": 0.04}
HOME_IN_CARE = {"U": "Z", "K": "C", "H": "D", "P": "B"}
REVIEW_MONTHS = 6
UNJUDGED = ("G", "H", "R", "0")


def leave_care(area: Area) -> None:
    """Those who turned 18 in care during the story, and those who had left before."""
    for child in list(area.children):
        for period in child.care:
            if period.legal_status in SHORT_BREAKS:
                continue
            if period.start + 91 < child.eighteenth:
                _prepare(area, child, period)
            if period.end >= child.eighteenth and child.eighteenth <= area.as_at:
                _after_care(area, child)
    for _ in range(round(area.scaled(area.arc.stock["care_leavers"]))):
        add_care_leaver(area)


def add_care_leaver(area: Area) -> Child:
    """A young person who turned 18 in care before the history began, still in touch with the service."""
    rng = area.rng
    turned = rng.randint(area.as_at - 365 * 6, area.first - 10)
    entered = turned - rng.randint(200, 3600)
    age = 18 - (turned - entered) / 365.25
    family = new_family(rng, area.arc, area.ids, 1, entered, (age, age))
    child = family.children[0]
    add_case(area, family, entered - 30, "care", entered, 10**6)
    end = child.eighteenth
    period = CarePeriod(area.ids.next("LP"), entered, end, rng.choice(("E5", "E6", "E17", "E8")), "C2", "N1")
    period.statuses = [(entered, "C2")]
    period.first_plan = period.latest_plan = days.add_working(entered, 8)
    child.care.append(period)
    child.episodes[0].phases = [Phase("care", entered, end)]
    _prepare(area, child, period)
    _after_care(area, child, stays=True)
    return child


def settle_plans(area: Area) -> None:
    """Make the shares of care leavers with a pathway plan, and a recent review, come out at the end."""
    rng, day = area.rng, area.as_at
    percent = round(area.arc.strands["pathway_plan"].at(day), 1)
    counted = [child for child in area.children if _expects_plan(child, day)]
    enough = quotas.enough_for(len(counted), percent)
    while len(counted) < enough <= len(counted) + 60:
        child = add_care_leaver(area)
        counted += [child] if _expects_plan(child, day) else []
    planned = [child for child in counted if _is_planned(child, day)]
    wanted = quotas.share(percent, len(counted))
    for child in rng.sample(planned, max(0, len(planned) - wanted)):
        child.pathway_plans = [entry for entry in child.pathway_plans if entry[1] == "needs_assessment"]
    lacking = [child for child in counted if not _is_planned(child, day)]
    for child in rng.sample(lacking, max(0, wanted - len(planned))):
        child.pathway_plans.append((day - rng.randint(5, 300), "plan"))
    _settle_reviews(area, [child for child in counted if _is_planned(child, day)])


def _settle_reviews(area: Area, planned: list[Child]) -> None:
    """Where too few plans were reviewed in the last six months, some are in the last three."""
    rng, day = area.rng, area.as_at
    since = days.add_months(day, -REVIEW_MONTHS)
    stale = [
        child
        for child in planned
        if not any(since <= done <= day for done, kind in child.pathway_plans if kind != "needs_assessment")
    ]
    wanted = quotas.share(100 - area.arc.strands["pathway_reviewed"].at(day), len(planned))
    for child in rng.sample(stale, max(0, len(stale) - wanted)):
        child.pathway_plans.append((days.working_day_near(rng, day - rng.randint(4, 90)), "review"))


def _expects_plan(child: Child, day: int) -> bool:
    """Whether the young person is counted among care leavers who should have a pathway plan."""
    status = care_leaver(child, day)
    return (
        status is not None
        and status.eligibility in ("relevant", "former_relevant")
        and day < days.birthday(child.born, 25)
        and status.in_touch not in ("DIED", "RHOM")
    )


def _is_planned(child: Child, day: int) -> bool:
    return any(done <= day and kind != "needs_assessment" for done, kind in child.pathway_plans)


def _prepare(area: Area, child: Child, period: CarePeriod) -> None:
    """The needs assessment and the first pathway plan, due three months after the 16th birthday."""
    rng = area.rng
    sixteenth = max(days.birthday(child.born, 16), period.start)
    if sixteenth > min(period.end, area.as_at) or child.pathway_plans:
        return
    in_time = rng.random() < 0.6
    assessed = sixteenth + (rng.randint(10, 80) if in_time else rng.randint(95, 260))
    first = assessed + rng.randint(0, 10 if in_time else 60)
    last = min(area.as_at, period.end - 1)
    if assessed <= last:
        child.pathway_plans.append((days.working_day_near(rng, assessed), "needs_assessment"))
        if rng.random() < 0.9:
            _plans_from(area, child, first)
    if rng.random() < 0.7 and sixteenth + 95 <= last:
        home = HOME_IN_CARE.get(child.placements[-1].type[0] if child.placements else "", "Y")
        child.statuses.append(Status(sixteenth + 95, True, "eligible", "YES", None, home, True, "F2"))


def _plans_from(area: Area, child: Child, first: int) -> None:
    """The plan, and its reviews at about the rate of their time."""
    rng = area.rng
    day, kind = first, "plan"
    until = min(area.as_at, days.birthday(child.born, 25))
    while day <= until:
        child.pathway_plans.append((days.working_day_near(rng, day), kind))
        share = area.arc.strands["pathway_reviewed"].chance(day + 150)
        on_time = rng.random() < quotas.regularity(share, 149, 183, 447)
        day += rng.randint(120, 178) if on_time else rng.randint(195, 700)
        kind = "plan" if rng.random() < 0.2 else "review"


def _after_care(area: Area, child: Child, stays: bool = False) -> None:
    """Statuses from the 18th birthday, one or two a year, and the adviser's visits."""
    rng, day = area.rng, child.eighteenth
    until = min(area.as_at, days.birthday(child.born, 25 if stays else 21))
    eligibility = "former_relevant" if rng.random() < 0.93 else "qualifying"
    if not any(kind != "needs_assessment" for _, kind in child.pathway_plans) and rng.random() < 0.7:
        _plans_from(area, child, day + rng.randint(5, 90))
    home = "Z" if child.care[-1].reason == "E17" else drawn(rng, "care_leaver_accommodation")
    while day <= until:
        status = _status(area, day, eligibility, home)
        child.statuses.append(status)
        if status.in_touch in ("DIED", "RHOM"):
            break
        home = drawn(rng, "care_leaver_accommodation") if rng.random() < 0.3 else home
        day += rng.randint(110, 260)
    last = child.statuses[-1]
    if not stays and until < area.as_at and rng.random() < 0.6:
        child.statuses.append(replace(last, day=until, is_open=False, last_contact=until))
    _keep_in_touch(area, child)


def _status(area: Area, day: int, eligibility: str, home: str) -> Status:
    """How a care leaver is on the day."""
    rng = area.rng
    touch = drawn(rng, "care_leaver_in_touch")
    if touch in ("DIED", "RHOM"):
        return Status(day, True, eligibility, touch, day, None, None, None)
    if touch == "NO":
        return Status(day, True, eligibility, touch, None, "0" if rng.random() < 0.5 else "R", None, "0")
    suitable = None if home in UNJUDGED else rng.random() > UNSUITABLE.get(home, 0.0)
    activity = drawn(rng, "care_leaver_activity", area.as_at, "ssda903_activity")
    return Status(day, True, eligibility, touch, None, home, suitable, activity)


def _keep_in_touch(area: Area, child: Child) -> None:
    """The adviser's visits while there is touch; the last contact is noted with the latest status only."""
    rng, latest = area.rng, child.statuses[-1]
    touched = [status for status in child.statuses if status.in_touch == "YES" and status.is_open]
    if not touched:
        return
    day = max(touched[0].day, area.first - 60) + rng.randint(5, 60)
    last = area.as_at if latest in touched else latest.day - 1
    while day <= last:
        held = days.working_day_near(rng, day)
        if held <= last:
            child.visits.append(Event(held, "care_leaver", True, True))
            if latest in touched:
                latest.last_contact = held
        day += rng.randint(28, 54) if rng.random() < 0.7 else rng.randint(58, 130)
