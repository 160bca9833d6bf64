"""What kind of post does a worker hold? So that the cases of every kind of worker are looked at."""

from collections.abc import Mapping
from functools import lru_cache

from goldenthread_web.extracts.day import Day, day

NEWLY_QUALIFIED = "newly_qualified"


def tier_of(worker_id: str) -> str:
    """The kind of post, a code of post_role, or newly qualified; blank where the load does not tell."""
    found = day()
    return "" if found is None else _tiers(found).get(worker_id, "")


@lru_cache(maxsize=2)
def _tiers(day: Day) -> Mapping[str, str]:
    columns = (day.caseloads[name].to_pylist() for name in ("worker_id", "post", "is_newly_qualified"))
    return {
        worker: NEWLY_QUALIFIED if is_new else post or ""
        for worker, post, is_new in zip(*columns, strict=True)
    }
