"""What is written of moderation: begun, handed to somebody, graded blind, settled.

A case audit with some grades is looked at again at once, of the others some are drawn at night
(moderating_drawing). Whoever looks again grades before the first grade is shown to them. What they settle
counts; the first grade stays.
"""

import secrets
from datetime import date, timedelta

from django.urls import reverse

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.telling import tell_person
from goldenthread_web.case_audits.following_dates import put_dates
from goldenthread_web.case_audits.following_rules import rules, working_days_after
from goldenthread_web.case_audits.following_services import show_if_it_fails
from goldenthread_web.case_audits.grading import grades, limited, sentences
from goldenthread_web.case_audits.kinds import open_after_due
from goldenthread_web.case_audits.models import CaseAudit, Moderation
from goldenthread_web.case_audits.moderating_choice import chosen, moderators, why_not
from goldenthread_web.case_audits.moderating_drawing import Batch, drawn
from goldenthread_web.concerns.queries import has_open
from goldenthread_web.config.clock import now, today
from goldenthread_web.trail.recording import record

Why = Moderation.Why


@service(Permission.AUDIT_CASES)
def after_completion(case_audit: CaseAudit, *, by: User) -> None:
    """What follows at once: the days by which something is due, a second look at some grades, the plan.

    Called as the case audit is completed, with the grade that its limits allow.
    """
    if case_audit.completed_on is None:
        raise Refused(f"{case_audit.ref} is not completed: nothing follows yet.")
    put_dates(case_audit, case_audit.grade, counted_from=case_audit.completed_on)
    case_audit.save(update_fields=["plan_due_on", "re_audit_due_on"])
    is_again = case_audit.grade in rules().always and case_audit.kind not in rules().without
    if is_again and not Moderation.objects.filter(case_audit=case_audit).exists():
        _begin(case_audit, Why.GRADE, on=case_audit.completed_on, by=None)
    elif not is_again:
        show_if_it_fails(case_audit, by=by)
    record("case_audit.followed", case_audit, by=by, changes={"is_moderated": is_again})


@service(None)
def draw(batch: Batch, *, seed: str = "", on: date | None = None, by: User | None = None) -> list[Moderation]:
    """Draw from a batch and hand out what was drawn. The seed is kept; blank: the service makes one."""
    seed = f"{batch.key}-{seed or secrets.token_hex(8)}"
    by_ref = {one.ref: one for one in batch.case_audits}
    found = [
        _begin(by_ref[ref], Why.DRAWN, on=on or today(), seed=seed, by=by) for ref in drawn(by_ref, seed)
    ]
    changes = {"seed": seed, "from": len(by_ref), "drawn": [one.case_audit.ref for one in found]}
    record("moderation.drawn", ("batch", batch.key), by=by, changes=changes)
    return found


@service(None)
def begin_for_grade(case_audit: CaseAudit, *, on: date | None = None, by: User | None = None) -> Moderation:
    """Begin the second look that a grade asks for, where it was not begun at completion."""
    if case_audit.grade not in rules().always:
        raise Refused(f"{case_audit.ref} need not be looked at again for its grade.")
    return _begin(case_audit, Why.GRADE, on=on or today(), by=by)


@service(Permission.LEAD_CASE_AUDITS)
def ask_for(case_audit: CaseAudit, moderator: User, *, on: date | None = None, by: User) -> Moderation:
    """Have a completed case audit looked at again that was neither due nor drawn."""
    if case_audit.state != CaseAudit.State.COMPLETED:
        raise Refused(f"{case_audit.ref} is not completed: there is nothing to look at again.")
    if Moderation.objects.filter(case_audit=case_audit).exists():
        raise Refused(f"{case_audit.ref} is looked at again already.")
    _check_moderator(moderator, case_audit)
    return _begin(case_audit, Why.ASKED, on=on or today(), moderator=moderator, by=by)


@service(Permission.LEAD_CASE_AUDITS)
def name_moderator(
    moderation: Moderation, moderator: User, *, on: date | None = None, by: User
) -> Moderation:
    """Hand a second look to somebody, or to somebody else while no grade is given."""
    found = _locked(moderation)
    if found.blind_at is not None:
        raise Refused("A grade has been given: whoever gave it settles it.")
    if found.moderator_id == moderator.pk:
        raise Refused(f"{moderator.title} has it already.")
    _check_moderator(moderator, found.case_audit)
    _close_child(found)
    before, found.moderator = found.moderator_id, moderator
    found.assigned_by = by
    found.due_on = working_days_after(on or today(), rules().moderate_within)
    found.save()
    _open_child(found, on or today())
    _tell(moderator)
    changes = {"moderator": [before or 0, moderator.pk], "case_audit": found.case_audit.ref}
    record("moderation.named", found, by=by, changes=changes)
    return found


@service(Permission.MODERATE_CASE_AUDITS)
def give_blind_grade(
    moderation: Moderation, *, grade: str, text: str, on: date | None = None, by: User
) -> Moderation:
    """Grade without having seen the first grade. It is given once. The same grade settles the matter."""
    found = _locked(moderation)
    _check_own(found, by)
    if found.blind_at is not None:
        raise Refused("You have given your grade: it stays as it was given.")
    if grade not in grades():
        raise Refused("Choose one of the four grades.")
    if not text.strip():
        raise Refused("Say in a sentence or two what your grade rests on.")
    found.blind_grade, found.blind_text, found.blind_at = grade, text.strip(), now()
    found.save()
    is_same = _allowed(found.case_audit, grade)[0] == found.case_audit.grade
    changes = {"case_audit": found.case_audit.ref, "is_same": is_same}
    record("moderation.graded", found, by=by, changes=changes)
    if is_same:
        _settle(found, found.case_audit.grade, reason="", is_agreed=True, on=on or today(), by=by)
    return found


