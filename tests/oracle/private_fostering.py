"""Private fostering, PF-01 to PF-04: the local extracts route of each rule."""

from tests.oracle.conventions import Asked, add_months, days, is_open, on, oracle

TABLE = "private_fostering_arrangements"


def _visits(asked: Asked, r) -> list:
    """Dates of counted visits since notified_on: kind private_fostering, is_seen not false."""
    return sorted(
        on(v["visited_at"])
        for v in asked.view.rows_of("visits", r["child_id"])
        if v["kind"] == "private_fostering"
        and v["is_seen"] is not False
        and on(v["visited_at"]) >= r["notified_on"]
    )


@oracle("PF-01")
def notifications(data, p0, p1, as_at, parameters):
    """Notified in P (headline); open at P1, read at RD = P1 (part open)."""
    asked = Asked("PF-01", data, p0, p1, as_at, parameters)
    rows = [asked.count(r) for r in asked.view.rows(TABLE) if asked.in_period(r["notified_on"])]
    at_p1 = data.view(asked.p1, asked.parameters)
    return rows + [asked.count(r, part="open") for r in at_p1.rows(TABLE) if is_open(r, asked.p1)]


@oracle("PF-02")
def first_visit(data, p0, p1, as_at, parameters):
    """Notified in P; first counted visit within 7 working days; ended that soon without a visit: outside."""
    asked = Asked("PF-02", data, p0, p1, as_at, parameters)

    def within(start, stop):
        return asked.view.wd(start, stop) <= asked["pf_visit_wd"]

    rows = []
    for r in asked.view.rows(TABLE):
        if not asked.in_period(r["notified_on"]):
            continue
        visits = _visits(asked, r)
        start, stop = r["notified_on"], visits[0] if visits else None
        if stop is None and r["ended_on"] is not None and within(start, r["ended_on"]):
            continue
        rows.append(asked.timed(r, asked.timely(start, stop, within), start=start, stop=stop, unit="wd"))
    return rows


@oracle("PF-03")
def visits_on_time(data, p0, p1, as_at, parameters):
    """Open at RD; days since the last counted visit or notification: 42 in the first year, then 84."""
    asked = Asked("PF-03", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows(TABLE):
        if is_open(r, asked.rd):
            start = [r["notified_on"], *_visits(asked, r)][-1]
            is_first_year = asked.rd < add_months(r["notified_on"], 12)
            limit = asked["pf_year1_days"] if is_first_year else asked["pf_later_days"]
            is_within = days(start, asked.rd) <= limit
            rows.append(asked.judged(r, is_within, start=start, stop=asked.rd, unit="days"))
    return rows


@oracle("PF-04")
def assessed_in_time(data, p0, p1, as_at, parameters):
    """Notified in P; 0 <= wd(notified_on, assessment_completed_on) <= 45."""
    asked = Asked("PF-04", data, p0, p1, as_at, parameters)

    def within(start, stop):
        return asked.view.wd(start, stop) <= asked["pf_assessment_wd"]

    rows = []
    for r in asked.view.rows(TABLE):
        if asked.in_period(r["notified_on"]):
            start, stop = r["notified_on"], r["assessment_completed_on"]
            rows.append(asked.timed(r, asked.timely(start, stop, within), start=start, stop=stop, unit="wd"))
    return rows
