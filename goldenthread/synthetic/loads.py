"""How many children does each worker hold? Moves children so that the share over the limit comes out."""

from dataclasses import dataclass, field

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.people import Child, Spell
from goldenthread.synthetic.teams import HOLDERS, Post, PostSpell, Staff

LIMIT = 25  # children
FEWEST = 5  # left to each of the others, on average
HOLDING = ("assessment", "long_term", "care", "disability")


@dataclass
class Desk:
    """One worker on the day: the spell in post, the team, and the allocations open."""

    post: Post
    held: PostSpell
    spells: list[tuple[Child, Spell]] = field(default_factory=list)
    is_heavy: bool = False


def settle_loads(area: Area, staff: Staff) -> None:
    """On the days of the story and at the end of every month, so many workers hold more than 25 children."""
    strand = area.arc.strands.get("caseloads")
    if not strand:
        return
    ends = [days.last_of(number) for number in range(days.month(area.first), days.month(area.as_at + 1))]
    before = area.first
    for day in sorted({*ends, *(day for day in strand.exact if area.first <= day <= area.as_at)}):
        _settle(area, staff, day, before, strand.at(day), day in strand.exact)
        before = day


def _settle(area: Area, staff: Staff, day: int, before: int, percent: float, is_exact: bool) -> None:
    desks = _desks(area, staff, day)
    number = len(desks)
    while is_exact and number > len(desks) // 2 and not quotas.can_come_out(number, percent):
        number -= 1
    ordered = sorted(
        desks, key=lambda desk: (-len(desk.spells), desk.held.worker.id if desk.held.worker else "")
    )
    holding, idle = ordered[:number], ordered[number:]
    by_team: dict[str, list[Desk]] = {}
    for desk in holding:
        by_team.setdefault(desk.post.team.name, []).append(desk)
    _choose_heavy(holding, by_team, quotas.share(percent, number))
    for desk in idle:
        mates = by_team.get(desk.post.team.name, [])
        heavy = [mate for mate in mates if mate.is_heavy]
        _move(area, desk, heavy or mates, len(desk.spells), day, before)
    for desks in by_team.values():
        _level(area, desks, day, before)


def _choose_heavy(holding: list[Desk], by_team: dict[str, list[Desk]], number: int) -> None:
    """Those with most children, as far as their team has children enough for the others too."""
    most = {
        team: (sum(len(d.spells) for d in desks) - FEWEST * len(desks)) // (LIMIT + 1 - FEWEST)
        for team, desks in by_team.items()
    }
    for desk in holding:
        team = desk.post.team.name
        if number and most[team] > 0:
            desk.is_heavy = True
            most[team] -= 1
            number -= 1


def _desks(area: Area, staff: Staff, day: int) -> list[Desk]:
    """Everyone in post who may hold children, with the children they hold."""
    found: dict[str, Desk] = {}
    for post in staff.posts:
        held = post.holder(day)
        if held and held.worker and post.role in HOLDERS and post.team.role in HOLDING:
            found[held.worker.id] = Desk(post, held)
    for child in area.cases:
        for spell in child.spells:
            if spell.role == "social_worker" and spell.start <= day < spell.end and spell.worker in found:
                found[spell.worker].spells.append((child, spell))
    return list(found.values())


def _level(area: Area, desks: list[Desk], day: int, before: int) -> None:
    """Within a team: heavy desks above the limit, the others at or below it, nobody with none."""
    heavy = [desk for desk in desks if desk.is_heavy]
    light = [desk for desk in desks if not desk.is_heavy]
    for desk in light:
        over = len(desk.spells) - LIMIT
        if over > 0:
            room = [mate for mate in light if len(mate.spells) < LIMIT - 3] or heavy
            _move(area, desk, room, over + area.rng.randint(0, 2), day, before)
    for desk in heavy:
        while len(desk.spells) <= LIMIT and (giver := _with_most_to_spare(desks, desk)):
            _move(area, giver, [desk], 1, day, before)
    for desk in light:
        if not desk.spells and (giver := _with_most_to_spare(desks, desk)):
            _move(area, giver, [desk], 1, day, before)


def _with_most_to_spare(desks: list[Desk], needing: Desk) -> Desk | None:
    """The desk that can best give up a child and stay on its side of the limit; nobody in a small team."""

    def spare(desk: Desk) -> int:
        return len(desk.spells) - (LIMIT + 1 if desk.is_heavy else 1)

    found = max((desk for desk in desks if desk is not needing), key=spare, default=None)
    return found if found and spare(found) > 0 else None


def _move(area: Area, giver: Desk, takers: list[Desk], number: int, day: int, before: int) -> None:
    """Hand over so many children, each to the taker with fewest, since the last settled day."""
    others = [taker for taker in takers if taker is not giver]
    for _ in range(number if others else 0):
        taker = min(others, key=lambda mate: len(mate.spells))
        child, spell = giver.spells.pop()
        worker = taker.held.worker
        assert worker
        earliest = max(before + 1, spell.start, taker.held.start)
        start = area.rng.randint(min(earliest, day), day)
        until = min(spell.end, taker.held.end)
        new = Spell(spell.role, start, until, spell.team, worker.id)
        place = child.spells.index(spell)
        parts = [new]
        if until < spell.end:
            parts.append(Spell(spell.role, until, spell.end, spell.team, spell.worker))
        if start > spell.start:
            spell.end = start
            child.spells[place + 1 : place + 1] = parts
        else:
            child.spells[place : place + 1] = parts
        taker.spells.append((child, new))
