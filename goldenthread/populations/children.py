"""Which children are looked after, on a plan, in need, leaving care or otherwise open at the end of each period?

Each is a convention of the specification (`lac(RD)`, `cpp(RD)`, `care_leaver(RD)`, `open_case(RD)`,
`cin_child(RD)`, `past_assessment(RD)`), at RD = the end of the period. One row per child and period.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import age, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.settings import parameter
from goldenthread.standard import table

_children = table("children").rows
_referrals = table("referrals").rows
_assessments = table("assessments").rows
_cin_plans = table("cin_plans").rows
_cp_plans = table("cp_plans").rows
_care_periods = table("care_periods").rows
_statuses = table("care_leaver_statuses").rows

CHILD = ("period", "authority", "child_id")


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
    """The rows that are open at the end of each period (from `started_on`, before `ended_on`)."""
    is_open = (rows.started_on <= PERIOD.ends_on) & (rows.ended_on.isnull() | (rows.ended_on > PERIOD.ends_on))
    period = ["period", "starts_on", "ends_on", "ends_on_working_day"]
    return rows.join(PERIOD, is_open).select(*[PERIOD[name] for name in period], *[rows[c] for c in rows.columns])


def latest_open(rows: ir.Table, key: str) -> ir.Table:
    """Of each child's rows at the end of each period, the latest started, then the highest key."""
    return first_per(rows, *CHILD, order=[ibis.desc(_.started_on), ibis.desc(_[key])])


_in_care = with_child(open_at_end(_care_periods))
_under_18 = (age_on(_in_care, _in_care.ends_on) < 18).fill_null(True)
_not_short_break = ~_in_care.legal_status.isin(["V3", "V4"]).fill_null(False)

looked_after = Population(
    name="looked_after",
    about="lac(RD): children looked after, under 18, not in a series of short breaks.",
    rows=placed(
        with_working_day(
            latest_open(_in_care.filter(_not_short_break & _under_18), "care_period_id"), "started_on"
        ).mutate(key=ibis.literal("")),
        on="ends_on",
        role="social_worker",
        prefer="allocation",
    ),
)

with_cp_plan = Population(
    name="with_cp_plan",
    about="Children with a child protection plan open, the latest started where there are several.",
    rows=latest_open(open_at_end(_cp_plans), "cp_plan_id"),
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
    rows=latest_open(open_at_end(_cin_plans), "cin_plan_id"),
)

with_care_period = Population(
    name="with_care_period",
    about="Children with a period of care open, of any legal status and at any age.",
    rows=latest_open(open_at_end(_care_periods), "care_period_id"),
)

_recorded = _statuses.join(PERIOD, _statuses.recorded_on <= PERIOD.ends_on)
_in_force = first_per(
    _recorded.select(PERIOD.period, PERIOD.ends_on, *[_statuses[c] for c in _statuses.columns]),
    *CHILD,
    order=[ibis.desc(_.recorded_on), ibis.desc(_.status_id)],
)

leaving_care_status = Population(
    name="leaving_care_status",
    about="The care leaver status in force for each young person, whatever it says.",
    rows=placed(
        with_child(_in_force).mutate(key=ibis.literal("")),
        on="ends_on",
        role="personal_adviser",
        prefer="allocation",
    ),
)

_served = leaving_care_status.is_service_open & (leaving_care_status.eligibility != "eligible")

care_leavers = Population(
    name="care_leavers",
    about="care_leaver(RD): young people whose status in force says they receive leaving care services.",
    rows=leaving_care_status.table.filter(_served.fill_null(False)),
)

_open_referrals = _referrals.mutate(started_on=_.received_on, ended_on=_.closed_on)
_episodes = open_at_end(_open_referrals.filter(~_open_referrals.is_nfa.fill_null(False)))

open_episodes = Population(
    name="open_episodes",
    about="The open episode of need of each child: the earliest received, then the lowest id.",
    rows=with_working_day(
        first_per(_episodes, *CHILD, order=[_.received_on, _.referral_id]).drop("started_on", "ended_on"),
        "received_on",
    ),
)


def _assessed_since_received() -> ir.Table:
    """Open episodes in which an assessment has started."""
    begun = open_episodes.table.inner_join(
        _assessments,
        [
            open_episodes.authority == _assessments.authority,
            open_episodes.child_id == _assessments.child_id,
            _assessments.started_on.between(open_episodes.received_on, open_episodes.ends_on),
        ],
    )
    return begun.select(*[open_episodes.table[c] for c in CHILD]).distinct().mutate(is_assessed=True)


