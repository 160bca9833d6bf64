"""Pages of data quality: teams side by side, what a team does about it, and the rows themselves."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission, Reach
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.extracts import quality, services
from goldenthread_web.extracts.found_wrong import SEVERITIES, FoundWrong, by_rule
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.csv_files import csv_response
from goldenthread_web.ui.words import capitalised, table_said

ROWS_A_PAGE = 50
CHOOSES = ("team", "severity", "rule", "table", "worker_id", "file", "page")
SEVERITY_WORDS = {"error": "Error", "warning": "Warning", "info": "Note"}
_TEAM_COLUMNS = ("Team", "Service", "Errors", "Warnings", "Notes", "Children")


@page(Permission.SEE_DATA_QUALITY, asks=CHOOSES)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Teams side by side; for one team, or for who has one: what is wrong and what to do."""
    found = _found_for(request)
    if found is None:
        return render(request, "extracts/nothing_loaded.html.jinja", {"title": "Data quality"})
    teams = quality.teams_within(found, child_scope(request.user))
    team = _team_asked_for(request, teams)
    reach = request.user.held_role.reach
    shown = {
        "load": found.load,
        "lines": quality.team_lines(found, teams) if reach is not Reach.TEAM else [],
        "team": team,
        "rules": by_rule(found.only(team=team)),
        "counts": _counts(found.only(team=team)),
        "severities": SEVERITY_WORDS,
    }
    return render(request, "extracts/quality.html.jinja", shown)


@page(Permission.SEE_DATA_QUALITY)
@require_safe
def teams_file(request: HttpRequest) -> HttpResponse:
    """Teams side by side, to keep: counts only."""
    found = _found_for(request)
    scope = child_scope(request.user)
    lines = [] if found is None else quality.team_lines(found, quality.teams_within(found, scope))
    rows = [(one.team, one.service, one.error, one.warning, one.info, one.children) for one in lines]
    return csv_response("data-quality-by-team", _TEAM_COLUMNS, rows)


@page(Permission.SEE_DATA_QUALITY, asks=CHOOSES)
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The rows that break a rule, with child and worker."""
    found = _found_for(request)
    if found is None:
        return render(request, "extracts/nothing_loaded.html.jinja", {"title": "Data quality"})
    chosen = chosen_rows(request, found)
    asked = Paginator(quality.Rows(chosen.rows), ROWS_A_PAGE).get_page(request.GET.get("page"))
    note_seen(request, found, list(asked))
    shown = {
        "load": found.load,
        "page": asked,
        "fields": filters(request, found),
        "rules": by_rule(chosen)[:1] if request.GET.get("rule") else [],
        "severities": SEVERITY_WORDS,
        "case_link": quality.case_link,
        "may_export": request.user.may(Permission.EXPORT_CHILDREN),
        "most_exported": services.MOST_EXPORTED,
    }
    return render(request, "extracts/quality_rows.html.jinja", shown)


@page(Permission.SEE_DATA_QUALITY, asks=CHOOSES)
@page(Permission.EXPORT_CHILDREN, asks=CHOOSES)
@require_safe
def rows_file(request: HttpRequest) -> HttpResponse:
    """The rows as chosen, to keep."""
    found = _found_for(request)
    if found is None:
        raise Http404("There is nothing to export.")
    chosen = chosen_rows(request, found).rows.to_pylist()
    services.export_children(found.load, chosen, by=request.user)
    return rows_response("data-quality", chosen)


def rows_response(name: str, chosen: list[dict[str, Any]]) -> HttpResponse:
    """Rows of findings as a file."""
    titles = [title for _, title in quality.COLUMNS]
    return csv_response(name, titles, ([row[key] for key, _ in quality.COLUMNS] for row in chosen))


def note_seen(request: HttpRequest, found: FoundWrong, shown: list[dict[str, Any]]) -> None:
    """Record whose rows a person sees; where that cannot be recorded it raises, and nothing is shown."""
    record(
        "children.seen",
        ("findings", found.load.folder.name),
        by=request.user,
        reason="data_quality",
        changes={"rows": len(shown)},
        children=services.references_of(shown),
    )


def chosen_rows(request: HttpRequest, found: FoundWrong) -> FoundWrong:
    """What the filters of the address leave."""
    team = request.GET.get("team")
    if team:
        _team_asked_for(request, quality.teams_within(found, child_scope(request.user)))
    given = {name: request.GET.get(name) for name in ("rule", "table", "severity", "worker_id", "file")}
    return found.only(team=team, **given)


def filters(request: HttpRequest, found: FoundWrong, *names: str) -> list[dict[str, Any]]:
    """The choices above a list of rows."""
    titles = {
        "team": "Team",
        "severity": "Severity",
        "rule": "Rule",
        "table": "Table",
        "worker_id": "Worker",
        "file": "File",
    }
    return [
        {
            "name": name,
            "label": titles[name],
            "kind": "select",
            "value": request.GET.get(name, ""),
            "options": [{"value": "", "text": "All"}, *_options(found, name)],
        }
        for name in names or ("team", "severity", "rule", "table", "worker_id")
    ]


def _options(found: FoundWrong, name: str) -> list[dict[str, str]]:
    """What can be chosen, in words: the title of a rule, not its code; severities as they weigh."""
    if name == "rule":
        titles = {one.rule: one.title for one in by_rule(found)}
        often = Counter(titles.values())
        words = {rule: title if often[title] == 1 else f"{title} ({rule})" for rule, title in titles.items()}
    elif name == "severity":
        words = {one: SEVERITY_WORDS[one] for one in SEVERITIES if one in found.values(name)}
    else:
        words = {one: capitalised(table_said(one)) if name == "table" else one for one in found.values(name)}
    said = [{"value": value, "text": text} for value, text in words.items()]
    return said if name == "severity" else sorted(said, key=lambda one: one["text"].casefold())


def _found_for(request: HttpRequest) -> FoundWrong | None:
    found = quality.open_findings()
    return None if found is None else quality.within(found, child_scope(request.user))


def _team_asked_for(request: HttpRequest, teams: Mapping[str, str]) -> str | None:
    """The team of the address, or the one team a person has; 404 for one that is not theirs."""
    asked = request.GET.get("team")
    if asked:
        if asked not in teams:
            raise Http404("There is no such team among yours.")
        return asked
    return next(iter(teams)) if len(teams) == 1 else None


def _counts(found: FoundWrong) -> dict[str, int]:
    counted = {str(row["severity"]): int(str(row["findings"])) for row in found.counts("severity")}
    return {severity: counted.get(severity, 0) for severity in SEVERITIES}
