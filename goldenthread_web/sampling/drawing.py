"""How are children drawn from a cohort, so that the same seed draws the same children again?

Each child has a rank: HMAC-SHA256 with the seed as key and the child's reference as message, in hexadecimal.
The lowest ranks are drawn. Of a child with several records the one with the lowest rank of `reference|key`
stands for the child. Within groups, places go to groups in proportion to their children by the largest
remainder (ties: the name that comes first); a group that would have none gets one from the group that has
most above its share. The lowest ranks of each group are drawn. Who has seed and cohort can do the same.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

STRATA = {"team": "Team", "service": "Service", "age_band": "Age"}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One child, or record of a child, that may be drawn. The child's own id never leaves this process."""

    reference: str
    child_id: str
    key: str
    team: str
    worker_id: str
    service: str
    age_band: str
    day: date | None


def rank(seed: str, of: str) -> str:
    """Where a text stands in the order that a seed makes."""
    return hmac.new(seed.encode(), of.encode(), hashlib.sha256).hexdigest()


def one_record_each(candidates: Iterable[Candidate], seed: str) -> list[Candidate]:
    """One record for each child, in the order of the seed."""
    of_child: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        of_child[one.reference].append(one)
    chosen = [
        min(found, key=lambda one: rank(seed, f"{one.reference}|{one.key}")) for found in of_child.values()
    ]
    return sorted(chosen, key=lambda one: (rank(seed, one.reference), one.reference))


def drawn(candidates: Iterable[Candidate], number: int, seed: str, strata: str = "") -> list[Candidate]:
    """So many children, in the order of the seed; within groups where `strata` names what the groups are."""
    order = one_record_each(candidates, seed)
    if not strata:
        return order[:number]
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in order:
        groups[stratum(one, strata)].append(one)
    places = places_of({name: len(found) for name, found in groups.items()}, number)
    picked = {one.reference for name, found in groups.items() for one in found[: places[name]]}
    return [one for one in order if one.reference in picked]


def stratum(one: Candidate, strata: str) -> str:
    """The group of a child; blank where there are no groups."""
    return str(getattr(one, strata)) if strata else ""


def places_of(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """How many are drawn from each group: in proportion, at least one of each, no more than there are."""
    everybody = sum(sizes.values())
    if not len(sizes) <= number <= everybody:
        raise ValueError(f"{number} places do not fit {len(sizes)} groups of {everybody}.")
    shares = {name: divmod(number * size, everybody) for name, size in sizes.items()}
    places = {name: whole for name, (whole, _) in shares.items()}
    by_remainder = sorted(sizes, key=lambda name: (-shares[name][1], name))
    for name in by_remainder[: number - sum(places.values())]:
        places[name] += 1
    for name in sorted(name for name, place in places.items() if not place):
        # The one place comes from the group that has most above its share.
        giver = min(
            (one for one in places if places[one] > 1),
            key=lambda one: (number * sizes[one] - places[one] * everybody, one),
        )
        places[giver] -= 1
        places[name] = 1
    return places
