"""What should a reader know besides the figures: what happened, who answers, what to doubt?"""

from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from goldenthread_web.config.clock import today
from goldenthread_web.figures.models import Annotation, Caveats, Owner, WorkedOut


@dataclass(frozen=True)
class Noted:
    """An annotation with the letter that stands on the chart."""

    letter: str
    on: date
    kind: str
    text: str
    number: int


def noted_on(ref: str) -> list[Noted]:
    """What is noted on the chart of an indicator, in the order of days; after Z come AA, AB."""
    found = Annotation.objects.filter(Q(ref="") | Q(ref=ref), withdrawn_at__isnull=True)
    return [
        Noted(_letter(at), one.on, one.get_kind_display(), one.text, one.pk) for at, one in enumerate(found)
    ]


def owner_of(ref: str) -> str:
    """The post that answers for an indicator today; blank where nobody named one."""
    return _owners(ref).first() or ""


@dataclass(frozen=True)
class Beside:
    """Who answers for it; open findings on what it reads; figures that are not what was published."""

    owner: str
    failures: list[dict[str, Any]]
    restatements: list[dict[str, Any]]


def beside(found: WorkedOut, ref: str) -> Beside:
    """What stands beside the figures of an indicator."""
    told = Caveats.objects.filter(worked_out=OuterRef("pk"), ref=ref)
    owner = _owners(ref)[:1]
    row = WorkedOut.objects.filter(pk=found.pk).values_list(
        Subquery(owner), Subquery(told.values("failures")), Subquery(told.values("restatements"))
    )
    post, failures, restatements = row.get()
    return Beside(post or "", failures or [], restatements or [])


def _owners(ref: str) -> "QuerySet[Owner, str]":
    """The posts that answer for an indicator, the one today first."""
    return Owner.objects.filter(ref=ref, starts_on__lte=today()).values_list("post", flat=True)


def _letter(at: int) -> str:
    more, rest = divmod(at, len(ascii_uppercase))
    return f"{ascii_uppercase[more - 1] if more else ''}{ascii_uppercase[rest]}"
