"""Which children are open, looked after, on a plan or leaving care on a day: the shared groups.

Each function takes the view of the rule and a day d on or before the day of the view (default: that day).
"""

import re
from datetime import date

from tests.oracle import days as calendar
from tests.oracle.days import on
from tests.oracle.extracts import Record, View

# The columns of 'open at d' where they are not started_on and ended_on.
SPANS = {
    "referrals": ("received_on", "closed_on"),
    "assessments": ("started_on", "authorised_on"),
    "contacts": ("received_at", "decided_at"),
    "strategy_discussions": ("held_on", "s47_ended_on"),
    "missing_episodes": ("started_at", "ended_at"),
    "private_fostering_arrangements": ("notified_on", "ended_on"),
    "escalations": ("raised_on", "resolved_on"),
    "complaints": ("received_on", "responded_on"),
}


def is_open(record: Record, d: date) -> bool:
    """started <= d and (ended is null or ended > d); never where ended < started."""
    start, end = (on(record[c]) for c in SPANS.get(record.table, ("started_on", "ended_on")))
    if start is None or (end is not None and end < start):
        return False
    return start <= d and (end is None or end > d)


def latest(records, column: str = "started_on") -> Record | None:
    """The row with the latest date, then the highest key in text order."""
    return max(records, key=lambda r: (on(r[column]), r.key), default=None)


def earliest(records, column: str = "started_on") -> Record | None:
    """The row with the earliest date, then the lowest key in text order."""
    return min(records, key=lambda r: (on(r[column]), r.key), default=None)


def is_unborn(view: View, child_id: str, d: date | None = None) -> bool:
    """is_unborn true, or born_on after d."""
    child = view.child(child_id)
    born = child["born_on"]
    return child["is_unborn"] is True or (born is not None and born > (d or view.rd))


def is_age_unknown(view: View, child_id: str) -> bool:
    """born_on blank and is_unborn not true."""
    child = view.child(child_id)
    return child["born_on"] is None and child["is_unborn"] is not True


def age(view: View, child_id: str, d: date | None = None) -> int | None:
    """Completed years on d; None for an unborn child and where the age is unknown."""
    d, born = d or view.rd, view.child(child_id)["born_on"]
    return None if born is None or is_unborn(view, child_id, d) else calendar.completed_years(born, d)


def school_age(view: View, child_id: str, d: date) -> bool | None:
    """5 to 15 on the 31 August before the school year of d; None where the age is unknown."""
    if is_age_unknown(view, child_id):
        return None
    years = age(view, child_id, date(d.year - (d.month < 9), 8, 31))
    return years is not None and not is_unborn(view, child_id, d) and 5 <= years <= 15


def _by_child(records, column: str = "started_on") -> dict[str, Record]:
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(record["child_id"], []).append(record)
    return {child: latest(rows, column) for child, rows in grouped.items()}


def _remember(view: View, name: str, d: date | None, work):
    key = (name, d or view.rd)
    if key not in view.remembered:
        view.remembered[key] = work(d or view.rd)
    return view.remembered[key]


def lac(view: View, d: date | None = None) -> dict[str, Record]:
    """lac(d): child -> the qualifying open care period that lends its columns."""

    def work(d):
        return _by_child(
            r
            for r in view.rows("care_periods")
            if is_open(r, d)
            and r["legal_status"] not in ("V3", "V4")
            and _is_under(view, r["child_id"], 18, d)
        )

    return _remember(view, "lac", d, work)


def _is_under(view: View, child_id: str, limit: int, d: date) -> bool:
    years = age(view, child_id, d)  # an unborn child and an unknown age count as under
    return years is None or years < limit


def cpp(view: View, d: date | None = None) -> dict[str, Record]:
    """cpp(d): child -> the open child protection plan, one per child."""
    return _remember(view, "cpp", d, lambda d: _by_child(r for r in view.rows("cp_plans") if is_open(r, d)))


def open_rows(view: View, table: str, d: date | None = None) -> dict[str, Record]:
    """Child -> the latest open row of a table (latest started_on, then the highest key)."""
    start = SPANS.get(table, ("started_on",))[0]
    return _remember(
        view, "open " + table, d, lambda d: _by_child((r for r in view.rows(table) if is_open(r, d)), start)
    )


def status_rows(view: View, d: date | None = None) -> dict[str, Record]:
    """Young person -> the care_leaver_statuses row in force on d (the latest recorded)."""

    def work(d):
        return _by_child(
            (r for r in view.rows("care_leaver_statuses") if r["recorded_on"] <= d), "recorded_on"
        )

    return _remember(view, "status rows", d, work)


def care_leaver(view: View, d: date | None = None) -> dict[str, Record]:
    """care_leaver(d): young person -> the row in force, is_service_open true and not eligible."""
    return {
        child: row
        for child, row in status_rows(view, d).items()
        if row["is_service_open"] is True and row["eligibility"] != "eligible"
    }


def open_episode(view: View, child_id: str, d: date | None = None) -> Record | None:
    """The referral open on d with is_nfa not true; the earliest received_on, then the lowest referral_id."""
    d = d or view.rd
    rows = [r for r in view.rows_of("referrals", child_id) if is_open(r, d) and r["is_nfa"] is not True]
    return earliest(rows, "received_on")


