"""What does somebody see who may not sign in, although they proved who they are?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread_web.accounts import sign_in_services as services
from goldenthread_web.accounts.admitting import SENTENCES
from goldenthread_web.accounts.models import User


def turned_away(request: HttpRequest, reason: str, person: User | None = None) -> HttpResponse:
    """The page that says why, once it is noted."""
    if person is not None:
        services.turn_away(person, reason=reason, by=None)
    else:
        services.note_failure("sign_in_failed", None, reason)
    request.session.flush()
    return render(request, "accounts/turned_away.html.jinja", {"sentence": SENTENCES[reason]}, status=403)
