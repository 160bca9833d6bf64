"""Dip samples: what was found about each child, and how many samples were drawn."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_samples = table("dip_samples").rows
_items = table("dip_sample_items").rows


def _findings() -> ir.Table:
    """What was found about each child in samples drawn in the period."""
    of_sample = _samples.select("authority", "sample_id", "sampled_on", "method")
    rows = _items.inner_join(of_sample, ["authority", "sample_id"])
    rows = rows.select(*_items.columns, "sampled_on", "method")
    rows = in_period(rows, "sampled_on").mutate(key=_.sample_id + "|" + _.item)
    return placed(rows, on="on", role="social_worker", prefer="allocation")


dip_sample_findings = Population(
    name="dip_sample_findings",
    about="What was found about each child in dip samples drawn in the period.",
    rows=_findings(),
)

dip_samples_drawn = Population(
    name="dip_samples_drawn",
    about="Dip samples drawn in the period.",
    rows=placed(
        in_period(_samples, "sampled_on").mutate(child_id=ibis.null("string"), key=_.sample_id),
        on="on",
        role=None,
    ),
)
