"""Voices written down, replied to, asked for and told."""

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
from goldenthread_web.voice import forms, queries, services, words
from goldenthread_web.voice.about_children import named
from goldenthread_web.voice.models import Reply

ASKS = ["GET", "HEAD", "POST"]
NOT_TIED = "Your answers are kept without you: who answered is known, what they said is not tied to it."


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


@page(Permission.RECORD_FEEDBACK, narrative=True)
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """Write down what somebody said."""
    form = forms.FeedbackForm(request.POST or None, by=_by(request))
    asked = Asked(
        title="Write down what somebody said",
        caption="Voice",
        lead="What is about one child’s care also belongs in the case record: copy it there.",
        button="Keep it",
        form=form,
        back=reverse("voice:said"),
        done="It is kept.",
    )
    return answered(
        request,
        asked,
        lambda: services.record_feedback(**form.cleaned_data, by=_by(request)),
    )


@page(Permission.RECORD_FEEDBACK, narrative=True)
@require_http_methods(ASKS)
def code(request: HttpRequest, number: int) -> HttpResponse:
    """Correct what was written down, or code it."""
    found = get_object_or_404(queries.feedback_for(_by(request)), pk=number)
    kept = {None: "", True: "yes", False: "no"}[found.is_positive]
    child = named(_by(request), [found.reference]).get(found.reference, found.reference)
    stored = {"text": found.text, "themes": found.themes, "is_positive": kept}
    form = forms.CodingForm(request.POST or None, initial=stored | {"reference": child}, by=_by(request))
    asked = Asked(
        title="What is it about?",
        caption=words.audiences()[found.audience],
        lead="",
        button="Save",
        form=form,
        back=reverse("voice:said"),
        done="It is saved.",
        version=found.version,
        stored=stored,
    )
    return answered(
        request,
        asked,
        lambda: services.change_feedback(
            found, **form.cleaned_data, version=version_of(request), by=_by(request)
        ),
    )


@page(Permission.KEEP_VOICE)
@require_http_methods(ASKS)
def ask(request: HttpRequest) -> HttpResponse:
    """Begin a round of asking."""
    form = forms.AskingForm(request.POST or None)
    asked = Asked(
        title="Begin a round of asking",
        caption="Voice",
        lead="So that it can be told how many of those asked have answered.",
        button="Begin it",
        form=form,
        back=reverse("voice:list"),
        done="It has begun: whoever writes feedback down can name it.",
    )
    return answered(request, asked, lambda: services.begin_asking(**form.cleaned_data, by=_by(request)))


@page(Permission.KEEP_VOICE)
@require_http_methods(ASKS)
def reply(request: HttpRequest) -> HttpResponse:
    """You said."""
    form = forms.ReplyForm(request.POST or None)
    asked = Asked(
        title="You said",
        caption="You said, we did",
        lead="What several people said, and who sees to it.",
        button="Save",
        form=form,
        back=reverse("voice:list"),
        done="It is kept. Say what was done once it is.",
    )
    return answered(request, asked, lambda: services.begin_reply(**form.cleaned_data, by=_by(request)))


@page(Permission.KEEP_VOICE)
@require_http_methods(ASKS)
def did(request: HttpRequest, number: int) -> HttpResponse:
    """We did."""
    found = get_object_or_404(Reply, pk=number)
    stored = {"did": found.did, "done_on": found.done_on or today()}
    form = forms.DidForm(request.POST or None, initial=stored)
    asked = Asked(
        title="We did",
        caption="You said, we did",
        lead=f"You said: {found.said}",
        button="Tell people",
        form=form,
        back=reverse("voice:list"),
        done="People can read it now.",
        version=found.version,
        stored=stored,
    )
    return answered(
        request,
        asked,
        lambda: services.finish_reply(
            found, **form.cleaned_data, version=version_of(request), by=_by(request)
        ),
    )


@page(Permission.KEEP_VOICE)
@require_http_methods(ASKS)
def new_survey(request: HttpRequest) -> HttpResponse:
    """Open a survey."""
    form = forms.SurveyForm(request.POST or None)
    asked = Asked(
        title="Open a survey",
        caption="Surveys",
        lead="Short: three to six statements. Nobody’s answer has a name.",
        button="Open it",
        form=form,
        back=reverse("voice:surveys"),
        done="The survey is there from its first day on.",
    )
    return answered(request, asked, lambda: services.open_survey(**form.cleaned_data, by=_by(request)))


@page(Permission.ANSWER_SURVEYS)
@require_http_methods(ASKS)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a survey of staff."""
    found = get_object_or_404(queries.to_answer(_by(request), today()), pk=number)
    form = forms.AnswersForm(request.POST or None, survey=found)
    asked = Asked(
        title=found.title,
        caption="Survey",
        lead=NOT_TIED,
        button="Send my answers",
        form=form,
        back=reverse("voice:surveys_to_answer"),
        done="Thank you. Your answers are kept, and your name is not with them.",
    )
    return answered(
        request,
        asked,
        lambda: services.answer_survey(
            found, answers=form.answers(), team=form.cleaned_data.get("team", ""), by=_by(request)
        ),
    )


@page(Permission.KEEP_VOICE)
@require_http_methods(ASKS)
def enter(request: HttpRequest, number: int) -> HttpResponse:
    """Enter one answer of somebody without an account."""
    found = get_object_or_404(queries.surveys(), pk=number)
    if found.audience == "staff":
        raise Http404("Staff answer for themselves.")
    form = forms.AnswersForm(request.POST or None, survey=found)
    asked = Asked(
        title=found.title,
        caption="Enter one person’s answers",
        lead="From a form, a telephone call or a conversation. No name is asked for.",
        button="Keep these answers",
        form=form,
        back=reverse("voice:enter", args=[number]),
        done="Kept. Enter the next, or go back to the surveys.",
    )
    return answered(
        request,
        asked,
        lambda: services.enter_answers(
            found, answers=form.answers(), team=form.cleaned_data.get("team", ""), by=_by(request)
        ),
    )


@page(Permission.KEEP_VOICE)
@require_http_methods(ASKS)
def tell(request: HttpRequest) -> HttpResponse:
    """Note what people were told."""
    form = forms.ToldForm(request.POST or None, initial={"told_on": today()})
    asked = Asked(
        title="Note what people were told",
        caption="Understanding",
        lead="So that it can be asked later whether they understood.",
        button="Note it",
        form=form,
        back=reverse("voice:surveys"),
        done="It is noted.",
    )
    return answered(request, asked, lambda: services.note_told(**form.cleaned_data, by=_by(request)))
