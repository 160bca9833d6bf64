"""Who is behind this number? First the reason, then the list; a long one leaves only with an approval."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.behind import rows, services
from goldenthread_web.behind.files import workbook
from goldenthread_web.behind.forms import ReasonForm
from goldenthread_web.behind.models import Export, Reveal
from goldenthread_web.behind.queries import exports_of, exports_to_decide, reveals_of
from goldenthread_web.behind.reasons import reasons
from goldenthread_web.behind.words import figure_said
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.csv_files import csv_response

ROWS_A_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATUSES = {
    "in_time": "In time",
    "late": "Late",
    "overdue": "Overdue",
    "met": "Met",
    "not_met": "Not met",
    "not_due": "Not yet due",
    "excluded": "Excluded by the rule",
    "unknown": "Unknown",
}


@page(Permission.SEE_CHILDREN_BEHIND_FIGURES, asks=["part", "start", "end", "team"])
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Why do you need to see the children behind this figure?"""
    definition = catalogue().get(ref)
    if definition is None:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = ReasonForm(given, initial=request.GET.dict())
    refused = ""
    if given is not None and form.is_valid():
        said = form.cleaned_data
        try:
            reveal = services.reveal_children(
                ref,
                part=said["part"],
                starts_on=said["start"],
                ends_on=said["end"],
                team=said["team"],
                reason=said["reason"],
                by=cast(User, request.user),
            )
        except Refused as refusal:
            refused = str(refusal)
        else:
            return redirect("behind:list", number=reveal.pk)
    context = {"definition": definition, "form": form, "refused": refused, "asked_for": _asked_for(form)}
    return render(request, "behind/ask.html.jinja", context, status=400 if form.errors or refused else 200)


@page(
    Permission.SEE_CHILDREN_BEHIND_FIGURES,
    asks=["status", "worker", "team", "find", "page"],
    one_of={"show": rows.SHOWS, "sort": ["missing", *rows.SORTS]},
)
@require_safe
def listed(request: HttpRequest, number: int) -> HttpResponse:
    """The rows behind a figure, with dates, worker and the reason each is counted as it is."""
    reveal = _reveal(request, number)
    person = cast(User, request.user)
    scope = child_scope(person)
    filters = rows.from_query(request.GET.dict())
    found = rows.behind(reveal, scope, filters)
    shown = Paginator(range(found.rows.num_rows), ROWS_A_PAGE).get_page(request.GET.get("page"))
    here = found.rows.slice(shown.start_index() - 1 if found.rows.num_rows else 0, ROWS_A_PAGE)
    record(
        "children.seen",
        ("figure", reveal.ref),
        by=person,
        reason=reveal.reason,
        changes={"reveal": reveal.pk, "rows": here.num_rows},
        children=rows.references_in(here),
    )
    context: dict[str, Any] = {
        "reveal": reveal,
        "definition": catalogue()[reveal.ref],
        "figure": figure_said(reveal.starts_on, reveal.ends_on, reveal.part, reveal.team),
        "columns": rows.filled(found.in_reach),
        "found": found,
        "filters": filters,
        "lines": rows.as_rows(reveal.ref, here, scope, person),
        "shown": shown,
        "statuses": STATUSES,
        "workers": rows.choices(found.in_reach, "worker_id"),
        "teams": rows.choices(found.in_reach, "team"),
        "reason": reasons()[reveal.reason],
        "may_export": person.may(Permission.EXPORT_CHILDREN),
        "alone": services.ALONE,
    }
    return render(request, "behind/list.html.jinja", context)


@page(Permission.EXPORT_CHILDREN)
@require_POST
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the list as a file: with the filters of the page, so that both hold the same rows."""
    reveal = _reveal(request, number)
    person = cast(User, request.user)
    filters = rows.from_query(request.POST.dict())
    found = rows.behind(reveal, child_scope(person), filters)
    kind = request.POST.get("kind", "")
    if kind not in Export.Kind.values:
        raise Refused("Choose CSV or Excel.")
    asked = services.ask_for_export(reveal, kind=kind, filters=filters, rows=found.rows.num_rows, by=person)
    if asked.needs_second_person:
        messages.success(request, "A list this long needs somebody else's approval. You will find it below.")
    return redirect("behind:exports")


@page(Permission.EXPORT_CHILDREN, asks=["page"])
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """The files I asked for, and the long ones of others that wait for my decision."""
    person = cast(User, request.user)
    mine = Paginator(exports_of(person), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"mine": mine, "to_decide": exports_to_decide(person), "reasons": reasons()}
    return render(request, "behind/exports.html.jinja", context)


@page(Permission.APPROVE_EXPORTS)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse somebody else's long list."""
    person = cast(User, request.user)
    waiting = get_object_or_404(exports_to_decide(person), pk=number)
    services.decide_export(waiting, is_approved=request.POST.get("decision") == "approve", by=person)
    messages.success(request, "Your decision is recorded.")
    return redirect("behind:exports")


@page(Permission.EXPORT_CHILDREN)
@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """The file itself, once."""
    person = cast(User, request.user)
    asked = get_object_or_404(exports_of(person), pk=number)
    found = rows.behind(asked.reveal, child_scope(person), rows.from_query(asked.filters))
    services.take_export(asked, rows=found.rows.num_rows, children=rows.references_in(found.rows), by=person)
    headings, lines = rows.for_file(found.rows)
    name = f"{asked.reveal.ref}-{asked.reveal.starts_on}-{asked.reveal.ends_on}"
    if asked.kind == Export.Kind.CSV:
        return csv_response(name, headings, lines)
    content = workbook(headings, lines, title=asked.reveal.ref)
    return HttpResponse(
        content,
        content_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def _asked_for(form: ReasonForm) -> str:
    """Which figure of the indicator it is, in words; blank where the address does not say it in days."""
    start, end, part, team = (form[name].value() or "" for name in ("start", "end", "part", "team"))
    try:
        return figure_said(date.fromisoformat(start), date.fromisoformat(end), part, team)
    except ValueError:
        return ""


def _reveal(request: HttpRequest, number: int) -> Reveal:
    return get_object_or_404(reveals_of(cast(User, request.user)), pk=number)
