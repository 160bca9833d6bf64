"""Who has a worker: a named social worker or personal adviser, and no duty desk?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import FIRST_DAY, days_between
from goldenthread.populations.children import care_leavers, flagged, open_at_end, open_cases
from goldenthread.populations.moments import CHILD
from goldenthread.populations.population import Population
from goldenthread.populations.workers import with_is_worker
from goldenthread.standard import table

_allocations = table("allocations").rows
# Annex A names the worker of the day but not since when: such an allocation is open from the first day.
_open = with_is_worker(
    open_at_end(_allocations.mutate(started_on=ibis.coalesce(_.started_on, ibis.literal(FIRST_DAY))))
)

children_with_worker = Population(
    name="children_with_worker",
    about="Children with a named worker at the end of the period, by role: placeholders are not workers.",
    rows=_open.filter(_open.is_worker).select(*CHILD, "role").distinct(),
)


def _cases() -> ir.Table:
    """Open cases and care leavers, with whether one of the roles that count is filled."""
    of_open_case = ("period", "authority", "child_id", "ends_on", "key", "team", "worker_id", "service")
    others = care_leavers.table.anti_join(open_cases.table, list(CHILD))
    rows = ibis.union(
        open_cases.table.select(*of_open_case, "open_date"),
        others.select(*of_open_case, open_date=ibis.null("date")),
    )
    rows = flagged(rows, "is_care_leaver", care_leavers)
    for role in ("social_worker", "personal_adviser"):
        held = children_with_worker.table.filter(children_with_worker.role == role)
        held = held.select(*CHILD, **{role: ibis.literal(True)})
        rows = rows.left_join(held, list(CHILD)).select(*rows.columns, role)
    by_adviser = rows.is_care_leaver & rows.personal_adviser.fill_null(False)
    return rows.mutate(has_worker=rows.social_worker.fill_null(False) | by_adviser).drop(
        "social_worker", "personal_adviser"
    )


cases_and_workers = Population(
    name="cases_and_workers",
    about="Open cases and care leavers, with whether a named worker holds each.",
    rows=_cases(),
)


def _since() -> ir.Table:
    """Cases with the day since when nobody has held them: the last worker's end, else the opening."""
    cases = cases_and_workers.table
    counts = (_allocations.role == "social_worker") | (
        cases.is_care_leaver & (_allocations.role == "personal_adviser")
    )
    ended = cases.filter(~cases.has_worker).inner_join(
        _allocations,
        [
            cases.authority == _allocations.authority,
            cases.child_id == _allocations.child_id,
            _allocations.ended_on <= cases.ends_on,
            counts,
        ],
    )
    ended = with_is_worker(
        ended.select(
            *[cases[name] for name in (*CHILD, "ends_on")], _allocations.worker_id, _allocations.ended_on
        )
    )
    last = ended.filter(ended.is_worker).group_by(*CHILD).aggregate(last_ended_on=_.ended_on.max())
    rows = cases.left_join(last, list(CHILD)).select(*cases.columns, "last_ended_on")
    since = ibis.coalesce(rows.last_ended_on, rows.open_date)
    return rows.mutate(days_unallocated=days_between(since, rows.ends_on)).drop("last_ended_on")


cases_unallocated_since = Population(
    name="cases_unallocated_since",
    about="Open cases and care leavers, with for how many days no named worker has held each.",
    rows=_since(),
)
