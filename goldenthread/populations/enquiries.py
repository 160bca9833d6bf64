"""Strategy discussions, the section 47 enquiries they start, and the conferences that follow."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import known_since, months_after, open_until, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.children import is_school_age, is_unborn_on, with_child
from goldenthread.populations.periods_of import in_period, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.populations.section47_links import (
    enquiries_begun,
    include_transfers,
    section47_links,
    section47_links_by_day,
    section47_links_with_transfers,
)
from goldenthread.settings import parameter
from goldenthread.standard import table

_discussions = table("strategy_discussions").rows
_conferences = table("conferences").rows
_cp_plans = table("cp_plans").rows


def _with_child_and_age(rows: ir.Table, day: str) -> ir.Table:
    rows = with_child(rows)
    unborn = is_unborn_on(rows, rows[day])
    is_of_age = is_school_age(rows, rows[day]).fill_null(False)
    # A child whose age is not known needs education to take part; one not yet born does not.
    return rows.mutate(needs_education=~unborn & (is_of_age | rows.born_on.isnull()), is_not_yet_born=unborn)


def _first_conference() -> ir.Table:
    links = section47_links.table
    return links.group_by("authority", "child_id", "enquiry_id").aggregate(
        first_conference_on=links.conference_on.min()
    )


def _with_conference(rows: ir.Table) -> ir.Table:
    found = _first_conference()
    joined = rows.left_join(
        found,
        [
            rows.authority == found.authority,
            rows.child_id == found.child_id,
            rows.strategy_discussion_id == found.enquiry_id,
        ],
    )
    return joined.select(*rows.columns, "first_conference_on")


discussions_held = Population(
    name="discussions_held",
    about="Strategy discussions held in the period, with the conference that followed an enquiry.",
    rows=placed(
        with_working_day(
            _with_conference(_with_child_and_age(in_period(_discussions, "held_on"), "held_on")),
            "held_on",
            "concern_on",
        ).mutate(key=_.strategy_discussion_id),
        on="on",
        role="social_worker",
    ),
)

_without = _with_conference(enquiries_begun)


def _as_known_then() -> ir.Table:
    """Enquiries with the first conference as each day's reader finds it: one row, or one per span of days."""
    spans = section47_links_by_day.table
    joined = _without.left_join(
        spans,
        [
            _without.authority == spans.authority,
            _without.child_id == spans.child_id,
            _without.strategy_discussion_id == spans.enquiry_id,
        ],
    ).select(*_without.columns, "enquiry_id", "known_from_on", "known_until_on", "conference_then_on")
    first = joined.enquiry_id.isnull().ifelse(joined.first_conference_on, joined.conference_then_on)
    return joined.mutate(first_conference_on=first).drop("enquiry_id", "conference_then_on")


_then = _as_known_then()
_is_waiting = (
    (_then.held_on <= PERIOD.ends_on)
    & (known_since(_then.known_from_on) <= PERIOD.ends_on)
    & (open_until(_then.known_until_on) > PERIOD.ends_on)
    & (open_until(_then.first_conference_on) > PERIOD.ends_on)
    & _then.is_icpc_required.fill_null(True)
)

enquiries_without_conference = Population(
    name="enquiries_without_conference",
    about="Section 47 enquiries that need a conference and have had none by the end of the period.",
    rows=placed(
        with_working_day(with_period(_then, _is_waiting), "held_on")
        .mutate(key=_.strategy_discussion_id)
        .drop("known_from_on", "known_until_on"),
        on="ends_on",
        role="social_worker",
    ),
)


def _with_plan_started(rows: ir.Table) -> ir.Table:
    started = _cp_plans.select("authority", "child_id", plan_started_on=_.started_on).distinct()
    joined = rows.left_join(
        started,
        [
            rows.authority == started.authority,
            rows.child_id == started.child_id,
            rows.held_on == started.plan_started_on,
        ],
    ).select(*rows.columns, "plan_started_on")
    return joined.mutate(is_plan_started=joined.plan_started_on.notnull()).drop("plan_started_on")


def _with_enquiry(rows: ir.Table) -> ir.Table:
    links = section47_links.table.select("authority", "child_id", "conference_id", "enquiry_on")
    joined = rows.left_join(links, ["authority", "child_id", "conference_id"])
    return joined.select(*rows.columns, "enquiry_on")


conferences_held = Population(
    name="conferences_held",
    about="Conferences and looked-after reviews held in the period, of every kind.",
    rows=placed(
        with_working_day(
            _with_plan_started(_with_enquiry(with_child(in_period(_conferences, "held_on")))),
            "held_on",
            "enquiry_on",
            "minutes_sent_on",
            "decisions_sent_on",
        ).mutate(key=_.conference_id),
        on="on",
        role="social_worker",
    ),
)

_of_protection = _conferences.filter(_.kind.isin(["initial", "transfer_in", "review"]))
_is_unrecorded = (
    (_of_protection.held_on <= PERIOD.ends_on)
    & (_of_protection.held_on > months_after(PERIOD.ends_on, -12))
    & (open_until(_of_protection.minutes_sent_on) > PERIOD.ends_on)
)

conferences_without_minutes = Population(
    name="conferences_without_minutes",
    about="Conferences of the last twelve months whose record is not sent by the end of the period.",
    rows=placed(
        with_period(_of_protection, _is_unrecorded).mutate(key=_.conference_id), on="ends_on", role=None
    ),
)

_OF_A_CONFERENCE = (
    "period",
    "authority",
    "child_id",
    "key",
    "on",
    "ends_on",
    "enquiry_on",
    "enquiry_on_working_day",
    "held_on",
    "held_on_working_day",
    "as_at_on",
    "as_at_on_working_day",
    "team",
    "worker_id",
    "service",
)


def _first_conferences() -> ir.Table:
    held = conferences_held.table.filter(
        (conferences_held.kind == "initial") | ((conferences_held.kind == "transfer_in") & include_transfers)
    )
    links = section47_links_with_transfers.table.select(
        "authority", "child_id", "conference_id", enquiry_in_turn_on=_.enquiry_on
    )
    joined = held.left_join(links, ["authority", "child_id", "conference_id"])
    rows = joined.select(*held.columns, "enquiry_in_turn_on").drop("enquiry_on_working_day")
    rows = rows.mutate(enquiry_on=include_transfers.ifelse(rows.enquiry_in_turn_on, rows.enquiry_on))
    return with_working_day(rows, "enquiry_on")


# With basis=due the enquiries whose conference is overdue at the as-at date join, whatever P is.
_is_overdue_now = (
    _without.first_conference_on.isnull()
    & _without.is_icpc_required.fill_null(True)
    & (parameter("timeliness_basis", "CP-03") == "due")
)
_overdue = placed(
    with_working_day(with_period(_without, _is_overdue_now), "held_on").mutate(
        key=_.strategy_discussion_id,
        on=_.as_at_on,
        enquiry_on=_.held_on,
        enquiry_on_working_day=_.held_on_working_day,
    ),
    on="on",
    role="social_worker",
)
_overdue = _overdue.filter(
    _overdue.as_at_on_working_day - _overdue.held_on_working_day > parameter("icpc_limit_wd")
).mutate(held_on=ibis.null("date"), held_on_working_day=ibis.null("int64"))

initial_conferences = Population(
    name="initial_conferences",
    about="Initial conferences held in the period; with basis due also those overdue at the as-at date.",
    rows=ibis.union(_first_conferences().select(*_OF_A_CONFERENCE), _overdue.select(*_OF_A_CONFERENCE)),
)
