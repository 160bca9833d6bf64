"""Where does a child stand on a day, by the terms of the indicators? As known on that day.

The same terms as in the conventions of the catalogue (open case, child in need, past assessment), read
from the journeys, so that the numbers who must meet a standard are counted over the right children.
"""

from goldenthread.synthetic import days
from goldenthread.synthetic.people import CarePeriod, Child, Episode, Placement, Plan, Status

GRACE = 45  # working days an assessment may take before a plan is expected
SHORT_BREAKS = ("V3", "V4")


def open_episode(child: Child, on: int) -> Episode | None:
    """The open referral episode with the earliest referral."""
    found = [e for e in child.episodes if e.received <= on < e.closed and not e.is_nfa]
    return min(found, key=lambda e: (e.received, e.id)) if found else None


def open_plan(plans: list[Plan], on: int) -> Plan | None:
    """The plan in force, the latest started if there are several."""
    found = [p for p in plans if p.start <= on < p.end]
    return max(found, key=lambda p: (p.start, p.id)) if found else None


def care_period(child: Child, on: int) -> CarePeriod | None:
    """The period of care that makes the child looked after: no short breaks, under 18."""
    found = [p for p in child.care if p.start <= on < p.end and p.legal_status not in SHORT_BREAKS]
    if not found or on >= child.eighteenth:
        return None
    return max(found, key=lambda p: (p.start, p.id))


def placement(child: Child, on: int) -> Placement | None:
    """The placement open on the day."""
    found = [p for p in child.placements if p.start <= on < p.end]
    return max(found, key=lambda p: (p.start, p.id)) if found else None


def care_leaver(child: Child, on: int) -> Status | None:
    """The status in force, if the person is a care leaver on the day."""
    found = [s for s in child.statuses if s.day <= on]
    if not found:
        return None
    latest = max(found, key=lambda s: s.day)
    return latest if latest.is_open and latest.eligibility != "eligible" else None


def any_care(child: Child, on: int) -> bool:
    """Whether any period of care, short breaks included, is open."""
    return any(p.start <= on < p.end for p in child.care)


def is_open_case(child: Child, on: int) -> bool:
    """Whether the child is an open case (the scope of Annex A list 6)."""
    episode = open_episode(child, on)
    if episode:
        if days.working_between(episode.received, on) > GRACE:
            return True
        if any(episode.received <= a.start <= on for e in child.episodes for a in e.assessments):
            return True
    plans = open_plan(child.cin_plans, on) or open_plan(child.cp_plans, on)
    return bool(plans) or any_care(child, on)


def open_date(child: Child, on: int) -> int:
    """The day from which an open case has been open."""
    episode = open_episode(child, on)
    if episode:
        return episode.received
    starts = [p.start for p in child.cin_plans + child.cp_plans if p.start <= on < p.end]
    starts += [p.start for p in child.care if p.start <= on < p.end]
    return min(starts)


def is_child_in_need(child: Child, on: int) -> bool:
    """Whether the child is an open case and neither looked after, on a CP plan nor a care leaver."""
    return (
        is_open_case(child, on)
        and not care_period(child, on)
        and not open_plan(child.cp_plans, on)
        and not care_leaver(child, on)
    )


def is_past_assessment(child: Child, on: int) -> bool:
    """Whether a plan is to be expected of a child in need."""
    opened = open_date(child, on)
    if days.working_between(opened, on) > GRACE:
        return True
    if any(opened <= p.start <= on for p in child.cin_plans):
        return True
    assessments = (a for e in child.episodes for a in e.assessments)
    return any(opened <= a.start and a.authorised <= on and a.services for a in assessments)
