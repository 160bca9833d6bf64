"""What is there of voices, for whom? Counts that tell nobody, raw words for few, surveys of large groups."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope, scope_or_none
from goldenthread_web.extracts.children import index
from goldenthread_web.voice import words
from goldenthread_web.voice.models import Answered, Asking, Feedback, Reply, Response, Survey, Told
from goldenthread_web.worklist.small_numbers import shown_numbers

MONTHS = 12
RECENT_MONTHS = 3
FAMILIES = ("child", "parent", "carer")


def feedback_for(person: User) -> QuerySet[Feedback]:
    """The words a person may read: all for those who lead it; else of their teams, and what they wrote.

    What is about one child is for those who may see the child today, whoever wrote it down.
    """
    scope = scope_or_none(person)
    found = Feedback.objects.select_related("asking", "entered_by").filter(_of_children_within(scope))
    if person.may(Permission.KEEP_VOICE):
        return found
    teams = scope.teams if scope is not None else frozenset()
    own = Q(entered_by=person) | Q(team__in=sorted(teams))
    return found.filter(own | ~Q(reference="") if teams else own)


def _of_children_within(scope: ChildScope | None) -> Q:
    """About no one child, or about one within the scope."""
    if scope is None:
        return Q(reference="")
    if scope.everyone:
        return ~Q(reference__in=sorted(scope.barred))
    about = Feedback.objects.exclude(reference="").order_by().values_list("reference", flat=True).distinct()
    return Q(reference="") | Q(reference__in=sorted(index().within(about, scope)))


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    """One theme in numbers; None: too few to be shown to this person."""

    code: str
    title: str
    number: int | None
    positive: int | None
    before: int | None  # None also where nothing at all was written down then


@dataclass(frozen=True, kw_only=True)
class AudienceLine:
    """One audience in numbers."""

    code: str
    title: str
    number: int | None
    recent: bool  # whether anybody of them was heard lately


def by_theme(on: date, *, is_public_view: bool) -> list[ThemeLine]:
    """What the last twelve months are about, the most said first, beside the twelve before."""
    since = add_months(on, -MONTHS)
    rows = list(
        Feedback.objects.filter(received_on__gt=add_months(since, -MONTHS), received_on__lte=on).values_list(
            "themes", "is_positive", "received_on"
        )
    )
    cells: Counter[tuple[str, ...]] = Counter()
    for themes, is_positive, day in rows:
        for code in themes:
            when = "now" if day > since else "before"
            cells[code, when] += 1
            if when == "now":
                cells[code, "positive" if is_positive else "other"] += 1
    codes = [code for code in words.themes() if cells[code, "now"] or cells[code, "before"]]
    for code in codes:
        for part in ("now", "before", "positive", "other"):
            cells[code, part] += 0
    sums = [((code, "now"), [(code, "positive"), (code, "other")]) for code in codes]
    number = shown_numbers(cells, sums) if is_public_view else cells.__getitem__
    was_kept = any(day <= since for _, _, day in rows)
    lines = [
        ThemeLine(
            code=code,
            title=words.themes()[code],
            number=number((code, "now")),
            positive=number((code, "positive")),
            before=number((code, "before")) if was_kept else None,
        )
        for code in codes
    ]
    return sorted(lines, key=lambda one: (-(one.number or 0), one.title))


def by_audience(on: date, *, is_public_view: bool) -> list[AudienceLine]:
    """Who was heard in the last twelve months; those who were not heard lately come first."""
    since, lately = add_months(on, -MONTHS), add_months(on, -RECENT_MONTHS)
    rows = Feedback.objects.filter(received_on__gt=since, received_on__lte=on).order_by()
    counted = {
        row["audience"]: row
        for row in rows.values("audience").annotate(
            number=Count("pk"), recent=Count("pk", filter=Q(received_on__gt=lately))
        )
    }
    cells = {(code,): counted.get(code, {}).get("number", 0) for code in words.audiences()}
    number = shown_numbers(cells, []) if is_public_view else cells.__getitem__
    lines = [
        AudienceLine(
            code=code,
            title=title,
            number=number((code,)),
            recent=bool(counted.get(code, {}).get("recent")),
        )
        for code, title in words.audiences().items()
    ]
    return sorted(lines, key=lambda one: one.recent)


def replies() -> QuerySet[Reply]:
    """You said, we did: what is not done yet first."""
    return Reply.objects.select_related("action").order_by("done_on", "due_on", "id")


def told_to_families(on: date) -> QuerySet[Reply]:
    """You said, we did: what children, parents and carers were told in the three months to a day."""
    since = add_months(on, -RECENT_MONTHS)
    found = Reply.objects.filter(published_on__gt=since, published_on__lte=on, audience__in=FAMILIES)
    return found.order_by("-published_on", "id")


def askings() -> QuerySet[Asking]:
    """Rounds of asking with how many came back, the latest first."""
    return Asking.objects.annotate(came=Count("feedback")).order_by("-starts_on", "-pk")


def told() -> QuerySet[Told]:
    """What people were told, the latest first."""
    return Told.objects.all()


def surveys() -> QuerySet[Survey]:
    """Every survey with how many answered, the latest first."""
    return Survey.objects.annotate(came=Count("responses")).order_by("-opens_on", "-pk")


def to_answer(person: User, on: date) -> QuerySet[Survey]:
    """Surveys of staff that are open on a day and that the person has not answered."""
    done = Answered.objects.filter(person=person).values("survey_id")
    open_ones = Survey.objects.filter(audience="staff", opens_on__lte=on, closes_on__gte=on)
    return open_ones.exclude(pk__in=done)


@dataclass(frozen=True, kw_only=True)
class ItemResult:
    """How one item was answered; None: too few, or another group could be told by it."""

    code: str
    text: str
    agree: int | None
    answers: int | None

    @property
    def share(self) -> float | None:
        """Who agreed, of those who answered."""
        return None if not self.answers or self.agree is None else self.agree / self.answers


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a survey found, as a whole and team by team where it asked."""

    survey: Survey
    responses: int
    items: tuple[ItemResult, ...]
    teams: tuple[tuple[str, tuple[ItemResult, ...]], ...]
    hidden_teams: int

    @property
    def rate(self) -> float:
        """How many answered, of those asked."""
        return self.responses / self.survey.invited


