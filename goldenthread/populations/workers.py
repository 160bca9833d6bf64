"""Is this worker somebody? Duty desks, teams and pools are not (specs `indicators`: placeholder)."""

import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.population import Population
from goldenthread.settings import parameter
from goldenthread.standard import table

_posts = table("posts").rows


def is_placeholder(text: ir.StringValue) -> ir.BooleanValue:
    """Whether one of the words of a text stands for nobody (EAST_DUTY has the word duty); false if blank."""
    return text.lower().re_search(parameter("placeholder_names")).fill_null(False)


placeholder_workers = Population(
    name="placeholder_workers",
    about="Worker ids whose name in posts stands for nobody, and the first day on which a post says so.",
    rows=_posts.filter(_posts.worker_id.notnull() & is_placeholder(_posts.worker_name))
    .group_by("authority", "worker_id")
    .aggregate(named_from_on=_.started_on.min()),
)


def with_is_worker(rows: ir.Table, on: str = "ends_on") -> ir.Table:
    """Add `is_worker`: `worker_id` is set and is no placeholder, as known on the day in the column `on`."""
    joined = rows.left_join(placeholder_workers.table, ["authority", "worker_id"])
    joined = joined.select(*rows.columns, "named_from_on")
    is_nobody = is_placeholder(joined.worker_id) | (joined.named_from_on <= joined[on]).fill_null(False)
    return joined.mutate(is_worker=joined.worker_id.notnull() & ~is_nobody).drop("named_from_on")
