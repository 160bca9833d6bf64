"""Workers and what they hold: caseloads, supervision, training."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, days_between, open_until
from goldenthread.populations.children import open_at_end
from goldenthread.populations.periods_of import as_latest, with_latest
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.populations.workers import with_is_worker
from goldenthread.settings import parameter, supplied
from goldenthread.standard import table

_posts = table("posts").rows
_allocations = table("allocations").rows
_supervisions = table("supervisions").rows
_completions = table("training_completions").rows
_courses = ibis.table(
    {"course": "string", "roles": "string", "validity_months": "int64"}, name="mandatory_courses"
)

WORKER = ["period", "authority", "worker_id"]
_NOBODY = ibis.null("string")


def _held() -> ir.Table:
    """Distinct children each worker holds at the end of the period, as lead and in the roles counted."""
    rows = open_at_end(_allocations.mutate(started_on=ibis.coalesce(_.started_on, ibis.date("1900-01-01"))))
    rows = with_is_worker(rows.filter(rows.worker_id.notnull()))
    in_roles = parameter("caseload_roles").contains("," + rows.role + ",")
    return rows.group_by("period", "starts_on", "ends_on", "authority", "worker_id").aggregate(
        children_led=rows.child_id.nunique(where=rows.role == "social_worker"),
        children_held=rows.child_id.nunique(where=in_roles),
        is_worker=rows.is_worker.any(),
    )


children_held = Population(
    name="children_held",
    about="How many children each worker holds at the end of the period.",
    rows=_held(),
)

open_posts_of_workers = Population(
    name="open_posts_of_workers",
    about="Posts with somebody in them at the end of the period.",
    rows=open_at_end(_posts.filter(_posts.worker_id.notnull())),
)


def _per_worker(rows: ir.Table) -> ir.Table:
    """Each worker once, with the team of the latest open row and the full-time equivalent of all."""
    fte = rows.group_by(*WORKER).aggregate(
        fte_sum=rows.fte.sum(), is_asye_any=rows.is_asye.fill_null(False).any()
    )
    latest = first_per(rows, *WORKER, order=[ibis.desc(_.started_on), ibis.desc(_.post_id)])
    latest = latest.select(*WORKER, "starts_on", "ends_on", "team")
    return latest.inner_join(fte, WORKER).select(*latest.columns, "fte_sum", "is_asye_any")


def _as_unit(rows: ir.Table) -> ir.Table:
    """A worker as the unit counted: no child, keyed by the worker."""
    return placed(rows.mutate(child_id=_NOBODY, key=rows.worker_id), on="ends_on", role=None)


def _caseloads() -> ir.Table:
    """Social workers in post with the children they hold; those with cases but no post are unknown."""
    posts = open_posts_of_workers.table
    sort = posts.is_social_worker & posts.employment.isin(["permanent", "agency"])
    counted = _per_worker(posts.filter(sort))
    any_post = posts.select(*WORKER).distinct().mutate(has_post=True)
    held = children_held.table
    rows = (
        held.filter(held.is_worker & (held.children_held > 0))
        .left_join(any_post, WORKER)
        .select(*held.columns, "has_post")
    )
    found = counted.select(*WORKER, "team", "fte_sum")
    rows = rows.left_join(found, WORKER).select(*rows.columns, "team", "fte_sum")
    rows = rows.mutate(is_unknown=rows.has_post.isnull())
    return _as_unit(rows.filter(rows.is_unknown | (rows.fte_sum > 0)))


caseloads = Population(
    name="caseloads",
    about="Social workers in post who hold children, with their full-time equivalent.",
    rows=_caseloads(),
)


def _leads() -> ir.Table:
    """Lead social workers; where posts were supplied only those with an open social work post."""
    held = children_held.table
    held = held.filter(held.is_worker & (held.children_led > 0))
    posts = open_posts_of_workers.table
    counted = _per_worker(posts.filter(posts.is_social_worker)).select(*WORKER, "team", "fte_sum")
    rows = held.left_join(counted, WORKER).select(*held.columns, "team", "fte_sum")
    return _as_unit(rows.filter(~supplied("posts") | rows.fte_sum.notnull()))


lead_workers = Population(
    name="lead_workers", about="Lead social workers with the children they hold.", rows=_leads()
)


def _social_workers() -> ir.Table:
    posts = open_posts_of_workers.table
    sort = posts.is_social_worker & posts.employment.isin(["permanent", "agency"])
    rows = _per_worker(posts.filter(sort))
    held = children_held.table.select(*WORKER, "children_led")
    rows = rows.left_join(held, WORKER).select(*rows.columns, "children_led")
    return _as_unit(rows.mutate(children_led=rows.children_led.fill_null(0)))


social_workers = Population(
    name="social_workers",
    about="Social workers in post, each once, and what they hold.",
    rows=_social_workers(),
)


def _one_permanent() -> ir.Table:
    """The latest open permanent social work post of each worker."""
    rows = open_posts_of_workers.table
    rows = rows.filter(rows.is_social_worker & (rows.employment == "permanent"))
    one = first_per(rows, *WORKER, order=[ibis.desc(_.started_on), ibis.desc(_.post_id)])
    return _as_unit(one)


permanent_workers = Population(
    name="permanent_workers", about="Permanent social workers, each once.", rows=_one_permanent()
)


def _is_on_leave(rows: ir.Table) -> ir.BooleanValue:
    """Whether a post says the worker is away on long leave at RD."""
    away = (rows.long_leave_from_on <= rows.ends_on).fill_null(False)
    return away & (open_until(rows.long_leave_to_on) > rows.ends_on)


def _with_leave() -> ir.Table:
    rows = open_posts_of_workers.table
    rows = rows.mutate(is_away=_is_on_leave(rows))
    return rows.group_by(*WORKER).aggregate(is_away=rows.is_away.any())


def _runs() -> ir.Table:
    """Each post of a worker with the day the unbroken run of posts began that it belongs to."""
    rows = _posts.filter(_posts.worker_id.notnull()).select(
        "authority",
        "worker_id",
        "post_id",
        "started_on",
        ended_on=ibis.coalesce(_.ended_on, ibis.date("9999-12-31")),
    )
    order = [rows.started_on, rows.post_id]
    before = ibis.window(
        group_by=["authority", "worker_id"], order_by=order, preceding=(None, 1), following=None
    )
    rows = rows.mutate(ended_before=rows.ended_on.max().over(before))
    is_new = rows.ended_before.isnull() | (rows.started_on > rows.ended_before)
    rows = rows.mutate(begins_run=is_new.ifelse(rows.started_on, ibis.null("date")))
    so_far = ibis.window(
        group_by=["authority", "worker_id"],
        order_by=[rows.started_on, rows.post_id],
        preceding=None,
        following=0,
    )
    return rows.mutate(run_since_on=rows.begins_run.max().over(so_far)).select(
        "authority", "worker_id", "post_id", "started_on", "run_since_on"
    )


def _supervised() -> ir.Table:
    """Workers who hold children and are in post and at work, with the last one-to-one supervision."""
    posts = open_posts_of_workers.table
    runs = _runs()
    run = posts.inner_join(runs, ["authority", "worker_id", "post_id", "started_on"]).select(
        *[posts[c] for c in WORKER], runs.run_since_on
    )
    since = run.group_by(*WORKER).aggregate(in_post_since_on=_.run_since_on.min())
    rows = (
        _per_worker(posts)
        .inner_join(since, WORKER)
        .select(*WORKER, "starts_on", "ends_on", "team", "in_post_since_on")
    )
    leave = _with_leave()
    rows = rows.inner_join(leave, WORKER).select(*rows.columns, "is_away")
    held = children_held.table
    held = held.filter(held.is_worker & (held.children_led > 0)).select(*WORKER)
    rows = rows.filter(~rows.is_away).inner_join(held, WORKER).select(*rows.columns)
    sessions = _supervisions.filter(_supervisions.kind == "one_to_one")
    sessions = sessions.select("authority", "worker_id", "held_on").distinct()
    sessions = as_latest(sessions, "held_on", of="worker_id")
    rows = with_latest(rows, sessions, "held_on", "ends_on", of="worker_id", last_session_on="held_on")
    return _as_unit(rows.mutate(days=days_between(rows.last_session_on, rows.ends_on)))


workers_supervised = Population(
    name="workers_supervised",
    about="Workers who hold children, with their last supervision.",
    rows=_supervised(),
)


def _held_by_supervised() -> ir.Table:
    """The children of each of these workers, in the team that holds the child."""
    worker = workers_supervised.table.select(*WORKER, "in_post_since_on", "last_session_on")
    held = open_at_end(_allocations.mutate(started_on=ibis.coalesce(_.started_on, ibis.date("1900-01-01"))))
    held = held.filter(held.role == "social_worker").inner_join(worker, WORKER)
    rows = held.select(*WORKER, "ends_on", "child_id", "team", "in_post_since_on", "last_session_on")
    return placed(rows.distinct().mutate(key=ibis.literal("")), on="ends_on", role=None)


children_of_supervised = Population(
    name="children_of_supervised",
    about="The children held by workers who should be supervised, with the worker's last supervision.",
    rows=_held_by_supervised(),
)


def _trained() -> ir.Table:
    """Each worker with each course the role asks for, and whether it was completed and still holds."""
    posts = open_posts_of_workers.table.cross_join(_courses)
    is_manager = posts.role.isin(["team_manager", "service_manager"])
    asks = ibis.cases(
        (posts.roles == "social_workers_and_managers", posts.is_social_worker | is_manager),
        (posts.roles == "all", True),
        else_=("," + posts.roles + ",").contains("," + posts.role + ","),
    )
    grace = parameter("training_grace_days")
    posts = posts.filter(asks & (posts.started_on <= days_after(posts.ends_on, -grace)))
    by = [*WORKER, "course"]
    latest = first_per(posts, *by, order=[ibis.desc(_.started_on), ibis.desc(_.post_id)])
    rows = latest.select(*by, "starts_on", "ends_on", "team", "validity_months")
    rows = rows.inner_join(_with_leave(), WORKER).select(*rows.columns, "is_away")
    rows = rows.filter(~rows.is_away)
    done = rows.inner_join(
        _completions,
        [
            rows.authority == _completions.authority,
            rows.worker_id == _completions.worker_id,
            rows.course.lower() == _completions.course.lower(),
            _completions.completed_on <= rows.ends_on,
            (open_until(_completions.expires_on) > rows.ends_on),
        ],
    ).select(
        *[rows[c] for c in by], rows.ends_on, rows.validity_months, completed_on=_completions.completed_on
    )
    until = (done.completed_on.cast("timestamp") + done.validity_months.as_interval("M")).cast("date")
    holds = done.filter(done.validity_months.isnull() | (done.ends_on <= until)).select(*by).distinct()
    joined = rows.left_join(holds.mutate(is_trained=True), by).select(*rows.columns, "is_trained")
    joined = joined.mutate(
        is_trained=joined.is_trained.fill_null(False),
        child_id=_NOBODY,
        key=joined.worker_id + "|" + joined.course,
    )
    return placed(joined, on="ends_on", role=None)


training_needed = Population(
    name="training_needed", about="Workers and the mandatory courses of their role.", rows=_trained()
)
