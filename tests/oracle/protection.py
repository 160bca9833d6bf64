"""CP-01 to CP-11: section 47 enquiries, initial conferences and plans kept to time.

CP-12 to CP-23 are in protection_plans.py.
"""

from tests.oracle.conventions import (
    Asked,
    Record,
    Row,
    View,
    add_days,
    add_months,
    cpp,
    days,
    on,
    oracle,
)


@oracle("CP-01")
def cp_01(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-01", data, p0, p1, as_at, parameters)
    return [asked.count(r) for r in section_47(asked.view) if asked.in_period(r["held_on"])]


def section_47(view: View) -> list[Record]:
    """Strategy discussions that initiated a section 47 enquiry."""
    return [r for r in view.rows("strategy_discussions") if r["is_s47_initiated"] is True]


@oracle("CP-02")
def cp_02(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-02", data, p0, p1, as_at, parameters)
    found = []
    for r in asked.view.rows("strategy_discussions"):
        if asked.in_period(r["held_on"]):
            status = asked.timely(
                r["concern_on"], r["held_on"], lambda a, b: asked.view.wd(a, b) <= asked["strategy_limit_wd"]
            )
            found.append(asked.timed(r, status, start=r["concern_on"], stop=r["held_on"], unit="wd"))
    return found


def enquiries_of_conferences(view: View, kinds=("initial",)) -> list[tuple[Record, Record | None]]:
    """Every initial conference with the section 47 discussion that starts its clock, or None.

    The conferences of a child are taken in order; one that names a section 47 discussion takes it, else
    it takes the latest on or before it that no conference earlier in the order has used.
    """
    pairs = []
    children: dict[str, list[Record]] = {}
    for conference in view.rows("conferences"):
        if conference["kind"] in kinds:
            children.setdefault(conference["child_id"], []).append(conference)
    for child, conferences in children.items():
        enquiries = [r for r in section_47(view) if r["child_id"] == child]
        used: set[str] = set()
        for conference in sorted(conferences, key=lambda c: (c["held_on"], c["conference_id"])):
            named = [
                e
                for e in enquiries
                if conference["strategy_discussion_id"] is not None
                and e["strategy_discussion_id"] == conference["strategy_discussion_id"]
            ]
            free = [
                e
                for e in enquiries
                if e["held_on"] <= conference["held_on"] and e["strategy_discussion_id"] not in used
            ]
            found = max(
                named or free, key=lambda e: (e["held_on"], e["strategy_discussion_id"]), default=None
            )
            if found is not None:
                used.add(found["strategy_discussion_id"])
            pairs.append((conference, found))
    return pairs


def linked_enquiries(view: View) -> set[tuple[str, str]]:
    """(child_id, strategy_discussion_id) of the enquiries that have a linked initial conference."""
    pairs = enquiries_of_conferences(view)
    return {(e["child_id"], e["strategy_discussion_id"]) for _, e in pairs if e is not None}


def waiting_enquiries(view: View) -> list[Record]:
    """The population of CP-05: section 47 rows without a linked conference, is_icpc_required not false."""
    linked = linked_enquiries(view)
    return [
        r
        for r in section_47(view)
        if (r["child_id"], r["strategy_discussion_id"]) not in linked and r["is_icpc_required"] is not False
    ]


CP_03_BANDS = {"d0_10": (0, 10), "d11_15": (11, 15), "d16_20": (16, 20), "d21_plus": (21, 10**6)}


@oracle("CP-03")
def cp_03(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-03", data, p0, p1, as_at, parameters)
    limit, found = asked["icpc_limit_wd"], []
    kinds = ("initial", "transfer_in") if asked["icpc_transfer_in"] == "include" else ("initial",)
    for conference, enquiry in enquiries_of_conferences(asked.view, kinds):
        if not asked.in_period(conference["held_on"]):
            continue
        start, stop = enquiry["held_on"] if enquiry else None, conference["held_on"]
        clock = {"start": start, "stop": stop, "unit": "wd"}
        if start is None or stop < start:
            found += [asked.unknown_in(conference, part=part, **clock) for part in ("", *CP_03_BANDS)]
            continue
        taken = asked.view.wd(start, stop)
        status = "in_time" if taken <= limit else "late"
        found.append(asked.timed(conference, status, **clock))
        for part, (low, high) in CP_03_BANDS.items():
            found.append(asked.judged(conference, low <= taken <= high, part=part, status=status, **clock))
    if asked.basis == "due":
        # The attribution names held_on of conferences, and no conference is held: like the CP-05 rows they
        # are, they are placed at RD. Their own held_on is a date of another table, the clock's start.
        for r in waiting_enquiries(asked.view):
            if asked.view.wd(r["held_on"], asked.rd) > limit:
                found.append(asked.timed(r, "overdue", start=r["held_on"], unit="wd", at=asked.rd))
    return found


@oracle("CP-04")
def cp_04(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-04", data, p0, p1, as_at, parameters)
    linked, found = linked_enquiries(asked.view), []
    for r in section_47(asked.view):
        if not asked.in_period(r["held_on"]):
            continue
        has_conference = (r["child_id"], r["strategy_discussion_id"]) in linked
        if has_conference or r["is_icpc_required"] is False:
            found.append(asked.judged(r, has_conference))
        else:
            found.append(asked.left_out(r, "excluded", reason="pending"))
    return found


@oracle("CP-05")
def cp_05(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-05", data, p0, p1, as_at, parameters)
    return [
        asked.judged(
            r,
            asked.view.wd(r["held_on"], asked.rd) > asked["icpc_limit_wd"],
            start=r["held_on"],
            stop=asked.rd,
            unit="wd",
        )
        for r in waiting_enquiries(asked.view)
    ]


@oracle("CP-06")
def cp_06(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-06", data, p0, p1, as_at, parameters)
    found = []
    for r in asked.view.rows("conferences"):
        if r["kind"] != "initial" or not asked.in_period(r["held_on"]):
            continue
        made = r["is_cp_plan_made"]
        started = any(p["started_on"] == r["held_on"] for p in asked.view.rows_of("cp_plans", r["child_id"]))
        if made is None and not started:
            found.append(asked.left_out(r, "unknown", reason="outcome blank and no plan starts that day"))
        else:
            found.append(asked.judged(r, made is True or (made is None and started)))
    return found


@oracle("CP-07")
def cp_07(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-07", data, p0, p1, as_at, parameters)
    limit, found = asked["core_group_first_wd"], []
    for r in asked.view.rows("cp_plans"):
        start, end = r["started_on"], r["ended_on"]
        if not asked.in_period(start):
            continue
        groups = [
            d for d in core_groups(asked.view, r["child_id"]) if d >= start and (end is None or d <= end)
        ]
        first = min(groups, default=None)
        clock = {"start": start, "stop": first, "unit": "wd"}
        if first is None and end is not None and asked.view.wd(start, end) <= limit:
            found.append(asked.timed(r, "excluded", reason="ended within the limit, no core group", **clock))
            continue
        status = asked.timely(start, first, lambda a, b: asked.view.wd(a, b) <= limit)
        found.append(asked.timed(r, status, **clock))
    return found


def core_groups(view: View, child: str) -> list:
    """The dates of the child's core groups."""
    return [m["held_on"] for m in view.rows_of("plan_meetings", child) if m["kind"] == "core_group"]


@oracle("CP-08")
def cp_08(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-08", data, p0, p1, as_at, parameters)
    found = []
    for child, plan in cpp(asked.view).items():
        groups = [d for d in core_groups(asked.view, child) if d >= plan["started_on"]]
        last = max(groups, default=None)
        clock = {"start": last, "stop": asked.rd, "unit": "days"}
        if asked.view.wd(plan["started_on"], asked.rd) <= asked["core_group_first_wd"]:
            found.append(asked.left_out(plan, "not_due", **clock))
        else:
            kept = last is not None and days(last, asked.rd) <= asked["core_group_interval_days"]
            found.append(asked.judged(plan, kept, **clock))
    return found


@oracle("CP-09")
def cp_09(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-09", data, p0, p1, as_at, parameters)
    limit, found = asked["cp_visit_interval_wd"], []
    must_be_seen = asked["require_seen"] and data.supplies("visits", "is_seen")
    for child, plan in cpp(asked.view).items():
        visits = [
            on(v["visited_at"])
            for v in asked.view.rows_of("visits", child)
            if v["kind"] == "cp"
            and on(v["visited_at"]) >= plan["started_on"]
            and (v["is_seen"] is True or not must_be_seen)
        ]
        last = max(visits, default=None)
        clock = {"start": last, "stop": asked.rd, "unit": "wd"}
        if last is None and asked.view.wd(plan["started_on"], asked.rd) <= limit:
            found.append(asked.left_out(plan, "not_due", **clock))
        else:
            found.append(
                asked.judged(plan, last is not None and asked.view.wd(last, asked.rd) <= limit, **clock)
            )
    return found


def reviews(view: View, plan: Record) -> list:
    """The dates of the review conferences after the plan's start, in order."""
    return sorted(
        c["held_on"]
        for c in view.rows_of("conferences", plan["child_id"])
        if c["kind"] == "review" and c["held_on"] > plan["started_on"]
    )


@oracle("CP-10")
def cp_10(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-10", data, p0, p1, as_at, parameters)
    by_days = asked["months_convention"] == "days_91_183"
    found = []

    def due_after(anchor, is_first: bool):
        if by_days:
            return add_days(anchor, 91 if is_first else 183)
        return add_months(anchor, 3 if is_first else 6)

    for plan in cpp(asked.view).values():
        if asked.rd <= add_months(plan["started_on"], 3):
            continue  # no review can be overdue yet: outside
        held = reviews(asked.view, plan)
        anchors, stops = [plan["started_on"], *held], [*held, asked.rd]
        intervals = [
            (stop, due_after(a, n == 0)) for n, (a, stop) in enumerate(zip(anchors, stops, strict=True))
        ]
        if asked["cp_review_look_back"] == "last_12m":
            intervals = [(stop, due) for stop, due in intervals if due > add_months(asked.rd, -12)]
        kept = all(stop <= due for stop, due in intervals)
        found.append(asked.judged(plan, kept, start=anchors[-1], stop=asked.rd, unit="days"))
    return found


@oracle("CP-11")
def cp_11(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-11", data, p0, p1, as_at, parameters)
    found = []
    for plan in cpp(asked.view).values():
        held = reviews(asked.view, plan)
        start = held[-1] if held else plan["started_on"]
        due = add_months(start, 6 if held else 3)
        clock = {"start": start, "stop": asked.rd, "unit": "days"}
        found.append(asked.judged(plan, due < asked.rd, **clock))
        soon = asked.rd <= due <= asked.view.add_wd(asked.rd, asked["review_due_soon_wd"])
        found.append(asked.judged(plan, soon, part="due_soon", **clock))
    return found
