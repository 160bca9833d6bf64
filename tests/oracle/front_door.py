"""FD-01 to FD-14: contacts, referrals and what followed, read from the rules word for word."""

from datetime import timedelta

from tests.oracle.conventions import (
    Asked,
    Row,
    add_days,
    add_months,
    age,
    care_leaver,
    countable_referrals,
    is_age_unknown,
    is_open,
    is_worker,
    latest,
    on,
    open_case,
    oracle,
    partial,
    referrals_sorted,
)
from tests.oracle.days import Moment


@oracle("FD-01")
def fd_01(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-01", data, p0, p1, as_at, parameters)
    return [
        asked.count(r, reason="received in the period")
        for r in asked.view.rows("contacts")
        if asked.in_period(r["received_at"])
    ]


@oracle("FD-02")
def fd_02(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-02", data, p0, p1, as_at, parameters)
    by_hours = asked["contact_clock"] == "hours"
    found = []
    for r in asked.view.rows("contacts"):
        if not asked.in_period(r["received_at"]):
            continue
        received, decided = r["received_at"], r["decided_at"]
        status = asked.timely(
            received, decided, lambda a, b: asked.view.wd(on(a), on(b)) <= asked["contact_decision_wd"]
        )
        if by_hours:
            status = _status_by_hours(asked, received, decided)
        unit = "days" if by_hours else "wd"
        found.append(asked.timed(r, status, start=on(received), stop=on(decided), unit=unit))
    return found


def _status_by_hours(asked: Asked, received: Moment, decided: Moment | None) -> str:
    if not received.is_timed or (decided is not None and not decided.is_timed):
        return "unknown"
    next_day = add_days(asked.rd, 1)
    end = Moment(next_day, 0, 0).instant if decided is None else decided.instant
    limit = timedelta(hours=24)
    if decided is None:
        return "not_due" if end - received.instant <= limit else "overdue"
    if end < received.instant:
        return "unknown"
    return "in_time" if end - received.instant <= limit else "late"


@oracle("FD-03")
def fd_03(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-03", data, p0, p1, as_at, parameters)
    found = []
    for r in asked.view.rows("contacts"):
        if not asked.in_period(r["decided_at"]):
            continue
        received = on(r["received_at"])
        followed = any(
            e["received_on"] >= received and asked.view.wd(received, e["received_on"]) <= 1
            for e in asked.view.rows_of("referrals", r["child_id"])
        )
        if r["outcome"] is not None:
            found.append(asked.judged(r, r["outcome"] == "referral"))
        elif followed:
            found.append(asked.judged(r, True, reason="no outcome, but a referral within one working day"))
        else:
            found.append(asked.left_out(r, "unknown", reason="no outcome and no referral"))
    return found


@oracle("FD-04")
def fd_04(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-04", data, p0, p1, as_at, parameters)
    found = []
    for r in asked.view.rows("contacts"):
        if r["decided_at"] is None:
            received = on(r["received_at"])
            over = asked.view.wd(received, asked.rd) > asked["contact_decision_wd"]
            found.append(asked.judged(r, over, start=received, stop=asked.rd, unit="wd"))
    return found


@oracle("FD-05")
def fd_05(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-05", data, p0, p1, as_at, parameters)
    contacts = [r for r in asked.view.rows("contacts") if asked.in_period(r["received_at"])]
    found = [asked.count(r) for r in contacts]

    def source(r):
        return r["source"] or "10"

    def outcome(r):
        if not data.supplies("contacts", "decided_at"):  # only the outcome can say what was decided
            return r["outcome"] or "undecided"
        return "undecided" if r["decided_at"] is None else r["outcome"] or "not_recorded"

    for s, o in sorted({(source(r), outcome(r)) for r in contacts}):
        found += [asked.judged(r, outcome(r) == o, part=f"{s}.{o}") for r in contacts if source(r) == s]
    return found


@partial("FD-06", "FD-07", "FD-08", "FD-09", "FD-10", "FD-12")
def partial_referrals(data, p0, p1, as_at, parameters) -> bool:
    return not (data.supplies("referrals", "closed_on") and data.supplies("referrals", "is_nfa"))


@oracle("FD-06")
def fd_06(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-06", data, p0, p1, as_at, parameters)
    countable, others = referrals_sorted(asked.view)
    found = [asked.count(r) for r in countable if asked.in_period(r["received_on"])]
    return found + [
        asked.left_out(r, "excluded", reason=reason)
        for r, reason in others
        if asked.in_period(r["received_on"])
    ]


def _countable_in_period(asked: Asked) -> list:
    return [r for r in countable_referrals(asked.view) if asked.in_period(r["received_on"])]


@oracle("FD-07")
def fd_07(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-07", data, p0, p1, as_at, parameters)
    countable, found = countable_referrals(asked.view), []
    starts = data.starts_on("referrals")
    for r in _countable_in_period(asked):
        d, floor = r["received_on"], add_months(r["received_on"], -12)
        before = [
            e["received_on"] for e in countable if e["child_id"] == r["child_id"] and e["received_on"] < d
        ]
        earlier = [e for e in before if e > floor or (e == floor and asked["window_inclusive"])]
        counted = r["previous_referrals_12m"]
        # the clock stops at the previous referral, be it in the window or not
        clock = {"start": d, "stop": max(before, default=None), "unit": "days"}
        if earlier:
            found.append(asked.judged(r, True, **clock))
        elif starts is not None and starts > floor:
            if counted is None:
                found.append(asked.left_out(r, "unknown", reason="history too short", **clock))
            else:
                found.append(asked.judged(r, counted > 0, **clock))
        else:
            found.append(asked.judged(r, False, **clock))
    return found


@oracle("FD-08")
def fd_08(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-08", data, p0, p1, as_at, parameters)
    return [
        asked.left_out(r, "unknown", reason="is_nfa blank")
        if r["is_nfa"] is None
        else asked.judged(r, r["is_nfa"] is True)
        for r in _countable_in_period(asked)
    ]


@oracle("FD-09")
def fd_09(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-09", data, p0, p1, as_at, parameters)
    found = []
    for r in _countable_in_period(asked):
        received, closed = r["received_on"], r["closed_on"]
        e = min((d for d in _services(asked, r["child_id"]) if d >= received), default=None)
        clock = {"start": received, "stop": e, "unit": "wd"}
        if asked.view.wd(received, asked.rd) < asked["maturity_wd"]:
            found.append(asked.left_out(r, "not_due", **clock))
            continue
        if e is None:
            within = False
        elif closed is not None:
            within = e <= closed
        else:
            within = asked.view.wd(received, e) <= asked["service_within_wd"]
        found.append(asked.judged(r, within and r["is_nfa"] is not True, **clock))
    return found


def _services(asked: Asked, child: str) -> list:
    """The dates on which an assessment, section 47 enquiry, plan or period of care of the child began."""
    view = asked.view
    dates = [
        r["started_on"]
        for table in ("assessments", "cin_plans", "cp_plans", "care_periods")
        for r in view.rows_of(table, child)
    ]
    return dates + [
        r["held_on"] for r in view.rows_of("strategy_discussions", child) if r["is_s47_initiated"] is True
    ]


@oracle("FD-10")
def fd_10(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-10", data, p0, p1, as_at, parameters)

    def within(a, b):
        return asked.view.wd(a, b) <= asked["contact_decision_wd"]

    return [
        asked.timed(
            r,
            asked.timely(r["received_on"], r["decided_on"], within),
            start=r["received_on"],
            stop=r["decided_on"],
            unit="wd",
        )
        for r in _countable_in_period(asked)
    ]


@oracle("FD-11")
def fd_11(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-11", data, p0, p1, as_at, parameters)
    found = []
    for r in asked.view.rows("contacts"):
        if not asked.in_period(r["received_at"]):
            continue
        child, received, decided = r["child_id"], on(r["received_at"]), on(r["decided_at"])
        years = age(asked.view, child, received)
        concern = r["has_exploitation_concern"] is True
        age_unknown = is_age_unknown(asked.view, child)
        if not (concern or age_unknown or (years is not None and years >= asked["screen_min_age"])):
            continue  # too young or unborn, and no concern: outside
        if decided is None:
            found.append(asked.left_out(r, "not_due", start=received))
            continue
        if age_unknown and not concern:
            found.append(asked.left_out(r, "unknown", start=received, reason="no date of birth, no concern"))
            continue
        screenings = [
            s["done_on"]
            for s in asked.view.rows_of("exploitation_records", child)
            if s["kind"] == "screening"
            and s["done_on"] <= decided
            and (s["contact_id"] == r["contact_id"] or (s["contact_id"] is None and received <= s["done_on"]))
        ]
        found.append(asked.judged(r, bool(screenings), start=received, stop=min(screenings, default=None)))
    return found


@oracle("FD-12")
def fd_12(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-12", data, p0, p1, as_at, parameters)
    found = []
    for r in _countable_in_period(asked):
        if r["is_nfa"] is not False:
            continue
        decided = r["decided_on"]
        if decided is None:
            found.append(asked.left_out(r, "not_due", reason="not yet decided"))
            continue
        starts = [
            a["started_on"]
            for a in asked.view.rows_of("allocations", r["child_id"])
            if a["role"] == "social_worker"
            and a["worker_id"] is not None
            and a["started_on"] >= r["received_on"]
        ]
        allocated = min(starts, default=None)
        # allocated before the decision counts as 0 working days
        stop = max(allocated, decided) if allocated else None
        status = asked.timely(decided, stop, lambda a, b: asked.view.wd(a, b) <= asked["allocation_wd"])
        row = asked.timed(r, status, start=decided, stop=allocated, unit="wd")
        found.append({**row, "working_days": max(row["working_days"], 0)})
    return found


@partial("FD-13")
def partial_fd_13(data, p0, p1, as_at, parameters) -> bool:
    return not data.supplies("care_leaver_statuses")


@oracle("FD-13")
def fd_13(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-13", data, p0, p1, as_at, parameters)
    view, found = asked.view, []
    leavers = care_leaver(view)
    for child in sorted(open_case(view) | set(leavers)):
        roles = ("social_worker", "personal_adviser") if child in leavers else ("social_worker",)
        held = any(
            is_open(a, asked.rd) and a["role"] in roles and is_worker(view, a["worker_id"])
            for a in view.rows_of("allocations", child)
        )
        found.append(asked.judged(None, not held, child=child))
    return found


@oracle("FD-14")
def fd_14(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("FD-14", data, p0, p1, as_at, parameters)
    view, found = asked.view, []
    for child in sorted({r["child_id"] for r in view.rows("contacts") if asked.in_period(r["received_at"])}):
        contacts = view.rows_of("contacts", child)
        year = [r for r in contacts if add_months(asked.rd, -12) < on(r["received_at"]) <= asked.rd]
        repeat = len(year) >= asked["repeat_contact_n"] and all(r["outcome"] != "referral" for r in year)
        newest = latest([r for r in contacts if asked.in_period(r["received_at"])], "received_at")
        found.append(asked.judged(newest, repeat, key=""))
    return found
