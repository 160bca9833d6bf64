"""Who should not look at which case? Whoever holds it, answers for it, had a part in it, or is a relation."""

from collections.abc import Iterable
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goldenthread.standard import standard_tables
from goldenthread.store import Load
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.restrictions import relations
from goldenthread_web.accounts.units import teams_of
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import index
from goldenthread_web.extracts.current import current

RELATED = "They said that they are related to the child."
HOLDS = "They hold the child now."
MANAGES = "They answer for the team that holds the child now."
INVOLVED = "The records name them as having had a part in the case."


def conflicts_of(person: User, children: Iterable[str]) -> dict[str, str]:
    """Why a person should not look at the cases of these children (keyed references), a sentence for each.

    A child of whom nothing speaks against it is not in the answer.
    """
    wanted = set(children)
    by_reference, teams = index().by_reference, set(teams_of(person, today()))
    related = {one.reference for one in relations().filter(person=person)}
    involved = _involved(person.worker_id)
    found = {}
    for one in wanted:
        child = by_reference.get(one)
        if one in related:
            found[one] = RELATED
        elif child is not None and person.worker_id and person.worker_id in child.workers:
            found[one] = HOLDS
        elif child is not None and teams & child.teams:
            found[one] = MANAGES
        elif one in involved:
            found[one] = INVOLVED
    return found


def _involved(worker_id: str) -> frozenset[str]:
    load = current()
    return _named_with(load, worker_id) if load is not None and worker_id else frozenset()


@lru_cache(maxsize=64)
def _named_with(load: Load, worker_id: str) -> frozenset[str]:
    """The children in whose records the worker is named: allocations, visits, assessments and all others."""
    ids: set[str] = set()
    for name, table in standard_tables().items():
        columns = [one.name for one in table.columns if one.name.endswith("worker_id")]
        path = load.table_path(name)
        if path is None or not columns or "child_id" not in table.column:
            continue
        rows = pq.read_table(path, columns=["child_id", *columns])
        for column in columns:
            is_theirs = pc.equal(rows[column], pa.scalar(worker_id, pa.string()))
            ids |= set(rows.filter(is_theirs)["child_id"].to_pylist())
    return frozenset(reference(one) for one in ids if one)
