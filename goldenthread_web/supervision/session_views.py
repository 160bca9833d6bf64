"""A session is begun, written, kept, completed, copied to the child's record, agreed: pages that write."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.supervision import completing_services, queries
from goldenthread_web.supervision import session_services as services
from goldenthread_web.supervision.about_children import named, reason_for, scope_of
from goldenthread_web.supervision.forms import SessionForm
from goldenthread_web.supervision.models import Agreement, Discussion, Session
from goldenthread_web.supervision.preparing import overdue_of
from goldenthread_web.supervision.reading import file_of
from goldenthread_web.supervision.said import Said
from goldenthread_web.supervision.workers import children_for
from goldenthread_web.supervision.writing import Writing, to_keep
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import SavedMeanwhile

ASKS = ["GET", "HEAD", "POST"]
MORE_LINES = 3
NOTHING = Said()  # of a session from paper only the day is entered


@page(Permission.SUPERVISE, narrative=True)
@require_http_methods(ASKS)
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the record of a session with a worker."""
    agreement, person = _supervised(request, number)
    form = SessionForm(request.POST or None, initial={"held_on": today(), "kind": Session.Kind.ONE_TO_ONE})
    lead = "The record opens with what was to be done since you last met."
    asked = _asked(agreement, form, "Begin a session", lead, "Begin")

    def write() -> str:
        return _write_page(services.begin_session(agreement, **form.cleaned_data, by=person))

    return answered(request, asked, write)


@page(Permission.SUPERVISE, narrative=True)
@require_http_methods(ASKS)
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write the record: keep it and go on later, or complete it."""
    person = cast(User, request.user)
    session = _under_way(person, number)
    if request.method == "POST" and "complete" not in request.POST:
        more = MORE_LINES if "more" in request.POST else 0
        services.keep_draft(session, fields=to_keep(request.POST.dict(), more), by=person)
        if more:
            return redirect(f"{_write_page(session)}#new-actions")
        messages.success(request, "Kept. Nobody else sees it until you complete the session.")
        return redirect(session.agreement)
    return _written(request, session, person)


@page(Permission.SUPERVISE, narrative=True)
@require_POST
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what is typed, while it is typed; the answer is the line that says so."""
    person = cast(User, request.user)
    session = _under_way(person, number)
    kept = services.keep_draft(session, fields=to_keep(request.POST.dict()), by=person)
    return render(request, "supervision/kept.html.jinja", {"kept": kept})


@page(Permission.SUPERVISE, narrative=True)
@require_http_methods(ASKS)
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Enter a session from paper, held before supervision was recorded here: its day and how it was held."""
    agreement, person = _supervised(request, number)
    form = SessionForm(request.POST or None, initial={"kind": Session.Kind.ONE_TO_ONE})
    lead = (
        f"Of sessions before {agreement.kept_since_on:%-d %B %Y} the day is entered, so that it shows how "
        "often you met. What they said stays in the paper file."
    )
    asked = _asked(agreement, form, "Enter a session from paper", lead, "Enter it")

    def write() -> Agreement:
        completing_services.enter_from_paper(agreement, **form.cleaned_data, said=NOTHING, by=person)
        return agreement

    return answered(request, asked, write)


@page(Permission.SUPERVISE)
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """A session did not take place."""
    person = cast(User, request.user)
    session = _under_way(person, number)
    services.drop_session(session, version=version_of(request), by=person)
    messages.success(request, "The session is taken away: it did not take place.")
    return redirect(session.agreement)


@page(Permission.SEE_OWN_SUPERVISION)
@require_POST
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """The worker says that the record is right."""
    person = cast(User, request.user)
    session = get_object_or_404(queries.visible_to(person), pk=number)
    services.agree_to_record(session, by=person)
    messages.success(request, "Noted: you have read the record and agree to it.")
    return redirect(session)


@page(None)
@require_POST
def copied(request: HttpRequest, number: int) -> HttpResponse:
    """A decision about a child now stands in the child's record."""
    person = cast(User, request.user)
    readable = queries.visible_to(person).values("pk")
    found = get_object_or_404(
        Discussion.objects.select_related("session__agreement"), pk=number, session__in=readable
    )
    services.mark_copied(found, by=person)
    messages.success(request, "Marked as copied to the child’s record.")
    return redirect(found.session)


def _written(request: HttpRequest, session: Session, person: User) -> HttpResponse:
    """The record to be written; completed where that is asked and every form is right."""
    writing, context = _writing(request, session, person)
    refused, is_posted = "", request.method == "POST"
    if is_posted:
        services.keep_draft(session, fields=to_keep(request.POST.dict()), by=person)
        if writing.is_valid():
            try:
                completing_services.complete_session(
                    session, version=version_of(request), said=writing.said(), by=person
                )
            except Refused as refusal:
                refused = str(refusal)
            except SavedMeanwhile:
                refused = "This session was changed meanwhile, in another window: open it again."
            else:
                messages.success(request, "The session is completed. Copy what was decided about children.")
                return redirect(session)
    context |= {"refused": refused, "is_posted": is_posted}
    return render(request, "supervision/write.html.jinja", context, status=400 if is_posted else 200)


def _writing(request: HttpRequest, session: Session, person: User) -> tuple[Writing, dict[str, Any]]:
    """The forms of a record; whose children they show is recorded before they do."""
    kept, scope = queries.draft_of(session, person), scope_of(person)
    is_alone = session.kind == Session.Kind.ONE_TO_ONE
    prior = file_of(session.agreement).prior(session) if is_alone else ()
    children = children_for(session.agreement, scope)
    about = {one.action.reference for one in prior} | {one.reference for one in children}
    seen = named(about, scope)
    if seen:
        where = ("list", "supervision.writing")
        record("children.seen", where, by=person, reason=reason_for(person), children=seen)
    posted = request.POST.dict() if request.method == "POST" else None
    writing = Writing(session, prior, children, seen, posted=posted, kept=kept.fields if kept else None)
    return writing, {
        "session": session,
        "agreement": session.agreement,
        "writing": writing,
        "kept": kept if posted is None else None,
        "seen": seen,
        "is_alone": is_alone,
        "overdue": overdue_of(children),
        "times": {one.action.pk: one.times_carried for one in prior},
    }


def _supervised(request: HttpRequest, number: int) -> tuple[Agreement, User]:
    person = cast(User, request.user)
    return get_object_or_404(queries.supervised_by(person), pk=number), person


def _under_way(person: User, number: int) -> Session:
    """A session under way of somebody whom the person supervises today."""
    return get_object_or_404(queries.under_way(person), pk=number)


def _write_page(session: Session) -> str:
    return reverse("supervision:write", args=[session.pk])


def _asked(agreement: Agreement, form: SessionForm, title: str, lead: str, button: str) -> Asked:
    """A page that asks for a session; what was begun is written next."""
    return Asked(
        title=title,
        caption=agreement.said,
        lead=lead,
        button=button,
        form=form,
        back=agreement.get_absolute_url(),
        done="Saved.",
        leads_on=True,
    )
