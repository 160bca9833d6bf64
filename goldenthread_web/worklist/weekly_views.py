"""The weekly compliance sheet: teams side by side, week on week, and the rows behind each number."""

from datetime import date
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope, child_scope
from goldenthread_web.behind.reasons import reasons
from goldenthread_web.extracts.children import index, unbarred
from goldenthread_web.trail.recording import record
from goldenthread_web.worklist import weekly as sheets
from goldenthread_web.worklist import weeks
from goldenthread_web.worklist.models import WeeklyLine, WeeklySnapshot
from goldenthread_web.worklist.morning import Duty, duty_of, urgency

ROWS_A_PAGE = 50
SHOWS = {"overdue": "Overdue", "soon": "Due in the next 10 working days", "open": "Everything open"}


@page(Permission.SEE_COMPLIANCE)
@require_safe
def weekly(request: HttpRequest) -> HttpResponse:
    """The sheet of the latest Monday."""
    found = sheets.snapshots()
    if not found:
        return render(request, "worklist/no_week.html.jinja")
    return _shown(request, found[0], found)


@page(Permission.SEE_COMPLIANCE)
@require_safe
def week(request: HttpRequest, monday: str) -> HttpResponse:
    """The sheet of a Monday."""
    found = sheets.snapshots()
    return _shown(request, _snapshot(monday), found)


def _shown(request: HttpRequest, snapshot: WeeklySnapshot, found: list[WeeklySnapshot]) -> HttpResponse:
    sheet = sheets.sheet(snapshot, sheets.the_week_before(snapshot, found))
    person = cast(User, request.user)
    has_rows = snapshot.rows_deleted_at is None and person.may(Permission.SEE_CHILDREN_BEHIND_FIGURES)
    scope = child_scope(person) if has_rows and person.held_role.sees_children else None
    context: dict[str, Any] = {
        "sheet": sheet,
        "mondays": [one.monday for one in found],
        "levels": sheets.LEVELS,
        "as_at": snapshot.as_at_on,
        "may_see": lambda team: scope is not None and (scope.everyone or team in scope.teams),
        "may_see_all": scope is not None and scope.everyone,
        "not_known": sheets.NOT_KNOWN,
    }
    return render(request, "worklist/week.html.jinja", context)


@page(Permission.SEE_CHILDREN_BEHIND_FIGURES, asks=["team", "item", "reason", "page"], one_of={"show": SHOWS})
@require_safe
def week_list(request: HttpRequest, monday: str) -> HttpResponse:
    """The rows behind one number of the sheet, within the children whom the person may see today."""
    snapshot, person = _snapshot(monday), cast(User, request.user)
    scope = child_scope(person)
    team, item = request.GET.get("team", ""), request.GET.get("item", "")
    show = request.GET.get("show") or "overdue"
    number = get_object_or_404(WeeklyLine, snapshot=snapshot, team=team, item=item)
    if not (scope.everyone or (team and team in scope.teams)):
        raise Http404("There is no such number on your sheet.")
    context: dict[str, Any] = {"snapshot": snapshot, "number": number, "show": show, "shows": SHOWS}
    context["as_at"] = snapshot.as_at_on
    reason = request.GET.get("reason", "")
    if person.held_role.needs_reason and reason not in reasons():
        return render(request, "worklist/week_reason.html.jinja", context | {"reasons": reasons()})
    if snapshot.rows_deleted_at is not None:
        return render(request, "worklist/week_list.html.jinja", context | {"shown": None, "no_more": 0})
    found, elsewhere = _rows(snapshot, scope, number, show)
    shown = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    children = {duty.reference for duty in shown if duty.reference}
    about = ("list", f"weekly.{snapshot.monday.isoformat()}.{item or 'all'}.{show}")
    record("children.seen", about, by=person, reason=reason, children=children)
    context |= {"shown": shown, "no_more": elsewhere, "opens": index().within(children, scope)}
    return render(request, "worklist/week_list.html.jinja", context)


def _snapshot(monday: str) -> WeeklySnapshot:
    try:
        return get_object_or_404(WeeklySnapshot, monday=date.fromisoformat(monday))
    except ValueError:
        raise Http404("There is no such Monday.") from None


def _rows(
    snapshot: WeeklySnapshot, scope: ChildScope, number: WeeklyLine, show: str
) -> tuple[list[Duty], int]:
    """The rows, the longest overdue first; and how many are of children whom the person may not see."""
    rows = weeks.rows_of(snapshot)
    if number.team:
        rows = rows.filter(pc.equal(rows["team"], number.team))
    if number.item:
        rows = rows.filter(pc.equal(rows["item"], number.item))
    if show == "overdue":
        rows = rows.filter(pc.equal(rows["state"], "overdue"))
    elif show == "soon":
        rows = rows.filter(weeks.is_soon(rows))
    mine = unbarred(rows, scope)
    mine = mine if scope.everyone else mine.filter(_is_within(mine, scope))
    return sorted(map(duty_of, mine.to_pylist()), key=urgency), rows.num_rows - mine.num_rows


def _is_within(rows: pa.Table, scope: ChildScope) -> pa.ChunkedArray:
    """Rows of children whom the person may see today, and of the teams' workers themselves."""
    ids = pa.array(sorted(index().ids_within(scope)), pa.string())
    return pc.or_(pc.is_in(rows["child_id"], ids), pc.is_null(rows["child_id"]))
