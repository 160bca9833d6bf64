"""Pro formas made, changed while they are drafts, published, withdrawn."""

from collections.abc import Callable
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
from goldenthread_web.case_audits import pro_forma_forms as forms
from goldenthread_web.case_audits import pro_forma_queries
from goldenthread_web.case_audits import pro_forma_services as services
from goldenthread_web.case_audits.models import ProForma, ProFormaQuestion
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.standards.queries import edition_in_force, questions_of
from goldenthread_web.ui.conflicts import SavedMeanwhile

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.KEEP_STANDARDS, asks=["kind"])
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """Draft a pro forma from the edition in force."""
    edition = edition_in_force()
    if edition is None:
        messages.error(request, "No practice standards are in force yet: a pro forma is made from them.")
        return redirect("standards:list")
    form = forms.ProFormaForm(
        request.POST or None, edition=edition, initial={"kind": request.GET.get("kind")}
    )
    asked = Asked(
        title="Make a pro forma",
        caption="Case audits",
        lead=f"Its questions come from edition {edition.number} of the standards. Take some out later.",
        button="Draft it",
        form=form,
        back=reverse("case_audits:pro_formas"),
        done="The draft is there. Take out what you do not need, then publish it.",
        leads_on=True,
    )

    def write() -> str:
        by = cast(User, request.user)
        return _address(services.make_pro_forma(edition=edition, by=by, **form.cleaned_data))

    return answered(request, asked, write, template="case_audits/pro_forma_make.html.jinja")


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Draft the next version."""
    found = _pro_forma(code, number)
    form = forms.VersionForm(request.POST or None, initial={"edition": edition_in_force()})
    lead = "It begins with the same questions, in the words of the edition you choose. This one stays."
    asked = _of(
        found, form, "Make a new version", lead, "Draft it", "The next version is drafted.", leads_on=True
    )
    by = cast(User, request.user)
    return _answered(
        request, asked, lambda: _address(services.make_version(found, by=by, **form.cleaned_data))
    )


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def retitle(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give a draft another title."""
    found = _pro_forma(code, number)
    form = forms.TitleForm(request.POST or None, initial={"title": found.title})
    asked = Asked(
        title="Change the title",
        caption=str(found),
        lead="What it is for: Child protection plans. Versions that were published keep the title they had.",
        button="Save",
        form=form,
        back=_address(found),
        done="The title is changed.",
        version=pro_forma_queries.title_seen(found),
        stored={"title": found.title},
    )

    def write() -> ProForma:
        title, by = form.cleaned_data["title"], cast(User, request.user)
        return services.retitle_pro_forma(found, seen=version_of(request), title=title, by=by)

    return _answered(request, asked, write)


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def add_own(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask something of one's own."""
    found = _pro_forma(code, number)
    form = forms.OwnQuestionForm(request.POST or None, edition=found.edition)
    lead = "A question rests on a practice standard: what good looks like must be written somewhere."
    asked = _of(found, form, "Add a question of your own", lead, "Add the question", "The question is added.")
    by = cast(User, request.user)
    return _answered(request, asked, lambda: services.add_own_question(found, by=by, **form.cleaned_data))


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def add_more(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask more of what the standards ask."""
    found = _pro_forma(code, number)
    asked_already = set(found.questions.values_list("question_id", flat=True))
    left = [one for one in questions_of(found.edition) if one.pk not in asked_already]
    form = forms.MoreQuestionsForm(request.POST or None, left=left)
    lead = (
        f"What edition {found.edition.number} asks and this draft does not."
        if left
        else "It asks everything."
    )
    asked = _of(found, form, "Add questions of the standards", lead, "Add them", "The questions are added.")
    by = cast(User, request.user)
    return _answered(request, asked, lambda: services.add_questions(found, form.chosen(), by=by))


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def cite(request: HttpRequest, number: int) -> HttpResponse:
    """Say on which standard a question rests."""
    question = _question(number)
    form = forms.CiteForm(request.POST or None, edition=question.pro_forma.edition)
    done = "The question rests on a standard."
    asked = _of(question.pro_forma, form, "On which standard does it rest?", question.text, "Save", done)
    by = cast(User, request.user)
    return _answered(
        request, asked, lambda: services.cite_standard(question, form.cleaned_data["standard"], by=by)
    )


@page(Permission.KEEP_STANDARDS)
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Ask it no longer."""
    question, by = _question(number), cast(User, request.user)
    return _done(
        request, question, lambda: services.drop_question(question, by=by), "The question is taken out."
    )


@page(Permission.KEEP_STANDARDS)
@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Ask it before, or after, its neighbour."""
    question, by = _question(number), cast(User, request.user)
    is_up = request.POST.get("way") == "up"
    return _done(request, question, lambda: services.move_question(question, is_up=is_up, by=by), "Moved.")


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def publish(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let case audits ask it."""
    found = _pro_forma(code, number)
    asked = pro_forma_queries.questions_asked(found)
    refused = ""
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            services.publish_pro_forma(found, seen=seen, by=cast(User, request.user))
        except Refused as refusal:
            refused = str(refusal)
        except SavedMeanwhile:
            refused = "Somebody changed it while you read: look at it once more, then publish."
        else:
            messages.success(request, "It is published: case audits can ask it.")
            return redirect(_address(found))
    context = {
        "pro_forma": found,
        "parts": pro_forma_queries.parts_of(asked),
        "seen": pro_forma_queries.seen_as(found, asked),
        "refused": refused,
    }
    status = 400 if refused else 200
    return render(request, "case_audits/pro_forma_publish.html.jinja", context, status=status)


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def withdraw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand it out no more."""
    found = _pro_forma(code, number)
    lead = "No case audit begins with it any more. Those that were done with it keep it."
    asked = _of(found, _confirm(request), "Withdraw it?", lead, "Withdraw it", "It is withdrawn.")
    by = cast(User, request.user)
    return _answered(request, asked, lambda: services.withdraw_pro_forma(found, by=by))


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def discard(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Throw a draft away."""
    found = _pro_forma(code, number)
    asked = Asked(
        title="Throw this draft away?",
        caption=str(found),
        lead="Nobody has used it. Versions that were published stay.",
        button="Throw it away",
        form=_confirm(request),
        back=reverse("case_audits:pro_formas"),
        done="The draft is gone.",
    )
    by = cast(User, request.user)
    return _answered(request, asked, lambda: services.discard_pro_forma(found, by=by))


def _pro_forma(code: str, number: int) -> ProForma:
    return get_object_or_404(ProForma.objects.select_related("edition"), code=code, number=number)


def _question(number: int) -> ProFormaQuestion:
    return get_object_or_404(ProFormaQuestion.objects.select_related("pro_forma__edition"), pk=number)


def _address(found: ProForma) -> str:
    return reverse("case_audits:pro_forma", args=[found.code, found.number])


def _confirm(request: HttpRequest) -> forms.ConfirmForm:
    return forms.ConfirmForm(request.POST if request.method == "POST" else None)


def _of(
    found: ProForma, form: Any, title: str, lead: str, button: str, done: str, *, leads_on: bool = False
) -> Asked:
    """A page that asks for something about a pro forma."""
    return Asked(
        title=title,
        caption=str(found),
        lead=lead,
        button=button,
        form=form,
        back=_address(found),
        done=done,
        leads_on=leads_on,
    )


def _answered(request: HttpRequest, asked: Asked, write: Callable[[], Any]) -> HttpResponse:
    return answered(request, asked, write, template="case_audits/pro_forma_form.html.jinja")


def _done(
    request: HttpRequest, question: ProFormaQuestion, write: Callable[[], Any], done: str
) -> HttpResponse:
    """A button on the page of the draft: done, or the sentence that says why not."""
    try:
        write()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(f"{_address(question.pro_forma)}#part-{question.domain}")
