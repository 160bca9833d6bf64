"""What is written of standards and their questions, while their edition is being drafted."""

import re
from collections.abc import Collection
from typing import Any

from django.db.models import Max, ProtectedError

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.standards.checking import (
    MOST_QUESTIONS,
    check_domain,
    check_question,
    check_standard,
)
from goldenthread_web.standards.domains import domains
from goldenthread_web.standards.models import Edition, Question, Standard
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GONE = "Somebody took this standard out meanwhile: go back to the draft."


@service(Permission.KEEP_STANDARDS)
def add_standard(edition: Edition, code: str, *, domain: str, by: User, **said: Any) -> Standard:
    """Add a standard to a draft, at the end of its domain. `said`: the fields of checking.NEEDED and MORE."""
    held = _held(edition)
    check_domain(domain)
    check_standard(said)
    if not _CODE.fullmatch(code) or len(code) > 60:
        raise Refused("Short name: small letters, numbers and hyphens, at most 60.")
    if held.standards.filter(code=code).exists():
        raise Refused(f"There is a standard {code} already: give this one another short name.")
    made = Standard.objects.create(
        edition=held, code=code, domain=domain, position=held.standards.count() + 1, **_trimmed(said)
    )
    _renumber(held)
    made.refresh_from_db()
    record("standard.added", made, by=by, changes={"edition": held.number, "standard": code})
    return made


@service(Permission.KEEP_STANDARDS)
def change_standard(standard: Standard, *, version: int, domain: str, by: User, **said: Any) -> Standard:
    """Say a standard otherwise. Raises SavedMeanwhile if somebody else did so first."""
    stored = _stored(standard)
    check(stored, version)
    check_domain(domain)
    check_standard(said)
    trimmed = _trimmed(said) | {"domain": domain}
    changed = sorted(name for name, value in trimmed.items() if getattr(stored, name) != value)
    for name, value in trimmed.items():
        setattr(stored, name, value)
    stored.version += 1
    stored.save()
    _renumber(stored.edition)
    changes = {"edition": stored.edition.number, "standard": stored.code, "fields": changed}
    record("standard.changed", stored, by=by, changes=changes)
    return stored


@service(Permission.KEEP_STANDARDS)
def remove_standard(standard: Standard, *, version: int, by: User) -> None:
    """Take a standard out of a draft, with its questions. Earlier editions keep it."""
    stored = _stored(standard)
    check(stored, version)
    changes = {"edition": stored.edition.number, "standard": stored.code}
    record("standard.removed", stored, by=by, changes=changes)
    try:
        stored.delete()
    except ProtectedError as kept:
        raise Refused("What case audits taught led to this standard: change it instead.") from kept
    _renumber(stored.edition)


@service(Permission.KEEP_STANDARDS)
def move_standard(standard: Standard, *, is_up: bool, by: User) -> None:
    """Put a standard of a draft before, or after, its neighbour in the same domain."""
    stored = _stored(standard)
    same = list(stored.edition.standards.filter(domain=stored.domain).order_by("position", "pk"))
    place = [one.pk for one in same].index(stored.pk)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(same):
        raise Refused(f"It is the {'first' if is_up else 'last'} of its domain already.")
    neighbour = same[other]
    for one, position in ((stored, neighbour.position), (neighbour, stored.position)):
        stored.edition.standards.filter(pk=one.pk).update(position=position)
    changes = {"edition": stored.edition.number, "standard": stored.code}
    changes["before" if is_up else "after"] = neighbour.code
    record("standard.moved", stored, by=by, changes=changes)


@service(Permission.KEEP_STANDARDS)
def add_question(standard: Standard, *, text: str, cohorts: Collection[str] = (), by: User) -> Question:
    """Ask something more about a standard."""
    stored = _stored(standard)
    check_question(text, cohorts)
    there = stored.questions.count()
    if there >= MOST_QUESTIONS:
        raise Refused(
            f"A standard has at most {MOST_QUESTIONS} questions: change one, or write another standard."
        )
    last = stored.questions.aggregate(last=Max("position"))["last"] or 0
    made = Question.objects.create(
        standard=stored,
        code=_free_code(stored),
        position=last + 1,
        text=text.strip(),
        cohorts=list(cohorts),
    )
    record("standard.question_added", stored, by=by, changes=_of(made))
    return made


@service(Permission.KEEP_STANDARDS)
def change_question(
    question: Question, *, version: int, text: str, cohorts: Collection[str] = (), by: User
) -> Question:
    """Ask it in other words, or of others. Raises SavedMeanwhile if somebody else did so first."""
    stored = _stored_question(question)
    check(stored, version)
    check_question(text, cohorts)
    stored.text, stored.cohorts = text.strip(), list(cohorts)
    stored.version += 1
    stored.save()
    record("standard.question_changed", stored.standard, by=by, changes=_of(stored))
    return stored


@service(Permission.KEEP_STANDARDS)
def remove_question(question: Question, *, version: int, by: User) -> None:
    """Ask it no longer."""
    stored = _stored_question(question)
    check(stored, version)
    record("standard.question_removed", stored.standard, by=by, changes=_of(stored))
    stored.delete()


def _held(edition: Edition) -> Edition:
    """The edition, held until the end so that nobody proposes it meanwhile; only a draft is changed."""
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if held.is_adopted:
        raise Refused(f"Edition {held.number} is adopted and never changed: begin another one.")
    if not held.is_draft:
        raise Refused(f"Edition {held.number} waits to be adopted: take it back first.")
    return held


def _stored(standard: Standard) -> Standard:
    held = _held(standard.edition)
    found = held.standards.select_for_update().filter(pk=standard.pk).first()
    if found is None:
        raise Refused(_GONE)
    found.edition = held
    return found


def _stored_question(question: Question) -> Question:
    stored = _stored(question.standard)
    found = stored.questions.select_for_update().filter(pk=question.pk).first()
    if found is None:
        raise Refused("Somebody took this question out meanwhile: go back to the standard.")
    found.standard = stored
    return found


def _renumber(edition: Edition) -> None:
    """Positions in the order of the domains, and within each as they were."""
    order = {code: place for place, code in enumerate(domains())}
    listed = sorted(edition.standards.all(), key=lambda one: (order[one.domain], one.position, one.pk))
    for place, one in enumerate(listed, start=1):
        if one.position != place:
            edition.standards.filter(pk=one.pk).update(position=place)


def _free_code(standard: Standard) -> str:
    """A code that no question of this standard has or had, in whichever edition."""
    same = Question.objects.filter(standard__code=standard.code, code__startswith="question-")
    numbers = [int(code.rpartition("-")[2]) for code in same.values_list("code", flat=True)]
    return f"question-{max(numbers, default=0) + 1}"


def _of(question: Question) -> dict[str, Any]:
    standard = question.standard
    return {"edition": standard.edition.number, "standard": standard.code, "question": question.code}


def _trimmed(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.strip() if isinstance(value, str) else [one.strip() for one in value if one.strip()]
        for name, value in said.items()
    }
