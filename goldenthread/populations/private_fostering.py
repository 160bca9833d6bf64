"""Private fostering: arrangements notified and open, with the visits made to the children."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between, with_working_day
from goldenthread.populations.children import open_at_end
from goldenthread.populations.periods_of import as_latest, in_period, with_latest
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_arrangements = table("private_fostering_arrangements").rows
_visits = table("visits").rows.mutate(visited_on=_.visited_at.cast("date"))
# An attempted visit counts only if the child was not recorded as not seen.
_counted = _visits.filter((_visits.kind == "private_fostering") & _visits.is_seen.fill_null(True))


def _notified() -> ir.Table:
    rows = in_period(_arrangements, "notified_on")
    seen = rows.inner_join(
        _counted,
        [
            rows.authority == _counted.authority,
            rows.child_id == _counted.child_id,
            _counted.visited_on >= rows.notified_on,
        ],
    ).select("period", rows.authority, "arrangement_id", visited_on=_counted.visited_on)
    first = seen.group_by("period", "authority", "arrangement_id").aggregate(
        first_visit_on=_.visited_on.min()
    )
    rows = rows.left_join(first, ["period", "authority", "arrangement_id"]).select(
        *rows.columns, "first_visit_on"
    )
    rows = with_working_day(rows, "notified_on", "ended_on", "first_visit_on", "assessment_completed_on")
    return rows.mutate(key=rows.arrangement_id)


arrangements_notified = Population(
    name="arrangements_notified",
    about="Private fostering arrangements notified in the period, with the first visit.",
    rows=placed(_notified(), on="on", role="social_worker", prefer="allocation"),
)


def _open() -> ir.Table:
    rows = open_at_end(_arrangements.mutate(started_on=_.notified_on)).drop("started_on")
    rows = with_latest(
        rows, as_latest(_counted, "visited_on"), "visited_on", "ends_on", last_visit_on="visited_on"
    )
    is_since = (rows.last_visit_on >= rows.notified_on).fill_null(False)
    since_on = is_since.ifelse(rows.last_visit_on, rows.notified_on)
    last_visit_on = is_since.ifelse(rows.last_visit_on, ibis.null("date"))
    rows = rows.mutate(since_on=since_on, last_visit_on=last_visit_on, key=rows.arrangement_id)
    return with_working_day(rows.mutate(days=days_between(rows.since_on, rows.ends_on)), "notified_on")


arrangements_open = Population(
    name="arrangements_open",
    about="Private fostering arrangements open at the end of the period, with the last visit.",
    rows=placed(_open(), on="ends_on", role="social_worker", prefer="allocation"),
)
