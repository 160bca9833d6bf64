"""What bodies asked, set and challenged: the registers, and what is answered in them."""

from typing import Any, cast

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import following_services as services
from goldenthread_web.governance import forms, queries
from goldenthread_web.governance.models import AgendaItem, Ask, AskAnswer, Challenge, MeetingAction
from goldenthread_web.programme import queries as programme
from goldenthread_web.programme.models import Body
from goldenthread_web.ui.conflicts import SavedMeanwhile, differences, go_on_from

DECISIONS_A_PAGE = 40


def _chosen(request: HttpRequest) -> tuple[list[Body], Body | None, list[Body]]:
    """The bodies somebody may read, the one they chose, and those to show."""
    readable = list(queries.readable_bodies(cast(User, request.user), today()))
    chosen = next((body for body in readable if body.code == request.GET.get("body", "")), None)
    return readable, chosen, readable if chosen is None else [chosen]


@page(Permission.SEE_MEETINGS)
@require_safe
def asks(request: HttpRequest) -> HttpResponse:
    """Every ask with where it stands: unanswered ones first."""
    readable, chosen, wanted = _chosen(request)
    order = [Ask.State.UNANSWERED, Ask.State.ANSWERED, Ask.State.ACCEPTED]
    found = sorted(queries.asks(of=wanted), key=lambda ask: order.index(Ask.State(ask.state)))
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
    refused = ""
    if form.is_valid():
        try:
            services.answer_ask(found, by=cast(User, request.user), **form.cleaned_data)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Answered. Whoever asked accepts the answer or sends it back.")
            return redirect("governance:ask", number)
    return _ask_shown(request, found, answer_form=form, refused=refused)


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


@page(Permission.SEE_MEETINGS)
@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """Actions of meetings and safeguarding actions: the open ones, then what came of the others."""
    readable, chosen, wanted = _chosen(request)
    found = MeetingAction.objects.filter(body__in=wanted).select_related("body", "meeting")
    open_ones = [one for one in found if one.closed_on is None]
    context = {
        "open": open_ones,
        "late": sum(one.due_on < today() for one in open_ones),
        "closed": sorted(
            (one for one in found if one.closed_on is not None), key=lambda one: one.closed_on, reverse=True
        ),
        "safeguarding": queries.followed_safeguarding(wanted),
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
    initial = {"outcome": found.outcome, "version": found.version}
    form = forms.CloseForm(request.POST or None, initial=initial)
    refused, differ = "", None
    if request.method == "POST" and form.is_valid():
        try:
            services.close_action(found, by=cast(User, request.user), **form.cleaned_data)
        except Refused as refusal:
            refused = str(refusal)
        except SavedMeanwhile:
            differ = differences(form, initial)
            go_on_from(form, initial)
        else:
            messages.success(request, "Closed.")
            return redirect("governance:actions")
    context = {"action": found, "form": form, "refused": refused, "differ": differ}
    return _rendered(request, "governance/close_action.html.jinja", context)


@page(Permission.SEE_MEETINGS)
@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """Who challenged what, the answer, and what came of it."""
    readable, chosen, wanted = _chosen(request)
    found = list(queries.challenges(of=wanted))
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
    initial = {name: getattr(found, name) for name in ("answer", "outcome", "evidence", "version")}
    form = forms.ChallengeAnswerForm(request.POST or None, initial=initial)
    refused, differ = "", None
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_challenge(found, by=cast(User, request.user), **form.cleaned_data)
        except Refused as refusal:
            refused = str(refusal)
        except SavedMeanwhile:
            differ = differences(form, initial)
            go_on_from(form, initial)
        else:
            messages.success(request, "Saved.")
            return redirect("governance:challenges")
    context = {"challenge": found, "form": form, "refused": refused, "differ": differ}
    return _rendered(request, "governance/answer_challenge.html.jinja", context)


@page(Permission.SEE_MEETINGS)
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What bodies decided, the latest first, with what was proposed."""
    readable, chosen, wanted = _chosen(request)
    found = programme.decisions().filter(body__in=wanted)
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
    readable = queries.readable_bodies(cast(User, request.user), today())
    found = get_object_or_404(programme.decisions().filter(body__in=readable), pk=number)
    item = AgendaItem.objects.filter(decisions__decision=found).select_related("meeting").first()
    return render(request, "governance/decision.html.jinja", {"decision": found, "item": item})


def _ask_or_404(request: HttpRequest, number: int) -> Ask:
    readable = queries.readable_bodies(cast(User, request.user), today())
    return get_object_or_404(queries.asks().filter(body__in=readable), pk=number)


def _judge(request: HttpRequest, number: int, form: forms.JudgeForm) -> HttpResponse:
    person = cast(User, request.user)
    readable = queries.readable_bodies(person, today())
    found = get_object_or_404(
        AskAnswer.objects.filter(ask__body__in=readable).select_related("ask"), pk=number
    )
    refused = ""
    if form.is_valid():
        said: dict[str, Any] = {"is_accepted": form.is_accepted, "because": form.cleaned_data["because"]}
        try:
            if isinstance(form, forms.RecordedJudgeForm):
                services.record_judgement(found, post=form.cleaned_data["post"], by=person, **said)
            else:
                services.judge_answer(found, by=person, **said)
        except NotForYourself:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(
                request,
                "The answer is accepted." if form.is_accepted else "Sent back: the ask is open again.",
            )
            return redirect("governance:ask", found.ask_id)
    return _ask_shown(request, _ask_or_404(request, found.ask_id), judge_form=form, refused=refused)


def _ask_shown(
    request: HttpRequest,
    found: Ask,
    *,
    answer_form: django_forms.Form | None = None,
    judge_form: django_forms.Form | None = None,
    refused: str = "",
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
        "refused": refused,
        "today": today(),
        "is_wrong": bool(
            refused or any(form is not None and form.errors for form in (answer_form, judge_form))
        ),
    }
    return render(request, "governance/ask.html.jinja", context, status=400 if context["is_wrong"] else 200)


def _rendered(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    bad = bool(context["form"].errors or context["refused"] or context["differ"] is not None)
    return render(request, template, context, status=400 if bad else 200)
