"""Was emergency access used well? The data protection officer's list, with a finding for each."""

from typing import cast

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from goldenthread_web.accounts import emergency_services as services
from goldenthread_web.accounts.emergencies import FINDINGS, for_review, reasons
from goldenthread_web.accounts.models import EmergencyAccess, User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now

PER_PAGE = 25


@page(Permission.REVIEW_BREAK_GLASS, asks=["page"])
def emergencies(request: HttpRequest) -> HttpResponse:
    """Every emergency access, those without a finding first."""
    shown = Paginator(for_review(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "reasons": reasons(), "findings": FINDINGS, "now": now()}
    return render(request, "accounts/emergencies.html.jinja", context)


class FindingForm(forms.Form):
    """Justified or not."""

    finding = forms.ChoiceField(choices=list(FINDINGS.items()))


@page(Permission.REVIEW_BREAK_GLASS)
@require_POST
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Give a finding."""
    emergency = get_object_or_404(EmergencyAccess, pk=number)
    form = FindingForm(request.POST)
    finding = form.cleaned_data["finding"] if form.is_valid() else ""
    services.review(emergency, finding=finding, by=cast(User, request.user))
    return redirect("accounts:emergencies")
