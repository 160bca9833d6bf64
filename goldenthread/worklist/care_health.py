"""Health and education of looked-after children: health assessments, dental checks, education plans."""

import ibis

from goldenthread.calendar import days_after, months_after
from goldenthread.indicators.care_health import LAC_09, PEP_DAYS, by_term
from goldenthread.indicators.part import any_of, holds
from goldenthread.populations.care import looked_after_state
from goldenthread.populations.children import age_on
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_PERIODS = ("care_periods.started_on", "care_periods.ended_on")
_CHECKS = ("health_checks.done_on", "health_checks.result")

_child = looked_after_state.table
_last = _child.last_health_on
_is_assessed = (_last >= _child.started_on).fill_null(False)

iha = Item(
    code="iha",
    label="Initial health assessment",
    timescale="TS23",
    duties=(
        Duty(
            of=looked_after_state,
            where=~_is_assessed,
            clock_start=_child.started_on,
            within=(_child.started_on, parameter("iha_limit_wd")),
            # An assessment whose type is not stated does not say that there was an initial one.
            needs=(*_PERIODS, *_CHECKS, "health_checks=iha"),
            never="Looked after since {clock_start} without a health assessment.",
        ),
    ),
)

_half_year = months_after(_last, 6)
_is_under_5 = (age_on(_child, _half_year) < 5).fill_null(False)
health_assessment = Item(
    code="health_assessment",
    label="Review health assessment",
    timescale="TS24",
    duties=(
        Duty(
            of=looked_after_state,
            where=_is_assessed,
            clock_start=_last,
            last_done=_last,
            due_on=_is_under_5.ifelse(_half_year, months_after(_last, 12)),
            needs=(*_PERIODS, *_CHECKS, "health_checks=iha|rha|health_assessment"),
            never="No health assessment.",
            since="Last assessed on {last_done}; every six months before the age of 5, then every year.",
        ),
    ),
)

dental = Item(
    code="dental",
    label="Dental check",
    timescale="TS25",
    duties=(
        Duty(
            of=looked_after_state,
            clock_start=_child.started_on,
            last_done=_child.last_dental_on,
            due_on=months_after(ibis.coalesce(_child.last_dental_on, _child.started_on), 12),
            needs=(*_PERIODS, *_CHECKS, "health_checks=dental"),
            never="No dental check; looked after since {clock_start}.",
            since="Teeth last checked on {last_done}; a check is due every year.",
        ),
    ),
)

_last_pep = _child.last_pep_on
pep = Item(
    code="pep",
    label="PEP",
    timescale="TS26, TS27",
    duties=(
        Duty(
            of=looked_after_state,
            where=holds(LAC_09.where) & ~any_of(LAC_09.unknown),
            clock_start=_child.started_on,
            last_done=_last_pep,
            # By the end of the term after the last plan; within half a year where terms were not entered.
            due_on=ibis.coalesce(
                by_term.ifelse(_child.next_pep_of_term_on, ibis.null("date")), days_after(_last_pep, PEP_DAYS)
            ),
            within=(_last_pep.isnull().ifelse(_child.started_on, None), parameter("pep_initial_wd")),
            needs=(*_PERIODS, "children.born_on", "peps.held_on"),
            never="Looked after since {clock_start} without a personal education plan.",
            since="The last personal education plan was made on {last_done}; the next is due by {next_due}.",
        ),
    ),
)

ITEMS = (iha, health_assessment, dental, pep)