def open_case(view: View, d: date | None = None) -> set[str]:
    """open_case(d): the children open to social care beyond a referral."""

    def work(d):
        cases = (
            set(open_rows(view, "cin_plans", d)) | set(cpp(view, d)) | set(open_rows(view, "care_periods", d))
        )
        for child in {r["child_id"] for r in view.rows("referrals")} - cases:
            episode = open_episode(view, child, d)
            if episode and (
                view.wd(episode["received_on"], d) > view.parameters["cin_plan_grace_wd"]
                or any(
                    episode["received_on"] <= a["started_on"] <= d for a in view.rows_of("assessments", child)
                )
            ):
                cases.add(child)
        return cases

    return _remember(view, "open_case", d, work)


def open_date(view: View, child_id: str, d: date | None = None) -> date | None:
    """received_on of the open episode, else the earliest start of the child's open plans and periods."""
    d = d or view.rd
    episode = open_episode(view, child_id, d)
    if episode:
        return episode["received_on"]
    tables = ("cin_plans", "cp_plans", "care_periods")
    starts = [r["started_on"] for t in tables for r in view.rows_of(t, child_id) if is_open(r, d)]
    return min(starts, default=None)


def cin_child(view: View, d: date | None = None) -> set[str]:
    """cin_child(d): in open_case, not looked after, not on a plan, not a care leaver."""
    return open_case(view, d) - set(lac(view, d)) - set(cpp(view, d)) - set(care_leaver(view, d))


def past_assessment(view: View, child_id: str, d: date | None = None) -> bool:
    """past_assessment(d) of a child who has an open_date."""
    d = d or view.rd
    opened = open_date(view, child_id, d)
    if opened is None:
        return False
    assessed = any(
        opened <= a["started_on"] <= d
        and a["authorised_on"] is not None
        and a["authorised_on"] <= d
        and a["is_services_required"] is True
        for a in view.rows_of("assessments", child_id)
    )
    planned = any(opened <= p["started_on"] <= d for p in view.rows_of("cin_plans", child_id))
    return assessed or planned or view.wd(opened, d) > view.parameters["cin_plan_grace_wd"]


def status_on(view: View, child_id: str, d: date | None = None) -> str:
    """status(d): looked_after, cp, cin, assessment, care_leaver or closed, the first that applies."""
    d = d or view.rd
    if child_id in lac(view, d):
        return "looked_after"
    if child_id in cpp(view, d):
        return "cp"
    if child_id in cin_child(view, d) and past_assessment(view, child_id, d):
        return "cin"
    if child_id in open_case(view, d):
        return "assessment"
    return "care_leaver" if child_id in care_leaver(view, d) else "closed"


def referrals_sorted(view: View) -> tuple[list[Record], list[tuple[Record, str]]]:
    """Countable referrals of every date (FD-06), and the others with the reason: same_day or already_open."""

    def work(_):
        can_be_open = view.supplies("referrals", "closed_on") and view.supplies("referrals", "is_nfa")
        kept, left = [], []
        days: dict[tuple[str, date], list[Record]] = {}
        for r in view.rows("referrals"):
            days.setdefault((r["child_id"], r["received_on"]), []).append(r)
        for (child, received), rows in sorted(days.items()):
            chosen = max(rows, key=lambda r: (r["is_nfa"] is not True, r["referral_id"]))
            left += [(r, "same_day") for r in rows if r is not chosen]
            if can_be_open and any(
                e["received_on"] < received
                and e["is_nfa"] is not True
                and (e["closed_on"] is None or e["closed_on"] > received)
                for e in view.rows_of("referrals", child)
            ):
                left.append((chosen, "already_open"))
            else:
                kept.append(chosen)
        return kept, left

    return _remember(view, "referrals", None, work)


def countable_referrals(view: View) -> list[Record]:
    """Countable referrals (FD-06) of every date in the view."""
    return referrals_sorted(view)[0]


def words(text: str | None) -> set[str]:
    """Runs of letters A to Z and digits, in lower case."""
    return set(re.findall(r"[a-z0-9]+", (text or "").lower()))


def is_placeholder_text(text: str | None, parameters: dict) -> bool:
    """True if one of the words of the text is in placeholder_names (lead_professional, EH-03)."""
    return bool(words(text) & {name.lower() for name in parameters["placeholder_names"]})


def is_placeholder(view: View, worker_id: str | None) -> bool:
    """True if a word of the worker_id, or of a worker_name of that worker in posts, means nobody."""
    if worker_id is None:
        return False
    names = [r["worker_name"] for r in view.rows("posts") if r["worker_id"] == worker_id]
    return any(is_placeholder_text(text, view.parameters) for text in [worker_id, *names])


def is_worker(view: View, worker_id: str | None) -> bool:
    """True if the id is set and is no placeholder."""
    return worker_id is not None and not is_placeholder(view, worker_id)


def allocation_on(view: View, child_id: str, role: str, d: date) -> Record | None:
    """The child's allocation with the role open on d; the latest started_on, then the highest id."""
    rows = [r for r in view.rows_of("allocations", child_id) if r["role"] == role and is_open(r, d)]
    return latest(rows)
