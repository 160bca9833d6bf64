"""What happened, and when, that a reader of a chart should know?"""

from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase

from django.db.models import Q

from goldenthread_web.figures.models import Annotation


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


def _letter(at: int) -> str:
    more, rest = divmod(at, len(ascii_uppercase))
    return f"{ascii_uppercase[more - 1] if more else ''}{ascii_uppercase[rest]}"
