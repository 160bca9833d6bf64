"""Pre-proceedings and care proceedings: concluded in the period, and open at its end."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between
from goldenthread.periods import PERIOD
from goldenthread.populations.children import open_at_end
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.settings import parameter
from goldenthread.standard import table

_proceedings = table("legal_proceedings").rows


def _care_proceedings() -> ir.Table:
    """Care proceedings that ended in the period, and those open beyond the limit, which are listed.

    By setting, one row per case instead of one per child: of a child for whom it ended, if there is one.
    """
    rows = _proceedings.filter(_proceedings.kind == "care_proceedings")
    ended = rows.ended_on.between(PERIOD.starts_on, PERIOD.ends_on).fill_null(False)
    overdue = rows.ended_on.isnull() & (
        days_between(rows.started_on, PERIOD.as_at_on) > parameter("court_limit_days")
    )
    rows = with_period(rows, ended | overdue)
    order = ibis.window(
        group_by=["period", "authority", "proceeding_id"], order_by=[rows.ended_on.isnull(), rows.child_id]
    )
    rows = rows.mutate(child_in_case=ibis.row_number().over(order))
    by_child = parameter("court_level") == "child"
    rows = rows.filter(by_child | (rows.child_in_case == 0)).drop("child_in_case")
    until = ibis.coalesce(rows.ended_on, rows.as_at_on)
    return rows.mutate(key=rows.proceeding_id, days=days_between(rows.started_on, until), on=until)


care_proceedings_concluded = Population(
    name="care_proceedings_concluded",
    about="Care proceedings that ended in the period, and those open beyond the limit.",
    rows=placed(_care_proceedings(), on="on", role="social_worker", prefer="allocation"),
)

pre_proceedings_open = Population(
    name="pre_proceedings_open",
    about="Pre-proceedings open at the end of the period.",
    rows=placed(
        open_at_end(_proceedings.filter(_proceedings.kind == "pre_proceedings")).mutate(
            key=_.proceeding_id, days=days_between(_.started_on, _.ends_on)
        ),
        on="ends_on",
        role="social_worker",
        prefer="allocation",
    ),
)

care_proceedings_open = Population(
    name="care_proceedings_open",
    about="Care proceedings open at the end of the period, one row per child.",
    rows=placed(
        open_at_end(_proceedings.filter(_proceedings.kind == "care_proceedings")).mutate(key=_.proceeding_id),
        on="ends_on",
        role="social_worker",
        prefer="allocation",
    ),
)
