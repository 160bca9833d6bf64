"""Which teams and posts are there, and who fills them? Teams over time and every spell in every post."""

from dataclasses import dataclass, field
from random import Random

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.arcs import TeamPlan
from goldenthread.synthetic.area import Area

SOCIAL_WORK = ("social_worker", "senior_social_worker", "team_manager", "service_manager", "iro_cp_chair")
HELP = ("early_help", "edge_of_care", "leaving_care")  # teams whose managers need not be social workers
HOLDERS = ("social_worker", "senior_social_worker")
PART_TIME = 0.6
LEFT = {"resigned": 74, "retired": 9, "dismissed": 5, "left_other": 12}


@dataclass(slots=True, eq=False)
class Worker:
    """One member of staff."""

    id: str
    sex: str
    ethnicity: str
    born: int  # year


@dataclass(slots=True, eq=False)
class PostSpell:
    """Who filled a post, and how, from a day to the first day no longer."""

    employment: str
    start: int
    end: int
    worker: Worker | None = None
    fte: float = 1.0
    reason: str | None = None
    is_converted: bool = False
    is_asye: bool = False
    leave: tuple[int, int | None] | None = None
    sickness: float | None = None
    campaign: str | None = None


@dataclass(slots=True, eq=False)
class Post:
    """One post of a team."""

    id: str
    team: "Team"
    role: str
    is_social_worker: bool
    is_established: bool = True
    spells: list[PostSpell] = field(default_factory=list)

    def holder(self, day: int) -> PostSpell | None:
        """The spell of whoever is in the post on the day."""
        for spell in self.spells:
            if spell.start <= day < spell.end and spell.worker:
                return spell
        return None


@dataclass(slots=True, eq=False)
class Team:
    """One team: its work, its place and its names."""

    name: str
    role: str
    service: str
    locality: str | None
    before: str | None
    created: int | None
    posts: list[Post] = field(default_factory=list)

    def name_on(self, day: int, restructure: int | None) -> str:
        """What the team was called on the day."""
        return self.before if self.before and restructure and day < restructure else self.name


@dataclass
class Staff:
    """Everyone who works in the area."""

    teams: list[Team]
    restructure: int | None

    def of(self, role: str) -> list[Team]:
        """The teams that do that work; assessment teams do long-term work where no others do."""
        found = [team for team in self.teams if team.role == role]
        return found or [team for team in self.teams if team.role == "assessment"]

    @property
    def posts(self) -> list[Post]:
        """Every post."""
        return [post for team in self.teams for post in team.posts]


def employ(area: Area) -> Staff:
    """The teams of the area, their posts and who fills them."""
    restructure = area.arc.restructure_on.toordinal() if area.arc.restructure_on else None
    staff = Staff([], restructure)
    for plan in area.arc.teams:
        staff.teams += _teams(area, plan)
    social_work = [post for post in staff.posts if post.is_social_worker]
    _fill_social_work(area, social_work)
    for post in staff.posts:
        if not post.is_social_worker:
            now = "vacant" if area.rng.random() < 0.07 else "permanent"
            if post.role == "senior_manager":
                now = "agency" if len(post.id) and int(post.id[-1]) % 2 else "permanent"
            _history(area, post, now, 1.0)
    return staff


def _teams(area: Area, plan: TeamPlan) -> list[Team]:
    places: list[str | None] = list(area.arc.localities) if plan.by_locality else [None]
    found: list[Team] = []
    for place in places:
        for number in range(area.number * plan.count + 1, (area.number + 1) * plan.count + 1):
            is_numbered = plan.count > 1 or area.number > 0
            name = " ".join(part for part in (plan.name, place, str(number) if is_numbered else None) if part)
            running = len(found) + 1 + area.number * plan.count * len(places)
            created = None
            if plan.created_on and number == (area.number + 1) * plan.count:
                created = plan.created_on.toordinal()
            before = plan.before.format(n=running) if plan.before else None
            found.append(Team(name, plan.role, plan.service, place, before, created))
    for role, per_thousand in plan.posts.items():
        number = max(1, round(area.scaled(per_thousand)))
        _add_posts(area, found, role, number)
    if plan.headcount:
        _add_counted_posts(area, found, plan)
    return found


