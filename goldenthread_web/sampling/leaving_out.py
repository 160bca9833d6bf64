"""Who may not be drawn, whatever the cohort says? Restricted children, and whoever was sampled lately."""

import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.restrictions import standing
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.sampling.models import SampledChild

CASE_AUDIT = "case_audit"
RE_AUDIT = "re_audit"  # the one purpose for which a child is looked at again within the year
RESTRICTED, LATELY, CONFLICT = "restricted", "lately", "conflict"
MONTHS = 12
FEWEST_SAID = 6  # fewer restricted children than that are never counted before anybody


@cache
def reasons() -> Mapping[str, str]:
    """Why a child could not be chosen, in words, by code."""
    data = tomllib.loads((files("goldenthread_web.sampling") / "reasons.toml").read_text("utf-8"))
    return dict(data["reasons"])


def never_drawn(by: User) -> frozenset[str]:
    """Children whom nobody samples: restricted ones, and those whom the person who draws may never see."""
    # A restriction counts from its proposal on.
    restricted = {one.reference for one in standing() if one.kind == one.Kind.RESTRICT}
    return frozenset(restricted) | child_scope(by).barred


def sampled_lately(on: date, purpose: str, references: Collection[str] | None = None) -> frozenset[str]:
    """Children drawn for case audits in the twelve months before a day; nobody for any other purpose."""
    if purpose != CASE_AUDIT:
        return frozenset()
    found = SampledChild.objects.filter(
        sample__purpose__in=(CASE_AUDIT, RE_AUDIT),
        sample__drawn_on__gt=add_months(on, -MONTHS),
        sample__drawn_on__lte=on,
    )
    if references is not None:
        found = found.filter(reference__in=references)
    return frozenset(found.values_list("reference", flat=True))


def left_out(
    references: Collection[str], *, purpose: str, on: date, besides: Mapping[str, str], by: User
) -> dict[str, str]:
    """Which of the children cannot be chosen, and why; the gravest reason for each."""
    never, lately = never_drawn(by), sampled_lately(on, purpose)
    found = {}
    for one in references:
        why = RESTRICTED if one in never else LATELY if one in lately else besides.get(one, "")
        if why:
            found[one] = why
    return found


def counts_said(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Why some could not be chosen, each with how many; a few restricted children are not told apart."""
    said = []
    for why, number in counts.items():
        is_few = why == RESTRICTED and number < FEWEST_SAID
        said.append((reasons().get(why, why), f"fewer than {FEWEST_SAID}" if is_few else f"{number:,}"))
    return said
