"""Supervision and oversight, SO-01 to SO-05 and SO-08: the local extracts route of each rule."""

from tests.oracle.conventions import (
    NOT_KNOWN,
    Asked,
    cpp,
    days,
    denominator,
    earliest,
    is_worker,
    lac,
    latest,
    on,
    open_case,
    open_date,
    open_episode,
    oracle,
    part_needs,
    partial,
    place,
)
from tests.oracle.workforce import by_worker, open_posts
from tests.oracle.workforce_caseloads import children_held, is_on_long_leave

OVERSIGHT = ("oversight", "case_supervision", "assessment_checkpoint")
# What counts as activity on a case, and the files among them that are optional.
ACTIVITY = (
    ("visits", "visited_at"),
    ("management_oversights", "overseen_on"),
    ("plan_meetings", "held_on"),
    ("conferences", "held_on"),
    ("strategy_discussions", "held_on"),
    ("assessments", "started_on"),
    ("assessments", "authorised_on"),
    ("health_checks", "done_on"),
    ("peps", "held_on"),
    ("pathway_plans", "done_on"),
)
OPTIONAL_ACTIVITY = (
    "plan_meetings",
    "conferences",
    "strategy_discussions",
    "health_checks",
    "peps",
    "pathway_plans",
)


@oracle("SO-01")
def oversight(data, p0, p1, as_at, parameters):
    """Open cases overseen since they opened, in the last 56 days; newer cases without one are not due."""
    asked = Asked("SO-01", data, p0, p1, as_at, parameters)
    rows = []
    for child in sorted(open_case(asked.view)):
        opened = open_date(asked.view, child)
        overseen = [
            r["overseen_on"]
            for r in asked.view.rows_of("management_oversights", child)
            if r["kind"] in OVERSIGHT and opened <= r["overseen_on"] <= asked.rd
        ]
        start = max(overseen, default=None)
        clock = {"child": child, "start": start, "stop": asked.rd, "unit": "days"}
        if start is not None:
            rows.append(asked.judged(None, days(start, asked.rd) <= asked["oversight_days"], **clock))
        elif days(opened, asked.rd) > asked["oversight_days"] or asked["oversight_include_new"]:
            rows.append(asked.judged(None, False, **clock))
        else:
            rows.append(asked.left_out(None, "not_due", **clock))
    return rows


def _in_post_since(asked: Asked, worker: str, own):
    """Earliest start of the unbroken run of the worker's posts rows, back from the open rows."""
    start = min(r["started_on"] for r in own)
    rows = [r for r in asked.view.rows("posts") if r["worker_id"] == worker and r["ended_on"] is not None]
    while True:
        before = [r["started_on"] for r in rows if r["started_on"] < start <= r["ended_on"]]
        if not before:
            return start
        start = min(before)


@oracle("SO-02")
def supervised(data, p0, p1, as_at, parameters):
    """Workers holding a child, in post and not on long leave: a one-to-one in the last 31 days."""
    asked = Asked("SO-02", data, p0, p1, as_at, parameters)
    posts = by_worker(open_posts(asked))
    rows = []
    for worker in children_held(asked):
        own = posts.get(worker, [])
        if not is_worker(asked.view, worker) or not own or is_on_long_leave(asked, own):
            continue
        held = [
            r["held_on"]
            for r in asked.view.rows("supervisions")
            if r["worker_id"] == worker and r["kind"] == "one_to_one"
        ]
        start = max(held, default=None)
        clock = {"key": worker, "start": start, "stop": asked.rd, "unit": "days"}
        if days(_in_post_since(asked, worker, own), asked.rd) <= asked["supervision_days"]:
            rows.append(asked.left_out(latest(own), "not_due", **clock))
        else:
            is_within = start is not None and days(start, asked.rd) <= asked["supervision_days"]
            rows.append(asked.judged(latest(own), is_within, **clock))
    return rows