def _open_by_any_route() -> ir.Table:
    """Every child with an episode, plan or period of care open, with what each says."""
    sources = {
        "cin": with_cin_plan.table,
        "cp": with_cp_plan.table,
        "care": with_care_period.table,
    }
    parts = [open_episodes.table.select(*CHILD)] + [source.select(*CHILD) for source in sources.values()]
    rows = ibis.union(*parts, distinct=True)
    episode = open_episodes.table.select(
        *CHILD,
        "received_on",
        "received_on_working_day",
        "referral_id",
        "chronology_updated_on",
        episode_team=_.team,
        episode_worker_id=_.worker_id,
    )
    rows = rows.left_join(episode, list(CHILD)).select(*rows.columns, *episode.columns[len(CHILD) :])
    for name, source in sources.items():
        own = source.select(
            *CHILD,
            **{
                f"{name}_started_on": source.started_on,
                f"{name}_team": source.team,
                f"{name}_worker_id": source.worker_id,
            },
        )
        rows = rows.left_join(own, list(CHILD)).select(*rows.columns, *own.columns[len(CHILD) :])
    assessed = _assessed_since_received()
    rows = rows.left_join(assessed, list(CHILD)).select(*rows.columns, "is_assessed")
    ends = PERIOD.select("period", "starts_on", "ends_on", "ends_on_working_day")
    return rows.inner_join(ends, "period").select(*rows.columns, *ends.columns[1:])


def _open_case_rows() -> ir.Table:
    rows = _open_by_any_route()
    waited = rows.ends_on_working_day - rows.received_on_working_day
    is_under_way = rows.is_assessed.fill_null(False) | (waited > parameter("cin_plan_grace_wd"))
    has_plan = rows.cin_started_on.notnull() | rows.cp_started_on.notnull() | rows.care_started_on.notnull()
    rows = rows.filter((rows.received_on.notnull() & is_under_way) | has_plan)
    earliest = ibis.least(rows.cin_started_on, rows.cp_started_on, rows.care_started_on)
    names = ("episode", "cin", "cp", "care")
    starts = (rows.received_on, rows.cin_started_on, rows.cp_started_on, rows.care_started_on)
    first_table = [(start.notnull(), name) for start, name in zip(starts, names, strict=True)]
    return rows.mutate(
        open_date=ibis.coalesce(rows.received_on, earliest),
        # Without allocations.csv the first of these tables with an open row places the child.
        team=ibis.cases(*[(is_open, rows[f"{name}_team"]) for is_open, name in first_table]),
        worker_id=ibis.cases(*[(is_open, rows[f"{name}_worker_id"]) for is_open, name in first_table]),
    ).drop(*[f"{name}_{what}" for name in names for what in ("team", "worker_id")])


open_cases = Population(
    name="open_cases",
    about="open_case(RD): children past referral, or with a plan or a period of care open.",
    rows=placed(
        with_working_day(_open_case_rows(), "open_date").mutate(key=ibis.literal("")),
        on="ends_on",
        role="social_worker",
        prefer="allocation",
    ),
)


def flagged(rows: ir.Table, name: str, population: Population) -> ir.Table:
    """Add a true or false column: is the child of each row in that population at the same RD?"""
    members = population.table.select(*CHILD).distinct().mutate(**{name: True})
    joined = rows.left_join(members, list(CHILD)).select(*rows.columns, name)
    return joined.mutate(**{name: joined[name].fill_null(False)})


def _with_past_assessment(rows: ir.Table) -> ir.Table:
    """Add `is_past_assessment` to open cases: needs are known, or should be by now."""
    done = _assessments.filter(_assessments.is_services_required)
    done = rows.inner_join(
        done,
        [
            rows.authority == done.authority,
            rows.child_id == done.child_id,
            done.started_on.between(rows.open_date, rows.ends_on),
            done.authorised_on <= rows.ends_on,
        ],
    ).select(*[rows[c] for c in CHILD])
    planned = rows.inner_join(
        _cin_plans,
        [
            rows.authority == _cin_plans.authority,
            rows.child_id == _cin_plans.child_id,
            _cin_plans.started_on.between(rows.open_date, rows.ends_on),
        ],
    ).select(*[rows[c] for c in CHILD])
    either = ibis.union(done, planned, distinct=True).mutate(is_assessed_or_planned=True)
    joined = rows.left_join(either, list(CHILD)).select(*rows.columns, "is_assessed_or_planned")
    waited = joined.ends_on_working_day - joined.open_date_working_day
    is_past = joined.is_assessed_or_planned.fill_null(False) | (waited > parameter("cin_plan_grace_wd"))
    return joined.mutate(is_past_assessment=is_past).drop("is_assessed_or_planned")


_open_with_flags = flagged(
    flagged(flagged(open_cases.table, "is_looked_after", looked_after), "is_protected", protected),
    "is_care_leaver",
    care_leavers,
)
_is_in_need = ~(
    _open_with_flags.is_looked_after | _open_with_flags.is_protected | _open_with_flags.is_care_leaver
)

children_in_need = Population(
    name="children_in_need",
    about="cin_child(RD): open cases neither looked after, nor on a protection plan, nor leaving care.",
    rows=_with_past_assessment(_open_with_flags.filter(_is_in_need)),
)
