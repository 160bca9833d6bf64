"""Which children are looked after, on a plan, in need, leaving care or otherwise open at a moment?

Each is a convention of the specification (`lac(RD)`, `cpp(RD)`, `care_leaver(RD)`, `open_case(RD)`,
`cin_child(RD)`, `past_assessment(RD)`). The populations here are at RD = the end of each period, one
row per child and period. The functions say the same of other moments (`own_days`: some days of each
child's own), so that a rule about a day in the middle of a period reads the same definition.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import age, open_until, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.cases import flagged as flagged
from goldenthread.populations.cases import in_need_at, open_cases_at, open_episode_at
from goldenthread.populations.moments import (
    MOMENT,
    foremost,
    foremost_at,
    latest_open,
    latest_started,
    of_child,
    open_at,
)
from goldenthread.populations.periods_of import as_latest, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_children = table("children").rows
_cin_plans = table("cin_plans").rows
_cp_plans = table("cp_plans").rows
_care_periods = table("care_periods").rows
_statuses = table("care_leaver_statuses").rows


def with_child(rows: ir.Table) -> ir.Table:
    """Add `born_on` and `is_unborn` of the child; null and false where the child is not known."""
    wanted = _children.select("authority", "child_id", "born_on", "is_unborn")
    joined = rows.left_join(wanted, ["authority", "child_id"]).select(*rows.columns, "born_on", "is_unborn")
    return joined.mutate(is_unborn=joined.is_unborn.fill_null(False))


def is_unborn_on(rows: ir.Table, day: ir.DateValue) -> ir.BooleanValue:
    """Whether the child was not yet born on that day: flagged unborn, or born later."""
    return rows.is_unborn | (rows.born_on > day).fill_null(False)


def age_on(rows: ir.Table, day: ir.DateValue) -> ir.IntegerValue:
    """Completed years on that day; null for an unborn child and where the birth date is not known."""
    return is_unborn_on(rows, day).ifelse(ibis.null("int64"), age(rows.born_on, day).cast("int64"))


def is_school_age(rows: ir.Table, day: ir.DateValue) -> ir.BooleanValue:
    """Whether the child was 5 to 15 on the 31 August before the school year that holds that day."""
    year = (day.month() >= 9).ifelse(day.year(), day.year() - 1)
    august = ibis.date(year, 8, 31)
    return age_on(rows, august).between(5, 15)


def open_at_end(rows: ir.Table) -> ir.Table:
    """The rows that are open at the end of each period."""
    return open_at(rows, PERIOD)


def looked_after_at(at: ir.Table) -> ir.Table:
    """lac: each child's latest period of care that is no series of short breaks, while under 18."""
    in_care = with_child(open_at(_care_periods, at))
    # A child not yet born, or whose date of birth is not known, counts as under 18.
    is_under_18 = (age_on(in_care, in_care.ends_on) < 18).fill_null(True)
    is_short_breaks = in_care.legal_status.isin(["V3", "V4"]).fill_null(False)
    return latest_open(in_care.filter(is_under_18 & ~is_short_breaks), "care_period_id")


def with_cp_plan_at(at: ir.Table) -> ir.Table:
    """cpp: each child's child protection plan, the latest started where there are several."""
    return foremost_at(cp_plans_by_day.table, at)


def with_cin_plan_at(at: ir.Table) -> ir.Table:
    """Each child's child in need plan, the latest started where there are several."""
    return foremost_at(cin_plans_by_day.table, at)


def with_care_period_at(at: ir.Table) -> ir.Table:
    """Each child's period of care, of any legal status and at any age."""
    return foremost_at(care_periods_by_day.table, at)


def status_in_force_at(at: ir.Table) -> ir.Table:
    """The latest care leaver status of each young person, whatever it says."""
    statuses = as_latest(_statuses, "recorded_on", order=("status_id",))
    is_latest = (statuses.recorded_on <= at.ends_on) & (at.ends_on < open_until(statuses.until))
    joined = statuses.join(at, [*of_child(statuses, at), is_latest])
    return joined.select(*[at[name] for name in MOMENT], *[statuses[c] for c in _statuses.columns])


