"""Placements: does each lie inside a period of care, and do type, provider and age fit?"""

from functools import partial

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between, open_until
from goldenthread.populations.children import age_on, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import overlap, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import AS_AT_ON, complete_since
from goldenthread.standard import table

_placements = table("placements").rows
_TEMPORARY = ("T0", "T1", "T2", "T3", "T4")


def _unbroken_care() -> ir.Table:
    """Each unbroken stretch of days in care, whatever periods it is made of."""
    periods = table("care_periods").rows
    never = ibis.date("9999-12-31")
    periods = periods.filter(periods.ended_on.isnull() | (periods.ended_on > periods.started_on))
    periods = periods.select("authority", "child_id", "started_on", until_on=_.ended_on.coalesce(never))
    before = ibis.window(
        group_by=["authority", "child_id"],
        order_by=[periods.started_on, periods.until_on],
        preceding=(None, 1),
    )
    periods = periods.mutate(earlier_until_on=periods.until_on.max().over(before))
    starts = (periods.earlier_until_on.isnull() | (periods.started_on > periods.earlier_until_on)).cast(
        "int64"
    )
    so_far = ibis.window(
        group_by=["authority", "child_id"],
        order_by=[periods.started_on, periods.until_on],
        preceding=None,
        following=0,
    )
    periods = periods.mutate(stretch=starts.sum().over(so_far))
    return periods.group_by("authority", "child_id", "stretch").aggregate(
        started_on=_.started_on.min(), until_on=_.until_on.max()
    )


unbroken_care = Population(
    name="unbroken_care",
    about="The stretches of days on which each child was in care without a break.",
    rows=_unbroken_care(),
)


def _checked() -> ir.Table:
    rows = with_child(_placements)
    rows = rows.mutate(
        age_started=age_on(rows, rows.started_on),
        is_temporary=rows.placement_type.isin(_TEMPORARY),
        lasted_days=days_between(rows.started_on, ibis.coalesce(rows.ended_on, AS_AT_ON)),
        is_ever_open=rows.ended_on.isnull() | (rows.ended_on > rows.started_on),
    )
    rows = with_facts(
        "placements",
        rows,
        unbroken_care.table,
        prefix="care",
        facts={
            "is_in_care": lambda t: (
                (t.care_started_on <= t.started_on)
                & (t.care_until_on >= t.ended_on.coalesce(ibis.date("9999-12-31")))
            ),
            "starts_in_care": lambda t: (t.care_started_on < t.started_on) & (t.started_on < t.care_until_on),
        },
    )
    return with_facts(
        "placements",
        rows,
        _placements,
        facts={
            "overlaps": lambda t: (
                (t.other_placement_id != t.placement_id)
                & ~t.is_temporary
                & ~t.other_placement_type.isin(_TEMPORARY)
                & overlap(t, "other")
            ),
            "follows": lambda t: (
                (t.other_placement_id != t.placement_id)
                & (t.other_started_on <= t.started_on)
                & (t.other_ended_on.isnull() | (t.other_ended_on >= t.started_on))
            ),
            "has_earlier": lambda t: t.other_started_on < t.started_on,
        },
    )


_checked_placements = Population(
    name="checked_placements",
    about="Placements with the child's age, the care around them and the other placements.",
    rows=_checked(),
)
_p = _checked_placements.table
_rule = partial(Rule, table="placements", rows=_p)
_DATES = ("started_on", "ended_on")
_TYPE_AND_DATES = (*_DATES, "placement_type")


def _too_young(code: str, what: str, types: tuple[str, ...], age: int, source: str) -> Rule:
    return _rule(
        code=code,
        title=f"Child under {age} is placed in {what}",
        advice="Correct the type of the placement, or the date of birth.",
        source=source,
        fails=_p.placement_type.isin(types) & (_p.age_started < age),
        shows=("started_on", "placement_type", "born_on"),
        needs=("placements.placement_type", "placements.started_on", "children.born_on"),
    )


def _too_long(code: str, what: str, kind: str, days: int, source: str) -> Rule:
    return _rule(
        code=code,
        title=f"{what} lasts longer than {days} days",
        advice="Record the placement that the child has moved to, or the day the temporary one ended.",
        source=source,
        fails=(_p.placement_type == kind) & (_p.lasted_days > days),
        shows=_TYPE_AND_DATES,
        needs=("placements.placement_type", "placements.ended_on"),
    )


