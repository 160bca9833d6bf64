"""Missing and exploitation, MX-01 to MX-09: the local extracts route of each rule."""

from datetime import datetime, time, timedelta

from tests.oracle.conventions import (
    Asked,
    Moment,
    add_days,
    days,
    distinct,
    is_negative,
    is_open,
    latest,
    on,
    oracle,
    part_needs,
    partial,
    place,
)
from tests.oracle.days import LONDON, UTC

LEVELS = ("none", "low", "medium", "high")
GROUPS = [(kind, where) for kind in ("missing", "away") for where in ("home", "care")]
for _kind, _where in GROUPS:
    for _end in ("", "_children"):
        part_needs(
            "MX-01",
            f"{_kind}_{_where}{_end}",
            *(("care_periods", column) for column in ("child_id", "started_on", "ended_on", "legal_status")),
        )
distinct("MX-01", "children", *(f"{kind}_{where}_children" for kind, where in GROUPS))


def _kind(record) -> str:
    return record["kind"] or "missing"


def _is_care(period) -> bool:
    return period["legal_status"] not in ("V3", "V4")


@oracle("MX-01")
def episodes(data, p0, p1, as_at, parameters):
    """Episodes started in P, and the distinct children, by kind and by home or care on the day."""
    asked = Asked("MX-01", data, p0, p1, as_at, parameters)
    rows = []
    children: dict[tuple, object] = {}  # one row for each child, part, team and worker
    for r in asked.view.rows("missing_episodes"):
        if not asked.in_period(r["started_at"]):
            continue
        periods = asked.view.rows_of("care_periods", r["child_id"])
        is_in_care = any(_is_care(x) and is_open(x, on(r["started_at"])) for x in periods)
        group = f"{_kind(r)}_{'care' if is_in_care else 'home'}"
        rows += [asked.count(r), asked.count(r, part=group)]
        for part in ("children", f"{group}_children"):
            placed = place(asked.view, "MX-01", r, part=part, p0=asked.p0, p1=asked.p1)
            unit = (part, r["child_id"], placed)
            children.setdefault(unit, asked.count(r, part=part, key="", placed=placed))
    return [*rows, *children.values()]


def _returns(asked: Asked) -> list:
    """Rows as MX-02: ended in P, kind in rhi_kinds, a blank kind being missing."""
    return [
        r
        for r in asked.view.rows("missing_episodes")
        if asked.in_period(r["ended_at"]) and _kind(r) in asked["rhi_kinds"]
    ]


@oracle("MX-02")
def interview_offered(data, p0, p1, as_at, parameters):
    """is_rhi_offered = true; blank is unknown_in."""
    asked = Asked("MX-02", data, p0, p1, as_at, parameters)
    return [
        asked.unknown_in(r) if r["is_rhi_offered"] is None else asked.judged(r, r["is_rhi_offered"])
        for r in _returns(asked)
    ]


@oracle("MX-03")
def interview_in_72_hours(data, p0, p1, as_at, parameters):
    """Completed within 72 hours of return, or within 3 days where either has no time."""
    asked = Asked("MX-03", data, p0, p1, as_at, parameters)
    kept = {
        "all_returns": lambda r: True,
        "accepted": lambda r: r["is_rhi_accepted"] is True,
        "completed": lambda r: r["rhi_completed_at"] is not None,
    }[asked["rhi_denominator"]]
    rows = []
    for r in _returns(asked):
        if kept(r):
            start, stop = r["ended_at"], r["rhi_completed_at"]
            rows.append(
                asked.timed(r, _interview_status(asked, start, stop), start=start, stop=stop, unit="days")
            )
    return rows


