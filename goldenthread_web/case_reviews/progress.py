"""How far is the review of every case, team by team, and what came of it?"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from goldenthread.figures.suppression import DEFAULT_BELOW
from goldenthread_web.case_reviews.models import Case, Exercise
from goldenthread_web.case_reviews.review_form import kept_form
from goldenthread_web.worklist.small_numbers import shown_numbers

FEWEST_FOR_A_SHARE = 10
HIDDEN = "c"
ALL = ""  # the name of all teams together
STATES = ("waiting", "handed", "reviewed", "left")


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """How many cases of a team, or of all, are how far."""

    team: str
    waiting: int  # with nobody yet
    handed: int  # with somebody
    reviewed: int
    left: int  # gone before anybody had looked

    @property
    def cases(self) -> int:
        """How many there were on the day it began."""
        return self.waiting + self.handed + self.reviewed + self.left

    @property
    def to_review(self) -> int:
        """Those that had, or have, to be reviewed: whoever left before does not count."""
        return self.cases - self.left

    @property
    def percent(self) -> float | None:
        """How much of it is done."""
        return 100 * self.reviewed / self.to_review if self.to_review else None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """An exercise by team, with what came of the cases."""

    exercise: Exercise
    total: Numbers
    teams: tuple[Numbers, ...]
    outcomes: Mapping[str, int]  # code to number
    concerns: int


@dataclass(frozen=True, kw_only=True)
class ShownNumbers:
    """The numbers of a team as a person may read them."""

    team: str
    cases: str
    left: str
    reviewed: str
    open: str
    percent: str


def progress_of(exercises: Iterable[Exercise]) -> dict[int, Progress]:
    """How far each exercise is, by its key. One query."""
    wanted = list(exercises)
    states: dict[int, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    outcomes: dict[int, Counter[str]] = defaultdict(Counter)
    concerns: Counter[int] = Counter()
    rows = Case.objects.filter(exercise__in=wanted).order_by().values("exercise", "child__team", "outcome")
    rows = rows.annotate(
        number=Count("pk"),
        reviewed=Count("pk", filter=Q(reviewed_on__isnull=False)),
        left=Count("pk", filter=Q(left_on__isnull=False)),
        handed=Count("pk", filter=Q(reviewer__isnull=False, reviewed_on=None, left_on=None)),
        raised=Count("concern"),
    )
    for row in rows:
        of = states[row["exercise"]][row["child__team"]]
        of.update({name: row[name] for name in ("reviewed", "left", "handed")})
        of["waiting"] += row["number"] - row["reviewed"] - row["left"] - row["handed"]
        outcomes[row["exercise"]][row["outcome"]] += row["reviewed"]
        concerns[row["exercise"]] += row["raised"]
    return {one.pk: _progress(one, states[one.pk], outcomes[one.pk], concerns[one.pk]) for one in wanted}


def _progress(
    exercise: Exercise, states: Mapping[str, Counter[str]], outcomes: Counter[str], concerns: int
) -> Progress:
    teams = tuple(_numbers(team, states[team]) for team in sorted(states))
    total: Counter[str] = Counter()
    for one in states.values():
        total.update(one)
    codes = kept_form(exercise.form).outcomes
    return Progress(
        exercise=exercise,
        total=_numbers(ALL, total),
        teams=teams,
        outcomes={code: outcomes[code] for code in codes},
        concerns=concerns,
    )


def _numbers(team: str, states: Counter[str]) -> Numbers:
    return Numbers(team=team, **{name: states[name] for name in STATES})


def shown(progress: Progress, *, is_public_view: bool) -> list[ShownNumbers]:
    """The total first, then each team; without small numbers, and what would give them back, where hidden."""
    lines = [progress.total, *progress.teams]
    if not is_public_view:
        return [_whole(one) for one in lines]
    number = _numbers_for_public(progress)
    return [_public(one, number) for one in lines]


def _whole(one: Numbers) -> ShownNumbers:
    return ShownNumbers(
        team=one.team,
        cases=f"{one.cases:,}",
        left=f"{one.left:,}",
        reviewed=f"{one.reviewed:,}",
        open=f"{one.waiting + one.handed:,}",
        percent="" if one.percent is None else f"{one.percent:.0f}%",
    )


_Look = Callable[[tuple[str, ...]], int | None]


def _numbers_for_public(progress: Progress) -> _Look:
    """Every number of the table, with which is the sum of which: rows add up, and so do columns."""
    parts = ("left", "reviewed", "open")
    cells: dict[tuple[str, ...], int] = {}
    for one in (progress.total, *progress.teams):
        said = {"cases": one.cases, "left": one.left, "reviewed": one.reviewed}
        cells |= {(one.team, name): n for name, n in (said | {"open": one.waiting + one.handed}).items()}
    rows = [((one.team, "cases"), [(one.team, name) for name in parts]) for one in progress.teams]
    rows.append(((ALL, "cases"), [(ALL, name) for name in parts]))
    columns = [((ALL, name), [(one.team, name) for one in progress.teams]) for name in ("cases", *parts)]
    return shown_numbers(cells, [*rows, *columns])


def _public(one: Numbers, number: _Look) -> ShownNumbers:
    said = {name: number((one.team, name)) for name in ("cases", "left", "reviewed", "open")}
    is_hidden = one.to_review < FEWEST_FOR_A_SHARE or said["reviewed"] is None or said["open"] is None
    percent = HIDDEN if is_hidden else f"{one.percent:.0f}%"
    words = {
        name: HIDDEN if value is None else f"about {value:,}" if value else "0"
        for name, value in said.items()
    }
    return ShownNumbers(team=one.team, percent=percent, **words)


def outcomes_said(progress: Progress, *, is_public_view: bool) -> list[tuple[str, int | None]]:
    """What came of the cases, in the words of the form; None: hidden."""
    words = kept_form(progress.exercise.form).outcomes
    if not is_public_view:
        return [(words[code], number) for code, number in progress.outcomes.items()]
    cells = {(code,): number for code, number in progress.outcomes.items()} | {
        (ALL,): progress.total.reviewed
    }
    number = shown_numbers(cells, [((ALL,), [(code,) for code in progress.outcomes])])
    return [(words[code], number((code,))) for code in progress.outcomes]


def concerns_said(progress: Progress, *, is_public_view: bool) -> str:
    """How many immediate concerns were raised, as a person may read it."""
    is_small = is_public_view and 0 < progress.concerns < DEFAULT_BELOW
    return HIDDEN if is_small else f"{progress.concerns:,}"


@dataclass(frozen=True, kw_only=True)
class WithReviewer:
    """How many cases somebody has and had: for whoever hands them out, never for a table of people."""

    person_id: int
    title: str
    handed: int
    reviewed: int

    @property
    def open(self) -> int:
        """What is still with them."""
        return self.handed - self.reviewed


def with_reviewers(exercise: Exercise) -> list[WithReviewer]:
    """Everybody who was handed cases of an exercise."""
    rows = exercise.cases.filter(left_on=None).exclude(reviewer=None).order_by("reviewer__title", "reviewer")
    rows = rows.values("reviewer", "reviewer__title").annotate(
        handed=Count("pk"), reviewed=Count("pk", filter=Q(reviewed_on__isnull=False))
    )
    return [
        WithReviewer(
            person_id=row["reviewer"],
            title=row["reviewer__title"],
            handed=row["handed"],
            reviewed=row["reviewed"],
        )
        for row in rows
    ]


def waiting_by_team(exercise: Exercise) -> dict[str, int]:
    """How many cases of each team nobody has yet."""
    rows = exercise.cases.filter(reviewer=None, reviewed_on=None, left_on=None).order_by("child__team")
    return {
        row["child__team"]: row["number"] for row in rows.values("child__team").annotate(number=Count("pk"))
    }
