"""The cost for each child of a service, quarter by quarter, and what happens to each one-off pound."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered
from goldenthread_web.resources import queries, services
from goldenthread_web.resources.forms import ServiceSpendForm
from goldenthread_web.resources.money import money_exact, money_said
from goldenthread_web.resources.unit_costs import ServiceCost, left_in_all, one_off_money, service_costs
from goldenthread_web.ui.drawing import trend


@page(Permission.SEE_MONEY)
@require_safe
def costs(request: HttpRequest) -> HttpResponse:
    """What each service costs for each child, and when each one-off pound ends."""
    person, day = cast(User, request.user), today()
    found = service_costs(day, is_public_view=person.held_role.is_public_view)
    ending = one_off_money(queries.standing(day))
    context = {
        "costs": [(one, _drawn(one)) for one in found],
        "one_off": ending,
        "left": left_in_all(ending),
        "money": money_said,
        "exact": money_exact,
        "day": day,
        "may_change": person.may(Permission.KEEP_MONEY),
    }
    return render(request, "resources/costs.html.jinja", context)


@page(Permission.KEEP_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter what a service cost in a quarter."""
    form = ServiceSpendForm(request.POST or None, on=today())
    asked = Asked(
        title="Enter what a service cost",
        caption="Money",
        lead="From the ledger, for a quarter that is over. An amount entered wrongly is entered again: the "
        "latest counts, and those before it stay.",
        button="Enter it",
        form=form,
        back=reverse("resources:costs"),
        done="Entered.",
    )
    by = cast(User, request.user)
    return answered(request, asked, lambda: services.enter_service_spend(**form.said(), by=by))


def _drawn(one: ServiceCost) -> str:
    values = [each.per_child for each in one.quarters]
    if sum(value is not None for value in values) < 2:
        return ""
    labels = [f"{each.quarter.ends_on:%b %Y}" for each in one.quarters]
    alternative = f"Cost for each {one.service.child}. {one.sentence} Every number is in the table below."
    return trend(values, labels, alternative, decimals=0)
