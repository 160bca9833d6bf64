"""What bodies asked, set and challenged: the registers, and what is answered in them."""

from typing import Any, cast

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import exempt, forms, queries
from goldenthread_web.governance import following_services as services
from goldenthread_web.governance.models import AgendaItem, Ask, AskAnswer, Challenge, MeetingAction
from goldenthread_web.programme import queries as programme
from goldenthread_web.programme.asking import Asked, Tried, answered, tried, version_of
from goldenthread_web.programme.models import Body
from goldenthread_web.ui.words import day_said

DECISIONS_A_PAGE = 40


def _chosen(request: HttpRequest) -> tuple[list[Body], Body | None, list[Body]]:
    """The bodies somebody may read, the one they chose, and those to show."""
    readable = list(queries.readable_bodies(cast(User, request.user), today()))
    chosen = next((body for body in readable if body.code == request.GET.get("body", "")), None)
    return readable, chosen, readable if chosen is None else [chosen]


@page(Permission.SEE_MEETINGS, asks=["body"])
@require_safe
def asks(request: HttpRequest) -> HttpResponse:
    """Every ask with where it stands: unanswered ones first."""
    readable, chosen, wanted = _chosen(request)
    order = [Ask.State.UNANSWERED, Ask.State.ANSWERED, Ask.State.ACCEPTED]
    listed = exempt.readable(queries.asks(of=wanted), cast(User, request.user), today())
    found = sorted(listed, key=lambda ask: order.index(Ask.State(ask.state)))
    context = {
        "asks": found,
        "unanswered": sum(ask.state == Ask.State.UNANSWERED for ask in found),
        "overdue": sum(ask.state == Ask.State.UNANSWERED and ask.due_on < today() for ask in found),
        "answered": sum(ask.state == Ask.State.ANSWERED for ask in found),
        "accepted": sum(ask.state == Ask.State.ACCEPTED for ask in found),
        "bodies": readable,
        "chosen": chosen,
        "today": today(),
    }
    return render(request, "governance/asks.html.jinja", context)


@page(Permission.SEE_MEETINGS)
@require_safe
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """One ask with every answer it got."""
    return _ask_shown(request, _ask_or_404(request, number))


@page(Permission.KEEP_MEETINGS)
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer an ask."""
    found = _ask_or_404(request, number)
    form = forms.AnswerForm(request.POST)
    person = cast(User, request.user)
    came = tried(request, form, lambda: services.answer_ask(found, by=person, **form.cleaned_data))
    if came.is_written:
        messages.success(request, "Answered. Whoever asked accepts the answer or sends it back.")
        return redirect("governance:ask", number)
    return _ask_shown(request, found, answer_form=form, came=came)


@page(Permission.ASK_AT_MEETINGS)
@require_POST
def judge(request: HttpRequest, number: int) -> HttpResponse:
    """Accept an answer, or send it back, as a member of the body."""
    return _judge(request, number, forms.JudgeForm(request.POST))


@page(Permission.KEEP_MEETINGS)
@require_POST
def record_judgement(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that the body accepted an answer, or sent it back."""
    return _judge(request, number, forms.RecordedJudgeForm(request.POST))


@page(Permission.SEE_MEETINGS, asks=["body"])
@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """Actions of meetings and safeguarding actions: the open ones, then what came of the others."""
    readable, chosen, wanted = _chosen(request)
    found = MeetingAction.objects.filter(body__in=wanted).select_related("body", "meeting")
    found = exempt.readable(found, cast(User, request.user), today())
    open_ones = [one for one in found if one.closed_on is None]
    context = {
        "open": open_ones,
        "late": sum(one.due_on < today() for one in open_ones),
        "closed": sorted(
            (one for one in found if one.closed_on is not None), key=lambda one: one.closed_on, reverse=True
        ),
        "safeguarding": queries.followed_safeguarding(wanted, today()),
        "bodies": readable,
        "chosen": chosen,
        "today": today(),
        "may_keep": cast(User, request.user).may(Permission.KEEP_MEETINGS),
    }
    return render(request, "governance/actions.html.jinja", context)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_action(request: HttpRequest, number: int) -> HttpResponse:
    """Close an action with what came of it."""
    found = get_object_or_404(MeetingAction.objects.select_related("body", "meeting"), pk=number)
    stored = {"outcome": found.outcome}
    form = forms.OutcomeForm(request.POST or None, initial=stored)
    asked = Asked(
        title="Close an action",
        caption=f"{found.body}, {day_said(found.meeting.on)}",
        lead=found.text,
        button="Close it",
        form=form,
        back=reverse("governance:actions"),
        done="Closed.",
        keeps=True,
        version=found.version,
        stored=stored,
    )
    said = {"version": version_of(request), "by": cast(User, request.user)}
    return answered(request, asked, lambda: services.close_action(found, **said, **form.cleaned_data))


