"""The oracle's rules for children in need: CIN-01 to CIN-09 and CIN-11 (CIN-10 is native only)."""

from tests.oracle.conventions import (
    Asked,
    Record,
    Row,
    add_days,
    add_months,
    care_leaver,
    cin_child,
    countable_referrals,
    cpp,
    days,
    is_open,
    lac,
    on,
    open_episode,
    open_rows,
    oracle,
    partial,
    past_assessment,
    status_on,
)

VISITS_THAT_COUNT = ("cin", "cp", "assessment", "looked_after", "other")
MEETINGS_THAT_COUNT = ("cin_meeting", "cin_review")


def open_episodes(asked: Asked) -> list[Record]:
    """The open episode of each child who has a referral open at RD with is_nfa not true."""
    children = sorted({r["child_id"] for r in asked.view.rows("referrals")})
    episodes = [open_episode(asked.view, child) for child in children]
    return [episode for episode in episodes if episode is not None]


def open_plans(asked: Asked) -> list[Record]:
    """CIN-03's population: the latest open plan of each child neither looked after nor on a CP plan."""
    elsewhere = {*lac(asked.view), *cpp(asked.view)}
    plans = open_rows(asked.view, "cin_plans")
    return [plans[child] for child in sorted(plans) if child not in elsewhere]


