"""How often does a child's social worker change? (rule LAC-21)"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import months_after
from goldenthread.populations.children import children_in_need, looked_after, protected
from goldenthread.populations.moments import CHILD
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.populations.workers import with_is_worker
from goldenthread.settings import parameter
from goldenthread.standard import table

_allocations = table("allocations").rows
# Looked-after children; children on a plan and in need where the council adds them.
_GROUPS = {"LAC": looked_after, "CP": protected, "CIN": children_in_need}


def _children() -> ir.Table:
    """The children of the groups the council chose, each once."""
    chosen = parameter("worker_change_populations")
    groups = [
        of.table.filter(chosen.contains(f",{name},")).select(*CHILD, "starts_on", "ends_on")
        for name, of in _GROUPS.items()
    ]
    return ibis.union(*groups, distinct=True)


def _workers(children: ir.Table) -> ir.Table:
    """How many social workers each child had in the twelve months to RD."""
    held = children.inner_join(
        _allocations,
        [
            children.authority == _allocations.authority,
            children.child_id == _allocations.child_id,
            _allocations.role == "social_worker",
            _allocations.started_on <= children.ends_on,
            _allocations.ended_on.isnull()
            | (
                (_allocations.ended_on > months_after(children.ends_on, -12))
                & (_allocations.ended_on >= _allocations.started_on)
            ),
        ],
    ).select(*[children[c] for c in (*CHILD, "ends_on")], worker_id=_allocations.worker_id)
    held = with_is_worker(held)
    return held.filter(held.is_worker).group_by(*CHILD).aggregate(social_workers=_.worker_id.nunique())


def _with_workers() -> ir.Table:
    children = _children()
    rows = children.left_join(_workers(children), list(CHILD)).select(*children.columns, "social_workers")
    return rows.mutate(key=ibis.literal(""), social_workers=rows.social_workers.fill_null(0))


children_and_their_workers = Population(
    name="children_and_their_workers",
    about="Looked-after children (and others, by setting), with their social workers in twelve months.",
    rows=placed(_with_workers(), on="ends_on", role="social_worker", prefer="allocation"),
)