@page(Permission.SEE_MEETINGS, asks=["body"])
@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """Who challenged what, the answer, and what came of it."""
    readable, chosen, wanted = _chosen(request)
    found = list(
        exempt.readable(
            queries.challenges(of=wanted), cast(User, request.user), today(), body="meeting__body"
        )
    )
    context = {
        "challenges": found,
        "open": sum(not one.answer for one in found),
        "changed": sum(bool(one.outcome) for one in found),
        "bodies": readable,
        "chosen": chosen,
        "may_keep": cast(User, request.user).may(Permission.KEEP_MEETINGS),
    }
    return render(request, "governance/challenges.html.jinja", context)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_challenge(request: HttpRequest, number: int) -> HttpResponse:
    """Add the answer to a challenge and what came of it."""
    found = get_object_or_404(Challenge.objects.select_related("meeting__body"), pk=number)
    stored = {name: getattr(found, name) for name in ("answer", "outcome", "evidence")}
    form = forms.ChallengeAnswerForm(request.POST or None, initial=stored)
    asked = Asked(
        title="Answer a challenge",
        caption=f"{found.meeting.body}, {day_said(found.meeting.on)}",
        lead=f"{found.post}: {found.text}",
        button="Save",
        form=form,
        back=reverse("governance:challenges"),
        done="Saved.",
        keeps=True,
        version=found.version,
        stored=stored,
    )
    said = {"version": version_of(request), "by": cast(User, request.user)}
    return answered(request, asked, lambda: services.answer_challenge(found, **said, **form.cleaned_data))


@page(Permission.SEE_MEETINGS, asks=["body", "page"])
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What bodies decided, the latest first, with what was proposed."""
    readable, chosen, wanted = _chosen(request)
    found = programme.decisions().filter(body__in=wanted)
    found = exempt.readable_decisions(found, cast(User, request.user), today())
    context = {
        "decisions": Paginator(found, DECISIONS_A_PAGE).get_page(request.GET.get("page")),
        "bodies": readable,
        "chosen": chosen,
        "given": request.GET,
    }
    return render(request, "governance/decisions.html.jinja", context)


@page(Permission.SEE_MEETINGS)
@require_safe
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """One decision, as it was recorded, and the meeting that made it."""
    person = cast(User, request.user)
    readable = queries.readable_bodies(person, today())
    told = exempt.readable_decisions(programme.decisions().filter(body__in=readable), person, today())
    found = get_object_or_404(told, pk=number)
    item = AgendaItem.objects.filter(decisions__decision=found).select_related("meeting").first()
    return render(request, "governance/decision.html.jinja", {"decision": found, "item": item})


def _ask_or_404(request: HttpRequest, number: int) -> Ask:
    person = cast(User, request.user)
    readable = queries.readable_bodies(person, today())
    told = exempt.readable(queries.asks().filter(body__in=readable), person, today())
    return get_object_or_404(told, pk=number)


def _judge(request: HttpRequest, number: int, form: forms.JudgeForm) -> HttpResponse:
    person = cast(User, request.user)
    readable = queries.readable_bodies(person, today())
    answers = AskAnswer.objects.filter(ask__body__in=readable).select_related("ask")
    told = exempt.readable(answers, person, today(), item="ask__item", body="ask__body")
    found = get_object_or_404(told, pk=number)

    def write() -> None:
        said: dict[str, Any] = {"is_accepted": form.is_accepted, "because": form.cleaned_data["because"]}
        if isinstance(form, forms.RecordedJudgeForm):
            services.record_judgement(found, post=form.cleaned_data["post"], by=person, **said)
        else:
            services.judge_answer(found, by=person, **said)

    came = tried(request, form, write)
    if came.is_written:
        accepted = "The answer is accepted."
        messages.success(request, accepted if form.is_accepted else "Sent back: the ask is open again.")
        return redirect("governance:ask", found.ask_id)
    return _ask_shown(request, _ask_or_404(request, found.ask_id), judge_form=form, came=came)


def _ask_shown(
    request: HttpRequest,
    found: Ask,
    *,
    answer_form: django_forms.Form | None = None,
    judge_form: django_forms.Form | None = None,
    came: Tried | None = None,
) -> HttpResponse:
    person = cast(User, request.user)
    may_keep = person.may(Permission.KEEP_MEETINGS)
    latest = next(iter(found.answers.all()), None)
    waits = latest is not None and latest.is_accepted is None
    is_member = queries.memberships_of(person, today()).filter(body=found.body).exists()
    judges = waits and ((is_member and person.may(Permission.ASK_AT_MEETINGS)) or may_keep)
    as_member = is_member and person.may(Permission.ASK_AT_MEETINGS)
    if judge_form is None and judges:
        judge_form = forms.JudgeForm() if as_member else forms.RecordedJudgeForm()
    if answer_form is None and may_keep and found.state == Ask.State.UNANSWERED:
        answer_form = forms.AnswerForm(initial={"post": found.to_post})
    context = {
        "ask": found,
        "latest": latest,
        "answer_form": answer_form,
        "judge_form": judge_form,
        "judge_address": "governance:judge" if as_member else "governance:record_judgement",
        "refused": "" if came is None else came.refused,
        "today": today(),
        "is_wrong": came is not None,
    }
    status = 200
    if came is not None:
        posted = next(form for form in (answer_form, judge_form) if form is not None and form.is_bound)
        status = came.status(posted)
    return render(request, "governance/ask.html.jinja", context, status=status)
