"""Children who go missing, and children at risk of exploitation."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, days_between, open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.care_reviews import in_care
from goldenthread.populations.periods_of import PERIOD_COLUMNS, as_latest, in_period, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.settings import parameter
from goldenthread.standard import table

_care_periods = table("care_periods").rows
_records = table("exploitation_records").rows
_episodes = table("missing_episodes").rows.mutate(
    started_on=_.started_at.cast("date"),
    ended_on=_.ended_at.cast("date"),
    rhi_on=_.rhi_completed_at.cast("date"),
    recorded_kind=_.kind,
    kind=_.kind.fill_null("missing"),  # a blank kind is treated as missing
    key=_.episode_id,
)


def _in_care_on(rows: ir.Table, day: str) -> ir.Table:
    """Add whether the child was in care on a day."""
    periods = _care_periods.filter(in_care(_care_periods))
    inside = rows.inner_join(
        periods,
        [
            rows.authority == periods.authority,
            rows.child_id == periods.child_id,
            periods.started_on <= rows[day],
            (open_until(periods.ended_on) > rows[day]),
        ],
    ).select("period", rows.authority, "episode_id")
    found = inside.distinct().mutate(is_in_care=True)
    joined = rows.left_join(found, ["period", "authority", "episode_id"]).select(*rows.columns, "is_in_care")
    return joined.mutate(is_in_care=joined.is_in_care.fill_null(False))


def _overlaps() -> ir.Table:
    """Episodes that overlap another of the same child: from the start until the end, open ones for ever."""
    at = _episodes.select(
        "authority",
        "child_id",
        "episode_id",
        starts_at=_.started_at,
        ends_at=ibis.coalesce(_.ended_at, ibis.timestamp("9999-12-31 00:00:00")),
    )
    other = at.rename(other_id="episode_id", other_starts_at="starts_at", other_ends_at="ends_at")
    pairs = at.inner_join(other, ["authority", "child_id"]).filter(
        lambda t: (
            (t.episode_id != t.other_id)
            & (
                (t.starts_at == t.other_starts_at)
                | ((t.starts_at < t.other_ends_at) & (t.other_starts_at < t.ends_at))
            )
        )
    )
    return pairs.select("authority", "episode_id").distinct().mutate(overlaps=True)


def _begun() -> ir.Table:
    rows = _in_care_on(in_period(_episodes, "started_on"), "started_on")
    joined = rows.left_join(_overlaps(), ["authority", "episode_id"]).select(*rows.columns, "overlaps")
    return joined.mutate(overlaps=joined.overlaps.fill_null(False))


missing_begun = Population(
    name="missing_begun",
    about="Missing and away episodes that began in the period, from home or from care.",
    rows=placed(_begun(), on="on", role="social_worker"),
)

_is_of_kind = parameter("rhi_kinds").contains("," + _episodes.kind + ",")

missing_returns = Population(
    name="missing_returns",
    about="Returns in the period of children who were missing (or away, by setting).",
    rows=placed(in_period(_episodes.filter(_is_of_kind), "ended_on"), on="on", role="social_worker"),
)


_of_missing = _episodes.filter(_episodes.kind == "missing")
_is_waiting = (
    _of_missing.ended_on.between(days_after(PERIOD.ends_on, -90), PERIOD.ends_on)
    & (open_until(_of_missing.rhi_on) > PERIOD.ends_on)
    & _of_missing.is_rhi_accepted.fill_null(True)
)

returns_without_interview = Population(
    name="returns_without_interview",
    about="Returns of missing children in the last 90 days without an interview, unless it was refused.",
    rows=placed(with_period(_of_missing, _is_waiting), on="ends_on", role=None),
)


def _repeatedly_missing() -> ir.Table:
    """Children missing in the period, by how often in the days before its end."""
    missing = _episodes.filter(_episodes.kind == "missing")
    last = first_per(
        in_period(missing, "started_on"),
        "period",
        "authority",
        "child_id",
        order=[ibis.desc(_.started_on), ibis.desc(_.episode_id)],
    )
    since = days_after(PERIOD.ends_on, -parameter("repeat_missing_days"))
    recent = missing.join(PERIOD, (missing.started_on > since) & (missing.started_on <= PERIOD.ends_on))
    number = recent.group_by("period", "authority", "child_id").aggregate(episodes=_.count())
    joined = last.left_join(number, ["period", "authority", "child_id"]).select(*last.columns, "episodes")
    return joined.mutate(episodes=joined.episodes.fill_null(0), key=ibis.literal(""))


children_missing = Population(
    name="children_missing",
    about="Children who went missing in the period, and how often of late.",
    rows=placed(_repeatedly_missing(), on="on", role="social_worker"),
)


def _in_care_in_period() -> ir.Table:
    """Children in care on any day of the period, and whether they were missing while in care."""
    periods = _care_periods.filter(in_care(_care_periods))
    # A period that ended before it began, or on the day it began, was in force on no day.
    lasted = open_until(periods.ended_on) > periods.started_on
    overlaps = (periods.started_on <= PERIOD.ends_on) & (open_until(periods.ended_on) > PERIOD.starts_on)
    rows = with_period(periods.filter(lasted), overlaps & lasted)
    last_day = days_after(rows.ended_on, -1)
    rows = rows.mutate(
        first_on=ibis.greatest(rows.started_on, rows.starts_on),
        last_on=ibis.coalesce(ibis.least(last_day, rows.ends_on), rows.ends_on),
    )
    missing = _episodes.filter(_episodes.kind == "missing")
    missed = rows.inner_join(
        missing,
        [
            rows.authority == missing.authority,
            rows.child_id == missing.child_id,
            missing.started_on <= rows.last_on,
            (open_until(missing.ended_on) >= rows.first_on),
            (open_until(missing.ended_on) >= missing.started_on),
        ],
    ).select("period", rows.authority, rows.child_id)
    latest = first_per(
        rows,
        "period",
        "authority",
        "child_id",
        order=[ibis.desc(rows.started_on), ibis.desc(rows.care_period_id)],
    )
    children = latest.select("authority", "child_id", *PERIOD_COLUMNS, "team", "worker_id")
    found = missed.distinct().mutate(went_missing=True)
    joined = children.left_join(found, ["period", "authority", "child_id"])
    joined = joined.select(*children.columns, "went_missing")
    return joined.mutate(
        went_missing=joined.went_missing.fill_null(False), key=ibis.literal(""), on=_.ends_on
    )


in_care_in_period = Population(
    name="in_care_in_period",
    about="Children in care on any day of the period, and whether they went missing then.",
    rows=placed(_in_care_in_period(), on="ends_on", role="social_worker", prefer="allocation"),
)


def _flagged() -> ir.Table:
    """Children flagged as at risk at the end of the period, with the latest risk assessment."""
    flags = _records.filter(_records.kind.isin(["flag_opened", "flag_closed"]))
    known = with_period(flags, flags.done_on <= PERIOD.ends_on)
    # On one day a closed flag wins over an opened one.
    is_closed = known.kind == "flag_closed"
    order = [ibis.desc(known.done_on), ibis.desc(is_closed), ibis.desc(known.record_id)]
    last = first_per(known, "period", "authority", "child_id", order=order)
    rows = last.filter(last.kind == "flag_opened").select(
        *PERIOD_COLUMNS, "authority", "child_id", flagged_on=_.done_on
    )
    done = _records.filter(_records.kind == "assessment").mutate(assessed_on=_.done_on)
    done = as_latest(done, "assessed_on", order=("record_id",))
    wanted = done.select("authority", "child_id", "assessed_on", "until", "risk_level", "has_plan")
    matches = [
        rows.authority == wanted.authority,
        rows.child_id == wanted.child_id,
        wanted.assessed_on <= rows.ends_on,
        (rows.ends_on < open_until(wanted.until)),
    ]
    joined = rows.left_join(wanted, matches).select(*rows.columns, "assessed_on", "risk_level", "has_plan")
    return joined.mutate(key=ibis.literal(""), days=days_between(joined.assessed_on, joined.ends_on))


at_risk_of_exploitation = Population(
    name="at_risk_of_exploitation",
    about="Children flagged as at risk of exploitation, with their latest risk assessment.",
    rows=placed(_flagged(), on="ends_on", role="social_worker", prefer="allocation"),
)

_LEVELS = {"none": 0, "low": 1, "medium": 2, "high": 3}


def _reassessed() -> ir.Table:
    """Risk assessments with the level found on the last day before on which there was one."""
    rows = _records.filter(_records.kind == "assessment")
    rows = rows.mutate(level=rows.risk_level.cases(*_LEVELS.items()), key=rows.record_id)
    days = first_per(rows, "authority", "child_id", "done_on", order=[ibis.desc(rows.record_id)])
    order = ibis.window(group_by=["authority", "child_id"], order_by=[days.done_on])
    days = days.select(
        "authority",
        "child_id",
        "done_on",
        level_before=days.level.lag().over(order),
        number=ibis.row_number().over(order),
    )
    joined = rows.inner_join(days, ["authority", "child_id", "done_on"])
    joined = joined.select(*rows.columns, "level_before", "number")
    return in_period(joined.filter(joined.number > 0), "done_on")


risk_reassessed = Population(
    name="risk_reassessed",
    about="Exploitation risk assessments of the period that had one before, with both levels.",
    rows=placed(_reassessed(), on="on", role="social_worker", prefer="allocation"),
)
