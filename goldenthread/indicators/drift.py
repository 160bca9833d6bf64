"""Drift: is every open case overseen by a manager, active, and summed up?"""

import ibis

from goldenthread.indicators.part import count, proportion
from goldenthread.populations.activity import cases_and_activity
from goldenthread.settings import parameter

_case = cases_and_activity.table
_limit = parameter("oversight_days")

SO_01 = proportion(
    cases_and_activity,
    _case.days_since_oversight <= _limit,
    not_due={
        "The case is new and oversight is not due yet.": _case.overseen_on.isnull()
        & (_case.days_open <= _limit)
        & ~parameter("oversight_include_new")
    },
    clock="days",
    elapsed=_case.days_since_oversight,
    clock_start=_case.overseen_on,
    clock_stop=_case.ends_on,
    told={"last": ibis.coalesce(_case.overseen_on.cast("string"), "never")},
    words={
        "met": "A manager recorded oversight {days} days before.",
        "not_met": "No oversight in time; last recorded: {last}.",
    },
)

SO_04 = count(
    cases_and_activity,
    _case.days_since_activity > parameter("inactivity_days"),
    partial_without={
        name: f"{name}.csv is missing, so what it holds does not count as activity"
        for name in (
            "plan_meetings",
            "conferences",
            "strategy_discussions",
            "health_checks",
            "peps",
            "pathway_plans",
        )
    },
    clock="days",
    elapsed=_case.days_since_activity,
    clock_start=_case.active_on,
    clock_stop=_case.ends_on,
    words={
        "met": "The last recorded activity was {days} days before.",
        "not_met": "Nothing was recorded for {days} days.",
    },
)

_summary_limit = parameter("chronology_days")

SO_08 = proportion(
    cases_and_activity,
    _case.days_since_chronology <= _summary_limit,
    not_due={
        "The case is new and has no chronology yet.": _case.chronology_updated_on.isnull()
        & (_case.days_open <= _summary_limit)
    },
    clock="days",
    elapsed=_case.days_since_chronology,
    clock_start=_case.chronology_updated_on,
    clock_stop=_case.ends_on,
    told={"last": ibis.coalesce(_case.chronology_updated_on.cast("string"), "never")},
    words={
        "met": "The chronology was updated {days} days before.",
        "not_met": "The chronology is out of date; last updated: {last}.",
    },
)

PARTS = {"SO-01": SO_01, "SO-04": SO_04, "SO-08": SO_08}
