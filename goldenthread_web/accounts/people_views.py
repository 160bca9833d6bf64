"""Who has an account, what may they do, and who decides that?"""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts import people_services as services
from goldenthread_web.accounts.forms import AccountForm, PasswordForm, ProposalForm
from goldenthread_web.accounts.invitations import invited
from goldenthread_web.accounts.models import RoleProposal, User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.queries import State, history_of, people, proposals, state_of
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.trail.words import event_words
from goldenthread_web.ui.pages import open_page

PER_PAGE = 50


@page(Permission.MANAGE_PEOPLE, asks=["role", "state", "words", "page"])
@require_safe
def all_people(request: HttpRequest) -> HttpResponse:
    """Every account, filtered by role, state and words."""
    asked = {name: request.GET.get(name, "").strip() for name in ("role", "state", "words")}
    if asked["state"] not in (*State, ""):
        raise Http404
    shown = Paginator(people(**asked), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(person, roles()[person.role].title, state_of(person)) for person in shown]
    context = {"page": shown, "rows": rows, "asked": asked, "roles": roles(), "states": list(State)}
    return render(request, "accounts/people.html.jinja", context)


@page(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an account, with the role that somebody else must approve."""
    form = AccountForm(request.POST or None)
    refused = _tried(form, lambda said: services.make_account(**said, by=cast(User, request.user)))
    if refused is None:
        return redirect("accounts:people")
    return render(request, "accounts/new.html.jinja", {"form": form, "refused": refused})


@page(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One account: what it may do, what was done to it, and what to propose."""
    shown = get_object_or_404(people(), pk=number)
    form = ProposalForm(request.POST or None, initial=_present(shown))
    by = cast(User, request.user)
    refused = _tried(form, lambda said: services.propose_role(shown, **said, by=by))
    if refused is None:
        return redirect("accounts:person", number)
    context = {
        "account": shown,
        "state": state_of(shown),
        "role": shown.held_role,
        "form": form,
        "refused": refused,
        "events": [_told(event) for event in history_of(shown)],
        "is_mine": shown == by,
    }
    return render(request, "accounts/person.html.jinja", context)


@page(Permission.MANAGE_PEOPLE)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account."""
    services.close_account(get_object_or_404(User, pk=number), by=cast(User, request.user))
    return redirect("accounts:person", number)


@page(Permission.MANAGE_PEOPLE)
@require_POST
def send_link(request: HttpRequest, number: int) -> HttpResponse:
    """Send a link to set a password."""
    services.send_link(get_object_or_404(User, pk=number), by=cast(User, request.user))
    return redirect("accounts:person", number)


@page(Permission.MANAGE_PEOPLE)
@require_POST
def remove_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take the authenticator app off an account."""
    services.remove_second_factor(get_object_or_404(User, pk=number), by=cast(User, request.user))
    return redirect("accounts:person", number)


@page(Permission.APPROVE_ROLES, asks=["page"])
@require_safe
def all_proposals(request: HttpRequest) -> HttpResponse:
    """Roles that wait for approval, and what was decided."""
    shown = Paginator(proposals(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "roles": roles(), "me": request.user}
    return render(request, "accounts/proposals.html.jinja", context)


@page(Permission.APPROVE_ROLES)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse."""
    proposal = get_object_or_404(RoleProposal, pk=number)
    answer = request.POST.get("answer")
    if answer not in ("approve", "refuse"):
        raise Refused("Say whether you approve.")
    services.decide(proposal, is_approved=answer == "approve", by=cast(User, request.user))
    return redirect("accounts:proposals")


@page(None)
@require_safe
def all_roles(request: HttpRequest) -> HttpResponse:
    """Every role in plain words, with what it may do."""
    return render(request, "accounts/roles.html.jinja", {"roles": roles().values()})


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Set a password with the link that was sent; it works once."""
    invitee = invited(number, token)
    if invitee is None:
        return render(request, "accounts/link_used.html.jinja", status=404)
    form = PasswordForm(invitee, request.POST or None)
    if form.is_valid():
        services.set_password_by_link(password=form.cleaned_data["new_password1"], by=invitee)
        return redirect("account_login")
    return render(request, "accounts/set_password.html.jinja", {"form": form})


def _tried(form: Any, write: Any) -> str | None:
    """None: it was written; else what to show beside the form."""
    if not form.is_valid():
        return ""
    try:
        write(form.cleaned_data)
    except NotForYourself:
        raise
    except Refused as refusal:
        return str(refusal)
    return None


def _present(shown: User) -> dict[str, Any]:
    return {"role": shown.role, "unit": shown.unit, "worker_id": shown.worker_id, "ends_on": shown.ends_on}


def _told(event: Any) -> dict[str, Any]:
    by = roles()[event.by_role].title if event.by_role in roles() else "the service itself"
    return {"at": event.at, "by": by, "words": event_words(event.what)}