@service(Permission.MODERATE_CASE_AUDITS)
def settle(
    moderation: Moderation,
    *,
    grade: str,
    reason: str,
    is_agreed: bool,
    on: date | None = None,
    by: User,
) -> Moderation:
    """Say which grade counts, after both were seen. Another than the first one needs a reason."""
    found = _locked(moderation)
    _check_own(found, by)
    if found.blind_at is None:
        raise Refused("Give your own grade first: only then is the first one shown.")
    if found.settled_at is not None:
        raise Refused("It is settled already.")
    first = found.case_audit.grade
    if grade not in grades():
        raise Refused("Choose one of the four grades.")
    if grade != first and not reason.strip():
        raise Refused("Say why another grade counts than the first one.")
    _check_limits(found.case_audit, grade)
    _settle(
        found, grade, reason=reason.strip(), is_agreed=is_agreed or grade == first, on=on or today(), by=by
    )
    return found


def _begin(
    case_audit: CaseAudit,
    why: str,
    *,
    on: date,
    seed: str = "",
    moderator: User | None = None,
    by: User | None,
) -> Moderation:
    made = Moderation.objects.create(
        case_audit=case_audit,
        why=why,
        seed=seed,
        moderator=moderator or chosen(case_audit, moderators()),
        assigned_by=by,
        assigned_at=now(),
        due_on=working_days_after(on, rules().moderate_within),
    )
    if made.moderator is not None:
        _open_child(made, on)
        _tell(made.moderator)
    changes = {"case_audit": case_audit.ref, "moderator": made.moderator_id or 0}
    record("moderation.begun", made, by=by, changes=changes)
    return made


def _settle(found: Moderation, grade: str, *, reason: str, is_agreed: bool, on: date, by: User) -> None:
    case_audit = found.case_audit
    found.final_grade, found.reason, found.is_agreed = grade, reason, is_agreed
    found.settled_on, found.settled_at = on, now()
    found.save()
    case_audit.moderated_grade, case_audit.moderated_on = grade, on
    if grade != case_audit.grade:
        # What was due counts from the completion where the grade was weak then, else from today.
        was_weak = case_audit.grade in rules().plan_after
        put_dates(case_audit, grade, counted_from=case_audit.completed_on if was_weak else on)
    case_audit.version += 1
    case_audit.save()
    _close_child(found)
    changes = {"case_audit": case_audit.ref, "is_changed": grade != case_audit.grade, "is_agreed": is_agreed}
    record("moderation.settled", found, by=by, changes=changes)
    show_if_it_fails(case_audit, by=by)


def _locked(moderation: Moderation) -> Moderation:
    """The moderation and its case audit as they stand now, held until the end."""
    case_audit = CaseAudit.objects.select_for_update().get(pk=moderation.case_audit_id)
    found = Moderation.objects.select_for_update(of=("self",)).get(pk=moderation.pk)
    found.case_audit = case_audit
    return found


def _check_own(moderation: Moderation, by: User) -> None:
    if moderation.moderator_id != by.pk:
        raise NotForYourself("Only whoever was asked to look again gives this grade.")
    if moderation.case_audit.auditor_id == by.pk:
        raise NotForYourself("You audited this case: somebody else looks at it again.")


def _check_moderator(person: User, case_audit: CaseAudit) -> None:
    if why := why_not(person, case_audit):
        raise Refused(f"{person.title} cannot look at {case_audit.ref} again. {why}")


def _allowed(case_audit: CaseAudit, grade: str) -> tuple[str, tuple[str, ...]]:
    """A grade as far as limiting judgements allow, and which held it down: for the first as for the last."""
    is_open = bool(case_audit.reference) and has_open(case_audit.reference)
    return limited(grade, case_audit.domain_grades, case_audit.is_unsafe, is_open)


def _check_limits(case_audit: CaseAudit, grade: str) -> None:
    allowed, codes = _allowed(case_audit, grade)
    if allowed != grade:
        raise Refused(" ".join(sentences(codes)))


def _open_child(moderation: Moderation, on: date) -> None:
    """Let the moderator open the child until some time after the due day."""
    reference = moderation.case_audit.reference
    if reference and moderation.moderator is not None:
        moderation.moderator.assignments.create(
            reference=reference,
            purpose=_purpose(moderation),
            starts_on=on,
            ends_on=moderation.due_on + open_after_due(),
        )


def _close_child(moderation: Moderation) -> None:
    """From now on the moderator cannot open the child for this second look."""
    if moderation.moderator is not None:
        moderation.moderator.assignments.filter(purpose=_purpose(moderation), ends_on__gte=today()).update(
            ends_on=today() - timedelta(days=1)
        )


def _purpose(moderation: Moderation) -> str:
    return f"moderation.{moderation.case_audit.ref}"


def _tell(person: User) -> None:
    """A sentence and a link to their own list; nothing of a child."""
    tell_person(
        person,
        what="moderation",
        subject="A case audit to look at again",
        sentence="A case audit is waiting for your own look in Golden Thread.",
        path=reverse("case_audits:moderations"),
    )
