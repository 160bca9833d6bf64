"""Workforce, caseloads, hiring and training: WF-05, WF-06, WF-09, WF-11 and WF-12."""

from tests.oracle.conventions import (
    NOT_KNOWN,
    Asked,
    add_days,
    add_months,
    days,
    is_open,
    is_worker,
    latest,
    means,
    oracle,
    part_needs,
    partial_part,
)
from tests.oracle.workforce import by_worker, open_posts, social_work_posts

STEPS = ("shortlisted", "offers", "starters")
means("WF-05", "")
means("WF-09", "time_to_hire")
part_needs("WF-09", "time_to_hire", ("posts", "campaign_id"), ("posts", "started_on"))


def children_held(asked: Asked, roles=("social_worker",)) -> dict[str | None, set[str]]:
    """worker_id -> distinct children in allocations open at RD with one of the roles."""
    held: dict[str | None, set[str]] = {}
    for r in asked.view.rows("allocations"):
        if r["role"] in roles and is_open(r, asked.rd):
            held.setdefault(r["worker_id"], set()).add(r["child_id"])
    return held


@oracle("WF-05")
def average_caseload(data, p0, p1, as_at, parameters):
    """Children held over fte, of workers in a permanent or agency social work post who hold a case."""
    asked = Asked("WF-05", data, p0, p1, as_at, parameters)
    posts = by_worker(open_posts(asked))
    rows = []
    for worker, children in children_held(asked, asked["caseload_roles"]).items():
        if not is_worker(asked.view, worker):
            continue
        if worker not in posts:
            rows.append(asked.left_out(None, "unknown", key=worker, placed=(NOT_KNOWN, worker)))
            continue
        own = [
            r
            for r in posts[worker]
            if r["is_social_worker"] is True and r["employment"] in ("permanent", "agency")
        ]
        fte = sum(r["fte"] for r in own)
        if fte > 0:
            rows.append(
                asked.row(
                    latest(own),
                    key=worker,
                    counted=True,
                    in_numerator=True,
                    numerator=len(children),
                    denominator=fte,
                    met=None,
                )
            )
    return rows


@oracle("WF-06")
def heavy_caseload(data, p0, p1, as_at, parameters):
    """Workers holding more than 25 children; where posts is supplied, only those in a social work post."""
    asked = Asked("WF-06", data, p0, p1, as_at, parameters)
    posts = by_worker(social_work_posts(asked))
    rows = []
    for worker, children in children_held(asked).items():
        if not is_worker(asked.view, worker):
            continue
        own = posts.get(worker, [])
        if data.supplies("posts") and not own:
            continue
        size = len(children)
        threshold = asked["caseload_threshold"]
        if asked["caseload_basis"] == "fte":
            threshold *= sum(r["fte"] for r in own)
        more = {} if own else {"placed": (NOT_KNOWN, worker)}
        rows.append(asked.judged(latest(own), size > threshold, key=worker, **more))
    return rows


@oracle("WF-09")
def recruitment(data, p0, p1, as_at, parameters):
    """Campaigns advertised in P: sums of each step; mean days from the advert to a start in P."""
    asked = Asked("WF-09", data, p0, p1, as_at, parameters)
    campaigns = {
        r["campaign_id"]: r
        for r in asked.view.rows("recruitment_campaigns")
        if asked.in_period(r["advertised_on"])
    }
    rows = []
    for part in ("", *STEPS):
        for r in campaigns.values():
            step = r[part or "applications"]
            if step is not None:
                rows.append(asked.count(r, part=part, numerator=step, met=None))
    for r in asked.view.rows("posts"):
        campaign = campaigns.get(r["campaign_id"])
        if campaign and asked.in_period(r["started_on"]):
            rows.append(
                asked.row(
                    r,
                    part="time_to_hire",
                    counted=True,
                    in_numerator=True,
                    numerator=days(campaign["advertised_on"], r["started_on"]),
                    denominator=1,
                    met=None,
                )
            )
    return rows


def _step_blank(step: str):
    def test(data, p0, p1, as_at, parameters):
        asked = Asked("WF-09", data, p0, p1, as_at, parameters)
        return any(
            r[step] is None
            for r in asked.view.rows("recruitment_campaigns")
            if asked.in_period(r["advertised_on"])
        )

    return test


for _step in STEPS:
    partial_part("WF-09", _step)(_step_blank(_step))


@oracle("WF-11")
def newly_qualified(data, p0, p1, as_at, parameters):
    """Workers in their ASYE (headline); of those, holding 15 children or fewer (protected_caseload)."""
    asked = Asked("WF-11", data, p0, p1, as_at, parameters)
    posts = [r for r in social_work_posts(asked) if r["employment"] in ("permanent", "agency")]
    held = children_held(asked)
    rows = []
    for worker, own in by_worker(posts).items():
        is_asye = any(r["is_asye"] is True for r in own)
        rows.append(asked.judged(latest(own), is_asye, key=worker))
        if is_asye:
            is_protected = len(held.get(worker, ())) <= asked["asye_caseload"]
            rows.append(asked.judged(latest(own), is_protected, key=worker, part="protected_caseload"))
    return rows


def _is_in_roles(r, roles) -> bool:
    if roles == "social_workers_and_managers":
        return r["is_social_worker"] is True or r["role"] in ("team_manager", "service_manager")
    return r["role"] in roles


def is_on_long_leave(asked: Asked, posts) -> bool:
    """On long leave at RD on any of these rows."""
    return any(
        r["long_leave_from_on"] is not None
        and r["long_leave_from_on"] <= asked.rd
        and (r["long_leave_to_on"] is None or r["long_leave_to_on"] > asked.rd)
        for r in posts
    )


@oracle("WF-12")
def mandatory_training(data, p0, p1, as_at, parameters):
    """Pairs of worker and course: a completion that is still valid at RD."""
    asked = Asked("WF-12", data, p0, p1, as_at, parameters)
    last_start = add_days(asked.rd, -asked["training_grace_days"])
    rows = []
    for course in asked["mandatory_courses"]:
        name, months = course["course"], course.get("validity_months")
        for worker, own in by_worker(open_posts(asked)).items():
            due = [r for r in own if _is_in_roles(r, course["roles"]) and r["started_on"] <= last_start]
            if not due or is_on_long_leave(asked, own):
                continue
            is_done = any(
                x["worker_id"] == worker
                and x["course"].lower() == name.lower()
                and (x["expires_on"] is None or x["expires_on"] > asked.rd)
                and (months is None or asked.rd <= add_months(x["completed_on"], months))
                for x in asked.view.rows("training_completions")
            )
            for part in ("", name):
                rows.append(asked.judged(latest(due), is_done, key=f"{worker}|{name}", part=part))
    return rows
