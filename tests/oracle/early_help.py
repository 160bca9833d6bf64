"""Early help, EH-01 to EH-07: the local extracts route of each rule."""

from tests.oracle.conventions import (
    Asked,
    add_days,
    add_months,
    countable_referrals,
    days,
    is_open,
    is_placeholder_text,
    oracle,
)

CRITERIA = (
    "has_crime_asb",
    "has_school_absence",
    "has_child_needing_help",
    "has_worklessness",
    "has_domestic_abuse",
    "has_health_problem",
)


def _early_help(asked: Asked) -> list:
    return [r for r in asked.view.rows("early_help_episodes") if r["service"] == "early_help"]


def _open(asked: Asked) -> list:
    return [r for r in _early_help(asked) if is_open(r, asked.rd)]


@oracle("EH-01")
def assessments_started(data, p0, p1, as_at, parameters):
    """assessment_started_on in P (headline), assessment_completed_on in P (part completed)."""
    asked = Asked("EH-01", data, p0, p1, as_at, parameters)
    columns = {"": "assessment_started_on", "completed": "assessment_completed_on"}
    return [
        asked.count(r, part=part)
        for part, column in columns.items()
        for r in _early_help(asked)
        if asked.in_period(r[column])
    ]


@oracle("EH-02")
def assessment_in_time(data, p0, p1, as_at, parameters):
    """Completed in P; 0 <= wd(assessment_started_on, assessment_completed_on) <= 45."""
    asked = Asked("EH-02", data, p0, p1, as_at, parameters)

    def within(start, stop):
        return asked.view.wd(start, stop) <= asked["eha_limit_wd"]

    rows = []
    for r in _early_help(asked):
        start, stop = r["assessment_started_on"], r["assessment_completed_on"]
        status = asked.timely(start, stop, within)
        is_overdue = asked.basis == "due" and stop is None and status == "overdue"
        if asked.in_period(stop) or is_overdue:
            rows.append(asked.timed(r, status, start=start, stop=stop, unit="wd"))
    return rows


@oracle("EH-03")
def lead_professional(data, p0, p1, as_at, parameters):
    """Open at RD; lead_professional is not blank and holds no placeholder word."""
    asked = Asked("EH-03", data, p0, p1, as_at, parameters)
    rows = []
    for r in _open(asked):
        name = r["lead_professional"]
        rows.append(asked.judged(r, name is not None and not is_placeholder_text(name, asked.parameters)))
    return rows


@oracle("EH-04")
def eligible_families(data, p0, p1, as_at, parameters):
    """Families with an open row; two or more of the six criteria true on any of the family's open rows."""
    asked = Asked("EH-04", data, p0, p1, as_at, parameters)
    families: dict[tuple, list] = {}
    for r in _open(asked):
        family = asked.view.child(r["child_id"])["family_id"]
        unit = (family, None) if family is not None else (None, r["child_id"])
        families.setdefault(unit, []).append(r)
    rows = []
    for (family, child), own in families.items():
        latest = max(own, key=lambda r: (r["started_on"], r["episode_id"], r["child_id"]))
        true = [c for c in CRITERIA if any(r[c] is True for r in own)]
        is_blank = all(r[c] is None for r in own for c in CRITERIA)
        if is_blank:
            row = asked.left_out(latest, "unknown", key=family or "")
        else:
            row = asked.judged(latest, len(true) >= asked["criteria_min"], key=family or "")
        rows.append({**row, "child_id": child})  # blank for a family; a child without one is its own unit
    return rows


@oracle("EH-05")
def steps(data, p0, p1, as_at, parameters):
    """(a) step-up: early help ended in P; (b) step-down: referrals closed in P; linked within 30 days."""
    asked = Asked("EH-05", data, p0, p1, as_at, parameters)
    rows = []
    for r in _early_help(asked):
        if asked.in_period(r["ended_on"]):
            starts = [x["received_on"] for x in asked.view.rows_of("referrals", r["child_id"])]
            rows.append(_step(asked, r, r["ended_on"], starts, r["end_reason"] == "step_up", ""))
    for r in asked.view.rows("referrals"):
        if asked.in_period(r["closed_on"]) and r["is_nfa"] is not True:
            starts = [x["started_on"] for x in _early_help(asked) if x["child_id"] == r["child_id"]]
            is_step = r["close_reason"] in ("RC7", "RC8", "RC9", None)
            rows.append(_step(asked, r, r["closed_on"], starts, is_step, "step_down"))
            if r["close_reason"] == "RC9":
                rows.append(_step(asked, r, r["closed_on"], starts, True, "step_down_rc9"))
    return rows


def _step(asked, record, ended, starts, is_step, part):
    is_linked = any(0 <= days(ended, start) <= asked["link_days"] for start in starts)
    if not is_linked and asked.rd <= add_days(ended, asked["link_days"]):
        return asked.left_out(record, "not_due", part=part)
    return asked.judged(record, is_step and is_linked, part=part)


@oracle("EH-06")
def needs_met_at_end(data, p0, p1, as_at, parameters):
    """Ended in P; end_reason needs_met; blank is unknown."""
    asked = Asked("EH-06", data, p0, p1, as_at, parameters)
    rows = []
    for r in _early_help(asked):
        if asked.in_period(r["ended_on"]):
            if r["end_reason"] is None:
                rows.append(asked.left_out(r, "unknown"))
            else:
                rows.append(asked.judged(r, r["end_reason"] == "needs_met"))
    return rows


@oracle("EH-07")
def referred_again(data, p0, p1, as_at, parameters):
    """Ended in (RD - 24 months, RD - 12 months]; a countable referral within 12 months after the end."""
    asked = Asked("EH-07", data, p0, p1, as_at, parameters)
    first, last = add_months(asked.rd, -24), add_months(asked.rd, -12)
    referrals = countable_referrals(asked.view)
    rows = []
    for r in _early_help(asked):
        ended = r["ended_on"]
        if ended is not None and first < ended <= last:
            is_referred = any(
                x["child_id"] == r["child_id"] and ended < x["received_on"] <= add_months(ended, 12)
                for x in referrals
            )
            rows.append(asked.judged(r, is_referred))
    return rows
