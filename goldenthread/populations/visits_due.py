"""Statutory visits to looked-after children: when each fell due, and which was made."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between, open_until
from goldenthread.populations.care import care_visits, visit_due
from goldenthread.populations.care_reviews import review_days
from goldenthread.populations.children import looked_after_at
from goldenthread.populations.moments import own_days
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_placements = table("placements").rows
_PLACEMENT = ("authority", "child_id", "placement_id", "since_on", "ended_on", "is_long_term", "visit_rule")


def _anchors() -> ir.Table:
    """The start of each placement and each visit since, with the next visit and when it was due."""
    placements = _placements.mutate(since_on=_placements.started_on).select(*_PLACEMENT)
    visits = care_visits.select("authority", "child_id", "visited_on").distinct()
    made = placements.inner_join(
        visits,
        [
            placements.authority == visits.authority,
            placements.child_id == visits.child_id,
            visits.visited_on >= placements.since_on,
        ],
    ).select(*[placements[c] for c in _PLACEMENT], anchor_on=visits.visited_on, is_start=False)
    anchors = ibis.union(placements.mutate(anchor_on=placements.since_on, is_start=True), made)
    order = ibis.window(
        group_by=["authority", "placement_id"], order_by=[anchors.anchor_on, ibis.desc(anchors.is_start)]
    )
    return anchors.mutate(next_on=anchors.anchor_on.lead().over(order))


def _with_due(rows: ir.Table) -> ir.Table:
    """Add when the next visit was due, by the rule in force on the day of the anchor."""
    reviewed = rows.inner_join(
        review_days,
        [
            rows.authority == review_days.authority,
            rows.child_id == review_days.child_id,
            review_days.reviewed_on >= rows.since_on,
        ],
    ).select(rows.authority, "placement_id", review_days.reviewed_on)
    first = reviewed.group_by("authority", "placement_id").aggregate(reviewed_from_on=_.reviewed_on.min())
    rows = rows.left_join(first, ["authority", "placement_id"]).select(*rows.columns, "reviewed_from_on")
    is_reviewed = (rows.reviewed_from_on <= rows.anchor_on).fill_null(False)
    last = rows.is_start.ifelse(ibis.null("date"), rows.anchor_on)
    due = visit_due(rows, last=last, on=rows.anchor_on, is_reviewed=is_reviewed)
    return rows.mutate(due_on=due)


visit_due_dates = Population(
    name="visit_due_dates",
    about="Days in the period on which a visit to an open placement was due, and the visit that followed.",
    rows=in_period(_with_due(_anchors()), "due_on").filter(lambda t: open_until(t.ended_on) > t.due_on),
)


def _in_care_when_due() -> ir.Table:
    """Of what fell due, that of children looked after on the day."""
    rows = visit_due_dates.table
    days = looked_after_at(own_days(rows, "due_on")).select("authority", "child_id", due_on=_.ends_on)
    rows = rows.semi_join(days, ["authority", "child_id", "due_on"])
    until = ibis.coalesce(rows.next_on, rows.as_at_on)
    return rows.mutate(
        key=rows.placement_id + "|" + rows.due_on.cast("string"), days=days_between(rows.anchor_on, until)
    )


visits_due = Population(
    name="visits_due",
    about="Statutory visits that fell due in the period, with when the child was next visited.",
    rows=placed(_in_care_when_due(), on="on", role="social_worker", prefer="allocation"),
)
