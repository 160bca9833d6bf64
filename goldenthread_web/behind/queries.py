"""Reads of revealed lists and exports."""

from django.db.models import QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.behind.models import Export, Reveal
from goldenthread_web.config.clock import now


def reveals_of(person: User) -> "QuerySet[Reveal]":
    """The lists a person may still see for a reason they gave."""
    return Reveal.objects.filter(person=person, until__gt=now())


def exports_of(person: User) -> "QuerySet[Export]":
    """The files a person asked for, the latest first."""
    return Export.objects.filter(asked_by=person).select_related("reveal", "decided_by")


def exports_to_decide(person: User) -> "QuerySet[Export]":
    """Long lists that others asked for and that wait for a decision; none for who may not approve."""
    if not person.may(Permission.APPROVE_EXPORTS):
        return Export.objects.none()
    waiting = Export.objects.filter(needs_second_person=True, is_approved__isnull=True)
    return waiting.exclude(asked_by=person).select_related("reveal", "asked_by")
