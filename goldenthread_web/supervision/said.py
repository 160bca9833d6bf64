"""What does a session say, as forms hand it to the services?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """What became of an action of an earlier session."""

    action: int  # its number
    outcome: str  # a code of Review.Outcome
    done_on: date | None = None
    reason: str = ""
    replaced_by: str = ""  # action:12, or new:0, the first of the new ones


@dataclass(frozen=True, kw_only=True)
class Discussed:
    """What was decided about a child."""

    reference: str
    decision: str
    direction: str


@dataclass(frozen=True, kw_only=True)
class NewAction:
    """Something to be done."""

    text: str
    kind: str
    owner: str
    due_on: date
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """The whole of a session."""

    notes: Mapping[str, str] = field(default_factory=dict)
    reviews: Sequence[Reviewed] = ()
    discussions: Sequence[Discussed] = ()
    actions: Sequence[NewAction] = ()
    next_on: date | None = None
