"""Assessments: completed in the period or open, with the referral and the visits behind each."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import open_until, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.children import is_unborn_on, with_child
from goldenthread.populations.periods_of import in_period, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.settings import parameter
from goldenthread.standard import table

_assessments = table("assessments").rows
_referrals = table("referrals").rows
_visits = table("visits").rows
_oversights = table("management_oversights").rows

_KEY = ("authority", "child_id", "assessment_id")
_NO_FACTOR = "21"


def _referred_on() -> ir.Table:
    """When the child was referred: by the link, else the latest referral up to the start."""
    linked = _assessments.inner_join(_referrals, ["authority", "child_id", "referral_id"]).select(
        *_KEY, linked_on=_.received_on
    )
    before = _assessments.inner_join(
        _referrals,
        [
            _assessments.authority == _referrals.authority,
            _assessments.child_id == _referrals.child_id,
            _referrals.received_on <= _assessments.started_on,
        ],
    ).select(*[_assessments[name] for name in _KEY], _referrals.received_on)
    latest = before.group_by(*_KEY).aggregate(latest_on=_.received_on.max())
    rows = _assessments.left_join(linked, list(_KEY)).select(*_assessments.columns, "linked_on")
    rows = rows.left_join(latest, list(_KEY)).select(*rows.columns, "latest_on")
    return rows.mutate(referred_on=ibis.coalesce(rows.linked_on, rows.latest_on)).drop(
        "linked_on", "latest_on"
    )


def _with_factors(rows: ir.Table) -> ir.Table:
    """Add the factors that hold: code 21 (none identified) beside another code is a mistake."""
    others = rows.factors.remove(_NO_FACTOR)
    return rows.mutate(held_factors=(others.length() > 0).ifelse(others, rows.factors))


assessments = Population(
    name="assessments_with_referral",
    about="Every assessment, with the day of the referral it answers and the factors that hold.",
    rows=_with_factors(with_working_day(_referred_on(), "started_on", "authorised_on", "referred_on")),
)


def _in_period(day: str) -> ir.Table:
    """The assessments whose date falls in each period, dated by it."""
    return in_period(assessments.table, day).mutate(key=_.assessment_id)


def _authorised() -> ir.Table:
    rows = with_child(_in_period("authorised_on"))
    rows = rows.mutate(was_unborn=is_unborn_on(rows, rows.authorised_on)).drop("born_on", "is_unborn")
    return placed(rows, on="on", role="social_worker")


assessments_authorised = Population(
    name="assessments_authorised",
    about="Assessments authorised in the period.",
    rows=_authorised(),
)


def _with_open() -> ir.Table:
    """Assessments authorised in the period and, where a basis of due asks for them, those open as at."""
    done = assessments_authorised.table
    asked = (parameter("timeliness_basis", "AS-02") == "due") | (
        parameter("timeliness_basis", "AS-11") == "due"
    )
    rows = assessments.table.filter(assessments.authorised_on.isnull())
    rows = with_period(rows, asked)
    rows = rows.mutate(on=rows.as_at_on, key=rows.assessment_id, was_unborn=ibis.literal(False))
    return ibis.union(done, placed(rows, on="on", role="social_worker").select(*done.columns))


assessments_due = Population(
    name="assessments_due",
    about="Assessments authorised in the period and those still open at the as-at date.",
    rows=_with_open(),
)

_open = open_until(assessments.authorised_on) > PERIOD.ends_on

assessments_open = Population(
    name="assessments_open",
    about="Assessments started but not authorised at the end of the period.",
    rows=placed(
        with_period(assessments.table, (assessments.started_on <= PERIOD.ends_on) & _open).mutate(
            key=_.assessment_id
        ),
        on="ends_on",
        role="social_worker",
    ),
)


def _visited() -> ir.Table:
    """Assessments authorised in the period, with the visits during each at which the child was seen."""
    rows = assessments_authorised.table
    wanted = rows.select(*_KEY, "started_on", "authorised_on").distinct()
    seen = _visits.filter(_visits.is_seen).select(
        "authority", "child_id", visited_on=_.visited_at.cast("date")
    )
    during = wanted.inner_join(
        seen,
        [
            wanted.authority == seen.authority,
            wanted.child_id == seen.child_id,
            seen.visited_on.between(wanted.started_on, wanted.authorised_on),
        ],
    ).select(*[wanted[name] for name in _KEY], seen.visited_on)
    facts = during.group_by(*_KEY).aggregate(times_seen=during.count(), first_seen_on=during.visited_on.min())
    joined = rows.left_join(facts, list(_KEY)).select(*rows.columns, "times_seen", "first_seen_on")
    return with_working_day(joined.mutate(times_seen=joined.times_seen.fill_null(0)), "first_seen_on")


assessments_visited = Population(
    name="assessments_visited",
    about="Assessments authorised in the period, with how often and when the child was first seen.",
    rows=_visited(),
)


def _with_first_check(rows: ir.Table) -> ir.Table:
    """Add the first progress check of a manager on each assessment."""
    wanted = rows.select(
        *_KEY, "started_on", until_on=ibis.coalesce(rows.authorised_on, rows.as_at_on)
    ).distinct()
    check = _oversights.filter(_oversights.kind == "assessment_checkpoint")
    checks_it = (check.assessment_id == wanted.assessment_id).fill_null(False) | (
        check.assessment_id.isnull() & (check.overseen_on <= wanted.until_on)
    )
    found = wanted.inner_join(
        check,
        [
            wanted.authority == check.authority,
            wanted.child_id == check.child_id,
            check.overseen_on >= wanted.started_on,
            checks_it,
        ],
    ).select(*[wanted[name] for name in _KEY], check.overseen_on)
    first = found.group_by(*_KEY).aggregate(checked_on=_.overseen_on.min())
    return rows.left_join(first, list(_KEY)).select(*rows.columns, "checked_on")


def _checked() -> ir.Table:
    rows = placed(_in_period("started_on"), on="on", role="social_worker")
    return with_working_day(_with_first_check(rows), "checked_on")


assessments_checked = Population(
    name="assessments_checked",
    about="Assessments begun in the period, with the first progress check of a manager on each.",
    rows=_checked(),
)


def _unchecked() -> ir.Table:
    rows = _with_first_check(assessments_open.table)
    return rows.filter(open_until(rows.checked_on) > rows.ends_on)


assessments_unchecked = Population(
    name="assessments_unchecked",
    about="Open assessments on which no manager has made a progress check by the end of the period.",
    rows=_unchecked(),
)
