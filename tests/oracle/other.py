"""Complaints and recording: QA-11 and DQ-04, the local extracts route of each rule."""

from tests.oracle.conventions import Asked, on, oracle, part_needs, partial, statistic

STAGE_LIMITS = {"1": 10, "2": 25, "3": 30}
STAGE_1_COMPLEX, STAGE_2_MOST = 20, 65
EVENTS = {
    "visits": "visited_at",
    "plan_meetings": "held_on",
    "management_oversights": "overseen_on",
    "conferences": "held_on",
    "strategy_discussions": "held_on",
    "missing_episodes": "started_at",
}
part_needs("QA-11", "upheld", ("complaints", "outcome"))


@oracle("QA-11")
def complaints(data, p0, p1, as_at, parameters):
    """Not withdrawn, due in P: answered in time; stage 2 at 65 working days; upheld of those decided."""
    asked = Asked("QA-11", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("complaints"):
        limit = STAGE_LIMITS[r["stage"]]
        if r["stage"] == "1" and r["is_complex"] is True:
            limit = STAGE_1_COMPLEX
        is_due = asked.in_period(asked.view.add_wd(r["received_on"], limit))
        if r["outcome"] == "withdrawn" or not is_due:
            continue
        rows.append(_answered(asked, r, limit))
        if r["stage"] == "2":
            rows.append(_answered(asked, r, STAGE_2_MOST, part="stage2_max"))
        if r["outcome"] is not None:
            rows.append(asked.judged(r, r["outcome"] in ("upheld", "partly_upheld"), part="upheld"))
    return rows


def _answered(asked: Asked, r, limit: int, part: str = ""):
    start, stop = r["received_on"], r["responded_on"]
    status = asked.timely(start, stop, lambda a, b: asked.view.wd(a, b) <= limit)
    return asked.timed(r, status, start=start, stop=stop, unit="wd", part=part)


@oracle("DQ-04")
def recorded_in_time(data, p0, p1, as_at, parameters):
    """Events in P with recorded_at: recorded within 5 working days (headline), and the median."""
    asked = Asked("DQ-04", data, p0, p1, as_at, parameters)
    rows = []
    for table, column in EVENTS.items():
        for r in asked.view.rows(table):
            start, stop = on(r[column]), on(r["recorded_at"])
            if not asked.in_period(start) or stop is None:
                continue
            clock = {"start": start, "stop": stop, "unit": "wd"}
            if stop < start:
                rows += [asked.left_out(r, "unknown", part=part, **clock) for part in ("", "median")]
                continue
            is_within = asked.view.wd(start, stop) <= asked["recording_wd"]
            rows.append(asked.judged(r, is_within, **clock))
            rows.append(asked.measured(r, part="median", **clock))
    return rows


@partial("DQ-04")
def _tables_left_out(data, p0, p1, as_at, parameters):
    return not all(data.supplies(table, "recorded_at") for table in EVENTS)


@statistic("DQ-04", "median")
def _median(rows):
    """The lower of two middle values."""
    values = sorted(row["working_days"] for row in rows)
    return values[(len(values) - 1) // 2] if values else None
