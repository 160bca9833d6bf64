"""CP-12 to CP-23: child protection plans, conferences and strategy discussions, and what they show."""

from tests.oracle.conventions import (
    Asked,
    Record,
    Row,
    add_months,
    age,
    cpp,
    days,
    is_age_unknown,
    is_unborn,
    on,
    oracle,
    part_needs,
    school_age,
)

CP_KINDS = ("initial", "transfer_in", "review")


@oracle("CP-12")
def cp_12(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-12", data, p0, p1, as_at, parameters)
    plans = asked.view.rows("cp_plans")
    has_history = data.supplies("cp_plans", "previous_plan_count") or any(r["started_on"] < p0 for r in plans)
    months = {"24m": -24, "12m": -12}.get(asked["previous_window"])
    found = []
    for r in plans:
        if not asked.in_period(r["started_on"]):
            continue
        earlier = [
            e for e in asked.view.rows_of("cp_plans", r["child_id"]) if e["started_on"] < r["started_on"]
        ]
        if not has_history:
            found.append(asked.left_out(r, "unknown", reason="no count of earlier plans and no history"))
        elif months is None:
            found.append(asked.judged(r, max(r["previous_plan_count"] or 0, len(earlier)) > 0))
        else:
            floor = add_months(r["started_on"], months)
            found.append(asked.judged(r, any(e["ended_on"] and e["ended_on"] >= floor for e in earlier)))
    return found


def _ended(asked: Asked) -> list[Record]:
    return [r for r in asked.view.rows("cp_plans") if asked.in_period(r["ended_on"])]


@oracle("CP-13")
def cp_13(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-13", data, p0, p1, as_at, parameters)
    limit, found = asked["cp_2yr_days"], []
    for r in _ended(asked):
        start, end = r["started_on"], r["ended_on"]
        length = days(start, end)
        bins = {
            "": length >= limit,
            "up_to_m3": end <= add_months(start, 3),
            "m3_to_m6": add_months(start, 3) < end <= add_months(start, 6),
            "m6_to_m12": add_months(start, 6) < end < add_months(start, 12),
            "m12_to_y2": end >= add_months(start, 12) and length < limit,
        }
        clock = {"start": start, "stop": end, "unit": "days"}
        for part, holds in bins.items():
            if length < 0:
                found.append(
                    asked.left_out(r, "unknown", part=part, reason="ended before it started", **clock)
                )
            else:
                found.append(asked.judged(r, holds, part=part, **clock))
    return found


@oracle("CP-14")
def cp_14(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-14", data, p0, p1, as_at, parameters)
    limits = {"": asked["cp_2yr_days"], "m15": 457, "m18": 548}
    return [
        asked.judged(
            plan,
            days(plan["started_on"], asked.rd) >= limit,
            part=part,
            start=plan["started_on"],
            stop=asked.rd,
            unit="days",
        )
        for plan in cpp(asked.view).values()
        for part, limit in limits.items()
    ]


@oracle("CP-15")
def cp_15(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-15", data, p0, p1, as_at, parameters)
    return [asked.count(plan) for plan in cpp(asked.view).values()]


@oracle("CP-16")
def cp_16(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-16", data, p0, p1, as_at, parameters)
    found = []
    for r in asked.view.rows("cp_plans"):
        starts, ends = asked.in_period(r["started_on"]), asked.in_period(r["ended_on"])
        if starts:
            found.append(asked.count(r))
        if ends:
            found.append(asked.count(r, part="ends"))
        if starts or ends:
            found.append(asked.count(r, part="net", numerator=int(starts) - int(ends)))
    return found


def _conferences(asked: Asked) -> list[Record]:
    """Conferences of kind initial, transfer_in or review held in P."""
    return [
        r for r in asked.view.rows("conferences") if r["kind"] in CP_KINDS and asked.in_period(r["held_on"])
    ]


part_needs("CP-17", "letters", ("conferences", "decisions_sent_on"))


@oracle("CP-17")
def cp_17(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-17", data, p0, p1, as_at, parameters)
    sent = {
        "": ("minutes_sent_on", asked["cp_minutes_limit_wd"]),
        "letters": ("decisions_sent_on", asked["cp_decisions_limit_wd"]),
    }
    found = []
    for r in _conferences(asked):
        for part, (column, limit) in sent.items():
            start, stop = r["held_on"], r[column]
            kept = asked.timely(start, stop, lambda a, b, limit=limit: asked.view.wd(a, b) <= limit)
            found.append(asked.timed(r, kept, part=part, start=start, stop=stop, unit="wd"))
    return found


@oracle("CP-18")
def cp_18(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-18", data, p0, p1, as_at, parameters)
    view, found = asked.view, []
    for child, plan in cpp(view).items():
        years, unknown_age = age(view, child), is_age_unknown(view, child)
        if is_unborn(view, child) or (not unknown_age and years < asked["seen_alone_min_age"]):
            continue  # outside
        visits = [
            v
            for v in view.rows_of("visits", child)
            if v["kind"] == "cp" and on(v["visited_at"]) >= plan["started_on"]
        ]
        if not visits:
            found.append(asked.left_out(plan, "excluded", reason="no visit under this plan"))
            continue
        last = max(on(v["visited_at"]) for v in visits)
        alone = [v["is_seen_alone"] for v in visits if on(v["visited_at"]) == last]
        if unknown_age:
            found.append(asked.left_out(plan, "unknown", start=last, reason="no date of birth"))
        elif True in alone:
            found.append(asked.judged(plan, True, start=last))
        elif None in alone:
            found.append(asked.unknown_in(plan, start=last, reason="is_seen_alone blank"))
        else:
            found.append(asked.judged(plan, False, start=last))
    return found


@oracle("CP-19")
def cp_19(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-19", data, p0, p1, as_at, parameters)
    found = []
    for r in _conferences(asked):
        quorate, agencies = r["is_quorate"], r["other_agency_count"]
        if quorate is not None:
            found.append(asked.judged(r, quorate))
        elif agencies is not None:
            found.append(asked.judged(r, agencies >= 2))
        else:
            found.append(asked.left_out(r, "unknown", reason="neither quorate nor agencies recorded"))
    return found


@oracle("CP-20")
def cp_20(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-20", data, p0, p1, as_at, parameters)
    view, found = asked.view, []
    for r in _conferences(asked):
        child, taken_part = r["child_id"], r["participation"]
        years, unknown_age = age(view, child, r["held_on"]), is_age_unknown(view, child)
        if is_unborn(view, child, r["held_on"]):
            continue  # outside
        if not unknown_age and years < asked["participation_min_age"]:
            continue  # outside
        if taken_part == "PN0":
            found.append(asked.left_out(r, "excluded", reason="PN0: under 4 at the time"))
        elif unknown_age:
            found.append(asked.left_out(r, "unknown", reason="no date of birth"))
        elif taken_part is None:
            found.append(asked.unknown_in(r, reason="participation blank"))
        else:
            found.append(asked.judged(r, taken_part in ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6")))
    return found


@oracle("CP-21")
def cp_21(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-21", data, p0, p1, as_at, parameters)
    plans = list(cpp(asked.view).values())

    def category(plan):
        return plan["latest_category"] or plan["initial_category"] or "not_recorded"

    found = [asked.count(plan) for plan in plans]
    for code in sorted({category(plan) for plan in plans}):
        found += [asked.judged(plan, category(plan) == code, part=code) for plan in plans]
    return found


CP_22_COMPONENTS = {
    "police": "has_police",
    "health": "has_health",
    "education": "has_education",
    "actions": "has_actions",
    "owners": "has_action_owners",
    "dates": "has_action_dates",
}

part_needs(
    "CP-22",
    "conference_checks",
    ("conferences", "child_id"),
    ("conferences", "kind", "initial"),
    ("conferences", "held_on"),
    ("conferences", "has_agency_checks"),
)


@oracle("CP-22")
def cp_22(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-22", data, p0, p1, as_at, parameters)
    found = []
    for r in asked.view.rows("strategy_discussions"):
        if not asked.in_period(r["held_on"]):
            continue
        # school_age is None where the age is unknown: education is then needed; false for the unborn
        needs_education = school_age(asked.view, r["child_id"], r["held_on"]) is not False
        needed = {p: c for p, c in CP_22_COMPONENTS.items() if p != "education" or needs_education}
        values = {part: r[column] for part, column in needed.items()}
        found.append(_all_true(asked, r, list(values.values()), ""))
        found += [_all_true(asked, r, [value], part) for part, value in values.items()]
    for r in asked.view.rows("conferences"):
        if r["kind"] == "initial" and asked.in_period(r["held_on"]):
            found.append(_all_true(asked, r, [r["has_agency_checks"]], "conference_checks"))
    return found


def _all_true(asked: Asked, r: Record, values: list, part: str) -> Row:
    """A blank among the values needed is unknown_in, also if another is false."""
    if None in values:
        return asked.unknown_in(r, part=part, reason="a needed value is blank")
    return asked.judged(r, all(values), part=part)


@oracle("CP-23")
def cp_23(data, p0, p1, as_at, parameters) -> list[Row]:
    asked = Asked("CP-23", data, p0, p1, as_at, parameters)
    found = []
    for r in _ended(asked):
        start, end = r["started_on"], r["ended_on"]
        clock = {"start": start, "stop": end, "unit": "days"}
        if end < start:
            found.append(asked.left_out(r, "unknown", reason="ended before it started", **clock))
        else:
            found.append(asked.judged(r, end <= add_months(start, 3), **clock))
    return found
