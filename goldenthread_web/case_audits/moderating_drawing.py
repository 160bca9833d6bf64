"""Which case audits are looked at again? Those with some grades all, of the others some at random.

The others are drawn in batches: a round once it is over, and for what belongs to no round a month once it is
over. A round is over when each of its case audits is completed or withdrawn, or some working days after its
due day. Each batch is drawn once, with a seed of its own that is kept; what is completed after its batch was
drawn is drawn by the same rule by itself. The seed of a round names its first case audit and no key of the
database: a round that found nobody uses one up in some databases and in others not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from goldenthread_web.case_audits.following_rules import rules, working_days_after
from goldenthread_web.case_audits.models import CaseAudit, Moderation, Round
from goldenthread_web.sampling.drawing import rank

State = CaseAudit.State


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Case audits that are drawn from together. The key is the beginning of the seed of each drawing."""

    key: str  # round-A12, month-2017-11
    case_audits: tuple[CaseAudit, ...]


def how_many(number: int) -> int:
    """How many of so many are drawn: the percentage, rounded up, but at least the least, or all."""
    share = -(-number * rules().percent // 100)
    return min(number, max(rules().least, share))


def drawn(refs: Iterable[str], seed: str) -> list[str]:
    """Those drawn with a seed, in its order: as samples of children are, so that anybody can repeat it."""
    in_order = sorted(refs, key=lambda ref: rank(seed, ref))
    return in_order[: how_many(len(in_order))]


def always_again() -> "QuerySet[CaseAudit]":
    """Completed case audits that must be looked at again for their grade, and for which that is not begun."""
    return _completed().filter(grade__in=rules().always)


def batches(on: date) -> list[Batch]:
    """The batches that may be drawn from at the end of a day and have not been."""
    waiting = list(_completed().exclude(grade__in=rules().always).order_by("pk"))
    over = _rounds_over({one.round_id for one in waiting if one.round_id}, on)
    first = _first_of(over)
    this_month = f"{on:%Y-%m}"
    found: dict[str, list[CaseAudit]] = defaultdict(list)
    for one in waiting:
        if one.round_id is None:
            month = f"{one.completed_on:%Y-%m}"
            if month < this_month:
                found[f"month-{month}"].append(one)
        elif one.round_id in over:
            found[f"round-{first[one.round_id]}"].append(one)
    return [
        Batch(key=key, case_audits=left)
        for key, these in sorted(found.items())
        if (left := _not_drawn_from(key, these))
    ]


def _completed() -> "QuerySet[CaseAudit]":
    return CaseAudit.objects.filter(state=State.COMPLETED, moderation__isnull=True).exclude(
        kind__in=rules().without
    )


def _rounds_over(keys: set[int], on: date) -> set[int]:
    """Which of these rounds are over: nothing in them is being done, or they have waited long enough."""
    open_states = (State.HANDED_OUT, State.UNDER_WAY)
    busy = set(
        CaseAudit.objects.filter(round_id__in=keys, state__in=open_states).values_list("round_id", flat=True)
    )
    due = Round.objects.filter(pk__in=busy).values_list("pk", "due_on")
    waited = {key for key, due_on in due if working_days_after(due_on, rules().round_waits) < on}
    return keys - busy | waited


def _first_of(rounds: set[int]) -> dict[int, str]:
    """The first case audit of each round: it stays the first, for none is ever removed."""
    found = CaseAudit.objects.filter(round_id__in=rounds).order_by("-pk")
    return dict(found.values_list("round_id", "ref"))


def _not_drawn_from(key: str, case_audits: Sequence[CaseAudit]) -> tuple[CaseAudit, ...]:
    """Those completed since the batch was last drawn from; the others had their chance then."""
    last = _last_drawn_at(key)
    if last is None:
        return tuple(case_audits)
    return tuple(one for one in case_audits if one.completed_at is not None and one.completed_at > last)


def _last_drawn_at(key: str) -> datetime | None:
    found = Moderation.objects.filter(Q(why=Moderation.Why.DRAWN, seed__startswith=f"{key}-"))
    return found.aggregate(last=Max("assigned_at"))["last"]
