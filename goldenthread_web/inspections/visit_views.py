"""Monitoring visits: what is known of each, and where it stands."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.inspections import services
from goldenthread_web.inspections.dates import answer_due_on
from goldenthread_web.inspections.forming import form_page
from goldenthread_web.inspections.forms import VisitForm
from goldenthread_web.inspections.models import Visit
from goldenthread_web.inspections.queries import findings, visits
from goldenthread_web.inspections.standing import overview


@page(Permission.SEE_INSPECTIONS)
@require_safe
def visit(request: HttpRequest, number: int) -> HttpResponse:
    """One visit: its days, focus and letter; what earlier letters said about its focus."""
    on = today()
    line = next((one for one in overview([], on).visits if one.visit.number == number), None)
    if line is None:
        raise Http404
    earlier = findings(areas=line.visit.areas, to=line.visit.starts_on) if line.visit.areas else []
    context = {
        "line": line,
        "visit": line.visit,
        "today": on,
        "answer_due_on": answer_due_on(line.letter.letter) if line.letter else None,
        "earlier": list(earlier),
        "may_mark": cast(User, request.user).may(Permission.MARK_FINDINGS),
        "may_prepare": cast(User, request.user).may(Permission.HAND_OVER_EVIDENCE),
    }
    return render(request, "inspections/visit.html.jinja", context)


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a visit."""
    last = visits().last()
    return form_page(
        request,
        VisitForm(request.POST or None, initial={"number": last.number + 1 if last else 1}),
        lambda said: services.set_visit(
            **{name: value for name, value in said.items() if name != "version"},
            by=cast(User, request.user),
        ),
        title="Enter a monitoring visit",
        button="Enter the visit",
        back=(reverse("inspections:list"), "Inspections and findings"),
    )


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what is known of a visit."""
    found = get_object_or_404(Visit, number=number)
    form = VisitForm(request.POST or None, initial=_values(found))
    form.fields["number"].disabled = True
    return form_page(
        request,
        form,
        lambda said: services.set_visit(
            **(said | {"version": said["version"] or 0}), by=cast(User, request.user)
        ),
        title=f"Change visit {number}",
        button="Save",
        back=(found.get_absolute_url(), f"Visit {number}"),
        stored=lambda: _values(Visit.objects.get(number=number)),
    )


def _values(found: Visit) -> dict[str, Any]:
    return {name: getattr(found, name) for name in VisitForm.base_fields}
