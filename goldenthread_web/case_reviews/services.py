"""What is written of reviews of whole services: begun, handed out, reviewed, who left before, closed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_reviews.leaving import left_since
from goldenthread_web.case_reviews.models import Case, Exercise
from goldenthread_web.case_reviews.review_form import form_of_today, kept_form
from goldenthread_web.concerns.models import Concern
from goldenthread_web.concerns.queries import team_of
from goldenthread_web.concerns.services import raise_concern
from goldenthread_web.config.clock import now, today
from goldenthread_web.extracts.children import index
from goldenthread_web.sampling.conflicts import conflicts_of
from goldenthread_web.sampling.handing_services import hand_over, take_back
from goldenthread_web.sampling.leaving_out import never_drawn
from goldenthread_web.sampling.models import Sample
from goldenthread_web.sampling.services import draw
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.references import next_ref
from goldenthread_web.ui.conflicts import check

PURPOSE = "case_review"
GRACE = timedelta(days=28)  # how long after the last day a reviewer who is late still sees the children
SHORTEST = 10


@service(Permission.LEAD_CASE_AUDITS)
def begin_exercise(
    *,
    title: str,
    why: str,
    cohort: str,
    teams: Collection[str],
    due_on: date,
    frozen_on: date | None = None,
    seed: str = "",
    by: User,
) -> Exercise:
    """Freeze a cohort: every child who is in it on the day is to be reviewed, in the order of the seed."""
    on = frozen_on or today()
    if not title.strip() or len(why.strip()) < SHORTEST:
        raise Refused("Say what it is called, and why every case is reviewed.")
    if due_on <= on:
        raise Refused("Say by when every case is to be reviewed: after the day on which it begins.")
    sample = draw(
        purpose=PURPOSE,
        cohort=cohort,
        teams=teams,
        method=Sample.Method.RANDOM,
        size_rule="all",
        seed=seed,
        drawn_on=on,
        by=by,
    )
    made = Exercise.objects.create(
        ref=next_ref(Exercise, "R"),
        title=title.strip(),
        why=why.strip(),
        frozen_on=on,
        due_on=due_on,
        sample=sample,
        form=form_of_today().as_json(),
        begun_by=by,
        begun_at=now(),
    )
    Case.objects.bulk_create([Case(exercise=made, child=row) for row in sample.children.all()])
    record("case_review.begun", made, by=by, changes={"cohort": cohort, "cases": sample.population})
    return made


@service(Permission.LEAD_CASE_AUDITS)
def hand_out(
    exercise: Exercise,
    *,
    reviewer: User,
    number: int,
    teams: Collection[str] = (),
    handed_on: date | None = None,
    by: User,
) -> int:
    """Hand somebody so many cases that nobody has yet, none of their own; how many there were."""
    on = handed_on or today()
    _check_open(exercise)
    if number < 1:
        raise Refused("Say how many cases: at least one.")
    waiting = exercise.cases.filter(reviewer=None, reviewed_on=None, left_on=None).select_related("child")
    if teams:
        waiting = waiting.filter(child__team__in=teams)
    cases = list(waiting.select_for_update(of=("self",)))
    references = {one.child.reference for one in cases}
    not_theirs = set(conflicts_of(reviewer, references)) | never_drawn(reviewer)
    chosen = [one for one in cases if one.child.reference not in not_theirs][:number]
    if not chosen:
        raise Refused(
            "There is no case for them here: all are handed out, or are cases they hold, answer for, or had "
            "a part in. Choose other teams, or somebody else."
        )
    hand_over(
        reviewer,
        {one.child.reference for one in chosen},
        purpose=exercise.purpose,
        since_on=on,
        until_on=max(exercise.due_on, on) + GRACE,
        by=by,
    )
    Case.objects.filter(pk__in=[one.pk for one in chosen]).update(reviewer=reviewer, handed_on=on)
    changes = {"person": reviewer.pk, "number": len(chosen)}
    record("case_review.handed_out", exercise, by=by, changes=changes)
    return len(chosen)


@service(Permission.LEAD_CASE_AUDITS)
def take_cases_back(exercise: Exercise, *, reviewer: User, by: User) -> int:
    """Whoever has cases cannot review them: those not reviewed go back to be handed out; how many."""
    _check_open(exercise)
    held = exercise.cases.filter(reviewer=reviewer, reviewed_on=None)
    number = held.update(reviewer=None, handed_on=None)
    if not number:
        raise Refused("They have no case of this exercise that is not reviewed.")
    take_back(reviewer, purpose=exercise.purpose, by=by)
    record("case_review.taken_back", exercise, by=by, changes={"person": reviewer.pk, "number": number})
    return number


@service(Permission.AUDIT_CASES)
def save_review(
    case: Case,
    *,
    version: int,
    answers: Mapping[str, str],
    outcome: str,
    text: str,
    is_done: bool,
    concern_text: str = "",
    reviewed_on: date | None = None,
    at: datetime | None = None,
    by: User,
) -> Case:
    """Save what was found in one case; `is_done`: the review is finished. SavedMeanwhile: in two windows.

    Where the child may be in danger now, whoever answers for the child is told at once, finished or not.
    """
    found = Case.objects.select_for_update().get(pk=case.pk)
    exercise = Exercise.objects.get(pk=found.exercise_id)
    _check_mine(exercise, found, by)
    check(found, version)
    form = kept_form(exercise.form)
    said = {code: answer for code, answer in answers.items() if answer}
    if not set(said) <= set(form.questions) or not set(said.values()) <= set(form.answers):
        raise Refused("Answer each question with one of the answers.")
    if outcome and outcome not in form.outcomes:
        raise Refused("Choose one of the outcomes.")
    if is_done:
        _check_whole(len(said) == len(form.questions), outcome, text)
    found.answers, found.outcome, found.text = said, outcome, text.strip()
    found.saved_at = at or now()
    if outcome in form.concerns and found.concern_id is None:
        found.concern = _raise(found, concern_text, at, by)
    if is_done:
        found.reviewed_on = reviewed_on or today()
        take_back(by, purpose=exercise.purpose, references=[found.child.reference], by=by)
    found.version += 1
    found.save()
    what = "case_review.finished" if is_done else "case_review.saved"
    record(what, found, by=by, changes={"outcome": outcome, "answers": len(said)})
    return found


def _check_whole(is_answered: bool, outcome: str, text: str) -> None:
    if not is_answered:
        raise Refused("Answer every question before you finish; what you wrote can be saved meanwhile.")
    if not outcome or len(text.strip()) < SHORTEST:
        raise Refused("Choose an outcome and say in a sentence why.")


def _raise(case: Case, text: str, at: datetime | None, by: User) -> Concern:
    child = index().by_reference.get(case.child.reference)
    return raise_concern(
        case.child.reference,
        team=(team_of(child) if child is not None else "") or case.child.team,
        source=Concern.Source.CASE_REVIEW,
        source_ref=case.exercise.ref,
        text=text,
        raised_at=at,
        by=by,
    )


@service(Permission.LEAD_CASE_AUDITS)
def note_who_left(exercise: Exercise, *, on: date | None = None, by: User) -> int:
    """Note the children who have no open case any more and were not reviewed; how many were found."""
    _check_open(exercise)
    day = on or today()
    waiting = list(exercise.cases.filter(reviewed_on=None, left_on=None).select_related("child", "reviewer"))
    gone = left_since([one.child.reference for one in waiting], day)
    for one in waiting:
        if one.child.reference in gone:
            _note_left(exercise, one, gone[one.child.reference], by)
    exercise.compared_on = day
    exercise.save(update_fields=["compared_on"])
    record("case_review.left_noted", exercise, by=by, changes={"number": len(gone)})
    return len(gone)


def _note_left(exercise: Exercise, case: Case, left_on: date, by: User) -> None:
    Case.objects.filter(pk=case.pk).update(left_on=max(left_on, exercise.frozen_on))
    if case.reviewer is not None:
        take_back(case.reviewer, purpose=exercise.purpose, references=[case.child.reference], by=by)


@service(Permission.LEAD_CASE_AUDITS)
def close_exercise(
    exercise: Exercise, *, version: int, found: str, closed_on: date | None = None, by: User
) -> Exercise:
    """End the exercise, with every case reviewed or gone, or with the words that say why not."""
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    _check_open(locked)
    check(locked, version)
    if len(found.strip()) < SHORTEST:
        raise Refused("Say what was found, and what became of the cases that were not reviewed.")
    open_cases = locked.cases.filter(reviewed_on=None, left_on=None)
    for reviewer in User.objects.filter(pk__in=open_cases.exclude(reviewer=None).values("reviewer")):
        take_back(reviewer, purpose=locked.purpose, by=by)
    locked.state, locked.found = Exercise.State.CLOSED, found.strip()
    locked.closed_on = closed_on or today()
    locked.version += 1
    locked.save()
    record("case_review.closed", locked, by=by, changes={"not_reviewed": open_cases.count()})
    return locked


def _check_open(exercise: Exercise) -> None:
    if exercise.state != Exercise.State.OPEN:
        raise Refused(f"{exercise.ref} is closed: nothing in it is changed any more.")


def _check_mine(exercise: Exercise, case: Case, by: User) -> None:
    _check_open(exercise)
    if case.reviewer_id != by.pk:
        raise Refused("This case was handed to somebody else.")
    if case.reviewed_on is not None:
        raise Refused("This case is reviewed: nothing in it is changed any more.")
    if case.left_on is not None:
        raise Refused("The child has no open case any more, so there is nothing to review.")
