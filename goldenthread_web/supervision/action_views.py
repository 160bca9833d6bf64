"""What becomes of an action between two sessions: pages that ask for it."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.supervision import action_services as services
from goldenthread_web.supervision import queries
from goldenthread_web.supervision.about_children import named, reason_for, words
from goldenthread_web.supervision.forms import AnswerForm, DoneForm
from goldenthread_web.supervision.models import Action
from goldenthread_web.trail.recording import record


@page(None, narrative=True)
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, number: int) -> HttpResponse:
    """The worker or the supervisor says that an action is done."""
    person = cast(User, request.user)
    action = _found(person, number)
    standing = queries.standing_of(person, action.session.agreement)
    if not (standing.is_supervisor or standing.is_supervisee):
        raise Http404("This is not yours to do.")
    form = DoneForm(request.POST or None, initial={"done_on": today()})
    asked = Asked(
        title="Say that it is done",
        caption=f"Action {action.ref}",
        lead=_lead(action, person),
        button="It is done",
        form=form,
        back=action.session.agreement.get_absolute_url(),
        done="Noted as done. The next session looks at it.",
        version=action.version,
    )
    return answered(
        request,
        asked,
        lambda: services.report_done(action, version=version_of(request), **form.cleaned_data, by=person),
    )


@page(Permission.SUPERVISE, narrative=True)
@require_http_methods(["GET", "HEAD", "POST"])
def carried(request: HttpRequest, number: int) -> HttpResponse:
    """The supervisor's manager says what happens with an action that was carried again and again."""
    person = cast(User, request.user)
    action = _found(person, number)
    if not queries.standing_of(person, action.session.agreement).is_manager:
        raise Http404("This does not wait for you.")
    form = AnswerForm(request.POST or None)
    times = queries.times_carried(action)
    asked = Asked(
        title="What happens with this action?",
        caption=f"Action {action.ref}, carried {times} times",
        lead=_lead(action, person),
        button="Say so",
        form=form,
        back=reverse("supervision:list"),
        done="Your answer stands in the file of the worker.",
        version=action.version,
    )
    return answered(
        request,
        asked,
        lambda: services.answer_carried(action, version=version_of(request), **form.cleaned_data, by=person),
    )


def _found(person: User, number: int) -> Action:
    readable = queries.files_visible_to(person).values("pk")
    return get_object_or_404(queries.actions(), pk=number, session__agreement__in=readable)


def _lead(action: Action, person: User) -> str:
    """What the action says; whom it is about is recorded before it is shown."""
    seen = named({action.reference}, person)
    if seen:
        record(
            "children.seen",
            ("list", "supervision.action"),
            by=person,
            reason=reason_for(person),
            children=seen,
        )
    return words(action, seen)
