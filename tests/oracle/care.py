"""The oracle's rules for looked-after children: who they are, how they come and go, and their proceedings.

LAC-01, 03, 07, 18, 19, 21, 23, 29, 30 and 31 are here; health, placements and reviews have their own modules.
"""

from tests.oracle import care_reviews
from tests.oracle.conventions import (
    Asked,
    Record,
    Row,
    add_months,
    cin_child,
    cpp,
    days,
    is_negative,
    is_open,
    is_worker,
    lac,
    latest,
    means,
    oracle,
)

RESPITE = ("V3", "V4")


def care_rows(view) -> list[Record]:
    """The rows of care_periods that are not V3 or V4."""
    return [r for r in view.rows("care_periods") if r["legal_status"] not in RESPITE]


def by_child(records) -> dict[str, list[Record]]:
    """The rows of each child, children in text order."""
    grouped: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda r: r["child_id"]):
        grouped.setdefault(record["child_id"], []).append(record)
    return grouped


@oracle("LAC-01")
def number_looked_after(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children looked after at RD."""
    asked = Asked("LAC-01", data, p0, p1, as_at, parameters)
    return [asked.count(period, key="") for period in lac(asked.view).values()]


@oracle("LAC-03")
def starting_and_ceasing(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children who start in P, and children whose last end in P is not X1; one row each."""
    asked = Asked("LAC-03", data, p0, p1, as_at, parameters)
    started = by_child(r for r in care_rows(asked.view) if asked.in_period(r["started_on"]))
    ended = by_child(r for r in care_rows(asked.view) if asked.in_period(r["ended_on"]))
    found = [asked.count(latest(rows), key="") for rows in started.values()]
    for rows in ended.values():
        last = latest(rows, "ended_on")
        if last["end_reason"] != "X1":
            found.append(asked.count(last, key="", part="ceased"))
    return found


@oracle("LAC-07")
def care_plan(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children looked after over ten working days with a care plan under six months old."""
    asked = Asked("LAC-07", data, p0, p1, as_at, parameters)
    found = []
    for period in lac(asked.view).values():
        started, limit = period["started_on"], asked["care_plan_wd"]
        if asked.view.wd(started, asked.rd) <= limit:
            continue
        first = period["first_care_plan_on"]
        planned = period["latest_care_plan_on"] or first
        current = planned is not None and planned <= asked.rd <= add_months(planned, 6)
        in_time = first is not None and (first < started or asked.view.wd(started, first) <= limit)
        found.append(asked.judged(period, current, key=""))
        found.append(asked.judged(period, in_time, key="", part="first_in_time"))
    return found


@oracle("LAC-18")
def permanence_plan(data, p0, p1, as_at, parameters) -> list[Row]:
    """Periods with a permanence plan by the second review, or by four months if that comes first."""
    asked = Asked("LAC-18", data, p0, p1, as_at, parameters)
    found = []
    for period in care_rows(asked.view):
        limit = add_months(period["started_on"], 4)
        reviews = [
            d for d in care_reviews.reviews(asked, period["child_id"]) if period["started_on"] <= d <= limit
        ]
        due = reviews[1] if len(reviews) > 1 else limit
        if asked.in_period(due) and is_open(period, due):
            planned = period["permanence_plan_on"]
            found.append(asked.judged(period, planned is not None and planned <= due, due=due))
    return found


LEFT_CARE_BY = {
    "": ("E11", "E12"),
    "special_guardianship": ("E43", "E44", "E45", "E46", "E47", "E48"),
    "child_arrangements": ("E41",),
    "home_planned": ("E4A",),
    "home_unplanned": ("E4B",),
    "not_recorded": (None,),
}


@oracle("LAC-19")
def how_care_ended(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children whose last care period ended in P, not by X1, by the reason it ended."""
    asked = Asked("LAC-19", data, p0, p1, as_at, parameters)
    found = []
    for rows in by_child(asked.view.rows("care_periods")).values():
        last = latest(rows)
        if asked.in_period(last["ended_on"]) and last["end_reason"] != "X1":
            found += [
                asked.judged(last, last["end_reason"] in reasons, key="", part=part)
                for part, reasons in LEFT_CARE_BY.items()
            ]
    return found


@oracle("LAC-21")
def social_workers(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children with three or more social workers in twelve months."""
    asked = Asked("LAC-21", data, p0, p1, as_at, parameters)
    since, found = add_months(asked.rd, -12), []
    # LAC, to which CP and CIN may be added: a child who is in several counts once.
    groups = {"LAC": set(lac(asked.view)), "CP": set(cpp(asked.view)), "CIN": cin_child(asked.view)}
    for child in sorted(set().union(*(groups[name] for name in asked["worker_change_populations"]))):
        workers = {
            a["worker_id"]
            for a in asked.view.rows_of("allocations", child)
            if a["role"] == "social_worker"
            and a["started_on"] <= asked.rd
            and (a["ended_on"] is None or (a["ended_on"] > since and a["ended_on"] >= a["started_on"]))
            and is_worker(asked.view, a["worker_id"])
        }
        found.append(asked.judged(None, len(workers) >= 3, child=child, key=""))
    return found


@oracle("LAC-23")
def unaccompanied(data, p0, p1, as_at, parameters) -> list[Row]:
    """Unaccompanied asylum-seeking children among those looked after."""
    asked = Asked("LAC-23", data, p0, p1, as_at, parameters)
    return [
        asked.unknown_in(period, key="")
        if period["is_uasc"] is None
        else asked.judged(period, period["is_uasc"], key="")
        for period in lac(asked.view).values()
    ]


@oracle("LAC-29")
def returning(data, p0, p1, as_at, parameters) -> list[Row]:
    """Periods begun in P by a child another of whose periods ended in the twelve months before."""
    asked = Asked("LAC-29", data, p0, p1, as_at, parameters)
    found = []
    for period in care_rows(asked.view):
        started = period["started_on"]
        if asked.in_period(started):
            back = any(
                other["ended_on"] is not None and add_months(started, -12) <= other["ended_on"] <= started
                for other in asked.view.rows_of("care_periods", period["child_id"])
                if other is not period
            )
            found.append(asked.judged(period, back))
    return found


means("LAC-30", "mean_weeks", divisor=7)


@oracle("LAC-30")
def proceedings(data, p0, p1, as_at, parameters) -> list[Row]:
    """Care proceedings concluded in P within 26 weeks; open ones past it are listed."""
    asked = Asked("LAC-30", data, p0, p1, as_at, parameters)
    found = []
    for case in _judged_proceedings(asked):
        started, ended = case["started_on"], case["ended_on"]
        clock = {"start": started, "stop": ended, "unit": "days"}
        if ended is None:
            found.append(asked.timed(case, "overdue", **clock))
        else:
            status = asked.timely(started, ended, lambda a, b: days(a, b) <= asked["court_limit_days"])
            found.append(asked.timed(case, status, **clock))
            found.append(_duration(asked, case, status, clock))
    return found


def _judged_proceedings(asked: Asked) -> list[Record]:
    """Proceedings that ended in P, and open ones past the limit, which are listed.

    court_level=case: one row per proceeding_id. The population is rows that ended in P, so that a child
    for whom the case is still open does not hide one for whom it ended; then the lowest child_id.
    """
    rows = [r for r in asked.view.rows("legal_proceedings") if r["kind"] == "care_proceedings"]
    ended = [r for r in rows if asked.in_period(r["ended_on"])]
    over = [
        r
        for r in rows
        if r["ended_on"] is None and days(r["started_on"], asked.rd) > asked["court_limit_days"]
    ]
    if asked["court_level"] == "child":
        return ended + over
    cases: dict[str, Record] = {}
    for group in (ended, over):
        for r in sorted(group, key=lambda r: r["child_id"]):
            cases.setdefault(r["proceeding_id"], r)
    return list(cases.values())


def _duration(asked: Asked, case: Record, status: str, clock: dict) -> Row:
    """The row of mean_weeks: its days are its numerator."""
    part = "mean_weeks"
    if is_negative(case["started_on"], case["ended_on"]):
        return asked.left_out(case, "unknown", part=part, **clock)
    lasted = days(case["started_on"], case["ended_on"])
    return asked.row(
        case,
        part=part,
        status=status,
        counted=True,
        in_numerator=True,
        numerator=lasted,
        denominator=1,
        **clock,
    )


@oracle("LAC-31")
def pre_proceedings(data, p0, p1, as_at, parameters) -> list[Row]:
    """Pre-proceedings open at RD for more than sixteen weeks."""
    asked = Asked("LAC-31", data, p0, p1, as_at, parameters)
    return [
        asked.judged(
            case,
            days(case["started_on"], asked.rd) > asked["plo_days"],
            start=case["started_on"],
            stop=asked.rd,
            unit="days",
        )
        for case in asked.view.rows("legal_proceedings")
        if case["kind"] == "pre_proceedings" and is_open(case, asked.rd)
    ]