@oracle("CIN-01")
def number_in_need(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children with an open episode."""
    asked = Asked("CIN-01", data, p0, p1, as_at, parameters)
    return [asked.count(episode, key="") for episode in open_episodes(asked)]


@oracle("CIN-02")
def with_a_plan(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children in need past assessment with an open plan."""
    asked = Asked("CIN-02", data, p0, p1, as_at, parameters)
    plans, found = open_rows(asked.view, "cin_plans"), []
    for child in sorted(cin_child(asked.view)):
        if past_assessment(asked.view, child):
            found.append(asked.judged(None, child in plans, child=child))
        else:
            found.append(asked.left_out(None, "not_due", child=child))
    return found


@oracle("CIN-03")
def reviewed(data, p0, p1, as_at, parameters) -> list[Row]:
    """Open plans reviewed, or begun, within six months."""
    asked = Asked("CIN-03", data, p0, p1, as_at, parameters)
    months, found = asked["cin_review_months"], []
    for plan in open_plans(asked):
        reviews = [
            m["held_on"]
            for m in asked.view.rows_of("plan_meetings", plan["child_id"])
            if m["kind"] == "cin_review" and plan["started_on"] <= m["held_on"] <= asked.rd
        ]
        anchor = max(reviews, default=plan["started_on"])
        clock = {"key": "", "start": anchor, "stop": asked.rd, "unit": "days"}
        young = not reviews and asked.rd < add_months(plan["started_on"], months)
        if young and not asked["cin_review_include_not_due"]:
            found.append(asked.left_out(plan, "not_due", **clock))
        else:
            found.append(asked.judged(plan, asked.rd <= add_months(anchor, months), **clock))
    return found


@oracle("CIN-04")
def visited(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children on an open plan seen within 28 days."""
    asked = Asked("CIN-04", data, p0, p1, as_at, parameters)
    limit, found = asked["cin_visit_interval_days"], []
    all_seen = not asked.view.supplies("visits", "is_seen")
    for plan in open_plans(asked):
        seen = [
            on(v["visited_at"])
            for v in asked.view.rows_of("visits", plan["child_id"])
            if v["kind"] in VISITS_THAT_COUNT and (all_seen or v["is_seen"] is True)
        ]
        last = max(seen, default=None)
        clock = {"key": "", "start": last, "stop": asked.rd, "unit": "days"}
        if last is None and days(plan["started_on"], asked.rd) <= limit:
            found.append(asked.left_out(plan, "not_due", **clock))
        else:
            in_time = last is not None and days(last, asked.rd) <= limit
            found.append(asked.judged(plan, in_time, **clock))
    return found


def lasted(start, stop) -> dict[str, bool]:
    """The bins of CIN-05 and CIN-07: which of them the time from start to stop falls in."""
    m3, m6, m12, m24 = (add_months(start, n) for n in (3, 6, 12, 24))
    return {
        "up_to_m3": stop <= m3,
        "m3_to_m6": m3 < stop <= m6,
        "m6_to_m12": m6 < stop < m12,
        "m12_to_m24": m12 <= stop < m24,
        "m24": stop >= m24,
    }


@oracle("CIN-05")
def open_by_duration(data, p0, p1, as_at, parameters) -> list[Row]:
    """Open episodes by how long they have been open."""
    asked = Asked("CIN-05", data, p0, p1, as_at, parameters)
    found = []
    for episode in open_episodes(asked):
        received = episode["received_on"]
        parts = {
            "": asked.rd >= add_months(received, 6),
            "m12": asked.rd >= add_months(received, 12),
            **lasted(received, asked.rd),
        }
        clock = {"key": "", "start": received, "stop": asked.rd, "unit": "days"}
        found += [asked.judged(episode, holds, part=part, **clock) for part, holds in parts.items()]
    return found


@oracle("CIN-06")
def meetings_in_time(data, p0, p1, as_at, parameters) -> list[Row]:
    """Each meeting due inside a plan: 10 working days from its start, then 42 days after each meeting."""
    asked = Asked("CIN-06", data, p0, p1, as_at, parameters)
    return [row for plan in asked.view.rows("cin_plans") for row in _meetings_due(asked, plan)]


def _meetings_due(asked: Asked, plan: Record) -> list[Row]:
    child, found = plan["child_id"], []
    last_day = plan["ended_on"] or asked.rd
    meetings = sorted(
        {
            m["held_on"]
            for m in asked.view.rows_of("plan_meetings", child)
            if m["kind"] in MEETINGS_THAT_COUNT and plan["started_on"] <= m["held_on"] <= last_day
        }
    )
    for k, anchor in enumerate([plan["started_on"], *meetings]):
        if k == 0:
            due, unit = asked.view.add_wd(anchor, asked["cin_meeting_first_wd"]), "wd"
        else:
            due, unit = add_days(anchor, asked["cin_meeting_interval_days"]), "days"
        if not (asked.in_period(due) and is_open(plan, due)):
            continue
        if child in lac(asked.view, due) or child in cpp(asked.view, due):
            continue
        held = meetings[k] if k < len(meetings) else None
        if held is None:
            status = "overdue" if asked.rd > due else "not_due"
        else:
            status = "in_time" if held <= due else "late"
        key = f"{plan.key}|{due}"
        found.append(asked.timed(plan, status, key=key, due=due, start=anchor, stop=held, unit=unit))
    return found


@oracle("CIN-07")
def closures(data, p0, p1, as_at, parameters) -> list[Row]:
    """Episodes closed in P: all, by reason and by how long they were open."""
    asked = Asked("CIN-07", data, p0, p1, as_at, parameters)
    closed = [
        r for r in asked.view.rows("referrals") if asked.in_period(r["closed_on"]) and r["is_nfa"] is not True
    ]
    found = [asked.count(r) for r in closed]
    reasons = sorted({r["close_reason"] or "not_recorded" for r in closed})
    for r in closed:
        parts = {reason: reason == (r["close_reason"] or "not_recorded") for reason in reasons}
        parts |= lasted(r["received_on"], r["closed_on"])
        found += [asked.judged(r, holds, part=part) for part, holds in parts.items()]
    return found


STEPS = {"": ("cin", "cp"), "cin_to_lac": ("cin", "looked_after")} | {
    "cp_to_cin": ("cp", "cin"),
    "lac_to_cin": ("looked_after", "cin"),
}


@oracle("CIN-08")
def steps(data, p0, p1, as_at, parameters) -> list[Row]:
    """Children by status at P0, and the first other status they have in (P0, P1]."""
    asked = Asked("CIN-08", data, p0, p1, as_at, parameters)
    tables = ("referrals", "cin_plans", "cp_plans", "care_periods")
    found = []
    for child in sorted({r["child_id"] for table in tables for r in asked.view.rows(table)}):
        first = status_on(asked.view, child, p0)
        if first not in ("cin", "cp", "looked_after"):
            continue
        later = (status_on(asked.view, child, add_days(p0, n)) for n in range(1, days(p0, asked.p1) + 1))
        changed_to = next((status for status in later if status != first), None)
        for part, (start, end) in STEPS.items():
            if first == start:
                found.append(asked.judged(None, changed_to == end, child=child, part=part))
    return found


def _plan_types_left_out(data) -> set[str]:
    """CIN-09: the types whose file or column was not supplied."""
    left_out = set()
    if not data.supplies("care_periods", "first_care_plan_on"):
        left_out.add("looked_after")
    if not (
        all(
            data.supplies("care_leaver_statuses", column)
            for column in ("child_id", "recorded_on", "is_service_open", "eligibility")
        )
        and all(data.supplies("pathway_plans", column) for column in ("child_id", "kind", "done_on"))
    ):
        left_out.add("care_leaver")
    return left_out


@partial("CIN-09")
def plans_partial(data, p0, p1, as_at, parameters) -> bool:
    """Partial where a type of plan is left out."""
    return bool(_plan_types_left_out(data))


@oracle("CIN-09")
def without_a_plan(data, p0, p1, as_at, parameters) -> list[Row]:
    """Open children with no plan of the type that matches them first."""
    asked = Asked("CIN-09", data, p0, p1, as_at, parameters)
    left_out = _plan_types_left_out(data)
    children = {*lac(asked.view), *cpp(asked.view), *care_leaver(asked.view), *cin_child(asked.view)}
    found = []
    for child in sorted(children):
        kind = _plan_type(asked, child)
        if kind == "not_due":
            found.append(asked.left_out(None, "not_due", child=child))
        elif kind is not None and kind not in left_out:
            found.append(asked.judged(None, not _has_plan(asked, child, kind), child=child))
    return found


def _plan_type(asked: Asked, child: str) -> str | None:
    """The first match, not_due where there is none yet, or None where the child is outside."""
    view = asked.view
    period, leaver = lac(view).get(child), care_leaver(view).get(child)
    if period and view.wd(period["started_on"], asked.rd) > asked["care_plan_wd"]:
        return "looked_after"
    if child in cpp(view):
        return "cp"
    if leaver and leaver["eligibility"] in ("relevant", "former_relevant"):
        return "care_leaver"
    if child in cin_child(view):
        return "cin" if past_assessment(view, child) else "not_due"
    return "not_due" if period else None


def _has_plan(asked: Asked, child: str, kind: str) -> bool:
    view = asked.view
    if kind == "looked_after":
        planned = lac(view)[child]["first_care_plan_on"]
        return planned is not None and planned <= asked.rd
    if kind == "care_leaver":
        return any(p["kind"] in ("plan", "review") for p in view.rows_of("pathway_plans", child))
    return kind == "cp" or child in open_rows(view, "cin_plans")


@oracle("CIN-11")
def reopened(data, p0, p1, as_at, parameters) -> list[Row]:
    """Episodes closed in the year to twelve months before RD, and those referred again within a year."""
    asked = Asked("CIN-11", data, p0, p1, as_at, parameters)
    after, until = add_months(asked.rd, -24), add_months(asked.rd, -12)
    again = countable_referrals(asked.view)
    found = []
    for r in asked.view.rows("referrals"):
        closed = r["closed_on"]
        if closed is None or not after < closed <= until:
            continue
        returns = any(
            n["child_id"] == r["child_id"] and closed < n["received_on"] <= add_months(closed, 12)
            for n in again
        )
        found.append(asked.judged(r, returns))
    return found
