"""Which teams are there, and which posts does each have? Where the work of the area is done."""

from dataclasses import dataclass, field

from goldenthread.synthetic.arcs import TeamPlan
from goldenthread.synthetic.area import Area

SOCIAL_WORK = ("social_worker", "senior_social_worker", "team_manager", "service_manager", "iro_cp_chair")
HELP = ("early_help", "edge_of_care", "leaving_care")  # teams whose managers need not be social workers
HOLDERS = ("social_worker", "senior_social_worker")
NEVER = 10**7


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
    opens: int  # the first day of the post
    is_always_filled: bool = False
    is_established: bool = True
    weight: float = 1.0  # how readily work comes to this desk
    spells: list[PostSpell] = field(default_factory=list)

    def is_funded(self, spell: PostSpell) -> bool:
        """Whether the post is in the funded establishment while it is filled so."""
        return self.is_established or spell.employment == "permanent"

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
    before: str | None  # its name before the restructure
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
    _by_role: dict[str, list[Team]] = field(default_factory=dict)

    def of(self, role: str) -> list[Team]:
        """The teams that do that work; assessment teams do it where no others do."""
        if role not in self._by_role:
            found = [team for team in self.teams if team.role == role]
            self._by_role[role] = found or [team for team in self.teams if team.role == "assessment"]
        return self._by_role[role]

    @property
    def posts(self) -> list[Post]:
        """Every post."""
        return [post for team in self.teams for post in team.posts]


def structure(area: Area) -> Staff:
    """The teams of the area with their posts, nobody in them yet."""
    restructure = area.arc.restructure_on.toordinal() if area.arc.restructure_on else None
    staff = Staff([], restructure)
    for plan in area.arc.teams:
        teams = _teams(area, plan)
        for role, per_thousand in plan.posts.items():
            add_posts(area, teams, role, max(1, round(area.scaled(per_thousand))))
        if plan.headcount:
            _add_counted_posts(area, teams, plan)
        staff.teams += teams
    return staff


def _teams(area: Area, plan: TeamPlan) -> list[Team]:
    places: list[str | None] = list(area.arc.localities) if plan.by_locality else [None]
    found: list[Team] = []
    last = (area.number + 1) * plan.count
    for place in places:
        for number in range(area.number * plan.count + 1, last + 1):
            is_numbered = plan.count > 1 or area.number > 0
            name = " ".join(part for part in (plan.name, place, str(number) if is_numbered else None) if part)
            running = area.number * plan.count * len(places) + len(found) + 1
            created = plan.created_on.toordinal() if plan.created_on and number == last else None
            before = plan.before.format(n=running) if plan.before else None
            found.append(Team(name, plan.role, plan.service, place, before, created))
    return found


def add_posts(area: Area, teams: list[Team], role: str, number: int) -> list[Post]:
    """So many posts, dealt out to the teams in turn."""
    found = []
    for place in range(number):
        team = teams[place % len(teams)]
        is_social_worker = role in SOCIAL_WORK and not (role == "team_manager" and team.role in HELP)
        opens = max(area.recorded_from, team.created or 0)
        weight = area.rng.uniform(0.6, 1.4)
        found.append(Post(area.ids.next("P", 4), team, role, is_social_worker, opens, weight=weight))
        team.posts.append(found[-1])
    return found


def _add_counted_posts(area: Area, teams: list[Team], plan: TeamPlan) -> None:
    """Social workers, always in post, so that the headcount of the service is exact on the days given."""
    share = area.size / area.arc.children
    (_, first), *_, (before, _), (last_day, last) = sorted(plan.headcount.items())
    old, new = [t for t in teams if not t.created], [t for t in teams if t.created]
    managers = sum(len(team.posts) for team in old)
    add_posts(area, old, "senior_social_worker", 2)
    add_posts(area, old, "social_worker", max(0, round(first * share) - managers - 2))
    growth = round(last * share) - round(first * share) - sum(len(team.posts) for team in new)
    early = add_posts(area, old, "social_worker", growth // 4)
    late = add_posts(area, new or old, "social_worker", growth - growth // 4)
    for post in early + late:
        post.opens = area.rng.randint(max(before + 5, post.team.created or 0), last_day - 12)
    for team in teams:
        for post in team.posts:
            post.is_always_filled = post.is_social_worker
