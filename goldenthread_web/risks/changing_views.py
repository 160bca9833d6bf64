"""Risks entered, changed, scored, escalated and closed; mitigations and their tests; what warns."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.risks import queries, scales, services
from goldenthread_web.risks.forms import (
    ControlTestForm,
    MitigationForm,
    NewRiskForm,
    RiskForm,
    ScoreForm,
    StandingForm,
    WarningForm,
)
from goldenthread_web.risks.models import Risk
from goldenthread_web.risks.scales import Score

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.KEEP_RISKS)
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """Enter a risk."""
    numbers = [int(ref[1:]) for ref in queries.risks().values_list("ref", flat=True) if ref[1:].isdecimal()]
    form = NewRiskForm(request.POST or None, ref=f"K{max(numbers, default=0) + 1}", today=today())
    asked = Asked(
        title="Enter a risk",
        caption="Risk register",
        lead="One risk, in one sentence: if this happens, then that follows.",
        button="Enter the risk",
        form=form,
        back=reverse("risks:list"),
        done="The risk is on the register. Say next what is done about it.",
        keeps=True,
        leads_on=True,
    )

    def write() -> Risk:
        said = form.cleaned_data
        return services.enter_risk(
            said["ref"],
            inherent=form.score("inherent"),
            current=form.score("current"),
            target=form.target(),
            identified_on=said["identified_on"],
            note=said["note"],
            person=None,
            by=cast(User, request.user),
            **form.said(),
        )

    return _answered(request, asked, write, scale=True)


@page(Permission.KEEP_RISKS)
@require_http_methods(ASKS)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the words of a risk, and where it is to be brought."""
    risk = get_object_or_404(queries.risks(), ref=ref)
    initial = {name: getattr(risk, name) for name in RiskForm.base_fields}
    form = RiskForm(request.POST or None, initial=initial)
    asked = _of(
        risk,
        form,
        f"Change risk {ref}",
        "Its score is changed apart, with a note.",
        "Save",
        "Saved.",
        stored=initial | {"theme": risk.theme},
    )

    def write() -> Risk:
        return services.edit_risk(
            risk,
            version=version_of(request),
            target=form.target(),
            person=risk.person,
            by=cast(User, request.user),
            **form.said(),
        )

    return _answered(request, asked, write, scale=True)


@page(Permission.KEEP_RISKS)
@require_http_methods(ASKS)
def score(request: HttpRequest, ref: str) -> HttpResponse:
    """Score a risk, with a note."""
    risk = get_object_or_404(queries.risks(), ref=ref)
    initial = {"likelihood": risk.current.likelihood, "impact": risk.current.impact, "moved_on": today()}
    form = ScoreForm(request.POST or None, initial=initial)
    lead = f"{risk.sentence} Now {risk.current.said}."
    done = "The score is saved."
    asked = _of(risk, form, f"Score risk {ref}", lead, "Save the score", done, stored=initial)

    def write() -> Risk:
        said = form.cleaned_data
        services.score_risk(
            risk,
            version=version_of(request),
            score=Score(said["likelihood"], said["impact"]),
            moved_on=said["moved_on"],
            note=said["note"],
            by=cast(User, request.user),
        )
        return risk

    return _answered(request, asked, write, scale=True)


@page(Permission.KEEP_RISKS)
@require_http_methods(ASKS)
def standing(request: HttpRequest, ref: str) -> HttpResponse:
    """Escalate a risk, take it back, close it, or open it again."""
    risk = get_object_or_404(queries.risks(), ref=ref)
    form = StandingForm(request.POST or None, risk=risk, initial={"moved_on": today()})
    title = f"Open risk {ref} again" if risk.closed_on else f"Escalate or close risk {ref}"
    asked = _of(risk, form, title, risk.sentence, "Save", "Saved.")

    def write() -> Risk:
        said = form.cleaned_data
        shared: dict[str, Any] = {
            "version": version_of(request),
            "moved_on": said["moved_on"],
            "note": said["note"],
            "by": cast(User, request.user),
        }
        if said["what"] == "escalate":
            services.escalate_risk(risk, body=said["body"], **shared)
        elif said["what"] == "take_back":
            services.take_back_risk(risk, **shared)
        elif said["what"] == "close":
            services.close_risk(risk, **shared)
        else:
            services.reopen_risk(risk, review_on=max(risk.review_on, today()), **shared)
        return risk

    return _answered(request, asked, write)


