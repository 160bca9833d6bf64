"""How are staff supported? Supervision and its actions, training, and the campaigns that found them."""

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.people import Child
from goldenthread.synthetic.teams import HOLDERS, Post, PostSpell, Staff

MONTHLY = 31  # days
COURSES = ("safeguarding_refresher", "domestic_abuse", "cse_awareness")


class Sessions:
    """Supervision sessions, and the actions each one set."""

    def __init__(self, area: Area, staff: Staff) -> None:
        self.area, self.staff = area, staff
        self.sessions: list[tuple[str, str, str | None, str, int]] = []
        self.actions: list[tuple[str, str, str | None, int, int | None, str | None]] = []
        self._held: dict[str, list[tuple[int, int, str]]] = {}
        for child in area.children:
            self._note(child)

    def _note(self, child: Child) -> None:
        for spell in child.spells:
            if spell.worker and spell.end > self.area.first:
                self._held.setdefault(spell.worker, []).append((spell.start, spell.end, child.id))

    def tell(self) -> None:
        """Every session of everyone who holds children."""
        for post in self.staff.posts:
            if post.role in (*HOLDERS, "personal_adviser"):
                for spell in post.spells:
                    if spell.worker and spell.end > self.area.first:
                        self._of(post, spell)

    def _of(self, post: Post, spell: PostSpell) -> None:
        rng, area = self.area.rng, self.area
        assert spell.worker
        last = min(spell.end - 1, area.as_at)
        day = max(spell.start + rng.randint(5, 30), area.first)
        open_actions: list[tuple[str, str, str | None, int]] = []
        while day <= last:
            held = days.working_day_near(rng, day)
            if held > last:
                break
            is_group = rng.random() < 0.06
            name = area.ids.next("SU")
            manager = self._manager(post, held)
            self.sessions.append(
                (name, spell.worker.id, manager, "group" if is_group else "one_to_one", held)
            )
            if not is_group:
                self._review(open_actions, name, held)
                open_actions = self._set(spell.worker.id, name, held)
            day = held + (rng.randint(22, MONTHLY - 2) if self._is_regular(held) else rng.randint(33, 75))
        self._review(open_actions, None, area.as_at)

    def _is_regular(self, day: int) -> bool:
        share = self.area.arc.strands["supervision"].chance(day + MONTHLY)
        return self.area.rng.random() < quotas.regularity(share, 26, MONTHLY, 54)

    def _manager(self, post: Post, day: int) -> str | None:
        """The team's manager, or where there is none the first of another team."""
        for other in (*post.team.posts, *self.staff.posts):
            held = other.holder(day) if other.role == "team_manager" else None
            if held and held.worker:
                return held.worker.id
        return None

    def _set(self, worker: str, session: str, held: int) -> list[tuple[str, str, str | None, int]]:
        rng = self.area.rng
        mine = [child for start, end, child in self._held.get(worker, ())[:80] if start <= held < end]
        found = []
        for _ in range(rng.choice((0, 1, 1, 2))):
            child = rng.choice(mine) if mine and rng.random() < 0.9 else None
            found.append((self.area.ids.next("SA"), session, child, held + rng.randint(7, 35)))
        return found

    def _review(
        self, actions: list[tuple[str, str, str | None, int]], session: str | None, held: int
    ) -> None:
        """Note which of the actions were done, and which were looked at in this session."""
        rng, area = self.area.rng, self.area
        for name, session_set, child, due in actions:
            is_reviewed = session is not None and area.chance("actions_reviewed", held)
            done: int | None = due - rng.randint(0, 6) if rng.random() < 0.62 else due + rng.randint(1, 60)
            if (done and done > area.as_at) or rng.random() < 0.08:
                done = None
            self.actions.append((name, session_set, child, due, done, session if is_reviewed else None))


def train(area: Area, staff: Staff) -> list[tuple[str, str, int, int | None]]:
    """Courses completed: the back to basics programme once it runs, and refreshers."""
    rng, found = area.rng, []
    strand = area.arc.strands["training"]
    begins = strand.series.points[0][0] if strand.series.points[0][1] == 0 else area.first
    share = strand.chance(area.as_at)
    for post in staff.posts:
        if not (post.is_social_worker or post.role in ("team_manager", "service_manager")):
            continue
        for spell in post.spells:
            start, last = max(spell.start, begins), min(spell.end - 1, area.as_at)
            if not spell.worker or start >= last:
                continue
            if rng.random() < share:
                reach = min(last, start + 200)
                found.append((spell.worker.id, "back_to_basics", rng.randint(start, reach), None))
            for course in COURSES:
                day = rng.randint(max(spell.start, area.first), last) if spell.end > area.first else None
                if day and rng.random() < 0.5:
                    found.append((spell.worker.id, course, day, days.add_months(day, 36)))
    return found


def recruit(area: Area, staff: Staff) -> list[tuple[str, str, int, int | None, int, int, int, int]]:
    """Recruitment campaigns, about one a month, and who each one brought."""
    rng, found = area.rng, []
    day = area.first + rng.randint(0, 30)
    while day <= area.as_at - 10:
        name, starters = area.ids.next("RC", 4), 0
        for post in staff.posts:
            for spell in post.spells:
                wait = spell.start - day
                fits = spell.employment == "permanent" and not spell.is_converted and not spell.campaign
                if fits and 45 <= wait <= 150 and spell.start <= area.as_at and starters < 12:
                    spell.campaign = name
                    starters += 1
        offers = starters + rng.randint(0, 3)
        shortlisted = offers * 2 + rng.randint(0, 6)
        applied = shortlisted * 2 + rng.randint(1, 20)
        closed = day + rng.randint(21, 35)
        found.append(
            (
                name,
                "Social worker",
                day,
                closed if closed <= area.as_at else None,
                applied,
                shortlisted,
                offers,
                starters,
            )
        )
        day += rng.randint(24, 40)
    return found
