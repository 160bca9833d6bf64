"""Periods of care with what the child's other records say of them."""

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import days_between, months_after
from goldenthread.populations.children import age_on, care_leavers, looked_after, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import overlap, with_facts
from goldenthread.settings import AS_AT_ON, parameter
from goldenthread.standard import table

_periods = table("care_periods").rows


def _of_pathway_indicator() -> ir.Table:
    """Children looked after at the as-at date whom the indicator of pathway plans counts as care leavers."""
    # Eligible children are looked after by definition, whatever pathway_include_eligible says.
    leavers = care_leavers.table
    categories = parameter("pathway_categories")
    is_counted = categories.contains(ibis.literal(",") + leavers.eligibility + ",")
    leavers = leavers.filter(is_counted & ~leavers.in_touch.isin(["DIED", "RHOM"]).fill_null(False))
    inside = looked_after.table.select("authority", "child_id").distinct()
    return leavers.semi_join(inside, ["authority", "child_id"]).select("authority", "child_id", "eligibility")


def _with_other_periods(rows: ir.Table) -> ir.Table:
    def is_other(t: ir.Table) -> ir.BooleanValue:
        return t.other_care_period_id != t.care_period_id

    return with_facts(
        "care_periods",
        rows,
        _periods,
        facts={
            "overlaps": lambda t: is_other(t) & overlap(t, "other"),
            "restarts_at_once": lambda t: (
                is_other(t)
                & (t.other_started_on < t.started_on)
                & days_between(t.other_ended_on, t.started_on).between(0, 1)
                & (t.other_end_reason != "X1")
            ),
            "goes_on": lambda t: is_other(t) & days_between(t.ended_on, t.other_started_on).between(0, 1),
        },
    )


def _with_records(rows: ir.Table) -> ir.Table:
    rows = with_facts(
        "care_periods",
        rows,
        table("referrals").rows,
        prefix="referral",
        facts={"has_open_referral": lambda t: t.referral_closed_on.isnull()},
    )
    rows = with_facts(
        "care_periods",
        rows,
        table("placements").rows,
        prefix="placement",
        facts={
            "has_open_placement": lambda t: t.placement_ended_on.isnull(),
            "is_with_parents": lambda t: t.placement_ended_on.isnull() & (t.placement_placement_type == "P1"),
        },
        numbers={
            "placements_in_12_months": lambda t: (
                (
                    (t.placement_ended_on.isnull() | (t.placement_ended_on > months_after(AS_AT_ON, -12)))
                    & (t.placement_started_on >= t.started_on)
                )
                .fill_null(False)
                .cast("int64")
                .sum()
            )
        },
    )
    rows = with_facts(
        "care_periods",
        rows,
        table("conferences").rows,
        prefix="review",
        facts={
            "has_review": lambda t: (
                (t.review_kind == "looked_after_review") & (t.review_held_on >= t.started_on)
            )
        },
    )
    rows = with_facts(
        "care_periods",
        rows,
        table("legal_proceedings").rows,
        prefix="case",
        facts={"has_proceedings": lambda t: (t.case_kind == "care_proceedings") & t.case_ended_on.isnull()},
    )
    return with_facts(
        "care_periods",
        rows,
        _of_pathway_indicator(),
        prefix="leaver",
        facts={"is_leaving_care": lambda t: t.leaver_eligibility.notnull()},
    )


def _checked() -> ir.Table:
    rows = with_child(_periods)
    rows = rows.mutate(
        is_open=rows.ended_on.isnull(),
        age_started=age_on(rows, rows.started_on),
        age_ended=age_on(rows, rows.ended_on),
        age_now=age_on(rows, AS_AT_ON),
        # How long the period has lasted, whatever legal status came before the latest.
        lasted_days=days_between(rows.started_on, ibis.coalesce(rows.ended_on, AS_AT_ON)),
    )
    return _with_records(_with_other_periods(rows))


checked_care_periods = Population(
    name="checked_care_periods",
    about="Periods of care with the child's age, referral, placements, reviews and proceedings.",
    rows=_checked(),
)
