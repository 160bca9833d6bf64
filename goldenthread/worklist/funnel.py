"""What became of the contacts of some months: decision, referral, assessment, plan?

A contact is followed, not a child: each stands at one place as at the load's day, and what is still open
is said apart from what ended. FD-02 says whether it was decided in time, FD-03 whether it was referred.
"""

from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from goldenthread.calendar import days_after, open_until, with_working_day
from goldenthread.figures.judged import Judged, judged
from goldenthread.figures.run import Loaded, Run
from goldenthread.indicators.catalogue import catalogue
from goldenthread.indicators.front_door import FD_02, FD_03
from goldenthread.periods import Period
from goldenthread.populations.contacts import contacts_decided, contacts_received
from goldenthread.populations.population import first_per
from goldenthread.settings import Settings, parameter, supplied
from goldenthread.standard import table

NEEDS = ("contacts.received_at", "referrals.received_on")
COLUMNS = pa.schema(
    [
        *[(name, pa.string()) for name in ("child_id", "contact_id", "source", "team", "worker_id", "end")],
        ("received_on", pa.date32()),
        ("is_timed_in", pa.bool_()),  # whether FD-02 counts it
        ("is_in_time", pa.bool_()),  # whether FD-02 finds it in time
        ("is_referral", pa.bool_()),  # FD-03's answer; null: undecided, or the extract cannot say
    ]
)
_KEY = ("authority", "child_id", "contact_id")
_SHORT_BREAKS = ("V3", "V4")
_NOT_KNOWN_SOURCE = "10"


def funnel(
    load: Loaded, starts_on: date, settings: Settings, *, compiled_folder: Path | None = None
) -> pa.Table | None:
    """Every contact received from a day on, and where it stands as at the load's day.

    None where contacts or referrals were not supplied.
    """
    period = Period(starts_on, load.as_at_on, load.as_at_on)
    run = Run(load, [period], settings, compiled_folder=compiled_folder)
    if not all(run.supplies.has(need) for need in NEEDS):
        return None
    return run.read(_placed, key="worklist:funnel").cast(COLUMNS)


def _placed() -> ir.Table:
    """Contacts with the one place at which each stands."""
    rows = _with_plans(_with_assessment(_with_referral(_decided())))
    return rows.select(
        *("child_id", "contact_id"),
        source=ibis.coalesce(rows.source, _NOT_KNOWN_SOURCE),
        team=rows.team,
        worker_id=rows.worker_id,
        end=_end(rows),
        received_on=rows.received_on,
        is_timed_in=rows.is_timed_in,
        is_in_time=rows.is_in_time,
        is_referral=rows.is_judged.ifelse(rows.went_on, ibis.null("boolean")),
    )


def _judged(ref: str) -> Judged:
    part = {"FD-02": FD_02, "FD-03": FD_03}[ref]
    return judged(part, catalogue()[ref])


def _decided() -> ir.Table:
    """Contacts received, with what FD-02 and FD-03 say of each."""
    contact, in_time = contacts_received.table, _judged("FD-02")
    rows = contact.mutate(is_timed_in=in_time.counted, is_in_time=in_time.in_numerator)
    decided, referred = contacts_decided.table, _judged("FD-03")
    answers = decided.select(*_KEY, went_on=referred.in_numerator, is_judged=referred.counted)
    rows = rows.left_join(answers, _KEY).select(*rows.columns, "went_on", "is_judged")
    is_undecided = supplied("contacts.decided_at") & rows.decided_on.isnull()
    return rows.mutate(
        is_undecided=is_undecided,
        # A decision dated before the first of these months is no row of FD-03's: there the outcome says it.
        went_on=ibis.coalesce(rows.went_on, rows.outcome == "referral", False) & ~is_undecided,
        is_judged=ibis.coalesce(rows.is_judged, rows.outcome.notnull()) & ~is_undecided,
        waited=rows.as_at_on_working_day - rows.received_on_working_day,
    )


def _with_referral(rows: ir.Table) -> ir.Table:
    """The child's first referral on or after the contact, of those that followed within `link_days`."""
    referrals = table("referrals").rows
    referrals = with_working_day(referrals, "received_on").select(
        "authority",
        "child_id",
        "referral_id",
        "is_nfa",
        "closed_on",
        referred_on=_.received_on,
        referred_on_working_day=_.received_on_working_day,
    )
    contact = rows.filter(rows.went_on).select(*_KEY, "received_on")
    pairs = contact.inner_join(
        referrals,
        [
            contact.authority == referrals.authority,
            contact.child_id == referrals.child_id,
            referrals.referred_on >= contact.received_on,
            referrals.referred_on <= days_after(contact.received_on, parameter("link_days")),
        ],
    ).select(*_KEY, *[c for c in referrals.columns if c not in _KEY])
    # Of several of a day one with further action if any, as countable referrals are told (FD-06).
    order = [pairs.referred_on, pairs.is_nfa.fill_null(False).cast("int8"), ibis.desc(pairs.referral_id)]
    first = first_per(pairs, *_KEY, order=order)
    added = [c for c in first.columns if c not in _KEY]
    return rows.left_join(first, list(_KEY)).select(*rows.columns, *added)


