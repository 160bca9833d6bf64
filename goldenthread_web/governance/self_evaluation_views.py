"""The self-evaluation: what the council says of itself, area by area, and how it knows."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import self_evaluation_forms as forms
from goldenthread_web.governance import self_evaluation_services as services
from goldenthread_web.governance.models import Statement, StatementEvidence
from goldenthread_web.governance.self_evaluation import editions, framework_on, said_of, self_evaluation
from goldenthread_web.inspections.forming import form_page
from goldenthread_web.inspections.frames import frameworks

_WORDS = ("sign", "text", "grade", "confidence", "next_step", "action")


@page(Permission.SEE_INSPECTIONS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Area by area: what the council says of itself, and what an inspector would ask of it."""
    on, person = today(), cast(User, request.user)
    areas = self_evaluation(on)
    said = [one for area in areas for one in area.said]
    context = {
        "areas": areas,
        "framework": framework_on(on),
        "grades": {code: one.grades for code, one in frameworks().items()},
        "number": len(said),
        "weaknesses": sum(one.statement.sign == Statement.Sign.WEAKNESS for one in said),
        "asked": sum(len(one.remarks) for one in said) + sum(len(area.remarks) for area in areas),
        "latest_on": max((one.statement.dated_on for one in said), default=None),
        "evidence_said": forms.evidence_said,
        "may_write": person.may(Permission.HAND_OVER_EVIDENCE),
    }
    return render(request, "governance/self_evaluation.html.jinja", context)


@page(Permission.SEE_INSPECTIONS)
@require_safe
def statement(request: HttpRequest, number: int) -> HttpResponse:
    """One statement: how the council knows it, what follows, and its editions."""
    found, person = _statement(number), cast(User, request.user)
    every = editions(found)
    is_latest = every[0].pk == found.pk and found.ended_on is None
    framework = frameworks()[found.framework]
    context = {
        "one": said_of(found, today()),
        "area": next(one.title for one in framework.areas if one.code == found.area),
        "grade": framework.grades.get(found.grade, ""),
        "editions": every,
        "latest": every[0],
        "is_latest": is_latest,
        "evidence_said": forms.evidence_said,
        "may_write": person.may(Permission.HAND_OVER_EVIDENCE) and is_latest,
    }
    return render(request, "governance/statement.html.jinja", context)


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Say something of an area."""
    return form_page(
        request,
        forms.NewStatementForm(request.POST or None),
        lambda said: services.write_statement(**said, by=cast(User, request.user)),
        title="Say what we know of ourselves",
        button="Say it",
        said="Said. Now add why the council knows it.",
        back=(reverse("governance:self_evaluation"), "Self-evaluation"),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Look at a statement again: what still holds, and what is said now."""
    found = _statement(number)
    initial = {name: getattr(found, name) for name in _WORDS}
    initial["holding"] = [one.pk for one in found.evidence.all()]
    return form_page(
        request,
        forms.ReviewForm(request.POST or None, statement=found, initial=initial),
        lambda said: services.review_statement(found, **said, by=cast(User, request.user)),
        title="Look at it again",
        caption=f"Edition {found.edition} of {found.dated_on:%-d %B %Y}",
        lead="A new edition of today takes its place; the one before stays to be read.",
        button="Make it the new edition",
        back=(found.get_absolute_url(), "Statement"),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence(request: HttpRequest, number: int) -> HttpResponse:
    """Say why the council knows it."""
    found = _statement(number)

    def save(said: dict[str, Any]) -> Statement:
        indicator, standard = said.pop("indicator"), said.pop("standard")
        keys = {
            StatementEvidence.Kind.FIGURE: indicator,
            StatementEvidence.Kind.CASE_AUDIT: standard.code if standard else "",
        }
        key = keys.get(said["kind"], "")
        services.add_statement_evidence(found, **said, key=key, by=cast(User, request.user))
        return found

    return form_page(
        request,
        forms.StatementEvidenceForm(request.POST or None),
        save,
        title="Why do we know it?",
        caption=found.text[:120],
        button="Add it",
        back=(found.get_absolute_url(), "Statement"),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: int) -> HttpResponse:
    """The council no longer says it."""
    found = _statement(number)
    return form_page(
        request,
        forms.EndForm(request.POST or None),
        lambda said: services.end_statement(found, **said, by=cast(User, request.user)),
        title="We no longer say it",
        caption=found.text[:120],
        button="Take it out of the self-evaluation",
        back=(found.get_absolute_url(), "Statement"),
    )


def _statement(number: int) -> Statement:
    rows = Statement.objects.select_related("action", "written_by").prefetch_related("evidence__finding")
    return get_object_or_404(rows, pk=number)
