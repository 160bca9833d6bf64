"""Pages of deliveries and loads."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.extracts import queries, services
from goldenthread_web.extracts.current import current
from goldenthread_web.extracts.forms import DeliverForm
from goldenthread_web.extracts.preparing import steps

RUNS_A_PAGE = 25


@page(Permission.SEE_LOADS, asks=["page"])
@require_safe
def loads(request: HttpRequest) -> HttpResponse:
    """What was delivered and loaded, the newest first."""
    runs = Paginator(queries.runs_with_loads(), RUNS_A_PAGE).get_page(request.GET.get("page"))
    in_force = current()
    shown = {
        "page": runs,
        "in_force": in_force,
        "lines": [queries.history_line(run, in_force) for run in runs],
        "not_picked_up": queries.not_picked_up(),
        "may_load": request.user.may(Permission.LOAD_EXTRACTS),
    }
    return render(request, "extracts/loads.html.jinja", shown)


@page(Permission.LOAD_EXTRACTS)
def deliver(request: HttpRequest) -> HttpResponse:
    """Hand over files."""
    mapping = services.mapping_in_force()
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DeliverForm(*given, has_mapping=mapping is not None)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            run = services.deliver(
                chosen["files"],
                as_at_on=chosen["as_at_on"],
                mapping=mapping if chosen.get("use_mapping") else None,
                by=request.user,
            )
            return redirect("extracts:run", run.pk)
        except Refused as refusal:
            form.add_error("files", str(refusal))
    return render(request, "extracts/deliver.html.jinja", {"form": form})


@page(Permission.SEE_LOADS)
@require_safe
def run(request: HttpRequest, number: int) -> HttpResponse:
    """How far a load is, and what came of it."""
    found = get_object_or_404(queries.runs_with_loads(), pk=number)
    shown = {
        "run": found,
        "progress": queries.progress_of(found, len(steps())),
        "made": [queries.made_load(one) for one in found.loads.all()],
        "may_load": request.user.may(Permission.LOAD_EXTRACTS),
    }
    response = render(request, "extracts/run.html.jinja", shown)
    if request.htmx and found.is_over:
        response["HX-Refresh"] = "true"  # the rest of the page has something to say now
    return response


@page(Permission.LOAD_EXTRACTS)
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Load the same files although there are fewer rows, or simply again."""
    found = get_object_or_404(queries.runs_with_loads(), pk=number)
    asked = services.load_again(found, accept_fewer="accept_fewer" in request.POST, by=request.user)
    return redirect("extracts:run", asked.pk)
