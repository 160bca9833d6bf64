"""What does the page show on which a case audit is done? The form, what was kept, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.case_audits import doing_services as services
from goldenthread_web.case_audits import grading, kinds
from goldenthread_web.case_audits.completing import (
    answer_field,
    grade_field,
    missing,
    where_field,
    words_field,
)
from goldenthread_web.case_audits.doing_form import DoingForm, initial_of
from goldenthread_web.case_audits.models import Answer, CaseAudit, Draft, ProFormaQuestion
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.reading import child_id_of
from goldenthread_web.case_audits.sections import Section, sections_of
from goldenthread_web.extracts.quality import case_link
from goldenthread_web.programme.asking import version_of
from goldenthread_web.sampling.cohorts import title_of
from goldenthread_web.ui.conflicts import Difference, SavedMeanwhile, differences

PUT = "put"  # ?draft=put: what another window kept goes into the form


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A case audit as its auditor works on it: what is asked, what is saved, what was kept and not saved."""

    case_audit: CaseAudit
    sections: Sequence[Section]
    answers: Mapping[int, Answer]
    draft: Draft | None

    @classmethod
    def of(cls, case_audit: CaseAudit, person: User) -> "Sheet":
        """Read for one person."""
        return cls(
            case_audit=case_audit,
            sections=sections_of(case_audit),
            answers={one.question_id: one for one in case_audit.answers.all()},
            draft=case_audit.drafts.filter(kept_by=person, part=services.DOING).first(),
        )

    @property
    def saved(self) -> dict[str, Any]:
        """What is saved, as the form begins."""
        return initial_of(self.case_audit, self.sections, self.answers)

    @property
    def is_stale(self) -> bool:
        """Whether something was saved since what was kept began: only the auditor can join the two."""
        return self.draft is not None and self.draft.based_on != self.case_audit.version

    def form(self, *args: Any, **kwargs: Any) -> DoingForm:
        """Its form."""
        return DoingForm(*args, case_audit=self.case_audit, sections=self.sections, **kwargs)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One question with its fields."""

    question: ProFormaQuestion
    place: int
    answer: BoundField
    seen: BoundField
    where: BoundField


@dataclass(frozen=True, kw_only=True)
class Block:
    """One domain with its questions and its grade, and how many of them are answered."""

    section: Section
    asking: tuple[Asking, ...]
    grade: BoundField | None

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(bool(one.answer.value()) for one in self.asking)


def shown_page(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The form with what is saved, or with what was kept and not saved."""
    draft, differing = sheet.draft, []
    if draft is not None and sheet.is_stale and request.GET.get("draft") != PUT:
        differing = _differences(sheet, draft)
        draft = None
    form = sheet.form(initial=sheet.saved if draft is None else _kept(sheet, draft))
    follows = "" if differing else _follows(sheet)
    return _page(request, sheet, form, follows=follows, restored=draft, differing=differing)


def answered_page(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Save what the form says, and complete it if that was asked. Whatever is refused stays in the form."""
    person, posted = cast(User, request.user), request.POST
    form, follows, found = sheet.form(posted), posted.get("follows", ""), sheet.case_audit
    version = version_of(request)
    if not form.is_valid():
        return _page(request, sheet, form, follows=follows, version=version, status=400)
    try:
        found = services.save(found, version=version, said=form.said(), follows=follows, by=person)
        if "complete" not in posted:
            messages.success(request, "Saved.")
            return redirect(f"{reverse('case_audits:do', args=[found.ref])}#{posted.get('save', '')}")
        sheet = Sheet.of(found, person)
        if lacking := missing(found, sheet.sections, sheet.answers):
            form.refuse(lacking)
            goes_on = sheet.draft is None or not _differences(sheet, sheet.draft)
            return _page(request, sheet, form, follows=_follows(sheet) if goes_on else "", status=400)
        services.complete(found, version=found.version, by=person)
    except SavedMeanwhile:
        conflict = differences(form, sheet.saved)
        return _page(request, sheet, form, follows=follows, conflict=conflict, status=409)
    except Refused as refusal:
        return _page(request, sheet, form, follows=follows, version=version, refused=str(refusal), status=400)
    messages.success(request, f"{found.ref} is completed. Thank you: what you saw goes back to the team.")
    return redirect("case_audits:shown", found.ref)


def refused_page(request: HttpRequest, sheet: Sheet, sentence: str) -> HttpResponse:
    """The form as it was typed, and why it did not go on."""
    posted = request.POST
    return _page(
        request,
        sheet,
        sheet.form(posted),
        follows=posted.get("follows", ""),
        version=version_of(request),
        refused=sentence,
        status=409,
    )


def _page(
    request: HttpRequest,
    sheet: Sheet,
    form: DoingForm,
    *,
    follows: str = "",
    version: int | None = None,
    restored: Draft | None = None,
    differing: Sequence[Difference] = (),
    conflict: Sequence[Difference] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    found = sheet.case_audit
    child_id = child_id_of(found)
    context = {
        "found": found,
        "form": form,
        "blocks": _blocks(form, sheet),
        "rules": kinds.rules_of(found.kind),
        "grades": dict(Grade.choices),
        "limits": grading.sentences(found.limits),
        "follows": follows,
        "version": found.version if version is None else version,
        "restored": restored,
        "kept_elsewhere": sheet.draft if differing else None,
        "differing": differing,
        "conflict": conflict,
        "refused": refused,
        "warnings": form.warnings(),
        "child_id": child_id,
        "case_link": case_link(child_id),
        "cohort": title_of(found.cohort) if found.cohort else "",
    }
    return render(request, "case_audits/do.html.jinja", context, status=status)


def _blocks(form: DoingForm, sheet: Sheet) -> list[Block]:
    return [
        Block(
            section=section,
            asking=tuple(
                Asking(
                    question=one,
                    place=place,
                    answer=form[answer_field(one.pk)],
                    seen=form[words_field(one.pk)],
                    where=form[where_field(one.pk)],
                )
                for place, one in enumerate(section.questions, 1)
            ),
            grade=form[grade_field(section.code)] if section.has_grade else None,
        )
        for section in sheet.sections
    ]


def _kept(sheet: Sheet, draft: Draft) -> dict[str, Any]:
    """What was kept, field by field: a choice not made yet was not posted."""
    return {name: draft.fields.get(name, "") for name in sheet.form().fields}


def _follows(sheet: Sheet) -> str:
    """The moment of what was kept. What was kept on the way to saving says nothing else than what is saved:
    what is typed next takes its place, as if there were no other window."""
    return "" if sheet.draft is None else sheet.draft.kept_at.isoformat()


def _differences(sheet: Sheet, draft: Draft) -> list[Difference]:
    typed = sheet.form(draft.fields)
    typed.is_valid()
    return differences(typed, sheet.saved)
