"""What is there of clinics, for whom? Clinics within a scope, what must come first, and whether they help."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from goldenthread.calendar import working_days_between
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.clinics.kinds import frame, kinds
from goldenthread_web.clinics.models import Carried, Clinic, ClinicAction, ClinicException, Escalation
from goldenthread_web.clinics.reading import Key, Seen

_OVERDUE = ("new", "repeat")


def within(scope: ChildScope) -> QuerySet[Clinic]:
    """The clinics of the teams whose children a person sees."""
    found = Clinic.objects.select_related("chair")
    return found if scope.everyone else found.filter(team__in=sorted(scope.teams))


def counted(found: QuerySet[Clinic]) -> QuerySet[Clinic]:
    """Clinics with the `number` of their exceptions, and `open_before`: actions of the team not settled."""
    before = ClinicAction.objects.filter(
        clinic__team=OuterRef("team"), clinic__monday__lt=OuterRef("monday"), outcome=""
    ).order_by()
    number = Subquery(before.values("clinic__team").annotate(number=Count("pk")).values("number"))
    counted_ones = found.annotate(number=Count("exceptions"), open_before=Coalesce(number, 0))
    return counted_ones.order_by("-monday", "team")  # the order of the model goes where rows are counted


def exceptions_of(clinic: Clinic, scope: ChildScope) -> list[ClinicException]:
    """What a clinic looks at, without children whom the person must not see."""
    found = clinic.exceptions.select_related("said_by")
    return [one for one in found if not one.reference or one.reference not in scope.barred]


@dataclass(frozen=True, kw_only=True)
class Actions:
    """What a clinic begins with, and what was agreed in it."""

    opening: tuple[ClinicAction, ...]
    agreed: tuple[ClinicAction, ...]

    @property
    def by_exception(self) -> dict[int, list[ClinicAction]]:
        """What was agreed about each exception."""
        found: dict[int, list[ClinicAction]] = {}
        for one in self.agreed:
            if one.exception_id is not None:
                found.setdefault(one.exception_id, []).append(one)
        return found


def actions_of(clinic: Clinic, scope: ChildScope) -> Actions:
    """The actions of a clinic, without those about children whom the person must not see. One query.

    It begins with actions of the team's earlier clinics not settled before it. Each has `times`, how often it
    was carried on, and `is_carried_here`.
    """
    begins = Q(outcome="") | Q(completed_on__gte=clinic.monday)
    found = (
        ClinicAction.objects.filter(clinic__team=clinic.team)
        .filter(Q(clinic=clinic.pk) | (Q(clinic__monday__lt=clinic.monday) & begins))
        .annotate(
            times=Count("carried", distinct=True),
            is_carried_here=Exists(Carried.objects.filter(action=OuterRef("pk"), clinic=clinic.pk)),
        )
        .select_related("clinic", "exception")
        .order_by("due_on", "id")
    )
    seen = [one for one in found if one.exception is None or one.exception.reference not in scope.barred]
    return Actions(
        opening=tuple(one for one in seen if one.clinic_id != clinic.pk),
        agreed=tuple(one for one in seen if one.clinic_id == clinic.pk),
    )


def without_answer(opening: Iterable[ClinicAction]) -> list[ClinicAction]:
    """Which of those a clinic begins with were neither settled nor carried on by it."""
    return [one for one in opening if not one.outcome and not one.is_carried_here]  # type: ignore[attr-defined]


def not_judged(found: Iterable[ClinicException]) -> list[ClinicException]:
    """Exceptions of which the reason, or whether the child is safe, has not been said."""
    return [
        one
        for one in found
        if kinds()[one.kind].is_judged and (not one.reason or (one.reference and one.is_safe is None))
    ]


def unsafe_without_action(found: Iterable[ClinicException], actions: Actions) -> list[ClinicException]:
    """Children who are not safe and for whom nothing was agreed."""
    agreed = actions.by_exception
    return [one for one in found if one.is_safe is False and one.pk not in agreed]


def lacking(actions: Actions, found: list[ClinicException]) -> list[str]:
    """What must still be said before a clinic can be closed, a sentence each; none: it can be."""
    unanswered = without_answer(actions.opening)
    unjudged, unsafe = len(not_judged(found)), len(unsafe_without_action(found, actions))
    said = []
    if unanswered:
        named = ", ".join(one.ref for one in unanswered[:5])
        said.append(f"Say what became of each earlier action; without an answer: {named}.")
    if unjudged:
        said.append(f"Give each exception a reason, and say whether the child is safe; left: {unjudged}.")
    if unsafe:
        said.append(f"Agree an action for each child who is not safe; left: {unsafe}.")
    return said


def seen_before(team: str, monday: date) -> dict[Key, Seen]:
    """What earlier clinics of the last months saw as overdue, by what it is about."""
    since = monday - timedelta(weeks=frame().history_weeks)
    rows = (
        ClinicException.objects.filter(
            clinic__team=team, clinic__monday__lt=monday, clinic__monday__gte=since, kind__in=_OVERDUE
        )
        .order_by()
        .values("item", "reference", "worker_id")
        .annotate(times=Max("clinics"), first=Min("first_seen_on"))
    )
    found: dict[Key, Seen] = {}
    for row in rows:
        key = (row["item"], row["reference"], "" if row["reference"] else row["worker_id"])
        before = found.get(key)
        found[key] = Seen(
            clinics=max(row["times"], before.clinics if before else 0),
            first_on=min(row["first"], before.first_on if before else row["first"]),
        )
    return found


@dataclass(frozen=True, kw_only=True)
class Week:
    """One clinic in numbers."""

    clinic: Clinic
    overdue: int
    repeats: int
    actions: int
    settled: int
    on_time: int

    @property
    def repeat_share(self) -> float | None:
        """Of what was overdue, how much an earlier clinic had seen; None where nothing was."""
        return self.repeats / self.overdue if self.overdue else None


@dataclass(frozen=True, kw_only=True)
class LatestWeek:
    """The clinics of one week, all teams together."""

    monday: date
    teams: int
    held: int
    not_held: int
    unanswered: int  # of all clinics: what they put before a board and nobody has answered


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Whether the clinics of a team help."""

    team: str
    service: str
    weeks: tuple[Week, ...]  # the latest first
    set: int
    settled: int
    due: int
    on_time: int
    days_to_clear: float | None  # working days from set to done, the middle one
    open_escalations: int

    @property
    def held(self) -> int:
        """How many of them were held."""
        return sum(one.clinic.state == Clinic.State.CLOSED for one in self.weeks)

    @property
    def repeats(self) -> int:
        """Overdue things that an earlier clinic had seen."""
        return sum(one.repeats for one in self.weeks)

    @property
    def overdue(self) -> int:
        """Overdue things in all."""
        return sum(one.overdue for one in self.weeks)