@page(Permission.KEEP_RISKS)
@require_http_methods(ASKS)
def add_mitigation(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what is done about a risk."""
    risk = get_object_or_404(queries.risks(), ref=ref)
    form = MitigationForm(request.POST or None, initial={"post": risk.post})
    title = f"Add a mitigation to risk {ref}"
    asked = _of(risk, form, title, risk.sentence, "Add the mitigation", "The mitigation is added.")

    def write() -> Risk:
        services.add_mitigation(risk, **form.cleaned_data, by=cast(User, request.user))
        return risk

    return _answered(request, asked, write)


@page(Permission.KEEP_RISKS)
@require_http_methods(ASKS)
def test_control(request: HttpRequest, number: int) -> HttpResponse:
    """Say whether a control works."""
    control = get_object_or_404(queries.mitigations().select_related("risk"), pk=number)
    form = ControlTestForm(request.POST or None, initial={"tested_on": today()})
    asked = _of(control.risk, form, "Test a control", control.text, "Save the test", "The test is saved.")

    def write() -> Risk:
        services.test_control(control, **form.cleaned_data, by=cast(User, request.user))
        return control.risk

    return _answered(request, asked, write)


@page(Permission.KEEP_RISKS)
@require_POST
def end_mitigation(request: HttpRequest, number: int) -> HttpResponse:
    """A mitigation is no longer there."""
    found = get_object_or_404(queries.mitigations().select_related("risk"), pk=number)
    services.end_mitigation(found, ended_on=today(), by=cast(User, request.user))
    messages.success(request, "The mitigation has ended.")
    return redirect(found.risk)


@page(Permission.KEEP_RISKS)
@require_http_methods(ASKS)
def add_warning(request: HttpRequest, ref: str) -> HttpResponse:
    """Name an indicator that would show the risk coming."""
    risk = get_object_or_404(queries.risks(), ref=ref)
    form = WarningForm(request.POST or None)
    lead = "Beyond its tolerance two months running, it alerts. It never moves the score by itself."
    asked = _of(risk, form, f"Add an early warning to risk {ref}", lead, "Add the warning", "Added.")

    def write() -> Risk:
        services.add_warning(risk, **form.cleaned_data, by=cast(User, request.user))
        return risk

    return _answered(request, asked, write)


@page(Permission.KEEP_RISKS)
@require_POST
def remove_warning(request: HttpRequest, number: int) -> HttpResponse:
    """An indicator says nothing of the risk any more."""
    found = get_object_or_404(queries.warnings(), pk=number)
    services.remove_warning(found, by=cast(User, request.user))
    messages.success(request, "Removed.")
    return redirect(found.risk)


def _of(
    risk: Risk,
    form: forms.Form,
    title: str,
    lead: str,
    button: str,
    done: str,
    *,
    stored: Mapping[str, Any] | None = None,
) -> Asked:
    """A page that asks for something about a risk."""
    return Asked(
        title=title,
        caption=f"Risk {risk.ref}",
        lead=lead,
        button=button,
        form=form,
        back=risk.get_absolute_url(),
        done=done,
        keeps=True,
        version=risk.version,
        stored=stored or {},
    )


def _answered(
    request: HttpRequest, asked: Asked, write: Callable[[], Any], *, scale: bool = False
) -> HttpResponse:
    """As every page that asks; with `scale` the levels are explained beside the form."""
    return answered(
        request, asked, write, template="risks/form.html.jinja", scales=_scales() if scale else None
    )


def _scales() -> dict[str, Any]:
    return {"likelihood": scales.likelihoods(), "impact": scales.impacts()}
