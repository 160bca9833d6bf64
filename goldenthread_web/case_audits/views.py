"""Case audits as they are read: programmes and how far they are, one's own, one case audit."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread.standard.schema import code_labels
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits import grading, moderating_reading, queries
from goldenthread_web.case_audits.how_far import how_far
from goldenthread_web.case_audits.models import Answer
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.reading import (
    child_id_of,
    readable,
    scope_for_case_audits,
)
from goldenthread_web.case_audits.sections import sections_of
from goldenthread_web.case_audits.switching import switches
from goldenthread_web.case_audits.workers import NEWLY_QUALIFIED
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.quality import case_link
from goldenthread_web.sampling.cohorts import title_of
from goldenthread_web.sampling.queries import may_see
from goldenthread_web.standards.domains import domain_title
from goldenthread_web.trail.recording import record


@page(Permission.SEE_PRACTICE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Programmes, how far they are, and which teams are looked at."""
    person, day = cast(User, request.user), today()
    is_public = person.held_role.is_public_view
    lines = queries.programmes(day)
    context = {
        "lines": lines,
        "said": how_far({line.programme.pk: line.progress for line in lines}, is_public_view=is_public),
        "day": day,
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
        "hides": is_public,
        "switches": switches(person),
    }
    return render(request, "case_audits/list.html.jinja", context)


@page(Permission.AUDIT_CASES)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person has to do, what is due first, and what they did lately."""
    person, day = cast(User, request.user), today()
    waiting, done = queries.to_do(person, day), list(queries.done_lately(person, day))
    scope = scope_for_case_audits(person)
    shown = [one.case_audit for one in waiting if one.case_audit.reference and not one.is_shut]
    ids = {
        one.reference: child_id
        for one in shown
        if scope is not None and may_see(one.reference, scope) and (child_id := child_id_of(one))
    }
    record("children.seen", ("list", "case_audits.mine"), by=person, children=list(ids))
    # A child whom the person may not see any more stands on no list of theirs.
    hidden = set() if scope is None else scope.barred
    context = {
        "waiting": [one for one in waiting if one.case_audit.reference not in hidden],
        "done": [one for one in done if one.reference not in hidden],
        "ids": ids,
        "title_of": title_of,
        "second_looks": moderating_reading.waiting(day, of=person),
        "switches": switches(person),
    }
    return render(request, "case_audits/mine.html.jinja", context)


@page(Permission.SEE_CHILDREN, narrative=True)
@require_safe
def shown(request: HttpRequest, ref: str) -> HttpResponse:
    """One case audit as it was written; what moderation made of the grade beside it."""
    person = cast(User, request.user)
    found = readable(person, get_object_or_404(queries.case_audits(), ref=ref))
    if found.reference:
        record("child.seen", found, by=person, children=[found.reference])
    scope = scope_for_case_audits(person)
    sees_child = bool(found.reference) and scope is not None and may_see(found.reference, scope)
    child_id = child_id_of(found) if sees_child else ""
    context: dict[str, Any] = {
        "found": found,
        "sections": sections_of(found),
        "answers": {one.question_id: one for one in found.answers.all()},
        "said": dict(Answer.Said.choices),
        "grades": dict(Grade.choices),
        "limits": grading.sentences(found.limits),
        "child_id": child_id,
        "case_link": case_link(child_id),
        "cohort": title_of(found.cohort) if found.cohort else "",
        "post": code_labels("post_role").get(found.worker_tier, _NEW.get(found.worker_tier, "")),
        "is_own": found.auditor_id == person.pk,
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
        "domain_title": domain_title,
    }
    return render(request, "case_audits/shown.html.jinja", context)


_NEW = {NEWLY_QUALIFIED: "Newly qualified social worker"}
