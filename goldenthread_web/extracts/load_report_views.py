"""Pages of one load: everything found wrong in it, and what its sheets and columns were taken for."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.roles import Permission, Reach
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.extracts import found_wrong, mapping, quality, queries, services
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.extracts.found_wrong import FoundWrong, by_rule
from goldenthread_web.extracts.models import MadeLoad
from goldenthread_web.extracts.quality_views import (
    CHOOSES,
    ROWS_A_PAGE,
    SEVERITY_WORDS,
    chosen_rows,
    filters,
    note_seen,
    rows_response,
)
from goldenthread_web.ui.csv_files import csv_response

_BY_RULE = ("Rule", "Severity", "Table", "What is wrong", "What to do", "Findings", "Children")


@page(Permission.SEE_LOADS, asks=CHOOSES)
@require_safe
def findings(request: HttpRequest, number: int, folder: str) -> HttpResponse:
    """Everything found wrong in a load: counts for whoever sees loads, rows for those who see every child."""
    found = _found(request, number, folder)
    shown: dict[str, Any] = {
        "number": number,
        "folder": folder,
        "load": found.load,
        "severities": SEVERITY_WORDS,
        "sees_rows": _sees_rows(request),
        "may_export": request.user.may(Permission.EXPORT_CHILDREN) and _sees_rows(request),
        "most_exported": services.MOST_EXPORTED,
        "fields": filters(request, found, "severity", "file", "rule", "table"),
    }
    chosen = chosen_rows(request, found)
    shown["rules"] = by_rule(chosen)
    if shown["sees_rows"]:
        asked = Paginator(quality.Rows(chosen.rows), ROWS_A_PAGE).get_page(request.GET.get("page"))
        note_seen(request, found, list(asked))
        shown |= {"page": asked, "case_link": quality.case_link}
    return render(request, "extracts/findings.html.jinja", shown)


@page(Permission.SEE_LOADS, asks=CHOOSES)
@require_safe
def findings_counted(request: HttpRequest, number: int, folder: str) -> HttpResponse:
    """What is wrong in a load by rule, to keep: counts only."""
    rules = by_rule(chosen_rows(request, _found(request, number, folder)))
    rows = [
        (one.rule, SEVERITY_WORDS[one.severity], one.table, one.title, one.advice, one.findings, one.children)
        for one in rules
    ]
    return csv_response(f"load-{number}-by-rule", _BY_RULE, rows)


@page(Permission.SEE_LOADS, asks=CHOOSES)
@page(Permission.EXPORT_CHILDREN, asks=CHOOSES)
@require_safe
def findings_rows(request: HttpRequest, number: int, folder: str) -> HttpResponse:
    """The rows as chosen, to keep."""
    if not _sees_rows(request):
        raise Http404("There is nothing to export.")
    found = _found(request, number, folder)
    chosen = chosen_rows(request, found).rows.to_pylist()
    services.export_children(found.load, chosen, by=request.user)
    return rows_response(f"load-{number}", chosen)


@page(Permission.SEE_LOADS)
def matched(request: HttpRequest, number: int) -> HttpResponse:
    """What sheets and columns were taken for, and why; whoever may load extracts can correct it."""
    run = get_object_or_404(queries.runs_with_loads(), pk=number)
    report = mapping.report_of(run)
    may_load = request.user.may(Permission.LOAD_EXTRACTS)
    problem = None
    if request.method == "POST":
        if not may_load:
            raise NotAllowed(Permission.LOAD_EXTRACTS)
        try:
            corrected = mapping.corrected(report.lines, request.POST)
            asked = services.load_again(run, mapping=corrected, by=request.user)
            return redirect("extracts:run", asked.pk)
        except Refused as refusal:
            problem = str(refusal)
    shown = {
        "run": run,
        "report": report,
        "problem": problem,
        "may_correct": may_load and run.is_over and run.delivery.files_deleted_at is None,
        "may_load": may_load,
    }
    return render(request, "extracts/mapping.html.jinja", shown)


def _found(request: HttpRequest, number: int, folder: str) -> FoundWrong:
    """What was found wrong in a load of a run; 404 where the store no longer keeps it.

    Whoever sees no rows gets counts of all; whoever sees them gets rows, and counts of those rows.
    """
    load = queries.load_in_store(get_object_or_404(MadeLoad, run=number, folder=folder))
    if load is None:
        raise Http404("This load is no longer in the store.")
    found = found_wrong.of(load, local_settings())
    return quality.within(found, child_scope(request.user)) if _sees_rows(request) else found


def _sees_rows(request: HttpRequest) -> bool:
    """Whether a person sees the children of every team: a load report is not cut to one."""
    return request.user.held_role.reach is Reach.AUTHORITY and request.user.may(Permission.SEE_CHILDREN)
