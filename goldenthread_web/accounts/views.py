"""What may I do here, where do I start, and where am I signed in?"""

from typing import cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from goldenthread_web.accounts import sign_in_services
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.queries import recent_sign_ins
from goldenthread_web.accounts.sessions import ends_at
from goldenthread_web.config.clock import london
from goldenthread_web.config.menu import menu_of


@page(None)
def home(request: HttpRequest) -> HttpResponse:
    """Where the person's role begins, else the first page of their menu, or one that says there is none."""
    person = cast(User, request.user)
    if begins_at := person.held_role.begins_at:
        return redirect(begins_at)
    entries = menu_of(person, request.path)
    return redirect(entries[0]["href"]) if entries else redirect("accounts:mine")


@page(None)
def mine(request: HttpRequest) -> HttpResponse:
    """My role in words, what I may do, whose children I see, and where I am signed in."""
    person = cast(User, request.user)
    context = {"account": person, "role": person.held_role, "sign_ins": recent_sign_ins(person)}
    return render(request, "accounts/mine.html.jinja", context)


@page(None)
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Prolong the session, from the warning before it ends."""
    ends = ends_at(request)
    return JsonResponse({"ends_at": ends.isoformat(), "said": f"{london(ends):%H:%M}"})


@page(None)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all my sessions, this one too."""
    sign_in_services.sign_out_everywhere(by=cast(User, request.user))
    logout(request)
    return redirect("account_login")
