"""Which worker and team held each child, and when? Worked through day by day."""

from heapq import heappop, heappush
from itertools import count

from goldenthread.synthetic import days
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.people import Child, Episode, Spell
from goldenthread.synthetic.teams import HOLDERS, Post, Staff, Team

NEVER = 10**7


class Allocator:
    """Gives every child of an area a worker for as long as its team holds it."""

    def __init__(self, area: Area, staff: Staff) -> None:
        self.area, self.staff = area, staff
        self._queue: list[tuple[int, int, Child, Team, int]] = []
        self._number = count()
        self._holders = {id(team): self._posts(team) for team in staff.teams}

    def _posts(self, team: Team) -> list[Post]:
        return [p for p in team.posts if p.role in HOLDERS] or [
            p for p in team.posts if p.role == "personal_adviser"
        ]

    def run(self) -> None:
        """Allocate every child."""
        for child in self.area.children:
            for episode in child.episodes:
                if not episode.is_nfa:
                    self._segments(child, episode)
        while self._queue:
            day, _, child, team, end = heappop(self._queue)
            self._allocate(child, team, day, end)
        for child in self.area.children:
            child.spells.sort(key=lambda spell: (spell.start, spell.end))

    def team_for(self, role: str, child: Child, day: int) -> Team:
        """The team that does that work for the child: of its locality, the same for the whole family."""
        teams = [t for t in self.staff.of(role) if not t.created or t.created <= day]
        local = [t for t in teams if t.locality == child.family.locality] or teams
        return local[int(child.family.id[1:]) % len(local)]

    def _segments(self, child: Child, episode: Episode) -> None:
        """The teams that hold the child one after the other during an episode."""
        rng = self.area.rng
        first = episode.assessments[0]
        decided = episode.decided or episode.received
        quick = days.add_working(decided, rng.choice((0, 0, 1, 1, 2)))
        begins = min(quick, max(first.start, decided)) if rng.random() < 0.9 else max(quick, first.start)
        stages = [(begins, "assessment")]
        for phase in episode.phases:
            role = "disability" if child.is_disabled else "long_term"
            if phase.kind == "care" and phase.end - phase.start > 40:
                stages.append((phase.start + rng.randint(10, 40), "care"))
            elif phase.kind != "care":
                stages.append((max(phase.start, first.authorised) + rng.randint(1, 12), role))
        for place, (start, role) in enumerate(stages):
            end = stages[place + 1][0] if place + 1 < len(stages) else episode.closed
            start = max(start, self.area.recorded_from)
            if start < min(end, episode.closed) and start <= self.area.as_at:
                team = self.team_for(role, child, start)
                heappush(self._queue, (start, next(self._number), child, team, min(end, episode.closed)))

    def _allocate(self, child: Child, team: Team, day: int, end: int) -> None:
        """One spell with one worker; when the worker leaves, another follows."""
        rng = self.area.rng
        if child.spells and child.spells[-1].end == day and child.spells[-1].team == team.name:
            again = child.spells[-1].worker
            open_again = next((p for p in self._holders[id(team)] if self._is(p, again, day)), None)
            if open_again:
                self._hold(child, team, open_again, day, end)
                return
            if rng.random() < 0.05:  # nobody for a while
                until = min(end, day + rng.randint(2, 18))
                duty = f"{team.name} DUTY" if rng.random() < 0.4 else None
                child.spells.append(Spell("social_worker", day, until, team.name, duty))
                self._queue_again(child, team, until, end)
                return
        in_post = [p for p in self._holders[id(team)] if p.holder(day)]
        if not in_post:
            child.spells.append(Spell("social_worker", day, end, team.name, None))
            return
        post = rng.choices(in_post, [p.weight for p in in_post])[0]
        self._hold(child, team, post, day, end)

    def _is(self, post: Post, worker: str | None, day: int) -> bool:
        held = post.holder(day)
        return bool(held and held.worker and held.worker.id == worker)

    def _hold(self, child: Child, team: Team, post: Post, day: int, end: int) -> None:
        held = post.holder(day)
        assert held and held.worker
        until = min(end, held.end)
        child.spells.append(Spell("social_worker", day, until, team.name, held.worker.id))
        self._queue_again(child, team, until, end)

    def _queue_again(self, child: Child, team: Team, day: int, end: int) -> None:
        if day < end and day <= self.area.as_at:
            heappush(self._queue, (day, next(self._number), child, team, end))


def review_officers(area: Area, staff: Staff) -> None:
    """The reviewing officer or conference chair of every child with a plan or in care."""
    posts = [p for p in staff.posts if p.role == "iro_cp_chair"]
    for child in area.children:
        for episode in child.episodes:
            for phase in (p for p in episode.phases if p.kind in ("cp", "care")):
                _hold_in_turn(area, child, posts, "iro", phase.start, phase.end)


def advise(area: Area, staff: Staff) -> None:
    """The personal adviser of everyone with a leaving care status."""
    posts = [p for p in staff.posts if p.role == "personal_adviser"]
    for child in area.children:
        if child.statuses and area.rng.random() < 0.955:
            closed = [s.day for s in child.statuses if not s.is_open]
            end = min(closed) if closed else NEVER
            _hold_in_turn(area, child, posts, "personal_adviser", child.statuses[0].day, end)


def _hold_in_turn(area: Area, child: Child, posts: list[Post], role: str, start: int, end: int) -> None:
    day = max(start, area.recorded_from)
    while day < end and day <= area.as_at:
        in_post = [p for p in posts if p.holder(day)]
        if not in_post:
            return
        post = area.rng.choice(in_post)
        held = post.holder(day)
        assert held and held.worker
        until = min(end, held.end)
        child.spells.append(Spell(role, day, until, post.team.name, held.worker.id))
        day = until


def rename(area: Area, staff: Staff) -> None:
    """Give allocations from before the restructure the names that teams had then."""
    restructure = staff.restructure
    before = {team.name: team.before for team in staff.teams if team.before}
    if not restructure:
        return
    for child in area.children:
        spells = child.spells
        child.spells = []
        for spell in spells:
            old = before.get(spell.team)
            if not old or spell.start >= restructure:
                child.spells.append(spell)
                continue
            until = min(spell.end, restructure)
            child.spells.append(Spell(spell.role, spell.start, until, old, spell.worker, spell.slip))
            if spell.end > restructure:
                child.spells.append(Spell(spell.role, restructure, spell.end, spell.team, spell.worker))
