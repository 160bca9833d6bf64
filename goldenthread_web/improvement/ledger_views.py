"""The ledger: what is done about every finding of every letter, and about one of them."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import NotAllowed
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.improvement import ledger_services
from goldenthread_web.improvement.ledger_forms import AnswerForm
from goldenthread_web.improvement.ledger_queries import Entry, Ledger, Standing, entry_of, history, ledger
from goldenthread_web.inspections.forming import form_page
from goldenthread_web.inspections.frames import clocks, practice_areas
from goldenthread_web.inspections.models import Finding
from goldenthread_web.inspections.queries import all_findings

_PAGE = 50
_KINDS = {
    "weakness": "Weaknesses",
    "repeat": "Repeats",
    "strength": "Strengths and improvements",
    "other": "Mixed, and actions",
}
_STANDINGS = {
    "open": "Not answered",
    "overdue": "Overdue",
    "answered": "Answered",
    "none": "Answered: no action",
}


@page(Permission.SEE_INSPECTIONS, asks=["letter", "kind", "standing", "area", "page"])
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every finding with what is done about it; how many are answered, overdue, repeated."""
    found = ledger(on=today())
    chosen = {name: request.GET.get(name, "") for name in ("letter", "kind", "standing", "area")}
    letters = {str(one.finding.paragraph.letter_id): one.finding.paragraph.letter for one in found.entries}
    of_letter = [
        one
        for one in found.entries
        if chosen["letter"] not in letters or str(one.finding.paragraph.letter_id) == chosen["letter"]
    ]
    kept = [one for one in of_letter if _is_wanted(one, chosen)]
    # What waits comes first, the longest overdue at the top; then by letter.
    kept.sort(key=lambda one: (not one.is_open, one.working_days if one.is_open else 0))
    context = {
        "ledger": Ledger(entries=tuple(of_letter), on=found.on),
        "page": Paginator(kept, _PAGE).get_page(request.GET.get("page")),
        "given": request.GET,
        "fields": _filters(letters, chosen),
        "has_filters": any(chosen.values()),
        "days": clocks().disposition_working_days,
        "standings": Standing,
        "may_dispose": cast(User, request.user).may(Permission.DISPOSE_FINDINGS),
    }
    return render(request, "improvement/ledger.html.jinja", context)


@page(Permission.SEE_INSPECTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """What is done about one finding, who said so and when; say it, or say it anew."""
    found = get_object_or_404(all_findings(), pk=number)
    person = cast(User, request.user)
    if request.method == "POST" and not person.may(Permission.DISPOSE_FINDINGS):
        raise NotAllowed(Permission.DISPOSE_FINDINGS)
    entry = entry_of(found, on=today())

    def save(said: dict[str, Any]) -> str:
        version = said.pop("version") or 0
        ledger_services.dispose(found, **said, version=version, by=person)
        return reverse("improvement:ledger")

    return form_page(
        request,
        AnswerForm(request.POST or None, initial=_values(found, entry)),
        save,
        title="What is done about it?",
        caption=f"Finding {found.ref}",
        button="Say it anew" if entry.disposition else "Save",
        back=(reverse("improvement:ledger"), "Ledger of findings"),
        template="improvement/ledger_answer.html.jinja",
        said=f"Finding {found.ref} is answered.",
        stored=lambda: _stored(number),
        finding=found,
        entry=entry,
        steps=history(found),
        may_dispose=person.may(Permission.DISPOSE_FINDINGS) and found.withdrawn_at is None,
    )


def _stored(number: int) -> dict[str, Any]:
    now = all_findings().get(pk=number)
    return _values(now, entry_of(now, on=today()))


def _values(finding: Finding, entry: Entry) -> dict[str, Any]:
    said = entry.disposition
    return {
        "version": finding.version,
        "kind": said.kind if said else "",
        "action": (said.action_id or "") if said else "",
        "reason": said.reason if said else "",
    }


def _is_wanted(one: Entry, chosen: dict[str, str]) -> bool:
    finding = one.finding
    said = {
        "weakness": finding.is_weakness,
        "repeat": finding.is_repeat,
        "strength": finding.valence
        in (Finding.Valence.STRENGTH, Finding.Valence.IMPROVED, Finding.Valence.SUSTAINED),
        "other": finding.valence in (Finding.Valence.FOCUS, Finding.Valence.ACTION),
        "open": one.is_open,
        "overdue": one.is_open and one.working_days < 0,
        "answered": not one.is_open,
        "none": not one.is_open and one.disposition is not None and one.disposition.kind == "no_action",
    }
    kind, standing, area = chosen["kind"], chosen["standing"], chosen["area"]
    return (
        said.get(kind, True)
        and said.get(standing, True)
        and (area not in practice_areas() or finding.practice_area == area)
    )


def _filters(letters: dict[str, Any], chosen: dict[str, str]) -> list[dict[str, Any]]:
    choices = {
        "letter": ("Letter", "All letters", {key: f"{one.of}: {one}" for key, one in letters.items()}),
        "kind": ("Kind", "All findings", _KINDS),
        "standing": ("Where it stands", "All", _STANDINGS),
        "area": ("Area", "All areas", {one.code: one.title for one in practice_areas().values()}),
    }
    return [
        {
            "name": name,
            "label": label,
            "value": chosen[name],
            "options": [
                {"value": "", "text": every},
                *({"value": key, "text": text} for key, text in options.items()),
            ],
        }
        for name, (label, every, options) in choices.items()
    ]
