"""What is written of immediate concerns: raised, acknowledged, safe or not, resolved, opened."""

from datetime import datetime, timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.concerns import queries
from goldenthread_web.concerns.clocks import clocks, counted, moment
from goldenthread_web.concerns.models import Concern, Notice, NoticeOpening, SafetyRecord
from goldenthread_web.concerns.telling_services import tell
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.references import next_ref
from goldenthread_web.ui.conflicts import check

SHORTEST = 10  # letters of a sentence that says something
TWICE = timedelta(minutes=10)  # the same words again so soon are a button pressed twice


class Meanwhile(Refused):
    """Somebody else has acknowledged the concern since the page was opened: nothing is wrong."""


@service(Permission.OBSERVE_PRACTICE)
def raise_concern(
    reference: str,
    *,
    team: str,
    source: str,
    text: str,
    source_ref: str = "",
    raised_at: datetime | None = None,
    by: User,
) -> Concern:
    """Say that a child may be in danger now: whoever answers for the child is told at once."""
    said = _sentence(text, "Say in a sentence what makes you fear for the child now.")
    _check_may_see(reference, by)
    at = counted(raised_at or moment())
    twice = Concern.objects.filter(reference=reference, raised_by=by, text=said, raised_at__gt=at - TWICE)
    if (already := twice.filter(raised_at__lte=at).first()) is not None:
        record("concern.raised_twice", already, by=by)
        return already
    made = Concern.objects.create(
        ref=next_ref(Concern, "C"),
        reference=reference,
        team=team,
        source=Concern.Source(source),
        source_ref=source_ref,
        text=said,
        raised_by=by,
        raised_at=at,
        acknowledge_by=at + clocks().acknowledge,
        safe_by=at + clocks().safe,
    )
    record("concern.raised", made, by=by, changes={"source": source}, children=[reference])
    tell(made, clocks().steps[:1], at=at, by=None)
    return made


@service(Permission.ANSWER_CONCERNS)
def acknowledge(concern: Concern, *, at: datetime | None = None, by: User) -> Concern:
    """Take a concern on: from now on somebody acts for the child."""
    found = _locked(concern, by)
    if found.raised_by_id == by.pk:
        raise NotForYourself("You raised this concern: somebody who answers for the child acknowledges it.")
    if found.acknowledged_by is not None:
        raise Meanwhile(f"{found.acknowledged_by.title} has acknowledged it already: speak to each other.")
    _acknowledge(found, _after(found, at), by)
    found.version += 1
    found.save()
    return found


@service(Permission.ANSWER_CONCERNS)
def record_safety(
    concern: Concern, *, version: int, is_safe: bool, plan: str, at: datetime | None = None, by: User
) -> Concern:
    """Say whether the child is safe and what was done. Not safe: those further up are told at once.

    Whoever records it has taken the concern on, unless they raised it.
    """
    found = _locked(concern, by)
    check(found, version)
    said = _sentence(plan, "Say what was done, or what is being done now, to keep the child safe.")
    when = _after(found, at)
    if found.acknowledged_at is None:
        if found.raised_by_id == by.pk:
            raise NotForYourself("You raised this concern: somebody else acknowledges it first.")
        _acknowledge(found, when, by)
    SafetyRecord.objects.create(concern=found, is_safe=is_safe, plan=said, recorded_by=by, recorded_at=when)
    found.is_safe, found.safety_plan = is_safe, said
    found.safe_recorded_by, found.safe_recorded_at = by, when
    found.safety_first_at = found.safety_first_at or when
    found.version += 1
    found.save()
    record("concern.safety_recorded", found, by=by, changes={"is_safe": is_safe})
    if not is_safe and not found.notices.filter(step=Notice.Step.UNSAFE).exists():
        tell(found, (clocks().when_not_safe,), at=when, by=None)
    return found


@service(Permission.ANSWER_CONCERNS)
def resolve(
    concern: Concern, *, version: int, resolution: str, at: datetime | None = None, by: User
) -> Concern:
    """Close a concern whose child is safe. Never by whoever raised it."""
    found = _locked(concern, by)
    check(found, version)
    if found.raised_by_id == by.pk:
        raise NotForYourself("You raised this concern: somebody else must resolve it.")
    if found.is_safe is not True:
        raise Refused("Record first that the child is safe, and what was done: only then is it resolved.")
    found.resolution = _sentence(resolution, "Say in a sentence what became of it.")
    found.resolved_by, found.resolved_at = by, _after(found, at)
    found.version += 1
    found.save()
    record("concern.resolved", found, by=by)
    return found


@service(Permission.SEE_CONCERNS)
def note_opened(concern: Concern, *, at: datetime | None = None, by: User) -> None:
    """Note that somebody who was told has opened the concern, and with it seen the child."""
    opened = counted(at or moment())
    notices = [one for one in concern.notices.all() if one.person_id == by.pk and one.opened_at is None]
    NoticeOpening.objects.bulk_create([NoticeOpening(notice=one, opened_at=opened) for one in notices])
    record("concern.opened", concern, by=by, children=[concern.reference])


def _locked(concern: Concern, by: User) -> Concern:
    """The concern as it stands now, held until the end, by somebody who answers it; it must be open."""
    found = Concern.objects.select_for_update().get(pk=concern.pk)
    if not queries.may_answer(found, by):
        raise Refused("Whoever answers for the child, or was told, answers this concern.")
    if found.resolved_at is not None:
        raise Refused(f"{found.ref} is resolved: raise another where you fear for the child again.")
    return found


def _acknowledge(found: Concern, at: datetime, by: User) -> None:
    found.acknowledged_by, found.acknowledged_at = by, at
    record("concern.acknowledged", found, by=by, changes={"in_time": at <= found.acknowledge_by})


def _check_may_see(reference: str, by: User) -> None:
    """Roles that see figures only tell a manager instead; a child who is barred is there for nobody else."""
    if not by.held_role.sees_children:
        raise Refused("Your role sees no child: tell the worker or their manager now, and say that you did.")
    if reference in child_scope(by).barred:
        raise Refused("There is no such child on your list.")


def _after(found: Concern, at: datetime | None) -> datetime:
    """The moment of what is written: not before the concern was raised."""
    when = counted(at or moment())
    if when < found.raised_at:
        raise Refused("That is before the concern was raised: correct the moment.")
    return when


def _sentence(text: str, lacking: str) -> str:
    said = text.strip()
    if len(said) < SHORTEST:
        raise Refused(lacking)
    return said