def _add_posts(area: Area, teams: list[Team], role: str, number: int) -> None:
    for place in range(number):
        team = teams[place % len(teams)]
        is_social_worker = role in SOCIAL_WORK and not (role == "team_manager" and team.role in HELP)
        team.posts.append(Post(area.ids.next("P", 4), team, role, is_social_worker))


def _add_counted_posts(area: Area, teams: list[Team], plan: TeamPlan) -> None:
    """Social workers so that the headcount of the service is exact on the days given."""
    counts = sorted(
        (day, round(number * area.size / area.arc.children)) for day, number in plan.headcount.items()
    )
    old, new = [t for t in teams if not t.created], [t for t in teams if t.created]
    managers = sum(len(team.posts) for team in teams)
    first, last = counts[0][1], counts[-1][1]
    _add_posts(area, old, "social_worker", max(0, first - managers - 2))
    _add_posts(area, old, "senior_social_worker", 2)
    growth = last - first
    _add_posts(area, old, "social_worker", growth // 4)
    _add_posts(area, new or old, "social_worker", growth - growth // 4)


def _fill_social_work(area: Area, posts: list[Post]) -> None:
    """Who fills the social work posts: the agency share is exact on the as-at date."""
    rng = area.rng
    measure = area.arc.measures["agency"]
    percent = measure.at(area.as_at)
    counted = [post for post in posts if _is_counted(area, post)]
    free = [post for post in posts if not _is_counted(area, post)]
    filled = max(len(counted), round(len(posts) * 0.92))
    if area.as_at in measure.exact and len(posts) >= 25:
        while filled > len(counted) and not _splits(filled, percent):
            filled -= 1
    rng.shuffle(free)
    in_post = counted + free[: filled - len(counted)]
    agency = set(map(id, rng.sample(in_post, quotas.share(percent, len(in_post)))))
    part_time = _part_timers(rng, in_post, agency, percent)
    for post in posts:
        if any(post is other for other in free[filled - len(counted) :]):
            _history(area, post, "vacant", 1.0)
        else:
            now = "agency" if id(post) in agency else "permanent"
            _history(area, post, now, PART_TIME if id(post) in part_time else 1.0)


def _splits(total: int, percent: float) -> bool:
    """Whether the share is a whole number, so that it also holds in full-time equivalents."""
    return abs(total * percent / 100 - round(total * percent / 100)) < 1e-9


def _part_timers(rng: Random, posts: list[Post], agency: set[int], percent: float) -> set[int]:
    """Those who work part time, as many of the agency workers as of the others in proportion."""
    total = len(posts) // 6
    while total and not _splits(total, percent):
        total -= 1
    if not total:
        return set()
    number = quotas.share(percent, total)
    chosen = rng.sample([p for p in posts if id(p) in agency], number)
    chosen += rng.sample([p for p in posts if id(p) not in agency], total - number)
    return set(map(id, chosen))


def _is_counted(area: Area, post: Post) -> bool:
    """Whether the headcount of the post's service is prescribed."""
    return any(plan.headcount and plan.role == post.team.role for plan in area.arc.teams)


def _growth_days(area: Area, post: Post) -> list[int]:
    return sorted(day for plan in area.arc.teams if plan.role == post.team.role for day in plan.headcount)


def _history(area: Area, post: Post, now: str, fte: float) -> None:
    """Tell a post's story backwards from how it is filled now."""
    rng = area.rng
    opens = area.recorded_from
    counted = _growth_days(area, post)
    if counted:
        place = _order_in_service(area, post)
        if place is not None:
            opens = place
    end, state = 10**7, now
    reason: str | None = None
    worker = None
    while end > opens:
        start = max(opens, _start(area, state, min(end, area.as_at)))
        if counted and start - 60 < counted[-2] < end and start < counted[-2] + 2:
            start = min(start, counted[0] - rng.randint(3, 200))  # no change of hands over the days counted
            start = max(start, opens)
        worker = _someone(area, state, worker)
        post.spells.append(_spell(area, state, start, end, worker, fte, reason))
        if start <= opens:
            break
        state, reason, start, keep = _before(area, post, state, start, bool(counted))
        worker = worker if keep else None
        end = start
    post.spells.reverse()
    if post.role == "social_worker" and post.team.role == "assessment" and now == "agency":
        post.is_established = rng.random() > 0.25


def _order_in_service(area: Area, post: Post) -> int | None:
    """For posts added as a counted service grew: the day the post was first filled."""
    counted = _growth_days(area, post)
    plan = next(p for p in area.arc.teams if p.headcount and p.role == post.team.role)
    share = area.size / area.arc.children
    first = round(plan.headcount[min(plan.headcount, key=int)] * share)
    mates = [p for team_post in (post.team,) for p in team_post.posts]
    if post.team.created:
        return area.rng.randint(post.team.created, area.as_at - 12)
    growth = round(max(plan.headcount.values()) * share) - first
    own = mates.index(post)
    late = growth // 4
    per_team = -(-late // 3)
    if own >= len(mates) - per_team and post.role == "social_worker":
        return area.rng.randint(counted[-2] + 5, area.as_at - 40)
    return None


def _start(area: Area, state: str, end: int) -> int:
    """The first day of a spell that runs to `end`."""
    rng = area.rng
    if state == "vacant":
        return end - rng.randint(25, 160)
    if state == "agency":
        return end - rng.randint(25, 60) - int(rng.expovariate(1 / 330))
    leavers = area.arc.measures["leavers"]
    day = end - rng.randint(20, 50)
    while rng.random() > leavers.chance(day) / 12 * 0.9 and day > area.first - 3000:
        day -= 30
    return day - rng.randint(0, 29)


def _before(area: Area, post: Post, state: str, start: int, is_counted: bool) -> tuple[str, str, int, bool]:
    """How the post was filled before, why that ended, and whether by the same person."""
    rng = area.rng
    leaves = area.arc.measures["leavers"].chance(start)
    if state == "vacant":
        was = "permanent" if rng.random() < 0.75 else "agency"
        return was, _left(rng, was), start, False
    if not is_counted and rng.random() < 0.4:
        return "vacant", "filled", start, False
    if state == "permanent":
        if rng.random() < 0.16:
            return "agency", "converted", start, True
        was = "permanent" if rng.random() < 0.62 else "agency"
    else:
        was = "permanent" if rng.random() < 0.9 * leaves else "agency"
    return was, _left(rng, was), start, False


def _left(rng: Random, employment: str) -> str:
    return "agency_end" if employment == "agency" else quotas.weighted(rng, LEFT)


def _someone(area: Area, state: str, again: Worker | None) -> Worker | None:
    if state == "vacant":
        return None
    if again:
        return again
    rng = area.rng
    ethnicity = quotas.weighted(
        rng, {"WBRI": 52, "BAFR": 12, "BCRB": 9, "ABAN": 8, "WOTH": 7, "AIND": 4, "MOTH": 3, "REFU": 5}
    )
    return Worker(
        area.ids.next("W", 4), "F" if rng.random() < 0.83 else "M", ethnicity, rng.randint(1953, 1993)
    )


def _spell(
    area: Area, state: str, start: int, end: int, worker: Worker | None, fte: float, reason: str | None
) -> PostSpell:
    rng = area.rng
    found = PostSpell(state, start, end, worker, fte, reason)
    if state == "permanent":
        found.is_asye = area.as_at - 365 < start and end > area.as_at and rng.random() < 0.4
        if end > area.as_at:
            found.sickness = float(rng.choice((0, 0, 1, 2, 3, 3, 5, 8, 11, 20)))
            if rng.random() < 0.03 and start < area.as_at - 120:
                away = area.as_at - rng.randint(30, 110)
                found.leave = (away, None if rng.random() < 0.6 else away + rng.randint(29, 60))
                found.sickness = float(rng.randint(20, 70))
    return found


__all__ = ["HOLDERS", "Post", "PostSpell", "Staff", "Team", "Worker", "employ", "days"]
