"""Who uses the service: team managers with an account, and when each last opened a dashboard."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between, open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.standard import table

_log = table("usage_log").rows
_posts = table("posts").rows
_WORKER = ("authority", "worker_id")
# What the log says of an account itself; every other row is a page of a dashboard that was opened.
_GIVEN, _CLOSED = "account", "account_closed"


def _accounts() -> ir.Table:
    """Each person's latest role, the day a dashboard was last opened, and whether the account has ended."""
    rows = _log.mutate(viewed_on=_log.viewed_at.cast("date"))
    closed = rows.filter(rows["view"] == _CLOSED).group_by(*_WORKER).aggregate(closed_on=_.viewed_on.max())
    others = rows.filter(rows["view"] != _CLOSED)
    order = [ibis.desc(others.viewed_at), ibis.desc(others["view"])]
    latest = first_per(others, *_WORKER, order=order).select(
        *_WORKER, role=_.user_role, latest_on=_.viewed_on
    )
    opened = others.filter(others["view"] != _GIVEN).group_by(*_WORKER).aggregate(opened_on=_.viewed_on.max())
    found = latest.left_join(closed, list(_WORKER)).select(*latest.columns, "closed_on")
    found = found.left_join(opened, list(_WORKER)).select(*found.columns, "opened_on")
    is_closed = (found.closed_on >= found.latest_on).fill_null(False)
    return found.filter((found.role == "team_manager") & ~is_closed)


def _managers() -> ir.Table:
    """Team managers with an account on the as-at date, placed by their post open on it."""
    rows = with_period(_accounts(), PERIOD.ends_on.notnull())
    posts = rows.inner_join(
        _posts,
        [
            rows.authority == _posts.authority,
            rows.worker_id == _posts.worker_id,
            _posts.started_on <= rows.as_at_on,
            (open_until(_posts.ended_on) > rows.as_at_on),
        ],
    ).select(rows.period, rows.authority, rows.worker_id, _posts.team, _posts.started_on, _posts.post_id)
    by = ("period", *_WORKER)
    post = first_per(posts, *by, order=[ibis.desc(posts.started_on), ibis.desc(posts.post_id)])
    rows = rows.left_join(post.select(*by, "team"), list(by)).select(*rows.columns, "team")
    rows = rows.mutate(
        child_id=ibis.null("string"), key=_.worker_id, days=days_between(_.opened_on, _.as_at_on)
    )
    return placed(rows, on="as_at_on", role=None)


team_managers_with_account = Population(
    name="team_managers_with_account",
    about="Team managers with an account on the as-at date, and the day each last opened a dashboard.",
    rows=_managers(),
)