RULES = (
    _rule(
        id="X09",
        code="placement-outside-care",
        title="Placement is open on a day on which the child is not in care",
        advice="Check the dates of the placement and of the period of care.",
        # Care of long ago may lie before what its source holds.
        fails=_p.is_ever_open & ~_p.is_in_care & (open_until(_p.ended_on) > complete_since("care_periods")),
        shows=("placement_id", *_TYPE_AND_DATES),
        needs=("placements.started_on", "placements.ended_on", "care_periods.ended_on"),
    ),
    _rule(
        code="overlapping-placements",
        title="Two placements of a child are open on one day and neither is temporary",
        advice="End the placement the child left with its true date.",
        source="SSDA903 rule 142",
        fails=_p.overlaps,
        shows=("placement_id", *_TYPE_AND_DATES),
        needs=("placements.ended_on", "placements.placement_type"),
    ),
    _rule(
        code="days-in-care-without-placement",
        title="Placement starts days after the one before it ended, while the child stayed in care",
        advice="Record where the child was in between, or correct one of the two dates.",
        fails=_p.starts_in_care & _p.has_earlier & ~_p.follows,
        shows=("placement_id", *_TYPE_AND_DATES),
        needs=("placements.started_on", "placements.ended_on", "care_periods.ended_on"),
    ),
    _rule(
        code="placement-without-provider",
        title="Placement has no provider",
        advice="Record who provides the placement.",
        source="SSDA903 rule 526",
        fails=_p.provider.isnull() & ~_p.is_temporary & (_p.placement_type != "Z1"),
        shows=_TYPE_AND_DATES,
        needs=("placements.provider",),
    ),
    _rule(
        code="with-parents-yet-provided",
        title="Child is placed with parents and the provider is someone else",
        advice="Correct the provider, or the type of the placement.",
        source="SSDA903 rules 527 to 531",
        fails=(_p.placement_type == "P1") & (_p.provider != "PR0"),
        shows=("started_on", "placement_type", "provider"),
        needs=("placements.provider", "placements.placement_type"),
    ),
    _rule(
        code="parents-provide-other-placement",
        title="Provider is the parents although the child is not placed with parents",
        advice="Correct the provider, or the type of the placement.",
        source="SSDA903 rule 550",
        fails=(_p.placement_type != "P1") & (_p.provider == "PR0"),
        shows=("started_on", "placement_type", "provider"),
        needs=("placements.provider", "placements.placement_type"),
    ),
    _too_young("supported-accommodation-under-16", "supported accommodation", ("H5", "K3"), 16,
               "SSDA903 rule 371"),
    _too_young("independent-living-under-16", "independent living", ("P2",), 16, "SSDA903 placement codes"),
    _too_young("custody-under-10", "a young offender institution", ("R5",), 10, "SSDA903 rule 372"),
    _too_young("residential-school-under-4", "a residential school", ("S1",), 4, "SSDA903 rule 373"),
    _too_young("residential-employment-under-14", "residential employment", ("P3",), 14, "SSDA903 rule 374"),
    _too_long("hospital-over-six-weeks", "Temporary placement in hospital", "T1", 42, "SSDA903 rule 375"),
    _too_long("carer-on-holiday-over-three-weeks", "Temporary placement while the carer is on holiday",
              "T3", 21, "SSDA903 rule 376"),
    _too_long("temporary-over-a-week", "Temporary placement for another reason", "T4", 7, "SSDA903 rule 379"),
    _rule(
        code="reason-for-end-of-open-placement",
        title="Placement has a reason for its end and no end date",
        advice="Record the day the child moved, or take the reason out.",
        source="SSDA903 rule 226",
        fails=_p.ended_on.isnull() & _p.end_reason.notnull(),
        shows=("started_on", "end_reason"),
        needs=("placements.end_reason", "placements.ended_on"),
    ),
    _rule(
        code="in-area-and-far-away",
        title="Placement is inside the authority and more than 50 miles from home",
        advice="Check the postcodes of home and placement, and whether the placement is in the area.",
        source="SSDA903 rule 411",
        fails=(_p.location == "in") & (_p.distance_miles > 50),
        shows=("started_on", "location", "distance_miles"),
        needs=("placements.distance_miles", "placements.location"),
    ),
    _rule(
        code="temporary-yet-long-term",
        title="Temporary placement is marked as intended to last until 18",
        advice="Correct the type of the placement, or the mark.",
        source="SSDA903 rule 384",
        fails=_p.is_temporary & _p.is_long_term,
        shows=("started_on", "placement_type", "is_long_term"),
        needs=("placements.is_long_term", "placements.placement_type"),
    ),
    _rule(
        code="visited-as-at-home-yet-elsewhere",
        title="Visits follow the rule for children at home and the child is placed elsewhere",
        advice="Choose the visiting rule that fits the placement: visits may be missed otherwise.",
        fails=_p.ended_on.isnull()
        & _p.visit_rule.isin(["care_order_home", "reg24_or_ico_home"])
        & (_p.placement_type != "P1")
        # A temporarily approved relative is visited by the same rule as a child at home.
        & ~((_p.visit_rule == "reg24_or_ico_home") & _p.placement_type.isin(["U1", "U2", "U3"])),
        shows=("started_on", "placement_type", "visit_rule"),
        needs=("placements.visit_rule", "placements.placement_type"),
    ),
    _rule(
        code="emergency-with-days-of-notice",
        title="Placement was made in an emergency with three days' notice or more",
        advice="Correct how the placement was made, or the hours of notice.",
        fails=(_p.arrangement == "emergency") & (_p.notice_hours >= 72),
        shows=("started_on", "arrangement", "notice_hours"),
        needs=("placements.arrangement", "placements.notice_hours"),
    ),
    _rule(
        code="foster-home-not-registered",
        title="Foster placement is marked as lacking an Ofsted registration",
        advice=(
            "Take the mark out: carers are approved, not registered; else correct the type of the "
            "placement."
        ),
        fails=_p.placement_type.isin(["U1", "U2", "U3", "U4", "U5", "U6"]) & (_p.is_registered == False),  # noqa: E712
        shows=("started_on", "placement_type", "is_registered"),
        needs=("placements.is_registered", "placements.placement_type"),
    ),
    _rule(
        code="weekly-cost-cannot-be-right",
        title="Weekly cost of the placement is below nothing or above £40,000",
        advice="Check whether the cost is of a year or in pence, and record pounds a week.",
        fails=(_p.weekly_cost < 0) | (_p.weekly_cost > 40000),
        shows=("started_on", "placement_type", "weekly_cost"),
        needs=("placements.weekly_cost",),
    ),
)  # fmt: skip
