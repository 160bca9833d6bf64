"""Findings: what one says and where, what it is about, whether it repeats an earlier one."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.inspections import letter_services
from goldenthread_web.inspections.dates import answer_due_on
from goldenthread_web.inspections.forming import form_page, whole
from goldenthread_web.inspections.letter_forms import FindingForm
from goldenthread_web.inspections.models import Finding
from goldenthread_web.inspections.queries import all_findings, findings
from goldenthread_web.inspections.repeats import inspector_looks_back, likely_repeats
from goldenthread_web.programme.asking import pressed


@page(Permission.SEE_INSPECTIONS)
@require_safe
def finding(request: HttpRequest, number: int) -> HttpResponse:
    """One finding: its words in their paragraph, what it is about, what it may repeat, who answers it."""
    found = get_object_or_404(all_findings().select_related("withdrawn_by", "entered_by"), pk=number)
    person = cast(User, request.user)
    text = found.paragraph.text
    earlier = list(findings(to=found.said_on)) if found.withdrawn_at is None else []
    context = {
        "finding": found,
        "letter": found.paragraph.letter,
        "before": text[: found.start],
        "after": text[found.end :],
        "looks_back": inspector_looks_back(found),
        "likely": likely_repeats(found, earlier),
        "repeated_by": [one for one in findings() if one.repeat_of_id == found.pk],
        "is_left_behind": hasattr(found.paragraph.letter, "superseded_by"),
        "due_on": answer_due_on(found.paragraph.letter),
        "today": today(),
        "may_mark": person.may(Permission.MARK_FINDINGS),
        "may_dispose": person.may(Permission.DISPOSE_FINDINGS),
    }
    return render(request, "inspections/finding.html.jinja", context)


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Say otherwise what a finding is about; its words stay."""
    found = get_object_or_404(all_findings(), pk=number)

    def save(said: dict[str, Any]) -> Finding:
        version = said.pop("version") or 0
        return letter_services.change_finding(found, version=version, **said, by=cast(User, request.user))

    return form_page(
        request,
        FindingForm(request.POST or None, initial=_values(found)),
        save,
        title="What is the finding about?",
        caption=found.ref,
        button="Save",
        back=(found.get_absolute_url(), f"Finding {found.ref}"),
        stored=lambda: _values(all_findings().get(pk=number)),
        quote=found.quote,
    )


@page(Permission.MARK_FINDINGS)
@require_POST
def repeat(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a finding repeats an earlier one, or that it repeats none."""
    found = get_object_or_404(all_findings(), pk=number)
    of = request.POST.get("of", "")
    earlier = get_object_or_404(all_findings(), pk=whole(of)) if of not in ("", "unknown") else None
    return pressed(
        request,
        lambda: letter_services.decide_repeat(
            found,
            version=whole(request.POST.get("version")),
            is_repeat=of != "",
            repeat_of=earlier,
            by=cast(User, request.user),
        ),
        said="It is marked as a repeat." if of else "It is marked as said for the first time.",
        to=found,
    )


@page(Permission.MARK_FINDINGS)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a finding that was marked by mistake."""
    found = get_object_or_404(all_findings(), pk=number)
    return pressed(
        request,
        lambda: letter_services.withdraw_finding(
            found,
            version=whole(request.POST.get("version")),
            because=request.POST.get("because", "")[:2000],
            by=cast(User, request.user),
        ),
        said="The finding is withdrawn; it stays in the history of the letter.",
        to=found,
    )


def _values(found: Finding) -> dict[str, Any]:
    return {
        "version": found.version,
        "valence": found.valence,
        "title": found.title,
        "practice_area": found.practice_area,
        "team": found.team,
        "theme": found.theme_id or "",
        "component": found.component_id or "",
        "recommendation": found.recommendation_id or "",
    }
