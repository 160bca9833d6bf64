"""Pro formas: which there are, what one asks, and how its auditor will see it."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits import kinds, pro_forma_queries
from goldenthread_web.case_audits.completing import answer_field, grade_field, where_field, words_field
from goldenthread_web.case_audits.doing_form import DoingForm
from goldenthread_web.case_audits.models import CaseAudit, ProForma
from goldenthread_web.case_audits.sections import sections_of
from goldenthread_web.case_audits.switching import switches
from goldenthread_web.standards.forms import cohort_choices
from goldenthread_web.standards.queries import edition_in_force


@page(Permission.SEE_PRACTICE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every pro forma, those in use first."""
    may_write = cast(User, request.user).may(Permission.KEEP_STANDARDS)
    every = list(pro_forma_queries.pro_formas(with_drafts=may_write))
    context = {
        "drafts": [one for one in every if one.published_at is None],
        "in_use": [one for one in every if one.published_at is not None and one.withdrawn_at is None],
        "withdrawn": [one for one in every if one.withdrawn_at is not None],
        "edition": edition_in_force(),
        "may_write": may_write,
        "switches": switches(cast(User, request.user)),
    }
    return render(request, "case_audits/pro_formas.html.jinja", context)


@page(Permission.SEE_PRACTICE)
@require_safe
def shown(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version of a pro forma: every question with the standard it rests on."""
    found = pro_forma_for(request, code, number)
    asked = pro_forma_queries.questions_asked(found)
    person = cast(User, request.user)
    context = {
        "pro_forma": found,
        "parts": pro_forma_queries.parts_of(asked),
        "count": len(asked),
        "uncited": sum(one.standard_id is None for one in asked),
        "versions": list(
            pro_forma_queries.pro_formas(with_drafts=person.may(Permission.KEEP_STANDARDS)).filter(code=code)
        ),
        "about_child": kinds.rules_of(found.kind).about_child,
        "kind_words": kinds.rules_of(found.kind).words,
        "cohorts": dict(cohort_choices()),
        "may_write": person.may(Permission.KEEP_STANDARDS),
    }
    return render(request, "case_audits/pro_forma.html.jinja", context)


@page(Permission.SEE_PRACTICE, asks=["cohort"])
@require_safe
def preview(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The form as its auditor will see it, for a child of a cohort."""
    found = pro_forma_for(request, code, number)
    known = dict(cohort_choices())
    cohort = request.GET.get("cohort", "")
    empty = CaseAudit(kind=found.kind, pro_forma=found, cohort=cohort if cohort in known else "")
    sections = sections_of(empty)
    form = DoingForm(case_audit=empty, sections=sections)
    context = {
        "pro_forma": found,
        "form": form,
        "sections": sections,
        "answers": {one.pk: form[answer_field(one.pk)] for each in sections for one in each.questions},
        "seen": {one.pk: form[words_field(one.pk)] for each in sections for one in each.questions},
        "where": {one.pk: form[where_field(one.pk)] for each in sections for one in each.questions},
        "domain_grades": {each.code: form[grade_field(each.code)] for each in sections if each.has_grade},
        "about_child": kinds.rules_of(found.kind).about_child,
        "cohort": empty.cohort,
        "cohorts": [{"value": "", "text": "Every question"}]
        + [{"value": value, "text": words} for value, words in known.items()],
    }
    return render(request, "case_audits/pro_forma_preview.html.jinja", context)


def pro_forma_for(request: HttpRequest, code: str, number: int) -> ProForma:
    """A pro forma that this person may read: drafts are there for those who write them."""
    found = get_object_or_404(
        ProForma.objects.select_related("edition", "made_by", "published_by"), code=code, number=number
    )
    if found.published_at is None and not cast(User, request.user).may(Permission.KEEP_STANDARDS):
        raise Http404
    return found
