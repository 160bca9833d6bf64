"""Quarters of money: which are signed, and the page on which one is."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import tried
from goldenthread_web.resources import queries, services, signing
from goldenthread_web.resources.forms import SignForm
from goldenthread_web.resources.money import money_said
from goldenthread_web.resources.quarters import Quarter


@page(Permission.SEE_MONEY)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every quarter that was signed, and those that wait."""
    person = cast(User, request.user)
    context = {
        "signed": [(Quarter(one.year, one.quarter), one) for one in signing.sign_offs()],
        "waiting": signing.waiting(today()),
        "may_sign": person.may(Permission.SIGN_OFF_MONEY),
    }
    return render(request, "resources/sign_offs.html.jinja", context)


@page(Permission.SEE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def quarter(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One quarter: as it was signed, or as the books stand at its end, to be signed."""
    if number not in (1, 2, 3, 4) or not 2000 <= year <= 2100:
        raise Http404
    asked, person = Quarter(year, number), cast(User, request.user)
    signed = signing.sign_off_of(asked)
    form = SignForm(request.POST or None)
    came = tried(
        request, form, lambda: services.sign_off(asked, statement=form.cleaned_data["statement"], by=person)
    )
    if came.is_written:
        return redirect(request.path)
    standing = [] if signed else queries.standing(asked.ends_on)
    context = {
        "quarter": asked,
        "signed": signed,
        "lines": signing.signed_lines(signed) if signed else signing.as_signed(standing),
        "restated": signing.restated(signed) if signed else [],
        "form": form,
        "refused": came.refused,
        "money": money_said,
        "may_sign": person.may(Permission.SIGN_OFF_MONEY) and not signed and asked.ends_on < today(),
    }
    return render(request, "resources/quarter.html.jinja", context, status=came.status(form))