@oracle("SO-03")
def actions_followed(data, p0, p1, as_at, parameters):
    """(a) reviewed in the next one-to-one, which falls in P; (b) due in P and completed by then."""
    asked = Asked("SO-03", data, p0, p1, as_at, parameters)
    sessions = {r["supervision_id"]: r for r in asked.view.rows("supervisions")}
    rows = []
    for r in asked.view.rows("supervision_actions"):
        session = sessions.get(r["supervision_id"])
        if session is not None:
            following = earliest(
                [
                    s
                    for s in sessions.values()
                    if s["worker_id"] == session["worker_id"]
                    and s["kind"] == "one_to_one"
                    and s["held_on"] > session["held_on"]
                ],
                "held_on",
            )
            if following is None:
                rows.append(asked.left_out(r, "not_due", placed=_placed(asked, session, asked.rd)))
            elif asked.in_period(following["held_on"]):
                is_reviewed = r["reviewed_in_supervision_id"] == following["supervision_id"]
                placed = _placed(asked, session, following["held_on"])
                rows.append(asked.judged(r, is_reviewed, placed=placed))
        rows += _due(asked, r, session)
    return rows


def _due(asked: Asked, r, session) -> list:
    if not asked.in_period(r["due_on"]):
        return []
    more = {"part": "completed_by_due", "placed": _placed(asked, session, r["due_on"])}
    if r["completed_on"] is not None:
        return [asked.judged(r, r["completed_on"] <= r["due_on"], **more)]
    if r["due_on"] < asked.rd:
        return [asked.judged(r, False, **more)]
    return [asked.left_out(r, "not_due", **more)]


def _placed(asked: Asked, session, d) -> tuple[str, str]:
    """The team of the supervised worker's posts row open on D; not known where there is no session."""
    if session is None:
        return NOT_KNOWN, NOT_KNOWN
    worker = session["worker_id"]
    post = latest([p for p in open_posts(asked, d) if p["worker_id"] == worker])
    team = place(asked.view, "SO-03", post, due=d)[0] if post is not None else NOT_KNOWN
    return team, worker


@oracle("SO-04")
def drift(data, p0, p1, as_at, parameters):
    """Open cases whose latest activity, or opening, is more than 28 days before RD."""
    asked = Asked("SO-04", data, p0, p1, as_at, parameters)
    rows = []
    for child in sorted(open_case(asked.view)):
        dates = [open_date(asked.view, child)]
        dates += [on(r[c]) for t, c in ACTIVITY for r in asked.view.rows_of(t, child) if r[c] is not None]
        start = max(dates)
        is_over = days(start, asked.rd) > asked["inactivity_days"]
        rows.append(asked.judged(None, is_over, child=child, start=start, stop=asked.rd, unit="days"))
    return rows


@partial("SO-04")
def _activity_not_supplied(data, p0, p1, as_at, parameters):
    return not all(data.supplies(table) for table in OPTIONAL_ACTIVITY)


@oracle("SO-05")
def escalations(data, p0, p1, as_at, parameters):
    """Raised in P by an IRO or CP chair; resolved within 20 working days (headline); per 100 children."""
    asked = Asked("SO-05", data, p0, p1, as_at, parameters)

    def within(start, stop):
        return asked.view.wd(start, stop) <= asked["escalation_wd"]

    rows = []
    for r in asked.view.rows("escalations"):
        if asked.in_period(r["raised_on"]) and r["raised_by"] in ("iro", "cp_chair"):
            start, stop = r["raised_on"], r["resolved_on"]
            rows.append(asked.timed(r, asked.timely(start, stop, within), start=start, stop=stop, unit="wd"))
            rows.append(asked.count(r, part="rate"))
    return rows


@denominator("SO-05", "rate")
def _looked_after_or_on_a_plan(asked: Asked) -> int:
    return len(set(lac(asked.view, asked.p1)) | set(cpp(asked.view, asked.p1)))


part_needs(
    "SO-05",
    "rate",
    ("children", "born_on"),
    *(("care_periods", c) for c in ("child_id", "started_on", "ended_on", "legal_status")),
    *(("cp_plans", c) for c in ("child_id", "started_on", "ended_on")),
)


@oracle("SO-08")
def chronology(data, p0, p1, as_at, parameters):
    """Open cases whose open referral's chronology was updated in the last 183 days."""
    asked = Asked("SO-08", data, p0, p1, as_at, parameters)
    rows = []
    for child in sorted(open_case(asked.view)):
        episode = open_episode(asked.view, child)
        start = episode["chronology_updated_on"] if episode else None
        clock = {"child": child, "start": start, "stop": asked.rd, "unit": "days"}
        if start is not None:
            rows.append(asked.judged(None, days(start, asked.rd) <= asked["chronology_days"], **clock))
        elif days(open_date(asked.view, child), asked.rd) <= asked["chronology_days"]:
            rows.append(asked.left_out(None, "not_due", **clock))
        else:
            rows.append(asked.judged(None, False, **clock))
    return rows
