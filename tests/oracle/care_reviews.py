"""The oracle's rules for looked-after children's reviews and visits: LAC-02, 04, 05, 06, 27 and 28."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.oracle.conventions import (
    Asked,
    Record,
    Row,
    add_days,
    add_months,
    age,
    cpp,
    is_age_unknown,
    is_open,
    is_unborn,
    lac,
    on,
    open_rows,
    oracle,
    part_needs,
)

RESPITE = ("V3", "V4")


def reviews(asked: Asked, child: str) -> list[date]:
    """The dates of the child's looked-after reviews in order; two on one date count once."""
    conferences = asked.view.rows_of("conferences", child)
    return sorted({c["held_on"] for c in conferences if c["kind"] == "looked_after_review"})


@dataclass(frozen=True)
class _Due:
    """A due date in a period of care or a placement: the clock starts at the anchor, an event stops it."""

    period: Record
    anchor: date
    on: date
    held: date | None
    unit: str

    def status(self, rd: date) -> str:
        """in_time or late by the review; overdue or not_due where there is none."""
        if self.held is None:
            return "overdue" if rd > self.on else "not_due"
        return "in_time" if self.held <= self.on else "late"

    def row(self, asked: Asked, key: str) -> Row:
        """The row, placed on the due date."""
        clock = {"start": self.anchor, "stop": self.held, "unit": self.unit}
        return asked.timed(self.period, self.status(asked.rd), key=key, due=self.on, **clock)


@oracle("LAC-02")
def reviews_in_time(data, p0, p1, as_at, parameters) -> list[Row]:
    """Each review due in P inside a period of care: 20 working days, then three months, then six."""
    asked = Asked("LAC-02", data, p0, p1, as_at, parameters)
    due = list(_reviews_due(asked))
    if asked["lac_review_level"] == "review":
        return [d.row(asked, f"{d.period.key}|{d.on}") for d in due]
    return _children_in_time(asked, due)


def _reviews_due(asked: Asked) -> Iterator[_Due]:
    for period in asked.view.rows("care_periods"):
        if period["legal_status"] in RESPITE:
            continue
        last_day = period["ended_on"] or asked.rd
        held = [d for d in reviews(asked, period["child_id"]) if period["started_on"] <= d <= last_day]
        for k, anchor in enumerate([period["started_on"], *held]):
            due = review_due(asked, anchor, k)
            if asked.in_period(due) and (period["ended_on"] is None or period["ended_on"] > due):
                yield _Due(period, anchor, due, held[k] if k < len(held) else None, "days" if k else "wd")


def _children_in_time(asked: Asked, due: list[_Due]) -> list[Row]:
    """lac_review_level=child: lac(RD) children for whom every D in P is in_time.

    RD of a measure of a period is the as-at date, whatever P is: a child who has left since is outside.
    One D decides for the child: one with no review (overdue), else one reviewed late, else one in time;
    the earliest of them. A D that is not yet due is not judged, unless the child has no other.
    """
    found = []
    for child, period in lac(asked.view).items():
        own = [d for d in due if d.period["child_id"] == child]
        if own:
            order = ("overdue", "late", "in_time", "not_due")
            deciding = min(own, key=lambda d: (order.index(d.status(asked.rd)), d.on, d.period.key))
            found.append(deciding.row(asked, ""))
        else:
            found.append(asked.left_out(period, "excluded", key="", reason="no review fell due in P"))
    return found


def review_due(asked: Asked, anchor: date, k: int) -> date:
    """When the next review is due after the k-th (0: the start of the period)."""
    if k == 0:
        return asked.view.add_wd(anchor, asked["first_review_wd"])
    if asked["months_convention"] == "days_91_183":
        return add_days(anchor, 91 if k == 1 else 183)
    return add_months(anchor, 3 if k == 1 else 6)


def visits(asked: Asked, child: str, since: date) -> list[date]:
    """The dates on or after `since` of the child's looked-after visits with is_seen not false."""
    return sorted(
        {
            on(v["visited_at"])
            for v in asked.view.rows_of("visits", child)
            if v["kind"] == "looked_after" and v["is_seen"] is not False and on(v["visited_at"]) >= since
        }
    )


def visit_due(asked: Asked, child: str, placement: Record | None, p0: date, last: date | None, at: date):
    """LAC-04's due date as it stands on the day `at`; `last` is the last visit since p0, if any."""
    first_days, usual_days = asked["lac_visit_first_days"], asked["lac_visit_days"]
    if last is None:
        return add_days(p0, first_days)
    rule = (placement and placement["visit_rule"]) or "standard"
    reviewed = any(p0 <= d <= at for d in reviews(asked, child))
    if rule == "reg19":
        return add_days(last, usual_days if reviewed else first_days)
    if rule == "reg24_or_ico_home":
        return add_days(last, 28 if reviewed else first_days)
    if rule == "standard" and placement and placement["is_long_term"] is True and at >= add_months(p0, 12):
        return add_months(last, asked["lac_long_term_visit_months"])
    return add_days(last, usual_days)


