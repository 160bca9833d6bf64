"""Which children only named people see, who proposes that, and who is related to whom?"""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts import relation_services, restriction_services
from goldenthread_web.accounts.children import reference_of_typed
from goldenthread_web.accounts.forms import RelationForm, RestrictionForm
from goldenthread_web.accounts.models import Relation, Restriction, User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.restrictions import listed_now, reasons, relations, standing
from goldenthread_web.accounts.roles import Permission

PER_PAGE = 25


@page(Permission.APPROVE_RESTRICTIONS, asks=["page"])
@require_safe
def all_restrictions(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and who is restricted now."""
    person = cast(User, request.user)
    shown = Paginator(standing(), PER_PAGE).get_page(request.GET.get("page"))
    waiting = Restriction.objects.filter(decided_at__isnull=True).values_list("reference", flat=True)
    context = {
        "page": shown,
        "reasons": reasons(),
        "me": person,
        "waiting": set(waiting),
        "may_propose": person.may(Permission.RESTRICT_CHILDREN),
    }
    return render(request, "accounts/restrictions.html.jinja", context)


@page(Permission.RESTRICT_CHILDREN, asks=["child", "reason"])
@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request: HttpRequest) -> HttpResponse:
    """Propose that only named people see a child, or that others do."""
    form, refused = RestrictionForm(request.POST or None, initial=_as_it_is(request)), ""
    if form.is_valid():
        said = form.cleaned_data
        try:
            restriction_services.propose_restriction(
                reference_of_typed(said["child"]),
                reason=said["reason"],
                viewers=said["people"],
                by=cast(User, request.user),
            )
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Proposed. The child is restricted from now on; somebody else decides.")
            return redirect("accounts:restrictions")
    status = 400 if form.errors or refused else 200
    return render(request, "accounts/restrict.html.jinja", {"form": form, "refused": refused}, status=status)


def _as_it_is(request: HttpRequest) -> dict[str, str]:
    """What the form starts from: the child of the address and who may see them now.

    Only whoever sees that on the page of restricted children finds it here, or typing ids would tell it.
    """
    given = {name: request.GET.get(name, "") for name in ("child", "reason")}
    if not given["child"] or not cast(User, request.user).may(Permission.APPROVE_RESTRICTIONS):
        return given
    listed = "\n".join(listed_now(reference_of_typed(given["child"])))
    return given | {"child_again": given["child"], "people": listed}


@page(Permission.RESTRICT_CHILDREN)
@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    """Propose that a child is no longer restricted."""
    restriction = get_object_or_404(Restriction, pk=number)
    restriction_services.propose_lifting(restriction.reference, by=cast(User, request.user))
    messages.success(request, "Proposed. The child stays restricted until somebody else approves it.")
    return redirect("accounts:restrictions")


@page(Permission.APPROVE_RESTRICTIONS)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse."""
    restriction = get_object_or_404(Restriction, pk=number)
    answer = request.POST.get("answer")
    if answer not in ("approve", "refuse"):
        raise Refused("Say whether you approve.")
    restriction_services.decide_restriction(
        restriction, is_approved=answer == "approve", by=cast(User, request.user)
    )
    messages.success(request, "Your decision is recorded.")
    return redirect("accounts:restrictions")


@page(None)
@require_http_methods(["GET", "HEAD", "POST"])
def related(request: HttpRequest) -> HttpResponse:
    """The children I am related to: declare one. Nothing here tells whether there is such a child."""
    person = cast(User, request.user)
    form, refused = RelationForm(request.POST or None), ""
    if form.is_valid():
        try:
            relation_services.declare_relation(reference_of_typed(form.cleaned_data["child"]), by=person)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Declared. You see nothing of this child from now on.")
            return redirect("accounts:related")
    status = 400 if form.errors or refused else 200
    context = {"form": form, "refused": refused, "declared": relations().filter(person=person)}
    return render(request, "accounts/related.html.jinja", context, status=status)


@page(Permission.WITHDRAW_RELATIONS, asks=["page"])
@require_safe
def all_relations(request: HttpRequest) -> HttpResponse:
    """Who declared to be related to a child."""
    shown = Paginator(relations(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/relations.html.jinja", {"page": shown, "me": request.user})


@page(Permission.WITHDRAW_RELATIONS)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw what somebody declared by mistake."""
    relation = get_object_or_404(Relation, pk=number)
    relation_services.withdraw_relation(relation, by=cast(User, request.user))
    messages.success(request, "Withdrawn.")
    return redirect("accounts:relations")
