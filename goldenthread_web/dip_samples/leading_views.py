"""Who leads dip samples: draws them, gives them to somebody else, withdraws them, follows them up."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.calendar import add_working_days
from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.units import open_units
from goldenthread_web.config.clock import today
from goldenthread_web.dip_samples import queries, services
from goldenthread_web.dip_samples.forms import DoneForm, DrawForm, FollowUpForm, GiveForm, WithdrawForm
from goldenthread_web.dip_samples.models import DipSample
from goldenthread_web.programme.asking import Asked, answered, version_of

ASKS = ["GET", "HEAD", "POST"]
USUAL_DAYS = 10  # working days in which a dip sample is to be done, unless somebody says otherwise


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """Draw children for a design and hand them over."""
    found = get_object_or_404(queries.designs(), code=code)
    version = found.versions.all()[0]
    initial = {name: getattr(version, name) for name in ("method", "strata", "size_rule", "size")}
    initial |= {"due_on": add_working_days(today(), USUAL_DAYS), "size": version.size or None}
    teams = open_units(Unit.Kind.TEAM, today()).values_list("name", flat=True)
    form = DrawForm(request.POST or None, initial=initial, teams=set(teams))
    asked = Asked(
        title="Draw children",
        caption=version.title,
        lead=version.question,
        button="Draw and hand over",
        form=form,
        back=found.get_absolute_url(),
        done="Drawn and handed over. Whoever looks at the cases finds them under My dip samples.",
        leads_on=True,
    )

    def write() -> DipSample:
        return services.draw_dip_sample(version, **form.said(), by=cast(User, request.user))

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def give(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody else looks at the cases."""
    found = get_object_or_404(queries.dip_samples(), ref=ref)
    initial = {"sampler": found.sampler_id, "due_on": max(found.due_on, today())}
    form = GiveForm(request.POST or None, initial=initial)
    lead = "What was answered stays. Whoever had it no longer sees the children."
    asked = _of(
        found, form, "Give it to somebody else", lead, "Give it to them", "It is theirs now.", initial
    )

    def write() -> None:
        said = form.cleaned_data
        services.give_to_another(found, **said, version=version_of(request), by=cast(User, request.user))

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """It is not needed."""
    found = get_object_or_404(queries.dip_samples(), ref=ref)
    form = WithdrawForm(request.POST or None)
    lead = "It stays to be read, and counts nowhere."
    asked = _of(found, form, "Withdraw it", lead, "Withdraw it", "It is withdrawn.")

    def write() -> None:
        because = form.cleaned_data["because"]
        services.withdraw(found, version=version_of(request), because=because, by=cast(User, request.user))

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def follow_up(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what is done about what was found."""
    found = get_object_or_404(queries.dip_samples(), ref=ref)
    form = FollowUpForm(request.POST or None, dip_sample=found)
    lead = f"As agreed for less than {found.design_version.threshold}%: {found.design_version.below}"
    asked = _of(found, form, "Say what is done about it", lead, "Save", "Saved.")

    def write() -> None:
        services.set_follow_up(found, **form.cleaned_data, by=cast(User, request.user))

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def follow_up_done(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a follow-up is done."""
    found = get_object_or_404(queries.follow_ups(), pk=number)
    form = DoneForm(request.POST or None, today=today())
    asked = Asked(
        title="Say what was done",
        caption=f"Dip sample {found.dip_sample.ref}",
        lead=found.text,
        button="Save",
        form=form,
        back=reverse("dip_samples:dip_sample", args=[found.dip_sample.ref]),
        done="Saved.",
        version=found.version,
    )

    def write() -> None:
        said = form.cleaned_data
        services.complete_follow_up(found, **said, version=version_of(request), by=cast(User, request.user))

    return answered(request, asked, write)


def _of(
    found: DipSample, form: Any, title: str, lead: str, button: str, done: str, stored: Any = None
) -> Asked:
    return Asked(
        title=title,
        caption=f"Dip sample {found.ref}: {found.design_version.title}",
        lead=lead,
        button=button,
        form=form,
        back=found.get_absolute_url(),
        done=done,
        version=found.version,
        stored=stored or {},
    )
