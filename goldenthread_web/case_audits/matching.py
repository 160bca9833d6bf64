"""Who looks at which case? Evenly, and nobody at one with which they have to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Which auditor looks at which child; for each child with nobody left, why each auditor may not."""

    auditor_of: dict[str, int]
    nobody_for: dict[str, dict[int, str]]


def matched(
    children: Sequence[str],
    auditors: Sequence[int],
    conflicts: Mapping[int, Mapping[str, str]],
    *,
    held: Mapping[int, int] | None = None,
) -> Matched:
    """Match children with auditors, by keys.

    `conflicts` says of an auditor and a child why not. Children with the fewest possible auditors come first;
    each goes to whoever has the fewest, those counted that they `held` before.
    """
    number = {one: (held or {}).get(one, 0) for one in auditors}
    free = {
        child: [one for one in auditors if child not in conflicts.get(one, {})]
        for child in dict.fromkeys(children)
    }
    auditor_of: dict[str, int] = {}
    for child in sorted((child for child, found in free.items() if found), key=lambda one: len(free[one])):
        chosen = min(free[child], key=lambda one: number[one])
        auditor_of[child] = chosen
        number[chosen] += 1
    nobody = {
        child: {one: conflicts[one][child] for one in auditors} for child, found in free.items() if not found
    }
    return Matched(auditor_of=auditor_of, nobody_for=nobody)