def is_served(status: ir.Table) -> ir.BooleanValue:
    """Whether a status in force makes a care leaver: services are open, and no longer only eligible."""
    return (status.is_service_open & (status.eligibility != "eligible")).fill_null(False)


cp_plans_by_day = Population(
    name="cp_plans_by_day",
    about="Each child's child protection plan, by stretches of days: the latest started.",
    rows=foremost(_cp_plans, order=latest_started("cp_plan_id")),
)

cin_plans_by_day = Population(
    name="cin_plans_by_day",
    about="Each child's child in need plan, by stretches of days: the latest started.",
    rows=foremost(_cin_plans, order=latest_started("cin_plan_id")),
)

care_periods_by_day = Population(
    name="care_periods_by_day",
    about="Each child's period of care, by stretches of days: the latest begun.",
    rows=foremost(_care_periods, order=latest_started("care_period_id")),
)

looked_after = Population(
    name="looked_after",
    about="lac(RD): children looked after, under 18, not in a series of short breaks.",
    rows=placed(
        with_working_day(looked_after_at(PERIOD), "started_on").mutate(key=ibis.literal("")),
        on="ends_on",
        role="social_worker",
        prefer="allocation",
    ),
)

with_cp_plan = Population(
    name="with_cp_plan",
    about="Children with a child protection plan open, the latest started where there are several.",
    rows=with_cp_plan_at(PERIOD),
)

protected = Population(
    name="protected",
    about="cpp(RD): children with a child protection plan, with the child's age and current worker.",
    rows=placed(
        with_working_day(with_child(with_cp_plan.table), "started_on").mutate(key=_.cp_plan_id),
        on="ends_on",
        role="social_worker",
        prefer="allocation",
    ),
)

with_cin_plan = Population(
    name="with_cin_plan",
    about="Children with a child in need plan open, the latest started where there are several.",
    rows=with_cin_plan_at(PERIOD),
)

with_care_period = Population(
    name="with_care_period",
    about="Children with a period of care open, of any legal status and at any age.",
    rows=with_care_period_at(PERIOD),
)

status_in_force = Population(
    name="status_in_force",
    about="The care leaver status in force for each young person, whatever it says.",
    rows=status_in_force_at(PERIOD),
)

leaving_care_status = Population(
    name="leaving_care_status",
    about="The care leaver status in force, with the young person's age and current personal adviser.",
    rows=placed(
        with_child(status_in_force.table).mutate(key=ibis.literal("")),
        on="ends_on",
        role="personal_adviser",
        prefer="allocation",
    ),
)

care_leavers = Population(
    name="care_leavers",
    about="care_leaver(RD): young people whose status in force says they receive leaving care services.",
    rows=leaving_care_status.table.filter(is_served(leaving_care_status.table)),
)

open_episodes = Population(
    name="open_episodes",
    about="The open episode of need of each child: the earliest received, then the lowest id.",
    rows=open_episode_at(PERIOD),
)

open_cases = Population(
    name="open_cases",
    about="open_case(RD): children past referral, or with a plan or a period of care open.",
    rows=placed(
        open_cases_at(
            episodes=open_episodes.table,
            cin=with_cin_plan.table,
            cp=with_cp_plan.table,
            care=with_care_period.table,
        ).mutate(key=ibis.literal("")),
        on="ends_on",
        role="social_worker",
        prefer="allocation",
    ),
)

children_in_need = Population(
    name="children_in_need",
    about="cin_child(RD): open cases neither looked after, nor on a protection plan, nor leaving care.",
    rows=in_need_at(
        open_cases.table,
        looked_after=looked_after.table,
        protected=protected.table,
        leaving_care=care_leavers.table,
    ),
)

unborn_children = Population(
    name="unborn_children",
    about="Children not yet born, by the record, with the day their birth is expected.",
    rows=placed(
        with_period(_children.filter(_children.is_unborn), PERIOD.period.notnull()).mutate(
            key=ibis.literal("")
        ),
        on="ends_on",
        role="social_worker",
        prefer="allocation",
    ),
)
