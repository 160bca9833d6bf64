"""Reads of the programme: the aim, themes and components, bodies, decisions."""

from datetime import date

from django.db.models import QuerySet

from goldenthread_web.programme.models import Body, Component, Decision, Enabler, Programme, Theme


def programme() -> Programme | None:
    """What the council set out to reach; None before anybody said."""
    return Programme.objects.first()


def themes() -> "QuerySet[Theme]":
    """The themes of the plan in their order, with their components."""
    return Theme.objects.prefetch_related("components")


def components() -> "QuerySet[Component]":
    """The components of a good service in their order."""
    return Component.objects.all()


def enablers() -> "QuerySet[Enabler]":
    """What makes improvement possible, in its order; none where the council does not use them."""
    return Enabler.objects.all()


def bodies() -> "QuerySet[Body]":
    """Every body that decides, challenges or is told."""
    return Body.objects.all()


def body(code: str) -> Body | None:
    """The body of a code; None: there is none."""
    return Body.objects.filter(code=code).first()


def decisions(*, of: Body | None = None, to: date | None = None) -> "QuerySet[Decision]":
    """What bodies decided, the latest first; of one body, and up to a day, where they are named."""
    found = Decision.objects.select_related("body", "recorded_by")
    if of is not None:
        found = found.filter(body=of)
    return found if to is None else found.filter(decided_on__lte=to)


def in_favour() -> "QuerySet[Decision]":
    """Decisions on which a version of the plan or another date of a milestone may rest."""
    return decisions().filter(outcome__in=(Decision.Outcome.AGREED, Decision.Outcome.AMENDED))
