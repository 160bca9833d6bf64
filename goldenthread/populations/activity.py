"""Activity: when was anything last done for each open case, and when did a manager last look?"""

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.populations.children import open_cases
from goldenthread.populations.periods_of import as_latest, with_latest
from goldenthread.populations.population import Population
from goldenthread.standard import table

_oversights = table("management_oversights").rows

# What counts as activity: the date, even if the child was not seen or nothing was decided.
_EVENTS = (
    ("visits", "visited_at"),
    ("management_oversights", "overseen_on"),
    ("plan_meetings", "held_on"),
    ("conferences", "held_on"),
    ("strategy_discussions", "held_on"),
    ("assessments", "started_on"),
    ("assessments", "authorised_on"),
    ("health_checks", "done_on"),
    ("peps", "held_on"),
    ("pathway_plans", "done_on"),
)


def _days_of_activity() -> ir.Table:
    days = []
    for name, column in _EVENTS:
        of = table(name)
        rows = of.rows
        # A row is known from its event date on: what it dates earlier tells no more than that date.
        day = rows[column].cast("date")
        rows = rows.filter((day >= rows[of.event_column].cast("date")).fill_null(day.notnull()))
        days.append(rows.select("authority", "child_id", day=rows[column].cast("date")))
    return ibis.union(*days).distinct()  # once: a distinct union of ten looks at most days four times


def _overseen() -> ir.Table:
    """Open cases with the last look of a manager since they opened."""
    rows = open_cases.table
    kinds = ["oversight", "case_supervision", "assessment_checkpoint"]
    seen_by_manager = _oversights.filter(_oversights.kind.isin(kinds))
    seen_by_manager = seen_by_manager.select("authority", "child_id", "overseen_on").distinct()
    rows = with_latest(
        rows, as_latest(seen_by_manager, "overseen_on"), "overseen_on", "ends_on", overseen_on="overseen_on"
    )
    is_of_case = rows.overseen_on >= rows.open_date
    return rows.mutate(overseen_on=is_of_case.ifelse(rows.overseen_on, ibis.null("date")))


cases_overseen = Population(
    name="cases_overseen",
    about="Open cases, with the last management oversight since they opened.",
    rows=_overseen(),
)


def _cases() -> ir.Table:
    """Open cases with the last activity and oversight since they opened."""
    rows = cases_overseen.table
    rows = with_latest(rows, as_latest(_days_of_activity(), "day"), "day", "ends_on", active_on="day")
    is_summed_up = rows.chronology_updated_on <= rows.ends_on
    rows = rows.mutate(
        days_open=days_between(rows.open_date, rows.ends_on),
        active_on=ibis.greatest(rows.open_date, ibis.coalesce(rows.active_on, rows.open_date)),
        chronology_updated_on=is_summed_up.ifelse(rows.chronology_updated_on, ibis.null("date")),
    )
    return rows.mutate(
        days_since_oversight=days_between(rows.overseen_on, rows.ends_on),
        days_since_activity=days_between(rows.active_on, rows.ends_on),
        days_since_chronology=days_between(rows.chronology_updated_on, rows.ends_on),
    )


cases_and_activity = Population(
    name="cases_and_activity",
    about="Open cases, with the last activity, management oversight and update of the chronology.",
    rows=_cases(),
)