def latest_week(on: date) -> LatestWeek | None:
    """How far the clinics of the latest week are that has begun; None: none was made ready yet."""
    last = Clinic.objects.filter(monday__lte=on).order_by("-monday").values("monday")[:1]
    told = Clinic.objects.filter(monday=Subquery(last)).aggregate(
        monday=Max("monday"),
        teams=Count("pk"),
        held=Count("pk", filter=Q(state=Clinic.State.CLOSED)),
        not_held=Count("pk", filter=Q(state=Clinic.State.NOT_HELD)),
    )
    if told["monday"] is None:
        return None
    return LatestWeek(**told, unanswered=open_escalations().count())


def effects(*, since: date, on: date, teams: Iterable[str] | None = None) -> list[Effect]:
    """How the clinics of each team went since a day; of all teams where none are named."""
    clinics = Clinic.objects.filter(monday__gte=since, monday__lte=on)
    if teams is not None:
        clinics = clinics.filter(team__in=sorted(teams))
    counted = clinics.annotate(
        overdue=Count("exceptions", filter=Q(exceptions__kind__in=_OVERDUE), distinct=True),
        repeats=Count("exceptions", filter=Q(exceptions__kind="repeat"), distinct=True),
        raised=Count("escalations", filter=Q(escalations__answered_on__isnull=True), distinct=True),
    )
    actions: dict[int, list[ClinicAction]] = {}
    for action in ClinicAction.objects.filter(clinic__in=clinics.order_by().values("pk")):
        actions.setdefault(action.clinic_id, []).append(action)
    by_team: dict[str, list[Clinic]] = {}
    for clinic in counted.order_by("team", "-monday"):
        by_team.setdefault(clinic.team, []).append(clinic)
    return [_effect(found, actions, on) for found in by_team.values()]


def _effect(clinics: list[Clinic], actions: dict[int, list[ClinicAction]], on: date) -> Effect:
    every = [action for clinic in clinics for action in actions.get(clinic.pk, [])]
    due = [one for one in every if one.due_on < on or one.completed_on]
    taken = [working_days_between(one.set_on, one.completed_on) for one in every if one.outcome == "done"]
    return Effect(
        team=clinics[0].team,
        service=clinics[0].service,
        weeks=tuple(_week(clinic, actions.get(clinic.pk, [])) for clinic in clinics),
        set=len(every),
        settled=sum(bool(one.outcome) for one in every),
        due=len(due),
        on_time=sum(_in_time(one) for one in due),
        days_to_clear=median(taken) if taken else None,
        open_escalations=sum(clinic.raised for clinic in clinics),
    )


def _week(clinic: Clinic, actions: list[ClinicAction]) -> Week:
    return Week(
        clinic=clinic,
        overdue=clinic.overdue,
        repeats=clinic.repeats,
        actions=len(actions),
        settled=sum(bool(one.outcome) for one in actions),
        on_time=sum(_in_time(one) for one in actions),
    )


def _in_time(action: ClinicAction) -> bool:
    return action.completed_on is not None and action.completed_on <= action.due_on


def escalations_for(clinic: Clinic) -> list[Escalation]:
    """What the team put before a board: by this clinic, or earlier if the answer is new or lacking."""
    read_since = Clinic.objects.filter(
        team=clinic.team,
        monday__lt=clinic.monday,
        state=Clinic.State.CLOSED,
        held_on__gt=OuterRef("answered_on"),
    )
    found = Escalation.objects.filter(clinic__team=clinic.team, clinic__monday__lte=clinic.monday)
    found = found.filter(Q(clinic=clinic.pk) | ~Exists(read_since))
    return list(found.select_related("body", "action").order_by("escalated_on", "id"))


def open_escalations() -> QuerySet[Escalation]:
    """What clinics put before a board and nobody has answered, the oldest first."""
    found = Escalation.objects.filter(answered_on__isnull=True).annotate(team=F("clinic__team"))
    return found.order_by("escalated_on", "id")