def result(survey: Survey) -> Result:
    """What a survey found. A group of few is not shown, nor one that would tell of a group of few."""
    rows = list(survey.responses.values_list("team", "answers"))
    answers = _told(survey, rows)
    teams = {team for by_team in answers.values() for team in by_team if team}
    every = {code: [one for found in by_team.values() for one in found] for code, by_team in answers.items()}
    return Result(
        survey=survey,
        responses=len(rows),
        items=_items(survey, every),
        teams=tuple(
            (team, _items(survey, {code: by_team.get(team, []) for code, by_team in answers.items()}))
            for team in sorted(teams)
        ),
        hidden_teams=len({team for team, _ in rows if team} - teams),
    )


def told_answers(survey: Survey) -> dict[str, dict[str, list[str]]]:
    """What may be told of a survey: for each item that enough people answered, the answers by team.

    Without a team (a blank) stand those of nobody's team, of every team of few, and of a team that would tell
    of one: all answers less those of the teams named are never the answers of few.
    """
    return _told(survey, list(survey.responses.values_list("team", "answers")))


def _told(survey: Survey, rows: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, dict[str, list[str]]]:
    smallest = words.smallest_group()
    told: dict[str, dict[str, list[str]]] = {}
    for code in survey.items:
        by_team: dict[str, list[str]] = {}
        for team, answers in rows:
            if code in answers:
                by_team.setdefault(team, []).append(answers[code])
        if sum(map(len, by_team.values())) >= smallest:
            told[code] = _without_few(by_team, smallest)
    return told


def _without_few(by_team: Mapping[str, list[str]], smallest: int) -> dict[str, list[str]]:
    """The answers of the teams that may be named, and under a blank those of the others."""
    named = {team: found for team, found in by_team.items() if team and len(found) >= smallest}
    rest = sum(len(found) for team, found in by_team.items() if team not in named)
    if 0 < rest < smallest and named:
        # The whole less the teams named would be the few: the smallest of the others is not named either.
        del named[min((len(found), team) for team, found in named.items())[1]]
    others = [one for team, found in by_team.items() if team not in named for one in found]
    return named | ({"": others} if others else {})


def _items(survey: Survey, answers: Mapping[str, list[str]]) -> tuple[ItemResult, ...]:
    """Each item with its answers; none: too few to be told."""
    return tuple(
        ItemResult(
            code=code,
            text=words.items()[code].text,
            agree=sum(one in words.AGREE for one in found) if found else None,
            answers=len(found) or None,
        )
        for code in survey.items
        for found in (answers.get(code, []),)
    )


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """How an audience answered one item over time: day the survey closed, share who agreed, answers."""

    kind: str
    audience: str
    text: str
    points: tuple[tuple[date, float | None, int | None], ...]


def understanding(kinds: Iterable[str], *, on: date) -> list[Understanding]:
    """Every item that was asked, by audience, from survey to survey: of those closed before a day."""
    lines: dict[tuple[str, str, str], list[tuple[date, float | None, int | None]]] = {}
    found = Survey.objects.filter(kind__in=list(kinds), closes_on__lt=on).order_by("closes_on")
    answers: dict[int, list[Mapping[str, str]]] = {}
    for survey_id, said in Response.objects.filter(survey__in=found.order_by().values("pk")).values_list(
        "survey_id", "answers"
    ):
        answers.setdefault(survey_id, []).append(said)
    for survey in found:
        told = _told(survey, [("", said) for said in answers.get(survey.pk, [])])
        for one in _items(survey, {code: found[""] for code, found in told.items()}):
            key = (survey.kind, survey.audience, one.code)
            lines.setdefault(key, []).append((survey.closes_on, one.share, one.answers))
    return [
        Understanding(kind=kind, audience=audience, text=words.items()[code].text, points=tuple(points))
        for (kind, audience, code), points in lines.items()
    ]
