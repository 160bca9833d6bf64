"""What is kept in registers: homes inspected, partners trained, places with foster carers, cells shown."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import NOT_KNOWN
from goldenthread.populations.population import Population, first_per
from goldenthread.standard import table

_homes = table("homes").rows
_training = table("partner_training").rows.rename(counted_on="as_at_on")
_cells = table("published_cells").rows
_places = table("fostering_capacity").rows.rename(counted_on="as_at_on")


def _inspected() -> ir.Table:
    """Each home once, with its latest full inspection; other inspections only where it had no full one."""
    is_open = open_until(_homes.closed_on) > PERIOD.ends_on
    rows = with_period(_homes, (_homes.inspected_on <= PERIOD.ends_on) & is_open)
    order = [ibis.desc(rows.is_full_inspection), ibis.desc(rows.inspected_on)]
    rows = first_per(rows, "period", "authority", "home_id", order=order)
    return not_placed(rows.mutate(child_id=ibis.null("string"), key=_.home_id))


homes_inspected = Population(
    name="homes_inspected",
    about="The council's own children's homes open at the end of the period, with their latest inspection.",
    rows=_inspected(),
)


def _latest_of_agencies() -> ir.Table:
    rows = with_period(_training, _training.counted_on <= PERIOD.ends_on)
    rows = first_per(rows, "period", "authority", "agency", order=[ibis.desc(rows.counted_on)])
    key = rows.agency + "|" + rows.counted_on.strftime("%Y-%m-%d")
    return not_placed(rows.mutate(child_id=ibis.null("string"), key=key))


agencies_trained = Population(
    name="agencies_trained",
    about="Partner agencies, with the latest count of those trained by the end of the period.",
    rows=_latest_of_agencies(),
)


def _published() -> ir.Table:
    is_in_period = _cells.published_on.between(PERIOD.starts_on, PERIOD.ends_on)
    rows = with_period(_cells, is_in_period | _cells.published_on.isnull())
    return not_placed(rows.mutate(child_id=ibis.null("string"), key=_.publication_id + "|" + _.cell))


cells_published = Population(
    name="cells_published",
    about="Cells of tables published in the period, and those of which no day is recorded.",
    rows=_published(),
)


def _places_latest() -> ir.Table:
    """The latest count of each period. Places are the council's: no team has its own."""
    rows = with_period(_places, _places.counted_on <= PERIOD.ends_on)
    rows = first_per(rows, "period", "authority", order=[ibis.desc(rows.counted_on)])
    nobody = ibis.literal(NOT_KNOWN)
    key = rows.counted_on.strftime("%Y-%m-%d")
    return rows.mutate(child_id=ibis.null("string"), key=key, team=nobody, worker_id=nobody, service=nobody)


foster_places = Population(
    name="foster_places",
    about="Places with the council's foster carers, as counted last by the end of the period.",
    rows=_places_latest(),
)
