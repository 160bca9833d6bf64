"""Complaints, and how soon after an event its record was entered."""

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import with_nth_working_day, with_working_day
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_complaints = table("complaints").rows

# Where the event and the record are in each table.
EVENTS = {
    "visits": ("visited_at", "visit_id"),
    "plan_meetings": ("held_on", "meeting_id"),
    "management_oversights": ("overseen_on", "oversight_id"),
    "conferences": ("held_on", "conference_id"),
    "strategy_discussions": ("held_on", "strategy_discussion_id"),
    "missing_episodes": ("started_at", "episode_id"),
}


def _due_complaints() -> ir.Table:
    """Complaints whose answer fell due in the period, withdrawn ones left out."""
    rows = _complaints.filter((_complaints.outcome != "withdrawn").fill_null(True))
    stage_one = rows.is_complex.fill_null(False).ifelse(20, 10)
    limit = ibis.cases((rows.stage == "1", stage_one), (rows.stage == "2", 25), else_=30)
    rows = with_working_day(rows.mutate(limit_days=limit), "received_on", "responded_on")
    rows = with_nth_working_day(rows, "due_on", "received_on", rows.limit_days)
    rows = in_period(rows, "due_on").mutate(child_id=ibis.null("string"))
    return rows.mutate(key=rows.complaint_id + "|" + rows.stage, on=rows.received_on)


complaints_due = Population(
    name="complaints_due",
    about="Complaints whose answer fell due in the period.",
    rows=placed(_due_complaints(), on="on", role=None),
)


def _recorded() -> ir.Table:
    """Events of six tables in the period, with the day each was entered."""
    parts = []
    for name, (event, key) in EVENTS.items():
        rows = table(name).rows
        parts.append(
            rows.filter(rows.recorded_at.notnull()).select(
                "authority",
                "child_id",
                "team",
                "worker_id",
                key=rows[key],
                event_table=ibis.literal(name),
                happened_on=rows[event].cast("date"),
                recorded_on=rows.recorded_at.cast("date"),
            )
        )
    return in_period(ibis.union(*parts), "happened_on")


events_recorded = Population(
    name="events_recorded",
    about="Events of the period that say when they were entered in the case system.",
    rows=placed(with_working_day(_recorded(), "happened_on", "recorded_on"), on="on", role="social_worker"),
)
