"""What is written before and during a visit: checklist, evidence pack, interviews, what was handed over."""

from datetime import date, datetime

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.inspections.frames import channels, evidence_classes
from goldenthread_web.inspections.models import EvidenceItem, HandOver, Interview, ReadinessItem, Visit
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.HAND_OVER_EVIDENCE)
def add_readiness_item(visit: Visit, *, text: str, post: str, due_on: date, by: User) -> ReadinessItem:
    """Add something that has to be ready before the visit."""
    if due_on > visit.ends_on:
        raise Refused("It is to be ready before the visit ends: give an earlier day.")
    made = ReadinessItem.objects.create(visit=visit, text=text.strip(), post=post.strip(), due_on=due_on)
    record("readiness.added", made, by=by, changes={"visit": visit.number, "due_on": due_on.isoformat()})
    return made


@service(Permission.HAND_OVER_EVIDENCE)
def tick_readiness_item(
    item: ReadinessItem, *, is_done: bool, note: str = "", version: int, by: User
) -> ReadinessItem:
    """Say that something is ready, or that it is not after all."""
    found = ReadinessItem.objects.select_for_update().get(pk=item.pk)
    check(found, version)
    if bool(found.done_on) == is_done:
        raise Refused("It says so already.")
    found.done_on, found.note = (today() if is_done else None), note.strip()
    found.version += 1
    found.save()
    record("readiness.ready" if is_done else "readiness.not_ready", found, by=by)
    return found


@service(Permission.HAND_OVER_EVIDENCE)
def add_evidence(
    visit: Visit,
    *,
    evidence_class: str,
    what: str,
    place: str,
    post: str,
    reference: str = "",
    dated_on: date | None = None,
    is_ready: bool = False,
    by: User,
) -> EvidenceItem:
    """Put an item into the evidence pack: what it is, where it lies, who provides it."""
    if evidence_class not in evidence_classes():
        raise Refused("Choose what kind of evidence it is from the list.")
    if dated_on and dated_on > today():
        raise Refused("Evidence is about what was: the day lies ahead.")
    made = EvidenceItem.objects.create(
        visit=visit,
        evidence_class=evidence_class,
        what=what.strip(),
        place=place.strip(),
        post=post.strip(),
        reference=reference.strip(),
        dated_on=dated_on,
        is_ready=is_ready,
    )
    record("pack.item_added", made, by=by, changes={"visit": visit.number, "class": evidence_class})
    return made


@service(Permission.HAND_OVER_EVIDENCE)
def ready_evidence(item: EvidenceItem, *, version: int, by: User) -> EvidenceItem:
    """Say that an item lies where the pack says."""
    found = _current(item, version)
    if found.is_ready:
        raise Refused("It says so already.")
    found.is_ready, found.version = True, found.version + 1
    found.save()
    record("pack.item_ready", found, by=by)
    return found


@service(Permission.HAND_OVER_EVIDENCE)
def withdraw_evidence(item: EvidenceItem, *, because: str, version: int, by: User) -> EvidenceItem:
    """Take an item out of the pack before anybody got it, with the reason."""
    found = _current(item, version)
    if found.hand_overs.exists():
        raise Refused("It was handed over: it stays in the pack and in the log.")
    if not because.strip():
        raise Refused("Say why it is taken out of the pack.")
    found.withdrawn_because, found.version = because.strip(), found.version + 1
    found.save()
    record("pack.item_withdrawn", found, by=by)
    return found


@service(Permission.HAND_OVER_EVIDENCE)
def hand_over(
    item: EvidenceItem, *, to: str, handed_at: datetime, channel: str, handed_by: str, by: User
) -> HandOver:
    """Log that inspectors got an item: to whom, when, by whom, how. Nothing changes the log afterwards."""
    if item.withdrawn_because:
        raise Refused("The item was taken out of the pack: put it in again first.")
    if not item.is_ready:
        raise Refused("The item is not ready yet: say first that it lies where the pack says.")
    if channel not in channels():
        raise Refused("Choose how it was handed over from the list.")
    if handed_at.date() > today():
        raise Refused("It is logged once it was handed over: the day lies ahead.")
    if not to.strip() or not handed_by.strip():
        raise Refused("Name the post that got it, and the post that gave it.")
    made = HandOver.objects.create(
        item=item,
        to=to.strip(),
        handed_at=handed_at,
        channel=channel,
        handed_by=handed_by.strip(),
        recorded_by=by,
        recorded_at=now(),
    )
    record("pack.item_handed_over", item, by=by, changes={"channel": channel, "log": made.pk})
    return made


@service(Permission.HAND_OVER_EVIDENCE)
def add_interview(
    visit: Visit,
    *,
    with_whom: str,
    starts_at: datetime,
    minutes: int = 45,
    place: str = "",
    inspector: str = "",
    about: str = "",
    by: User,
) -> Interview:
    """Put a talk into the schedule of the visit."""
    if not visit.starts_on <= starts_at.date() <= visit.ends_on:
        raise Refused("Inspectors talk to people on the days of the visit: give one of those.")
    made = Interview.objects.create(
        visit=visit,
        with_whom=with_whom.strip(),
        starts_at=starts_at,
        minutes=minutes,
        place=place.strip(),
        inspector=inspector.strip(),
        about=about.strip(),
    )
    record("interview.added", made, by=by, changes={"visit": visit.number})
    return made


@service(Permission.HAND_OVER_EVIDENCE)
def remove_interview(interview: Interview, *, by: User) -> None:
    """Take a talk off the schedule."""
    record("interview.removed", interview, by=by, changes={"visit": interview.visit.number})
    interview.delete()


def _current(item: EvidenceItem, version: int) -> EvidenceItem:
    found = EvidenceItem.objects.select_for_update().get(pk=item.pk)
    check(found, version)
    if found.withdrawn_because:
        raise Refused("The item was taken out of the pack.")
    return found
