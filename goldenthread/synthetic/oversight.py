"""Who looked over the case, and when? Managers' oversight on the child's file, and escalations."""

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.arcs import settle_days
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.people import Child, Event
from goldenthread.synthetic.settling import Candidate, Settlement, open_children
from goldenthread.synthetic.standing import is_open_case, open_date

WINDOW = 56  # days
KINDS = ("oversight", "case_supervision", "assessment_checkpoint")
STRONG = 0.965  # what most long-term teams reach in the end


def oversee(area: Area, child: Child) -> None:
    """Oversight entries over every episode, at about the rate of its time."""
    rng, strand = area.rng, area.arc.strands["oversight"]
    for episode in child.episodes:
        if episode.is_nfa:
            continue
        last = min(episode.closed - 1, area.as_at)
        day = episode.received + rng.randint(0, 25)
        while day <= last:
            held = days.working_day_near(rng, day)
            if held > last:
                break
            child.oversights.append(Event(held, "oversight" if rng.random() < 0.55 else "case_supervision"))
            regular = rng.random() < quotas.regularity(strand.chance(day), 36, WINDOW, 105)
            day = held + (rng.randint(20, 52) if regular else rng.randint(60, 150))


def settle_oversight(area: Area) -> None:
    """Make the share of cases overseen in the last 8 weeks come out on the settled days."""
    strand = area.arc.strands["oversight"]
    before = area.first
    for day in settle_days(strand, area.first + WINDOW, area.as_at):
        settlement = Settlement(area, day, before)
        for child in open_children(area, day):
            if is_open_case(child, day):
                _offer(settlement, child, day)
        if day in strand.exact and day == area.as_at:
            _spread(area, settlement, strand.at(day))
        settlement.settle(strand.at(day), lambda child: child.oversights, "oversight")
        before = day


def _offer(settlement: Settlement, child: Child, day: int) -> None:
    opened = open_date(child, day)
    entries = [e for e in child.oversights if e.kind in KINDS and opened <= e.day <= day]
    counted = [e for e in entries if day - e.day <= WINDOW]
    if not entries and day - opened <= WINDOW:
        return  # not due
    if len(counted) == len(entries) and day - opened <= WINDOW:
        can_fail = False  # without its only entries the case would not be due
    else:
        can_fail = all(e.kind != "assessment_checkpoint" for e in counted)
    settlement.offer(child, bool(counted), counted, can_fail, max(opened, day - WINDOW))


def _team(child: Child, day: int) -> str:
    held = [s for s in child.spells if s.role == "social_worker" and s.start <= day < s.end]
    return held[-1].team if held else ""


def _spread(area: Area, settlement: Settlement, percent: float) -> None:
    """Most long-term teams are over 95%; the cases without oversight sit in the other teams."""
    rng, day = area.rng, settlement.day
    long_term = {p.name for p in area.arc.teams if p.role == "long_term"}
    by_team: dict[str, list[Candidate]] = {}
    for candidate in settlement.candidates:
        by_team.setdefault(_team(candidate.child, day), []).append(candidate)
    strong = sorted(team for team in by_team if team.rsplit(" ", 2)[0] in long_term)
    strong = strong[: max(0, round(len(strong) * 0.75))]
    for team in strong:
        failing = [c for c in by_team[team] if not c.is_met]
        allowed = len(by_team[team]) - quotas.share(100 * STRONG, len(by_team[team]))
        for candidate in rng.sample(failing, max(0, len(failing) - allowed)):
            new = settlement.new_day(max(candidate.earliest, settlement.before + 1))
            entry = Event(new, "case_supervision")
            candidate.child.oversights.append(entry)
            candidate.is_met, candidate.counted = True, [entry]
            candidate.can_fail = False
        for candidate in by_team[team]:
            candidate.can_fail = False


def escalate(area: Area, child: Child) -> None:
    """Challenges by reviewing officers and conference chairs, resolved in 20 working days or not."""
    rng = area.rng
    for conference in child.conferences:
        looked_after = conference.kind == "looked_after_review"
        if conference.kind == "initial" or rng.random() > 0.045:
            continue
        raised = days.add_working(conference.held, rng.randint(0, 10))
        if raised > area.as_at:
            continue
        in_time = area.chance("escalation", raised)
        resolved = days.add_working(raised, rng.randint(3, 20) if in_time else rng.randint(21, 90))
        stage = rng.choices(("informal", "formal", "cafcass"), (70, 28, 2 if looked_after else 0))[0]
        child.escalations.append(
            (area.ids.next("ES"), raised, resolved, "iro" if looked_after else "cp_chair", stage)
        )
