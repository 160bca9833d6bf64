"""School and childcare: EH-08, LAC-22 and LAC-26, by their words.

The native tables that they read are recorded in the service and delivered by no council. A row without a
day counts in every period.
"""

from datetime import date

from tests.oracle.conventions import Asked, is_age_unknown, lac, oracle, school_age


@oracle("EH-08")
def take_up(data, p0, p1, as_at, parameters):
    """The terms counted in P: those taking it up over those eligible; not entered: left out."""
    asked = Asked("EH-08", data, p0, p1, as_at, parameters)
    rows = []
    for r in asked.view.rows("childcare_takeup"):
        if r["counted_on"] is not None and not asked.in_period(r["counted_on"]):
            continue
        taking, eligible = r["taking_up_count"], r["eligible_count"]
        if taking is None or eligible is None:
            rows.append(asked.left_out(r, "excluded"))
        else:
            rows.append(asked.judged(r, taking > 0, numerator=taking, denominator=eligible))
    return rows


@oracle("LAC-22")
def school_moves(data, p0, p1, as_at, parameters):
    """lac(RD): moved in the school year to RD, not in August or September and not before care began."""
    asked = Asked("LAC-22", data, p0, p1, as_at, parameters)
    year = asked.rd.year if asked.rd.month >= 9 else asked.rd.year - 1
    # A later move says all the same that the child has a school.
    matched = {r["child_id"] for r in data.view(as_at, parameters).rows("school_moves")}
    rows = []
    for child, period in lac(asked.view, asked.rd).items():
        moves = [
            r["moved_on"]
            for r in asked.view.rows_of("school_moves", child)
            if r["moved_on"] is not None
            and r["moved_on"] >= max(date(year, 9, 1), period["started_on"])
            and r["moved_on"].month not in (8, 9)
        ]
        if child not in matched:
            rows.append(asked.left_out(None, "excluded", child=child))
        else:
            rows.append(asked.judged(None, bool(moves), child=child))
    return rows


def _sum(own: list, column: str) -> int | None:
    """The sum over the returns; None where one of them is blank."""
    entered = [r[column] for r in own]
    return None if None in entered else sum(entered)


@oracle("LAC-26")
def virtual_school(data, p0, p1, as_at, parameters):
    """lac(RD) of school age: sessions missed, a tenth of them or more, and suspensions."""
    asked = Asked("LAC-26", data, p0, p1, as_at, parameters)
    rows = []
    for child in lac(asked.view, asked.rd):
        is_unknown = is_age_unknown(asked.view, child)
        if not is_unknown and not school_age(asked.view, child, asked.rd):
            continue
        own = [
            r
            for r in asked.view.rows_of("virtual_school", child)
            if r["ended_on"] is None or asked.in_period(r["ended_on"])
        ]
        possible, missed, times = (
            _sum(own, c) for c in ("sessions_possible", "sessions_missed", "suspensions")
        )
        was_suspended = any(r["suspensions"] for r in own)
        for part in ("", "persistent_absence", "suspended"):
            where = {"child": child, "part": part}
            is_blank = None in (possible, missed)
            if part == "suspended":
                is_blank = times is None and not was_suspended
            if not own or (part != "suspended" and not is_blank and not possible):
                rows.append(asked.left_out(None, "excluded", **where))
            elif is_unknown or is_blank:
                rows.append(asked.left_out(None, "unknown", **where))
            elif part == "suspended":
                rows.append(asked.judged(None, was_suspended, **where))
            elif part:
                rows.append(asked.judged(None, missed * 10 >= possible, **where))
            else:
                rows.append(asked.judged(None, missed > 0, numerator=missed, denominator=possible, **where))
    return rows
