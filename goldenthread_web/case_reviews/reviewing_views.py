"""Cases that were handed to me, each reviewed on a page of its own that a tablet can hold."""

from collections import defaultdict
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.case_reviews import queries, services
from goldenthread_web.case_reviews.forms import CaseForm, field_of
from goldenthread_web.case_reviews.models import Case, Exercise
from goldenthread_web.case_reviews.review_form import kept_form
from goldenthread_web.extracts.quality import case_link
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.sampling.queries import Whom, whom
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import SavedMeanwhile

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.AUDIT_CASES)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The cases I am to review, by exercise."""
    person = cast(User, request.user)
    scope = child_scope(person, with_assigned=True)
    found: dict[Exercise, list[Case]] = defaultdict(list)
    for one in queries.with_person(person):
        found[one.exercise].append(one)
    listed = [
        (exercise, [(one, children[one.child.reference]) for one in cases if one.child.reference in children])
        for exercise, cases in found.items()
        for children in [whom((one.child for one in cases), exercise.sample, scope)]
    ]
    references = [one.child.reference for _, cases in listed for one, _ in cases]
    if references:
        record("children.seen", ("list", "case_reviews.mine"), by=person, children=references)
    return render(request, "case_reviews/mine.html.jinja", {"listed": listed})


@page(Permission.AUDIT_CASES, narrative=True)
@require_http_methods(ASKS)
def case(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Review one case: save it and go on later, or finish it."""
    found, child, person = *_mine(request, ref, number), cast(User, request.user)
    initial = _as_initial(found)
    form = CaseForm(request.POST or None, form=kept_form(found.exercise.form), initial=initial)
    is_done = "go_on_later" not in request.POST
    name = child.child_id or f"number {found.child.position}"
    asked = Asked(
        title=f"Child {name}",
        caption=f"Case review {ref}: {found.exercise.title}",
        lead="Read the record, then say what you found. Only the child counts: nobody is graded here.",
        button="Finish this review",
        form=form,
        back=reverse("case_reviews:mine"),
        done=f"Reviewed: child {name}." if is_done else f"Saved: child {name}. Go on when you can.",
        version=found.version,
        stored=initial,
    )

    def write() -> None:
        _save(request, found, form, person, is_done=is_done)

    link = case_link(child.child_id)
    return answered(request, asked, write, template="case_reviews/case.html.jinja", case=found, link=link)


@page(Permission.AUDIT_CASES, narrative=True)
@require_POST
def keep(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Keep what is chosen and typed, as the page asks; an immediate concern waits for its button."""
    found, _ = _mine(request, ref, number, is_shown=False)
    form = CaseForm(request.POST, form=kept_form(found.exercise.form))
    problem = ""
    try:
        if form.is_valid():
            found = _save(request, found, form, cast(User, request.user), is_done=False, with_concern=False)
        else:
            problem = "Not kept yet: look at the text."
    except SavedMeanwhile:
        problem = "This review was changed in another window. Load this page again to see it."
    except Refused as refusal:
        problem = str(refusal)
    return render(request, "case_reviews/kept.html.jinja", {"case": found, "problem": problem})


def _save(
    request: HttpRequest, found: Case, form: CaseForm, by: User, *, is_done: bool, with_concern: bool = True
) -> Case:
    said = form.cleaned_data
    outcome = said["outcome"]
    if not with_concern and outcome in form.base.concerns and found.concern_id is None:
        outcome = found.outcome
    return services.save_review(
        found,
        version=version_of(request),
        answers=form.answers(),
        outcome=outcome,
        text=said["text"],
        concern_text=said["concern_text"],
        is_done=is_done,
        by=by,
    )


def _as_initial(found: Case) -> dict[str, Any]:
    answers = {
        field_of(code): found.answers.get(code, "") for code in kept_form(found.exercise.form).questions
    }
    return answers | {"outcome": found.outcome, "text": found.text}


def _mine(request: HttpRequest, ref: str, number: int, *, is_shown: bool = True) -> tuple[Case, Whom]:
    """The case, where it is the person's own and open, else 404. That it is shown is recorded."""
    person = cast(User, request.user)
    found = get_object_or_404(queries.with_person(person), exercise__ref=ref, pk=number)
    children = whom([found.child], found.exercise.sample, child_scope(person, with_assigned=True))
    if found.child.reference not in children:
        raise Http404("There is no such case of yours.")
    if is_shown:
        about = ("case_review", f"{ref}.{found.pk}")
        record("child.seen", about, by=person, children=[found.child.reference])
    return found, children[found.child.reference]