def _interview_status(asked: Asked, ended: Moment, completed: Moment | None) -> str:
    limit = timedelta(hours=asked["rhi_hours"])
    if completed is not None:
        if is_negative(ended, completed):
            return "unknown"
        if ended.is_timed and completed.is_timed:
            return "in_time" if completed.instant - ended.instant <= limit else "late"
        return "in_time" if timedelta(days=days(ended, completed)) <= limit else "late"
    if not ended.is_timed:
        return "overdue" if timedelta(days=days(ended, asked.rd)) > limit else "not_due"
    end_of_rd = datetime.combine(add_days(asked.rd, 1), time(0), tzinfo=LONDON).astimezone(UTC)
    return "overdue" if ended.instant + limit < end_of_rd else "not_due"


@oracle("MX-04")
def interview_completed(data, p0, p1, as_at, parameters):
    """Completed of offered (headline), offered of all returns, accepted of offered."""
    asked = Asked("MX-04", data, p0, p1, as_at, parameters)
    rows = []
    for r in _returns(asked):
        is_completed = r["rhi_completed_at"] is not None
        is_offered = r["is_rhi_offered"] is True or is_completed
        is_accepted = r["is_rhi_accepted"] is True or is_completed
        rows.append(asked.judged(r, is_offered, part="offered"))
        if is_offered:
            rows += [asked.judged(r, is_completed), asked.judged(r, is_accepted, part="accepted")]
    return rows


@oracle("MX-05")
def repeatedly_missing(data, p0, p1, as_at, parameters):
    """Children missing in P with three or more episodes in the 90 days to RD; placed by the latest in P."""
    asked = Asked("MX-05", data, p0, p1, as_at, parameters)
    episodes: dict[str, list] = {}
    for r in asked.view.rows("missing_episodes"):
        if _kind(r) == "missing":
            episodes.setdefault(r["child_id"], []).append(r)
    first = add_days(asked.rd, -asked["repeat_missing_days"])
    rows = []
    for own in episodes.values():
        in_period = [r for r in own if asked.in_period(r["started_at"])]
        if in_period:
            recent = [r for r in own if first < on(r["started_at"]) <= asked.rd]
            is_repeat = len(recent) >= asked["repeat_missing_n"]
            rows.append(asked.judged(latest(in_period, "started_at"), is_repeat, key=""))
    return rows


@oracle("MX-06")
def exploitation_assessed(data, p0, p1, as_at, parameters):
    """Flagged at RD; latest assessment within 90 days (30 if high) and a plan; new flags are not due."""
    asked = Asked("MX-06", data, p0, p1, as_at, parameters)
    view = asked.view
    rows = []
    for child in sorted({r["child_id"] for r in view.rows("exploitation_records")}):
        own = view.rows_of("exploitation_records", child)
        flags = [r for r in own if r["kind"] in ("flag_opened", "flag_closed")]
        last = max(flags, key=lambda r: (r["done_on"], r["kind"] == "flag_closed"), default=None)
        if last is None or last["kind"] == "flag_closed":
            continue
        opened = latest([r for r in flags if r["kind"] == "flag_opened"], "done_on")
        assessed = latest([r for r in own if r["kind"] == "assessment"], "done_on")
        clock = {"start": assessed and assessed["done_on"], "stop": asked.rd, "unit": "days", "key": ""}
        if assessed is None:
            if days(opened["done_on"], asked.rd) <= asked["exploitation_first_days"]:
                rows.append(asked.left_out(opened, "not_due", **clock))
            else:
                rows.append(asked.judged(opened, False, **clock))
            continue
        is_high = assessed["risk_level"] == "high"
        limit = asked["exploitation_days_high"] if is_high else asked["exploitation_days"]
        is_current = days(assessed["done_on"], asked.rd) <= limit
        has_plan = assessed["has_plan"] is True or not view.supplies("exploitation_records", "has_plan")
        rows.append(asked.judged(opened, is_current and has_plan, **clock))
    return rows


@partial("MX-06")
def _without_plans(data, p0, p1, as_at, parameters):
    return not data.supplies("exploitation_records", "has_plan")


