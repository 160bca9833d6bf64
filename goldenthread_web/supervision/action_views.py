"""What becomes of an action between two sessions: pages that ask for it."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.supervision import action_services as services
from goldenthread_web.supervision import queries
from goldenthread_web.supervision.about_children import named, reason_for, scope_of, words
from goldenthread_web.supervision.forms import AnswerForm, DoneForm
from goldenthread_web.supervision.models import Action
from goldenthread_web.supervision.queries import Standing
from goldenthread_web.supervision.reading import Followed, read
from goldenthread_web.trail.recording import record


@page(None, narrative=True)
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, number: int) -> HttpResponse:
    """The worker or the supervisor says that an action is done."""
    person, one, standing = _found(request, number)
    if not (standing.is_supervisor or standing.is_supervisee):
        raise Http404("This is not yours to do.")
    form = DoneForm(request.POST or None, initial={"done_on": today()})
    action = one.action
    asked = Asked(
        title="Say that it is done",
        caption=f"Action {action.ref}",
        lead=_lead(action, person),
        button="It is done",
        form=form,
        back=reverse("supervision:file", args=[action.session.agreement_id]),
        done="Noted as done. The next session looks at it.",
        version=action.version,
    )

    def write() -> Action:
        return services.report_done(action, version=version_of(request), **form.cleaned_data, by=person)

    return answered(request, asked, write)


@page(Permission.SUPERVISE, narrative=True)
@require_http_methods(["GET", "HEAD", "POST"])
def carried(request: HttpRequest, number: int) -> HttpResponse:
    """The supervisor's manager says what happens with an action that was carried again and again."""
    person, one, standing = _found(request, number)
    if not standing.is_manager:
        raise Http404("This does not wait for you.")
    form = AnswerForm(request.POST or None)
    action = one.action
    asked = Asked(
        title="What happens with this action?",
        caption=f"Action {action.ref}, carried {one.times_carried} times",
        lead=_lead(action, person),
        button="Say so",
        form=form,
        back=reverse("supervision:list"),
        done="Your answer stands in the file of the worker.",
        version=action.version,
    )

    def write() -> object:
        return services.answer_carried(action, version=version_of(request), **form.cleaned_data, by=person)

    return answered(request, asked, write)


def _found(request: HttpRequest, number: int) -> tuple[User, Followed, Standing]:
    """An action of a file that the person may open, with what the person is to it."""
    person = cast(User, request.user)
    mine = queries.files_visible_to(person).filter(sessions__actions=number)
    for file in read(mine).files:
        for one in file.actions:
            if one.action.pk == number:
                return person, one, queries.marked(file.agreement)
    raise Http404("There is no such action.")


def _lead(action: Action, person: User) -> str:
    """What the action says; whom it is about is recorded before it is shown."""
    seen = named({action.reference}, scope_of(person)) if action.reference else {}
    if seen:
        about, reason = ("list", "supervision.action"), reason_for(person)
        record("children.seen", about, by=person, reason=reason, children=seen)
    return words(action, seen)
