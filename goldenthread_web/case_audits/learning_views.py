"""What case audits teach: themes, what is done about each, one theme to its end, codes of a case audit."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits import following_evidence, following_services, learning_reading
from goldenthread_web.case_audits import learning_services as services
from goldenthread_web.case_audits.models import CaseAudit, LearningOutcome
from goldenthread_web.case_audits.queries import case_audits
from goldenthread_web.case_audits.reading import readable
from goldenthread_web.case_audits.results_forms import CodesForm, LearningOutcomeForm, ThemeForm
from goldenthread_web.case_audits.results_hiding import so_many
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered
from goldenthread_web.standards.domains import domain_title

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.SEE_PRACTICE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Themes of learning, those nobody has decided on first."""
    person, day = cast(User, request.user), today()
    is_public, may_lead = person.held_role.is_public_view, person.may(Permission.LEAD_CASE_AUDITS)
    lines = learning_reading.theme_lines(day, is_public_view=is_public)
    context = {
        "lines": [one for one in lines if not one.learning.is_strength],
        "strengths": [one for one in lines if one.learning.is_strength],
        "quarters": learning_reading.quarters(day),
        "against": following_evidence.waiting() if person.may(Permission.UPDATE_ACTIONS) and may_lead else [],
        "may_lead": may_lead,
        "may_use": person.may(Permission.UPDATE_ACTIONS),
        "domain_title": domain_title,
        "day": day,
    }
    return render(request, "case_audits/learning.html.jinja", context)


@page(Permission.SEE_PRACTICE)
@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """One theme, from where it was seen to whether it is seen less often since."""
    person, day = cast(User, request.user), today()
    is_public = person.held_role.is_public_view
    found = get_object_or_404(learning_reading.themes(), code=code)
    loop = learning_reading.loop_of(found, day)
    context = {
        "theme": found,
        "loop": loop,
        "since": [_since_said(one, is_public) for one in loop.since],
        "better": so_many(loop.better, loop.re_audits, is_public_view=is_public),
        "failed": so_many(loop.failed, loop.re_audits, is_public_view=is_public),
        "domain": domain_title(found.domain),
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
    }
    return render(request, "case_audits/theme.html.jinja", context)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """A theme of one's own; the first time those that the service comes with, too."""
    person = cast(User, request.user)
    form = ThemeForm(request.POST or None)
    asked = _asked(
        "Add a theme", "What case audits teach, in a few words.", "Add it", form, "case_audits:learning"
    )

    def write() -> Any:
        said = form.cleaned_data
        return services.add_theme(
            said["title"], domain=said["domain"], is_strength=said["is_strength"], by=person
        )

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Take over the themes that the service comes with."""
    number = services.begin_themes(by=cast(User, request.user))
    messages.success(request, f"{number} themes are there to code case audits with.")
    return redirect("case_audits:learning")


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is done about a theme."""
    person = cast(User, request.user)
    found = get_object_or_404(learning_reading.themes(), code=code)
    form = LearningOutcomeForm(request.POST or None)
    asked = _asked(found.title, "What is done about it?", "Write it down", form, "case_audits:theme", code)

    def write() -> LearningOutcome:
        return services.decide_outcome(found, **form.cleaned_data, by=person)

    return answered(request, asked, write)


@page(Permission.AUDIT_CASES)
@require_http_methods(ASKS)
def code(request: HttpRequest, ref: str) -> HttpResponse:
    """Say which themes a case audit shows."""
    person = cast(User, request.user)
    found = readable(person, get_object_or_404(case_audits(), ref=ref))
    held = [one.learning for one in found.themed.select_related("learning")]
    form = CodesForm(request.POST or None, initial={"themes": held})
    back = "case_audits:follows" if found.state == CaseAudit.State.COMPLETED else "case_audits:do"
    asked = _asked(f"What does {ref} show?", "Themes, not people.", "Save", form, back, ref)

    def write() -> Any:
        return services.code_with(found, form.cleaned_data["themes"], by=person)

    return answered(request, asked, write)


@page(Permission.UPDATE_ACTIONS)
@require_POST
def show_against_plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a re-audit that failed against the actions of the plan that were to change it."""
    person = cast(User, request.user)
    found = readable(person, get_object_or_404(case_audits(), ref=ref))
    made = following_services.show_against_plan(found, by=person)
    messages.success(request, f"{ref} stands as evidence against {len(made)} of the plan’s actions.")
    return redirect("case_audits:learning")


def _since_said(one: learning_reading.Since, is_public: bool) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "before": so_many(*one.before, is_public_view=is_public),
        "after": so_many(*one.after, is_public_view=is_public) if one.is_time else "too early to say",
    }


def _asked(title: str, lead: str, button: str, form: Any, back: str, *of: str) -> Asked:
    return Asked(
        title=title,
        caption="Learning from case audits",
        lead=lead,
        button=button,
        form=form,
        back=reverse(back, args=of),
        done="Written down.",
    )