@oracle("LAC-04")
def visit_up_to_date(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children looked after for more than seven days whose next visit is not overdue."""
    asked = Asked("LAC-04", data, p0, p1, as_at, parameters)
    placements, found = open_rows(asked.view, "placements"), []
    for child, period in lac(asked.view).items():
        if asked.rd <= add_days(period["started_on"], asked["lac_visit_first_days"]):
            continue
        placement = placements.get(child)
        since = (placement or period)["started_on"]
        last = max(visits(asked, child, since), default=None)
        due = visit_due(asked, child, placement, since, last, asked.rd)
        clock = {"start": last or since, "stop": asked.rd, "unit": "days"}
        found.append(asked.judged(period, asked.rd <= due, key="", **clock))
    return found


@oracle("LAC-05")
def visits_in_time(data, p0, p1, as_at, parameters) -> list[Row]:
    """Each visit due in P inside a placement of a child then looked after."""
    asked = Asked("LAC-05", data, p0, p1, as_at, parameters)
    found = []
    for placement in asked.view.rows("placements"):
        child, since = placement["child_id"], placement["started_on"]
        made = visits(asked, child, since)
        for k, anchor in enumerate([since, *made]):
            due = visit_due(asked, child, placement, since, anchor if k else None, anchor)
            if asked.in_period(due) and is_open(placement, due) and child in lac(asked.view, due):
                stop = made[k] if k < len(made) else None
                found.append(_Due(placement, anchor, due, stop, "days").row(asked, f"{placement.key}|{due}"))
    return found


@oracle("LAC-06")
def took_part(data, p0, p1, as_at, parameters) -> list[Row]:
    """Reviews in P of children in care aged four or over, in which the child took part."""
    asked = Asked("LAC-06", data, p0, p1, as_at, parameters)
    found: dict[str, list[tuple[date, Row]]] = {}
    for review in asked.view.rows("conferences"):
        if review["kind"] != "looked_after_review" or not asked.in_period(review["held_on"]):
            continue
        row = _participation(asked, review) if _in_care_at(asked, review) else None
        if row:
            found.setdefault(review["child_id"], []).append((review["held_on"], row))
    if asked["lac_review_level"] == "review":
        return [row for own in found.values() for _, row in own]
    return [_child_took_part(own) for own in found.values()]


def _child_took_part(own: list[tuple[date, Row]]) -> Row:
    """lac_review_level=child: children all of whose reviews in P are in the numerator.

    One review decides for the child: one in which the child is known to have had no part, else one that
    does not say, else one in which it had; the earliest. What the rule leaves out decides only if the
    child has nothing else.
    """

    def order(dated: tuple[date, Row]):
        held, row = dated
        if row["counted"]:
            return 2 if row["in_numerator"] else int(row["status"] == "unknown"), held, row["key"]
        return 3 if row["status"] == "unknown" else 4, held, row["key"]

    return {**min(own, key=order)[1], "key": ""}


def _in_care_at(asked: Asked, review: Record) -> bool:
    held = review["held_on"]
    return any(
        p["legal_status"] not in RESPITE
        and p["started_on"] <= held
        and (p["ended_on"] is None or p["ended_on"] >= held)
        for p in asked.view.rows_of("care_periods", review["child_id"])
    )


def _participation(asked: Asked, review: Record) -> Row | None:
    child, code = review["child_id"], review["participation"]
    if is_unborn(asked.view, child, review["held_on"]):
        return None
    if is_age_unknown(asked.view, child):
        return asked.left_out(review, "excluded" if code == "PN0" else "unknown")
    if age(asked.view, child, review["held_on"]) < asked["participation_min_age"]:
        return None
    if code == "PN0":
        return asked.left_out(review, "excluded")
    if code is None:
        return asked.unknown_in(review)
    return asked.judged(review, code in ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6"))


part_needs("LAC-27", "cp", ("conferences", "kind", "review"))


@oracle("LAC-27")
def midpoint_checks(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children on a six-month cycle of reviews, past its middle, checked between reviews.

    The part `lac` repeats the headline, so its rows are not made here.
    """
    asked = Asked("LAC-27", data, p0, p1, as_at, parameters)
    found = []
    for child, period in lac(asked.view).items():
        held = [d for d in reviews(asked, child) if d >= period["started_on"]]
        if len(held) > 1:
            found.append(_midpoint(asked, period, held[-1], ""))
    for child, plan in cpp(asked.view).items():
        held = [
            c["held_on"]
            for c in asked.view.rows_of("conferences", child)
            if c["kind"] == "review" and plan["started_on"] < c["held_on"] <= asked.rd
        ]
        if held:
            found.append(_midpoint(asked, plan, max(held), "cp"))
    return found


def _midpoint(asked: Asked, record: Record, last: date, part: str) -> Row:
    checks = [
        o["overseen_on"]
        for o in asked.view.rows_of("management_oversights", record["child_id"])
        if o["kind"] == "iro_midpoint" and last < o["overseen_on"] < add_months(last, 6)
    ]
    checked = min(checks, default=None)
    row = {"key": "", "part": part, "start": last, "stop": checked, "unit": "days"}
    if asked.rd <= add_months(last, asked["midpoint_months"]):
        return asked.left_out(record, "not_due", **row)
    return asked.judged(record, checked is not None, **row)


@oracle("LAC-28")
def records_sent(data, p0, p1, as_at, parameters) -> list[Row]:
    """Records of the reviews held in P, sent within twenty working days."""
    asked = Asked("LAC-28", data, p0, p1, as_at, parameters)
    found = []
    for review in asked.view.rows("conferences"):
        if review["kind"] == "looked_after_review" and asked.in_period(review["held_on"]):
            held, sent = review["held_on"], review["minutes_sent_on"]
            status = asked.timely(held, sent, lambda a, b: asked.view.wd(a, b) <= 20)
            found.append(asked.timed(review, status, start=held, stop=sent, unit="wd"))
    return found
