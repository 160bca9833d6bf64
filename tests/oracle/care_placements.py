"""The oracle's rules for the placements of looked-after children: LAC-08 and LAC-14 to LAC-17."""

from tests.oracle.conventions import (
    Asked,
    Record,
    Row,
    add_days,
    add_months,
    age,
    days,
    is_age_unknown,
    is_unborn,
    lac,
    open_rows,
    oracle,
)

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")


def in_order(asked: Asked, child: str) -> list[Record]:
    """Every placement of the child in order of started_on, then placement_id."""
    return sorted(asked.view.rows_of("placements", child), key=lambda p: (p["started_on"], p["placement_id"]))


@oracle("LAC-08")
def placement_plans(data, p0, p1, as_at, parameters) -> list[Row]:
    """Placements begun in P whose plan was complete before, or within five working days."""
    asked = Asked("LAC-08", data, p0, p1, as_at, parameters)
    found = []
    for placement in asked.view.rows("placements"):
        started, planned = placement["started_on"], placement["placement_plan_on"]
        if asked.in_period(started) and placement["placement_type"] not in TEMPORARY:
            if planned is not None and planned <= started:
                status = "in_time"
            else:
                status = asked.timely(started, planned, lambda a, b: asked.view.wd(a, b) <= 5)
            found.append(asked.timed(placement, status, start=started, stop=planned, unit="wd"))
    return found


@oracle("LAC-14")
def three_placements(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children with three or more placements in the year to RD."""
    asked = Asked("LAC-14", data, p0, p1, as_at, parameters)
    found = []
    for child, period in lac(asked.view).items():
        if in_order(asked, child):
            number = countable_placements(asked, child)
        else:
            number = period["placements_12m"]
        if number is None:
            found.append(asked.left_out(period, "unknown", key=""))
        else:
            found.append(asked.judged(period, number >= 3, key=""))
    return found


def countable_placements(asked: Asked, child: str) -> int:
    """LAC-14: the placements of the child that count in the year to RD."""
    window, number, before = add_days(add_months(asked.rd, -12), 1), 0, None
    for placement in in_order(asked, child):
        started, ended = placement["started_on"], placement["ended_on"]
        kind = placement["placement_type"]
        same_carer = kind in ("A3", "A5") and before is not None and before["ended_on"] == started
        in_window = started <= asked.rd and (ended is None or ended > window)
        lasted_a_day = ended is None or days(started, ended) >= 1
        number += in_window and lasted_a_day and kind not in TEMPORARY and not same_carer
        before = placement
    return number


@oracle("LAC-15")
def same_placement(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children under 16 in care for two and a half years who have been two years in one placement."""
    asked = Asked("LAC-15", data, p0, p1, as_at, parameters)
    found = []
    for child, period in lac(asked.view).items():
        if asked.rd < add_months(period["started_on"], 30) or is_unborn(asked.view, child):
            continue
        is_unknown = is_age_unknown(asked.view, child)
        if not is_unknown and age(asked.view, child) >= 16:
            continue
        start = same_carer_since(asked, child)
        clock = {"key": "", "start": start, "stop": asked.rd, "unit": "days"}
        if is_unknown or start is None:
            found.append(asked.left_out(period, "unknown", **clock))
        else:
            found.append(asked.judged(period, asked.rd >= add_months(start, 24), **clock))
    return found


def same_carer_since(asked: Asked, child: str):
    """LAC-15's clock start: through temporary placements, then once through an adoption by the carer."""
    placement = open_rows(asked.view, "placements").get(child)
    if placement is None:
        return None
    order = in_order(asked, child)
    at = order.index(placement)
    while order[at]["placement_type"] in TEMPORARY:
        if at == 0:
            return None
        at -= 1
    started = order[at]["started_on"]
    if order[at]["placement_type"] in ("A3", "A4", "A5", "A6"):
        earlier = [p for p in order[:at] if p["ended_on"] == started]
        return earlier[-1]["started_on"] if earlier else started
    return started


@oracle("LAC-16")
def far_from_home(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children placed more than 20 miles from home and outside the authority."""
    asked = Asked("LAC-16", data, p0, p1, as_at, parameters)
    placements, found = open_rows(asked.view, "placements"), []
    for child, period in lac(asked.view).items():
        placement = placements.get(child) or {"distance_miles": None, "location": None}
        miles, location = placement["distance_miles"], placement["location"]
        if miles is None and location != "in":  # 'in' is outside the numerator whatever the distance
            found.append(asked.unknown_in(period, key=""))
        else:
            far = location == "out" and miles > 20
            found.append(asked.judged(period, far, key=""))
    return found


TYPE_GROUPS = {
    "kinship": ("U1", "U2", "U3"),
    "other_foster": ("U4", "U5", "U6"),
    "residential": ("K1", "K2"),
    "supported": ("H5", "K3"),
    "parents": ("P1",),
    "adoption": ("A3", "A4", "A5", "A6"),
}


@oracle("LAC-17")
def type_mix(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children looked after by the type of their open placement."""
    asked = Asked("LAC-17", data, p0, p1, as_at, parameters)
    placements, found = open_rows(asked.view, "placements"), []
    for child, period in lac(asked.view).items():
        placement = placements.get(child)
        group = "not_recorded"
        if placement is not None:
            kind = placement["placement_type"]
            group = next((name for name, codes in TYPE_GROUPS.items() if kind in codes), "other")
        found.append(asked.count(period, key=""))
        for part in [*TYPE_GROUPS, "other", "not_recorded"]:
            found.append(asked.judged(period, group == part, key="", part=part))
    return found
