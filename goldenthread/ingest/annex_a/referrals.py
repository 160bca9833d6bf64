"""Which list 3 referral does an episode of need of list 6 belong to?

The need, closure and reason of list 6 go onto the referral of the same child and day. An episode
without one is a row of its own: its `from_sheet` is `list_6`, and it is no referral received.
"""

from datetime import date
from typing import Any

import pyarrow as pa

from goldenthread.ingest.annex_a.makes import Make

LATER_LIST = 6


def join_referrals(referrals: pa.Table, episodes: pa.Table, make: Make) -> pa.Table:
    """The referrals of list 3 with what list 6 says of them, then the episodes without one."""
    places: dict[tuple[str, date], int] = {}
    for i, (child, day, nfa) in enumerate(
        zip(*(referrals[name].to_pylist() for name in ("child_id", "received_on", "is_nfa")), strict=True)
    ):
        # Of two referrals on one day the episode follows from the one that was acted on.
        if (child, day) not in places or referrals["is_nfa"][places[child, day]].as_py() and not nfa:
            places[child, day] = i
    filled: dict[str, list[Any]] = {name: referrals[name].to_pylist() for name in make.columns}
    said = {name: episodes[name].to_pylist() for name in make.columns}
    alone = []
    keys = zip(episodes["child_id"].to_pylist(), episodes["received_on"].to_pylist(), strict=True)
    for i, key in enumerate(keys):
        place = places.pop(key, None)  # a second episode of the day is not written over the first
        alone.append(place is None)
        if place is None:
            continue
        for name, values in filled.items():
            values[place] = said[name][i]
    for name, values in filled.items():
        at = referrals.schema.get_field_index(name)
        field = referrals.schema.field(name)
        referrals = referrals.set_column(at, field, pa.array(values, field.type))
    return pa.concat_tables([referrals, episodes.filter(pa.array(alone, pa.bool_()))])
