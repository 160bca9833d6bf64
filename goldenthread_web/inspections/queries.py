"""Reads of inspections: what was said, when, and what of it stands."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, Q, QuerySet, Subquery, When

from goldenthread_web.inspections.models import (
    Engagement,
    Finding,
    Inspection,
    Intervention,
    Letter,
    Paragraph,
    Recommendation,
    Review,
    SettingInspection,
    Visit,
)


def inspections() -> "QuerySet[Inspection]":
    """Every inspection, the latest first, with its judgements."""
    return Inspection.objects.prefetch_related("judgements")


def recommendations() -> "QuerySet[Recommendation]":
    """Every recommendation, those of the latest inspection first."""
    return Recommendation.objects.select_related("inspection")


def visits() -> "QuerySet[Visit]":
    """Every monitoring visit in order."""
    return Visit.objects.all()


def visit(number: int) -> Visit | None:
    """One monitoring visit; None: there is none of that number."""
    return Visit.objects.filter(number=number).first()


def letters() -> "QuerySet[Letter]":
    """Every letter and report, the latest first, with what it is of."""
    return Letter.objects.select_related("visit", "inspection", "supersedes", "superseded_by")


def letters_in_force() -> "QuerySet[Letter]":
    """Letters and reports that no other took the place of."""
    return letters().filter(superseded_by__isnull=True)


def paragraphs(letter: Letter) -> "QuerySet[Paragraph]":
    """The paragraphs of a letter in order."""
    return Paragraph.objects.filter(letter=letter)


def findings(
    *,
    from_on: date | None = None,
    to: date | None = None,
    areas: Iterable[str] = (),
    letter: Letter | None = None,
) -> "QuerySet[Finding]":
    """Findings that stand, in the order of their letters' dates; by days of the letters, areas or one letter.

    One that nobody withdrew stands, also where the letter that took the place of its own lacks its words:
    what an inspector once wrote is not dropped because a text was corrected.
    """
    found = all_findings().filter(withdrawn_at__isnull=True)
    wanted = list(areas)
    if wanted:
        found = found.filter(practice_area__in=wanted)
    if letter is not None:
        found = found.filter(paragraph__letter=letter)
    within = Q()
    if from_on is not None:
        within &= Q(paragraph__letter__dated_on__gte=from_on)
    if to is not None:
        within &= Q(paragraph__letter__dated_on__lte=to)
    return found.filter(within)


def all_findings() -> "QuerySet[Finding]":
    """Every finding, also withdrawn ones, with the letter, recommendation and theme each belongs to."""
    return Finding.objects.select_related(
        "paragraph__letter__visit",
        "paragraph__letter__inspection",
        "recommendation",
        "theme",
        "component",
        "repeat_of",
    ).order_by("paragraph__letter__dated_on", "paragraph__letter_id", "paragraph__position", "start", "id")


def weaknesses(*, from_on: date | None = None, to: date | None = None) -> "QuerySet[Finding]":
    """Findings that stand and say that something is not good enough."""
    return findings(from_on=from_on, to=to).filter(valence=Finding.Valence.WEAKNESS)


def intervention() -> Intervention | None:
    """The notice or direction in force, or the last one; None: there never was any."""
    return (
        Intervention.objects.order_by("ended_on", "-issued_on").filter(ended_on__isnull=True).first()
        or Intervention.objects.first()
    )


def reviews() -> "QuerySet[Review]":
    """Reviews of the intervention that `intervention` names."""
    in_force = Case(When(ended_on__isnull=True, then=0), default=1)
    latest = Intervention.objects.order_by(in_force, "-issued_on").values("pk")[:1]
    return Review.objects.filter(intervention=Subquery(latest))


def engagements() -> "QuerySet[Engagement]":
    """What Improvement Partners did, the latest first."""
    return Engagement.objects.all()


def setting_inspections() -> "QuerySet[SettingInspection]":
    """Inspections of homes, agencies and schools for themselves, the latest first."""
    return SettingInspection.objects.all()
