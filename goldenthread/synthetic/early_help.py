"""Who is helped early, or on the edge of care? Episodes of support and where they led."""

from goldenthread.synthetic import days
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.frequencies import drawn
from goldenthread.synthetic.people import Child, Family, Help
from goldenthread.synthetic.teams import Staff


def help_early(area: Area, staff: Staff) -> None:
    """Support that follows a contact, a closed case, or comes before a referral or care."""
    for family in area.families:
        for child in family.children:
            _after_contacts(area, staff, child)
            _around_episodes(area, staff, child)


def _after_contacts(area: Area, staff: Staff, child: Child) -> None:
    for contact in child.contacts:
        if contact.outcome == "early_help" and contact.decided and area.rng.random() < 0.97:
            _support(area, staff, child, contact.decided + area.rng.randint(1, 18))


def _around_episodes(area: Area, staff: Staff, child: Child) -> None:
    rng = area.rng
    for episode in child.episodes:
        if episode.is_nfa:
            continue
        if episode.closed <= area.as_at and not episode.phases and rng.random() < 0.22:
            _support(area, staff, child, episode.closed + rng.randint(0, 28))
        if rng.random() < 0.09:
            _support(area, staff, child, episode.received - rng.randint(70, 260), episode.received)
        old = days.age(child.born, episode.received) >= 11
        if old and episode.phases and rng.random() < 0.16:
            _edge(area, staff, child, episode.phases[0].start + rng.randint(0, 60))


def _support(area: Area, staff: Staff, child: Child, start: int, stepped_up: int | None = None) -> None:
    """One early help episode, from the assessment to its end."""
    rng = area.rng
    start = days.working_day_near(rng, start)
    if start > area.as_at or start < area.first - 400 or _is_helped(area, child, start):
        return
    end: int | None = start + rng.randint(60, 330)
    reason: str | None = drawn(rng, "early_help_end")
    if stepped_up:
        end, reason = stepped_up - rng.randint(0, 9), "step_up"
    elif rng.random() < 0.02:
        reason = "step_up"  # stepped up on paper: no referral followed
    if end and (end > area.as_at or end <= start):
        end, reason = None, None
    assessed = days.add_working(start, rng.randint(10, 45) if rng.random() < 0.8 else rng.randint(46, 80))
    organisation = drawn(rng, "early_help_organisation")
    lead = (
        f"L{rng.randint(1, 60):03d}"
        if rng.random() < 0.9
        else rng.choice((None, "Duty worker", "Unallocated"))
    )
    child.help.append(
        Help(
            area.ids.next("EH"),
            "early_help",
            organisation,
            lead,
            start,
            end,
            reason,
            start,
            assessed if assessed <= area.as_at else None,
            _criteria(area, child.family),
            _team(area, staff, child),
        )  # fmt: skip
    )


def _is_helped(area: Area, child: Child, day: int) -> bool:
    """Whether early help is under way on the day, or was to begin soon after."""
    return any(h.start - 330 < day <= (h.end or area.as_at) for h in child.help if h.service == "early_help")


def _criteria(area: Area, family: Family) -> tuple[bool, ...]:
    """Which of the six family criteria hold."""
    return tuple(area.rng.random() < chance for chance in (0.16, 0.3, 0.72, 0.34, 0.28, 0.4))


def _team(area: Area, staff: Staff, child: Child) -> str:
    teams = [t for t in staff.teams if t.role == "early_help"]
    local = [t for t in teams if t.locality == child.family.locality] or teams
    return local[0].name


def _edge(area: Area, staff: Staff, child: Child, start: int) -> None:
    rng = area.rng
    if not area.first <= start <= area.as_at:
        return
    end = start + rng.randint(60, 200)
    team = next(t.name for t in staff.teams if t.role == "edge_of_care")
    is_over = end <= area.as_at
    child.help.append(
        Help(
            area.ids.next("EH"),
            "edge_of_care",
            "Council edge of care",
            f"L{rng.randint(61, 80):03d}",
            start,
            end if is_over else None,
            rng.choice(("needs_met", "needs_met", "other")) if is_over else None,
            None,
            None,
            _criteria(area, child.family),
            team,
        )  # fmt: skip
    )
