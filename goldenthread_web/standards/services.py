"""What is written of editions of the standards: begun, proposed, adopted by somebody else, sent back."""

from datetime import date, datetime

from django.db.models import ProtectedError
from django.utils import timezone

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now
from goldenthread_web.programme.models import Decision
from goldenthread_web.standards.checking import check_whole
from goldenthread_web.standards.comparing import compared
from goldenthread_web.standards.library import default_standards
from goldenthread_web.standards.models import Edition, Question, Standard
from goldenthread_web.standards.queries import adopted_editions, in_the_making, standards_of
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.KEEP_STANDARDS)
def begin_edition(*, about: str, by: User, at: datetime | None = None) -> Edition:
    """Begin another edition: from the last one adopted, or from the default set where there is none."""
    waiting = in_the_making()
    if waiting is not None:
        raise Refused(f"Edition {waiting.number} is being made already: go on with that one.")
    last = adopted_editions().first()
    made = Edition.objects.create(
        number=1 if last is None else max(one.number for one in adopted_editions()) + 1,
        about=_words(about, "what is new in it, or why it is written"),
        drafted_by=by,
        drafted_at=at or now(),
    )
    if last is None:
        _take_default(made)
    else:
        _take_over(last, made)
    record("edition.begun", made, by=by, changes={"number": made.number})
    return made


@service(Permission.KEEP_STANDARDS)
def say_what_is_new(edition: Edition, *, version: int, about: str, by: User) -> Edition:
    """Say what is new in a draft. Raises SavedMeanwhile if somebody else did so first."""
    stored = _locked(edition, version)
    _check_draft(stored)
    stored.about = _words(about, "what is new in it")
    _save(stored)
    record("edition.said", stored, by=by, changes={"number": stored.number})
    return stored


@service(Permission.KEEP_STANDARDS)
def propose_edition(edition: Edition, *, version: int, by: User, at: datetime | None = None) -> Edition:
    """Ask for a draft to be adopted, once it is whole. From then on it waits and is not changed."""
    stored = _locked(edition, version)
    _check_draft(stored)
    check_whole(standards_of(stored))
    last = adopted_editions().first()
    if last is not None and not compared(last, stored):
        raise Refused(f"It says what edition {last.number} says: change something first.")
    stored.state = Edition.State.PROPOSED
    stored.proposed_by, stored.proposed_at, stored.sent_back_because = by, at or now(), ""
    _save(stored)
    record("edition.proposed", stored, by=by, changes={"number": stored.number})
    return stored


@service(Permission.KEEP_STANDARDS)
def take_back_edition(edition: Edition, *, version: int, by: User) -> Edition:
    """Go on writing an edition that waits to be adopted."""
    stored = _locked(edition, version)
    _check_waiting(stored)
    _back_to_draft(stored, "")
    record("edition.taken_back", stored, by=by, changes={"number": stored.number})
    return stored


@service(Permission.ADOPT_STANDARDS)
def send_back_edition(edition: Edition, *, version: int, because: str, by: User) -> Edition:
    """Do not adopt it as it is, and say what must change."""
    stored = _locked(edition, version)
    _check_waiting(stored)
    _back_to_draft(stored, _words(because, "what must change before you adopt it"))
    record("edition.sent_back", stored, by=by, changes={"number": stored.number})
    return stored


@service(Permission.ADOPT_STANDARDS)
def adopt_edition(
    edition: Edition,
    *,
    version: int,
    in_force_on: date,
    decision: Decision | None = None,
    by: User,
    at: datetime | None = None,
) -> Edition:
    """Adopt an edition from a day on. Somebody else than proposed it does so; it is never changed again."""
    stored, moment = _locked(edition, version), at or now()
    _check_waiting(stored)
    if stored.proposed_by_id == by.pk:
        raise Refused("You proposed this edition: somebody else adopts it.")
    if in_force_on < timezone.localtime(moment).date():
        raise Refused("Standards hold from the day on which they are adopted at the earliest.")
    last = adopted_editions().first()
    if last is not None and last.in_force_on is not None and in_force_on <= last.in_force_on:
        raise Refused(
            f"Edition {last.number} holds from {last.in_force_on:%Y-%m-%d}: this one must come after it."
        )
    if decision is not None and not decision.is_in_favour:
        raise Refused("That decision does not agree: leave it out, or name the one that does.")
    stored.state, stored.in_force_on, stored.decision = Edition.State.ADOPTED, in_force_on, decision
    stored.adopted_by, stored.adopted_at = by, moment
    _save(stored)
    changes = {"number": stored.number, "from": in_force_on.isoformat()}
    record("edition.adopted", stored, by=by, changes=changes)
    return stored


@service(Permission.KEEP_STANDARDS)
def discard_edition(edition: Edition, *, version: int, by: User) -> None:
    """Throw a draft away. The editions before it stay as they are."""
    stored = _locked(edition, version)
    _check_draft(stored)
    record("edition.discarded", stored, by=by, changes={"number": stored.number})
    try:
        stored.delete()
    except ProtectedError as kept:
        raise Refused("What case audits taught led to a standard of this draft: go on with it.") from kept


def _take_default(edition: Edition) -> None:
    for position, said in enumerate(default_standards(), start=1):
        made = Standard.objects.create(
            edition=edition,
            code=said.code,
            domain=said.domain,
            position=position,
            section=said.section,
            statement=said.statement,
            expectations=list(said.expectations),
            inadequate=said.inadequate,
            requires_improvement=said.requires_improvement,
            good=said.good,
            outstanding=said.outstanding,
            statute=said.statute,
            clock=said.clock,
            indicators=list(said.indicators),
            tags=list(said.tags),
            training=said.training,
        )
        Question.objects.bulk_create(
            Question(standard=made, code=one.code, position=place, text=one.text, cohorts=list(one.cohorts))
            for place, one in enumerate(said.questions, start=1)
        )


def _take_over(last: Edition, edition: Edition) -> None:
    """Every standard and question again, with the same codes."""
    for one in standards_of(last):
        questions = list(one.questions.all())
        one.pk, one._state.adding, one.edition, one.version = None, True, edition, 1
        one.save()
        for question in questions:
            question.pk, question._state.adding = None, True
            question.standard, question.version = one, 1
        Question.objects.bulk_create(questions)


def _locked(edition: Edition, version: int) -> Edition:
    """The edition as it stands now, held until the end; SavedMeanwhile where it is not what was seen."""
    found = Edition.objects.select_for_update().get(pk=edition.pk)
    check(found, version)
    return found


def _save(edition: Edition) -> None:
    edition.version += 1
    edition.save()


def _back_to_draft(edition: Edition, because: str) -> None:
    edition.state, edition.sent_back_because = Edition.State.DRAFT, because
    edition.proposed_by = edition.proposed_at = None
    _save(edition)


def _check_draft(edition: Edition) -> None:
    if edition.is_adopted:
        raise Refused(f"Edition {edition.number} is adopted and never changed: begin another one.")
    if not edition.is_draft:
        raise Refused(f"Edition {edition.number} waits to be adopted: take it back first.")


def _check_waiting(edition: Edition) -> None:
    if edition.state != Edition.State.PROPOSED:
        raise Refused(f"Edition {edition.number} is {edition.get_state_display()}: nobody has proposed it.")


def _words(text: str, what: str) -> str:
    if not text.strip():
        raise Refused(f"Say {what}.")
    return text.strip()
