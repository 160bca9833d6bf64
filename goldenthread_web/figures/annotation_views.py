"""Noting on charts what happened, naming who answers, and choosing whom the council is compared with."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.figures import services
from goldenthread_web.figures.annotations import noted_on, owner_of
from goldenthread_web.figures.forms import AnnotationForm, NeighboursForm, OwnerForm
from goldenthread_web.figures.models import Annotation
from goldenthread_web.figures.targets import neighbours


@page(Permission.SET_TARGETS)
@require_http_methods(["GET", "HEAD", "POST"])
def annotate(request: HttpRequest, ref: str) -> HttpResponse:
    """Note something on the chart of an indicator; what is noted there now."""
    if ref not in catalogue():
        raise Http404("There is no such indicator.")
    form, refused = AnnotationForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            services.annotate(ref, **form.cleaned_data, by=request.user)
            return redirect("figures:indicator", ref)
        except Refused as refusal:
            refused = str(refusal)
    shown = {"definition": catalogue()[ref], "form": form, "refused": refused, "noted": noted_on(ref)}
    return render(request, "figures/annotate.html.jinja", shown)


@page(Permission.SET_TARGETS)
@require_POST
def withdraw(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Take a note off the charts."""
    services.withdraw(get_object_or_404(Annotation, pk=number), by=request.user)
    return redirect("figures:annotate", ref)


@page(Permission.SET_TARGETS)
@require_http_methods(["GET", "HEAD", "POST"])
def owner(request: HttpRequest, ref: str) -> HttpResponse:
    """Say which post answers for an indicator."""
    if ref not in catalogue():
        raise Http404("There is no such indicator.")
    form = OwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.name_owner(ref, **form.cleaned_data, by=request.user)
        return redirect("figures:indicator", ref)
    shown = {"definition": catalogue()[ref], "form": form, "refused": None, "owner": owner_of(ref)}
    return render(request, "figures/owner.html.jinja", shown)


@page(Permission.SET_TARGETS)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_neighbours(request: HttpRequest) -> HttpResponse:
    """Say which authorities are the statistical neighbours."""
    chosen = neighbours(today())
    form, refused = NeighboursForm(request.POST or None, initial={"areas": list(chosen)}), None
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_neighbours(**form.cleaned_data, by=request.user)
            return redirect("figures:compare_authorities")
        except Refused as refusal:
            refused = str(refusal)
    return render(
        request, "figures/neighbours.html.jinja", {"form": form, "refused": refused, "chosen": chosen}
    )
