"""Lines of money entered and changed; what was agreed, planned, spent, expected and shown."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.resources import queries, services, signing
from goldenthread_web.resources.forms import (
    ApprovalForm,
    EvidenceForm,
    ForecastForm,
    LineForm,
    NewLineForm,
    PlanForm,
    SpendForm,
)
from goldenthread_web.resources.models import InvestmentLine
from goldenthread_web.resources.quarters import Quarter, quarter_of

ASKS = ["GET", "HEAD", "POST"]
QUARTERS_AHEAD = 8


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """Enter a line of money."""
    refs = [one.ref[1:] for one in queries.lines().prefetch_related(None)]
    number = max((int(ref) for ref in refs if ref.isdecimal()), default=0) + 1
    form = NewLineForm(request.POST or None, initial={"ref": f"M{number}", "starts_on": today()})
    asked = Asked(
        title="Enter a line of money",
        caption="Money",
        lead="What for, from where, until when, and what children are to have of it.",
        button="Enter the line",
        form=form,
        back=reverse("resources:list"),
        done="The line is there. Its amount comes with the decision that approved it.",
        keeps=True,
    )
    return answered(request, asked, lambda: services.add_line(**_said(form), by=cast(User, request.user)))


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Say a line in other words."""
    line = _line(ref)
    stored = {name: getattr(line, name) for name in LineForm.base_fields}
    form = LineForm(request.POST or None, initial=stored)
    asked = _of(
        line, form, f"Change line {ref}", "Amounts are changed by decisions alone.", "Save", stored=stored
    )

    def write() -> None:
        services.edit_line(line, version=version_of(request), by=cast(User, request.user), **_said(form))

    return answered(request, asked, write)


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def approve(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what a body agreed to."""
    line = _line(ref)
    form = ApprovalForm(request.POST or None, basis=line.basis)
    lead = "The latest decision counts; amounts approved before it stay beside it."
    asked = _of(line, form, f"Enter what was approved for {ref}", lead, "Save the amount")
    by = cast(User, request.user)
    return answered(request, asked, lambda: services.approve(line, **form.cleaned_data, by=by))


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def spend(request: HttpRequest, ref: str) -> HttpResponse:
    """Enter money spent."""
    line = _line(ref)
    form = SpendForm(request.POST or None, initial={"spent_on": today()})
    last = signing.signed_to()
    lead = f"Money to {last:%-d %B %Y} is signed: enter it on a later day." if last else line.title
    asked = _of(line, form, f"Enter money spent on {ref}", lead, "Enter it")
    by = cast(User, request.user)
    return answered(request, asked, lambda: services.enter_spend(line, **form.cleaned_data, by=by))


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def forecast(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what a line is expected to cost."""
    line = _line(ref)
    span = queries.standing_of(line, today()).span_said
    form = ForecastForm(request.POST or None, span=span, initial={"made_on": today()})
    asked = _of(line, form, f"Forecast {ref}", line.title, "Save the forecast")
    by = cast(User, request.user)
    return answered(request, asked, lambda: services.forecast_line(line, **form.cleaned_data, by=by))


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Say how much is to be spent in each quarter that is not signed."""
    line = _line(ref)
    now = {Quarter(one.year, one.quarter): one.amount for one in line.profiles.all()}
    form = PlanForm(request.POST or None, quarters=_open_quarters(line), now=now)
    asked = _of(line, form, f"Plan {ref} by quarter", line.title, "Save the plan")
    by = cast(User, request.user)
    return answered(request, asked, lambda: services.plan_line(line, amounts=form.amounts(), by=by))


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def evidence(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what came of the money."""
    line = _line(ref)
    form = EvidenceForm(request.POST or None, initial={"about_on": today()})
    asked = _of(line, form, f"What came of {ref}?", line.benefit, "Save the evidence")
    by = cast(User, request.user)
    return answered(request, asked, lambda: services.add_evidence(line, **form.cleaned_data, by=by))


def _line(ref: str) -> InvestmentLine:
    return get_object_or_404(queries.lines(), ref=ref)


def _said(form: LineForm) -> dict[str, Any]:
    """What the form says, as the services take it; it names no person."""
    return {name: value for name, value in form.cleaned_data.items() if name != "person"}


def _of(
    line: InvestmentLine,
    form: Any,
    title: str,
    lead: str,
    button: str,
    *,
    stored: dict[str, Any] | None = None,
) -> Asked:
    """A page that asks for something about a line."""
    return Asked(
        title=title,
        caption=f"{line.ref} {line.title}",
        lead=lead,
        button=button,
        form=form,
        back=line.get_absolute_url(),
        done="Saved.",
        keeps=True,
        version=line.version,
        stored=stored or {},
    )


def _open_quarters(line: InvestmentLine) -> list[Quarter]:
    """Quarters of the line that nobody signed: to its end, or two years on."""
    last = signing.signed_to()
    quarter = quarter_of(line.starts_on)
    if last is not None:
        quarter = max(quarter, quarter_of(last).following)
    found: list[Quarter] = []
    while len(found) < QUARTERS_AHEAD and (line.ends_on is None or quarter.starts_on <= line.ends_on):
        found.append(quarter)
        quarter = quarter.following
    return found