def _with_assessment(rows: ir.Table) -> ir.Table:
    """The first assessment under the referral: linked to it, or unlinked and begun while it was open."""
    assessments = with_working_day(table("assessments").rows, "started_on").select(
        "authority",
        "child_id",
        "started_on",
        "started_on_working_day",
        "authorised_on",
        "is_services_required",
        of=_.referral_id,
    )
    referral = rows.filter(rows.referral_id.notnull()).select(
        *_KEY, "referral_id", "referred_on", "closed_on"
    )
    begun = (assessments.started_on >= referral.referred_on) & (
        assessments.started_on <= open_until(referral.closed_on)
    )
    pairs = referral.inner_join(
        assessments,
        [
            referral.authority == assessments.authority,
            referral.child_id == assessments.child_id,
            (assessments.of == referral.referral_id).fill_null(False) | (assessments.of.isnull() & begun),
        ],
    ).select(
        *[referral[name] for name in _KEY],
        assessed_on=assessments.started_on,
        assessed_on_working_day=assessments.started_on_working_day,
        authorised_on=assessments.authorised_on,
        is_services_required=assessments.is_services_required,
    )
    order = [pairs.assessed_on, ibis.asc(pairs.authorised_on, nulls_first=False)]
    first = first_per(pairs, *_KEY, order=order)
    added = [c for c in first.columns if c not in _KEY]
    return rows.left_join(first, list(_KEY)).select(*rows.columns, *added)


def _with_plans(rows: ir.Table) -> ir.Table:
    """Which plans began from the referral on, until it was closed."""
    care = table("care_periods").rows
    care = care.filter(~care.legal_status.isin(_SHORT_BREAKS).fill_null(False))
    plans = {"in_need": table("cin_plans").rows, "protection": table("cp_plans").rows, "care": care}
    begun = ibis.union(
        *[
            plan.select("authority", "child_id", begun_on=plan.started_on, kind=ibis.literal(kind))
            for kind, plan in plans.items()
        ]
    )
    referral = rows.filter(rows.referral_id.notnull()).select(*_KEY, "referred_on", "closed_on")
    pairs = referral.inner_join(
        begun,
        [
            referral.authority == begun.authority,
            referral.child_id == begun.child_id,
            begun.begun_on >= referral.referred_on,
            begun.begun_on <= open_until(referral.closed_on),
        ],
    ).select(*[referral[name] for name in _KEY], begun.kind)
    found = pairs.group_by(*_KEY).aggregate(**{f"has_{kind}": (pairs.kind == kind).any() for kind in plans})
    added = [f"has_{kind}" for kind in plans]
    joined = rows.left_join(found, list(_KEY)).select(*rows.columns, *added)
    return joined.mutate(**{name: joined[name].fill_null(False) for name in added})


def _end(rows: ir.Table) -> ir.StringValue:
    """The place of each contact, one of those in funnel.toml: the first that holds."""
    is_late = rows.waited > parameter("contact_decision_wd")
    is_closed = rows.closed_on.notnull()
    since_referral = rows.as_at_on_working_day - rows.referred_on_working_day
    since_begun = rows.as_at_on_working_day - rows.assessed_on_working_day
    is_overdue = since_begun > parameter("assessment_limit_wd")
    is_past_link = days_after(rows.received_on, parameter("link_days")) < rows.as_at_on
    is_told = supplied("contacts.outcome")
    return ibis.cases(
        (rows.is_undecided & is_late, "undecided_late"),
        (rows.is_undecided, "undecided"),
        (~rows.went_on & rows.outcome.notnull(), rows.outcome),
        (~rows.went_on & ~is_told, "not_referred"),
        (~rows.went_on, "not_recorded"),
        (rows.referral_id.isnull() & is_past_link, "referral_missing"),
        (rows.referral_id.isnull(), "referral_awaited"),
        (rows.is_nfa.fill_null(False), "referral_nfa"),
        (rows.has_care, "care"),
        (rows.has_protection, "protection"),
        (rows.has_in_need, "in_need"),
        (rows.assessed_on.isnull() & is_closed, "closed_unassessed"),
        (rows.assessed_on.isnull() & rows.is_nfa.isnull(), "referral_undecided"),
        (rows.assessed_on.isnull() & (since_referral > parameter("maturity_wd")), "assessment_late"),
        (rows.assessed_on.isnull(), "assessment_awaited"),
        (rows.authorised_on.isnull() & is_closed, "closed_in_assessment"),
        (rows.authorised_on.isnull() & is_overdue, "assessment_overdue"),
        (rows.authorised_on.isnull(), "assessment_open"),
        (~rows.is_services_required.fill_null(True), "assessed_nfa"),
        (is_closed, "closed_unplanned"),
        (rows.is_services_required.isnull(), "result_not_recorded"),
        else_="plan_awaited",
    )