@oracle("MX-07")
def looked_after_missing(data, p0, p1, as_at, parameters):
    """Children looked after on any day of P; a missing episode on a day of P on which they were."""
    asked = Asked("MX-07", data, p0, p1, as_at, parameters)
    periods: dict[str, list] = {}
    for r in asked.view.rows("care_periods"):
        if _is_care(r) and _days_in(asked, r["started_on"], _day_before(r["ended_on"])):
            periods.setdefault(r["child_id"], []).append(r)
    rows = []
    for child, own in periods.items():
        away = [r for r in asked.view.rows_of("missing_episodes", child) if _kind(r) == "missing"]
        is_missing = any(_share_a_day(asked, period, episode) for period in own for episode in away)
        rows.append(asked.judged(latest(own), is_missing, key=""))
    return rows


def _day_before(ended):
    return None if ended is None else add_days(ended, -1)


def _days_in(asked: Asked, first, last) -> tuple | None:
    """First and last day in P of a span of days, both included; None where there is none."""
    first, last = max(first, asked.p0), min(last or asked.p1, asked.p1)
    return (first, last) if first <= last else None


def _share_a_day(asked: Asked, period, episode) -> bool:
    care = _days_in(asked, period["started_on"], _day_before(period["ended_on"]))
    ended = on(episode["ended_at"])
    if ended is not None and ended < on(episode["started_at"]):
        return False
    away = _days_in(asked, on(episode["started_at"]), ended)  # the day of return is a day missing
    return bool(care and away and care[0] <= away[1] and away[0] <= care[1])


@oracle("MX-08")
def well_recorded(data, p0, p1, as_at, parameters):
    """Started in P; complete, in order, and no overlap with another episode of the child."""
    asked = Asked("MX-08", data, p0, p1, as_at, parameters)
    columns = ("reason", "is_rhi_offered", "is_rhi_accepted")
    is_supplied = all(data.supplies("missing_episodes", column) for column in columns)
    rows = []
    for r in asked.view.rows("missing_episodes"):
        if asked.in_period(r["started_at"]):
            others = [x for x in asked.view.rows_of("missing_episodes", r["child_id"]) if x.key != r.key]
            is_good = is_supplied and _is_complete(r) and not any(_overlap(r, x) for x in others)
            rows.append(asked.judged(r, is_good))
    return rows


def _is_complete(r) -> bool:
    if r["kind"] is None or r["reason"] is None:
        return False
    if r["ended_at"] is None:
        return True  # open episodes need no interview fields
    if is_negative(r["started_at"], r["ended_at"]) or r["is_rhi_offered"] is None:
        return False
    return r["is_rhi_offered"] is False or r["is_rhi_accepted"] is not None


def _instant(moment: Moment) -> datetime:
    """A date without time is 00:00."""
    midnight = datetime.combine(moment.date, time(0), tzinfo=LONDON).astimezone(UTC)
    return moment.instant or midnight


def _overlap(a, b) -> bool:
    """[started_at, ended_at), an open end being for ever; touching is no overlap, the same start is one."""
    for_ever = datetime.max.replace(tzinfo=UTC)
    (a0, a1), (b0, b1) = (
        (_instant(r["started_at"]), _instant(r["ended_at"]) if r["ended_at"] else for_ever) for r in (a, b)
    )
    return a0 == b0 or (a0 < b1 and b0 < a1)


@oracle("MX-09")
def risk_reduced(data, p0, p1, as_at, parameters):
    """Assessments in P with an earlier one; risk_level lower than the one before."""
    asked = Asked("MX-09", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("exploitation_records"):
        if r["kind"] != "assessment" or not asked.in_period(r["done_on"]):
            continue
        own = asked.view.rows_of("exploitation_records", r["child_id"])
        before = latest(
            [x for x in own if x["kind"] == "assessment" and x["done_on"] < r["done_on"]], "done_on"
        )
        if before is None:
            continue
        if r["risk_level"] is None or before["risk_level"] is None:
            rows.append(asked.left_out(r, "unknown"))
        else:
            is_lower = LEVELS.index(r["risk_level"]) < LEVELS.index(before["risk_level"])
            rows.append(asked.judged(r, is_lower))
    return rows
