"""Which programmes are there, how far are they, and who has which case audit to do? Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from goldenthread.calendar import working_days_between
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.case_audits.kinds import open_after_due
from goldenthread_web.case_audits.models import AuditProgramme, CaseAudit, Draft, ProForma, Round
from goldenthread_web.case_audits.rounds import NextRound, next_round
from goldenthread_web.sampling.models import SampledChild

State = CaseAudit.State
OPEN = (State.HANDED_OUT, State.UNDER_WAY)
_LATEST = ("-starts_on", "title")  # counting leaves the order of the model out
DONE_SHOWN = timedelta(days=92)  # so long a completed case audit stands on its auditor's own list


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many case audits there are and how far they are."""

    handed_out: int
    completed: int
    under_way: int
    overdue: int

    @property
    def still_open(self) -> int:
        """Neither completed nor withdrawn."""
        return self.handed_out - self.completed


@dataclass(frozen=True, kw_only=True)
class ProgrammeLine:
    """A programme, how far it is, and its next round."""

    programme: AuditProgramme
    rounds: int
    progress: Progress
    next_round: NextRound | None
    is_due: bool  # the next round is to begin today, or was before

    @property
    def is_over(self) -> bool:
        """Whether no further round begins."""
        return self.next_round is None


def programmes(on: date) -> list[ProgrammeLine]:
    """Every programme with how far it is on a day, the latest first. One query."""
    found = _counted(AuditProgramme.objects.select_related("pro_forma"), "rounds__case_audits", on)
    return [_line(one, on) for one in found.annotate(begun=Count("rounds", distinct=True)).order_by(*_LATEST)]


def programme_line(number: int, on: date) -> ProgrammeLine | None:
    """One programme, as `programmes` has it; None where there is none of the number."""
    return next((one for one in programmes(on) if one.programme.pk == number), None)


def rounds_of(programme: AuditProgramme, on: date) -> list[tuple[Round, Progress]]:
    """The rounds of a programme and how far each is, the latest first."""
    found = _counted(programme.rounds.select_related("handed_out_by"), "case_audits", on)
    return [(one, _progress(one)) for one in found.order_by("-starts_on", "-id")]


def rounds() -> QuerySet[Round]:
    """Every round, with its programme and its samples."""
    found = Round.objects.select_related("programme__pro_forma", "handed_out_by")
    return found.prefetch_related(Prefetch("samples"))


def of_round(found: Round) -> QuerySet[CaseAudit]:
    """The case audits of a round, what is due first."""
    rows = found.case_audits.select_related("auditor", "concern", "moderation")
    return rows.order_by("due_on", "id")


def left_in(found: Round) -> list[SampledChild]:
    """The children drawn for a round whom nobody has to look at."""
    handed = found.case_audits.exclude(state=State.WITHDRAWN).values("reference")
    rows = SampledChild.objects.filter(sample__in=found.samples.all()).exclude(reference__in=handed)
    return list(rows.select_related("sample"))


def case_audits() -> QuerySet[CaseAudit]:
    """Every case audit with what its page says first."""
    return CaseAudit.objects.select_related(
        "auditor", "pro_forma__edition", "round__programme", "concern", "moderation", "re_audit_of"
    )


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """A case audit on its auditor's own list. `working_days` until it is due; negative: overdue."""

    case_audit: CaseAudit
    working_days: int
    has_draft: bool
    is_shut: bool  # the time for it has run out: the child is no longer open to the auditor


def to_do(person: User, on: date) -> list[ToDo]:
    """What a person has to do, what is due first. One query."""
    drafts = Draft.objects.filter(case_audit=OuterRef("pk"), kept_by=person, part="doing")
    found = case_audits().filter(auditor=person, state__in=OPEN).annotate(has_draft=Exists(drafts))
    return [
        ToDo(
            case_audit=one,
            working_days=working_days_between(on, one.due_on),
            has_draft=one.has_draft,
            is_shut=bool(one.reference) and on > one.due_on + open_after_due(),
        )
        for one in found.order_by("due_on", "id")
    ]


def done_lately(person: User, on: date) -> QuerySet[CaseAudit]:
    """What a person completed lately, the latest first."""
    found = case_audits().filter(auditor=person, state=State.COMPLETED, completed_on__gte=on - DONE_SHOWN)
    return found.order_by("-completed_on", "-id")


def latest_of_teams(on: date, months_ago: date, leave_out: Iterable[str]) -> Mapping[str, tuple[int, date]]:
    """For each team how many case audits were completed since a day, and the latest of them."""
    found = CaseAudit.objects.filter(
        state=State.COMPLETED, completed_on__gt=months_ago, completed_on__lte=on
    ).exclude(reference__in=list(leave_out))
    rows = found.order_by().values_list("team").annotate(number=Count("pk"), latest=Max("completed_on"))
    return {team: (number, latest) for team, number, latest in rows}


def auditors() -> QuerySet[User]:
    """Everybody who may audit cases."""
    codes = [code for code, role in roles().items() if Permission.AUDIT_CASES in role.permissions]
    return User.objects.filter(role__in=codes, is_active=True)


def pro_formas_in_use() -> QuerySet[ProForma]:
    """Pro formas that are published and not withdrawn."""
    return ProForma.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True)


def _counted(rows: QuerySet, path: str, on: date) -> QuerySet:
    is_open = Q(**{f"{path}__state__in": OPEN})

    def number(condition: Q) -> Count:
        return Count(path, filter=condition, distinct=True)

    return rows.annotate(
        handed_out=number(~Q(**{f"{path}__state": State.WITHDRAWN})),
        completed=number(Q(**{f"{path}__state": State.COMPLETED})),
        under_way=number(Q(**{f"{path}__state": State.UNDER_WAY})),
        overdue=number(is_open & Q(**{f"{path}__due_on__lt": on})),
    )


def _progress(row: object) -> Progress:
    names = ("handed_out", "completed", "under_way", "overdue")
    return Progress(**{name: getattr(row, name) for name in names})


def _line(programme: AuditProgramme, on: date) -> ProgrammeLine:
    begun: int = programme.begun  # type: ignore[attr-defined]
    follows = next_round(programme, begun)
    return ProgrammeLine(
        programme=programme,
        rounds=begun,
        progress=_progress(programme),
        next_round=follows,
        is_due=follows is not None and follows.is_due(on),
    )
