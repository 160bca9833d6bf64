"""Programmes of case audits: made, changed, read, and their rounds begun."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits import programme_services, queries, round_services
from goldenthread_web.case_audits.forms import ProgrammeForm, RoundForm
from goldenthread_web.case_audits.how_far import how_far
from goldenthread_web.case_audits.models import AuditProgramme
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.sampling.cohorts import title_of
from goldenthread_web.sampling.models import Sample

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """Make a programme."""
    form = ProgrammeForm(request.POST or None, initial={"starts_on": today()})
    asked = Asked(
        title="Make a programme",
        caption="Case audits",
        lead="What is looked at, whose cases, how often, and by whom. Each round draws its own samples.",
        button="Make the programme",
        form=form,
        back=reverse("case_audits:list"),
        done="The programme is made. Begin its first round when it is due.",
        leads_on=True,
    )
    return answered(
        request,
        asked,
        lambda: programme_services.make_programme(**form.said(), by=cast(User, request.user)),
    )


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a programme."""
    found = get_object_or_404(AuditProgramme, pk=number)
    stored = {name: getattr(found, name) for name in programme_services.WORDS}
    stored["auditors"] = list(found.auditors.all())
    form = ProgrammeForm(request.POST or None, initial=stored | {"pro_forma": found.pro_forma_id})
    asked = Asked(
        title="Change the programme",
        caption=found.title,
        lead="What was begun stays as it is; the next round follows what you say here.",
        button="Save",
        form=form,
        back=found.get_absolute_url(),
        done="Saved.",
        version=found.version,
        stored=stored | {"pro_forma": found.pro_forma_id, "auditors": [one.pk for one in stored["auditors"]]},
    )
    return answered(
        request,
        asked,
        lambda: programme_services.edit_programme(
            found, version=version_of(request), **form.said(), by=cast(User, request.user)
        ),
    )


@page(Permission.SEE_PRACTICE)
@require_safe
def programme(request: HttpRequest, number: int) -> HttpResponse:
    """One programme: what it is, its rounds, and how far each is."""
    person, day = cast(User, request.user), today()
    line = queries.programme_line(number, day)
    if line is None:
        raise Http404("There is no such programme.")
    rounds = queries.rounds_of(line.programme, day)
    context = {
        "line": line,
        "rounds": rounds,
        "said": how_far(
            {one.pk: progress for one, progress in rounds}, is_public_view=person.held_role.is_public_view
        ),
        "auditors": [one.title for one in line.programme.auditors.all()],
        "day": day,
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
        "title_of": title_of,
        "hides": person.held_role.is_public_view,
    }
    return render(request, "case_audits/programme.html.jinja", context)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the next round of a programme."""
    found = get_object_or_404(AuditProgramme, pk=number)
    form = RoundForm(request.POST or None, initial={"method": Sample.Method.RANDOM})
    asked = Asked(
        title="Begin a round",
        caption=found.title,
        lead=f"{found.size} case audits are drawn and handed out, to be done in {found.days} working days. "
        "No child is looked at twice in twelve months, and nobody looks at a case of their own.",
        button="Draw and hand out",
        form=form,
        back=found.get_absolute_url(),
        done="The round has begun: each auditor was told by mail.",
        leads_on=True,
    )
    return answered(
        request,
        asked,
        lambda: round_services.begin_round(found, drawing=form.drawing(), by=cast(User, request.user)),
    )
