"""Designs of dip samples: which there are, what one found each time, made, worded anew, ended."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.dip_samples import design_services as services
from goldenthread_web.dip_samples import queries, results
from goldenthread_web.dip_samples.forms import DesignForm, as_initial
from goldenthread_web.dip_samples.models import Design, DipSample
from goldenthread_web.dip_samples.shipped import shipped
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.sampling import cohorts
from goldenthread_web.sampling.drawing import STRATA
from goldenthread_web.sampling.sizes import size_rules

ASKS = ["GET", "HEAD", "POST"]
LEAD = "One question that a few cases can answer: yes, no, or it does not apply."


@page(Permission.SEE_PRACTICE)
@require_safe
def designs(request: HttpRequest) -> HttpResponse:
    """Every design, with its question."""
    found = list(queries.designs())
    person = cast(User, request.user)
    context = {
        "designs": [(one, one.versions.all()[0]) for one in found],
        "titles": {one.code: one.title for one in cohorts.cohorts().values()},
        "missing": len(set(shipped()) - {one.code for one in found}),
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
    }
    return render(request, "dip_samples/designs.html.jinja", context)


@page(Permission.SEE_PRACTICE)
@require_safe
def design(request: HttpRequest, code: str) -> HttpResponse:
    """One design: what it asks, and what was found each time."""
    found, person = get_object_or_404(queries.designs(), code=code), cast(User, request.user)
    drawn = queries.dip_samples().filter(design_version__design=found)
    drawn = list(drawn.prefetch_related("design_version__items"))
    finished = [one for one in drawn if one.state == DipSample.State.FINISHED]
    version = found.versions.all()[0]
    context = {
        "found": found,
        "said": version,
        "versions": found.versions.all(),
        "cohort": cohorts.title_of(version.cohort),
        "about": cohorts.about_of(version.cohort),
        "size": size_rules()[version.size_rule].said(version.size),
        "groups": STRATA.get(version.strata, ""),
        "series": results.compared(finished, is_public_view=person.held_role.is_public_view),
        "running": [one for one in drawn if one.state == DipSample.State.DRAWN],
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
    }
    return render(request, "dip_samples/design.html.jinja", context)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """Make a design."""
    form = DesignForm(request.POST or None, initial={"threshold": 90, "size_rule": "all_or_twenty"})
    asked = Asked(
        title="Make a dip sample",
        caption="Dip samples",
        lead=LEAD,
        button="Make it",
        form=form,
        back=reverse("dip_samples:designs"),
        done="The design is there. Draw children for it next.",
        leads_on=True,
    )

    def write() -> Design:
        said = form.said()
        code = slugify(said.title).replace("-", "_")[:40]
        return services.make_design(code, said, by=cast(User, request.user))

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Word a design anew."""
    found = get_object_or_404(queries.designs(), code=code)
    version = found.versions.all()[0]
    initial = as_initial(version)
    form = DesignForm(request.POST or None, initial=initial)
    asked = Asked(
        title=f"Word it anew: {version.title}",
        caption="Dip samples",
        lead="What was drawn with today’s wording keeps it. Items are compared by their short names.",
        button="Save as a new version",
        form=form,
        back=found.get_absolute_url(),
        done="Saved as a new version.",
        version=version.number,
        stored=initial,
    )

    def write() -> None:
        services.word_anew(found, form.said(), version=version_of(request), by=cast(User, request.user))

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Draw a design no more."""
    found = get_object_or_404(queries.designs(), code=code)
    _told(request, lambda: services.end_design(found, by=cast(User, request.user)), "It is no longer drawn.")
    return redirect(found)


@page(Permission.LEAD_CASE_AUDITS)
@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Take over the designs that ship and are not there yet."""
    write = lambda: services.take_over_shipped(by=cast(User, request.user))  # noqa: E731
    _told(request, write, "The designs are there. Word them as your council speaks.")
    return redirect("dip_samples:designs")


def _told(request: HttpRequest, write, done: str) -> None:  # noqa: ANN001 - what writes
    try:
        write()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
