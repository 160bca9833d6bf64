"""Pages on which a content is begun and written: the list, one content, one section, its priorities."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.figures.asked_once import asked_once
from goldenthread_web.inspections.queries import findings
from goldenthread_web.programme.asking import tried
from goldenthread_web.reports import services
from goldenthread_web.reports.forms import AccountForm, ContentForm, PrioritiesForm, ReportForm, SectionForm
from goldenthread_web.reports.models import Content
from goldenthread_web.reports.queries import content_before, contents, priorities_of
from goldenthread_web.reports.reading import readable_releases, works_on_reports
from goldenthread_web.reports.references import EXAMPLES
from goldenthread_web.reports.writing import frame_to_write, preview_of, sections_of, text_to_write
from goldenthread_web.ui.conflicts import SavedMeanwhile, go_on_from


@page(Permission.SEE_REPORTS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What was released, and for those who work on reports what is being written."""
    person = cast(User, request.user)
    works = works_on_reports(person)
    context = {
        "releases": list(readable_releases(person)),
        "contents": list(contents()) if works else [],
        "works": works,
        "may_write": person.may(Permission.WRITE_REPORTS),
    }
    return render(request, "reports/list.html.jinja", context)


@page(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a content."""
    form = ContentForm(request.POST or None)
    came = tried(
        request, form, lambda: services.start_content(**form.cleaned_data, by=cast(User, request.user))
    )
    if came.is_written:
        return redirect("reports:content", came.made.pk)
    context = {"form": form, "refused": came.refused}
    return render(request, "reports/new.html.jinja", context, status=came.status(form))


@page(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def content(request: HttpRequest, number: int) -> HttpResponse:
    """One content: its sections, its forms for forums, its priorities. Adds a form for a forum."""
    found = get_object_or_404(contents(), pk=number)
    form = ReportForm(request.POST or None)
    came = tried(
        request, form, lambda: services.add_report(found, **form.cleaned_data, by=cast(User, request.user))
    )
    if came.is_written:
        return redirect("reports:report", came.made.pk)
    before = content_before(found)
    context = {
        "found": found,
        "form": form,
        "refused": came.refused,
        "sections": sections_of(found),
        "before": before,
        "promised": [] if before is None else priorities_of(before),
        "priorities": priorities_of(found),
    }
    return render(request, "reports/content.html.jinja", context, status=came.status(form))


@page(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
@asked_once()
def section(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Write one section; look at it with its facts filled in before saving."""
    person = cast(User, request.user)
    found = get_object_or_404(Content, pk=number)
    frame = frame_to_write(found)
    part = text_to_write(frame, code, person=person)
    if part is None:
        raise Http404
    draft = part.draft
    first = {"text": part.text if draft is None else draft.text, "version": part.version}
    form = SectionForm(request.POST or None, initial=first)
    refused, conflict = "", None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if "drop" in request.POST:
                services.drop_draft(found, code, by=person)
                return redirect("reports:section", found.pk, code)
            if "look" in request.POST:
                services.keep_draft(found, code, text=said["text"], based_on=said["version"], by=person)
            else:
                services.write_section(found, code, **said, by=person)
                messages.success(
                    request, f"{part.title} is saved. Reports that have it are built when opened."
                )
                return redirect("reports:content", found.pk)
        except SavedMeanwhile:
            conflict = part.text
            go_on_from(form, {"version": part.version})  # whoever saves once more has seen both
        except Refused as refusal:
            refused = str(refusal)
    text = form.cleaned_data.get("text", "") if form.is_bound and form.is_valid() else first["text"]
    context = {
        "found": found,
        "part": part,
        "form": form,
        "draft": draft if not form.is_bound else None,
        "refused": refused,
        "conflict": conflict,
        "preview": preview_of(frame, code, text, person),
        "examples": EXAMPLES,
    }
    status = 409 if conflict is not None else 400 if form.errors or refused else 200
    return render(request, "reports/section.html.jinja", context, status=status)


@page(Permission.WRITE_REPORTS)
@require_POST
def draft(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Keep what is typed, each minute; the answer is the line that says so."""
    found = get_object_or_404(Content, pk=number)
    form = SectionForm(request.POST)
    if not form.is_valid() or text_to_write(frame_to_write(found), code, has_text=False) is None:
        raise Http404
    said = form.cleaned_data
    kept = services.keep_draft(
        found, code, text=said["text"], based_on=said["version"], by=cast(User, request.user)
    )
    return render(request, "reports/kept.html.jinja", {"kept": kept})


@page(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def quotes(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Choose a finding; its reference goes to the end of what is being written."""
    person = cast(User, request.user)
    found = get_object_or_404(Content, pk=number)
    # Only what is chosen needs the text it is put under.
    part = text_to_write(frame_to_write(found), code, person=person, has_text=request.method == "POST")
    if part is None:
        raise Http404
    listed = list(
        findings(to=today()).order_by("-paragraph__letter__dated_on", "paragraph__position", "start")
    )
    if request.method == "POST":
        chosen = next((one for one in listed if one.ref == request.POST.get("finding")), None)
        if chosen is None:
            raise Http404
        typed = part.draft
        text = f"{part.text if typed is None else typed.text}\n\n[[quote {chosen.ref}]]"
        version = part.version if typed is None else typed.based_on
        services.keep_draft(found, code, text=text, based_on=version, by=person)
        messages.success(
            request, f"The words of {chosen.ref} stand at the end of the text: move them, then save."
        )
        return redirect("reports:section", found.pk, code)
    return render(request, "reports/quotes.html.jinja", {"found": found, "part": part, "findings": listed})


@page(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def priorities(request: HttpRequest, number: int) -> HttpResponse:
    """What the next period is for, and what became of what the last report promised."""
    person = cast(User, request.user)
    found = get_object_or_404(Content, pk=number)
    before = content_before(found)
    promised = [] if before is None else priorities_of(before)
    form = PrioritiesForm(
        request.POST if "priorities" in request.POST else None,
        initial={"priorities": "\n".join(one.text for one in priorities_of(found))},
    )
    refused = ""
    try:
        if form.is_bound and form.is_valid():
            services.set_priorities(found, form.cleaned_data["priorities"].splitlines(), by=person)
            messages.success(request, "The priorities are saved.")
            return redirect("reports:content", found.pk)
        if request.method == "POST" and not form.is_bound:
            _account(request, found, promised)
            messages.success(request, "Saved. The report says so.")
            return redirect("reports:priorities", found.pk)
    except Refused as refusal:
        refused = str(refusal)
    context = {
        "found": found,
        "before": before,
        "form": form,
        "refused": refused,
        "promised": [
            (
                one,
                AccountForm(initial={"became": one.became, "account": one.account}, auto_id=f"p{one.pk}_%s"),
            )
            for one in promised
        ],
    }
    return render(
        request, "reports/priorities.html.jinja", context, status=400 if refused or form.errors else 200
    )


def _account(request: HttpRequest, found: Content, promised: list[services.Priority]) -> None:
    one = next((one for one in promised if str(one.pk) == request.POST.get("priority")), None)
    if one is None:
        raise Http404
    said = AccountForm(request.POST)
    if not said.is_valid():
        raise Refused("Say in words what became of it.")
    services.say_what_became(one, **said.cleaned_data, of=found, by=cast(User, request.user))
