"""What is written of meetings: planned, prepared, frozen, held, minuted."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from goldenthread.calendar import OutsideCalendar, is_working_day
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import LONDON, london, now, today
from goldenthread_web.governance import queries
from goldenthread_web.governance.agenda import COMES_BACK, OPERATIONAL, must_come_back
from goldenthread_web.governance.agenda import titles as came_back_titles
from goldenthread_web.governance.models import (
    AgendaItem,
    Attendance,
    ItemDecision,
    Meeting,
    Membership,
    Minute,
    Pack,
)
from goldenthread_web.governance.packs import content_of, digest_of
from goldenthread_web.governance.series import days, working_days_before
from goldenthread_web.governance.standards import standard
from goldenthread_web.programme.models import Body, Decision
from goldenthread_web.programme.services import record_decision
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

Status = Meeting.Status


@service(Permission.KEEP_MEETINGS)
def plan_meeting(
    body: Body,
    *,
    starts_at: datetime,
    place: str = "",
    minutes_allotted: int | None = None,
    note: str = "",
    by: User,
) -> Meeting:
    """Plan one meeting with the body's standard agenda. Never on a weekend or a bank holiday."""
    return _plan(body, starts_at, place, minutes_allotted, note, by)


@service(Permission.KEEP_MEETINGS)
def plan_series(
    body: Body,
    *,
    first: datetime,
    until: date,
    place: str = "",
    minutes_allotted: int | None = None,
    by: User,
) -> list[Meeting]:
    """Plan the meetings of a body by its rhythm until a day; meetings on days of the series stay."""
    at = london(first)
    if until < at.date():
        raise Refused("The last possible day comes before the first meeting: name a later one.")
    taken = {meeting.on for meeting in queries.meetings(of=body, since=at.date(), to=until)}
    try:
        wanted = [day for day in days(body.rhythm, at.date(), until) if day not in taken]
    except OutsideCalendar as problem:
        raise Refused(str(problem)) from None
    if not wanted:
        raise Refused(f"{body} meets on every day of that series already: name another first day.")
    return [
        _plan(body, datetime.combine(day, at.time(), LONDON), place, minutes_allotted, "", by)
        for day in wanted
    ]


@service(Permission.KEEP_MEETINGS)
def move_meeting(
    meeting: Meeting,
    *,
    starts_at: datetime,
    place: str,
    minutes_allotted: int,
    note: str,
    version: int,
    by: User,
) -> Meeting:
    """Another day, place, length or focus of a meeting whose pack is not frozen."""
    _only(meeting, Status.PLANNED, "Its pack is frozen: cancel the meeting and plan another.")
    _same_version(meeting, version)
    before = meeting.on
    meeting.starts_at, meeting.place, meeting.note = starts_at, place, note
    meeting.minutes_allotted = minutes_allotted
    meeting.freezes_on = _freezes_on(meeting.body, london(starts_at).date())
    meeting.version += 1
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError:
        raise Refused(f"{meeting.body} meets at that time already.") from None
    record("meeting.moved", meeting, by=by, changes={"on": [before.isoformat(), meeting.on.isoformat()]})
    return meeting


@service(Permission.KEEP_MEETINGS)
def cancel_meeting(meeting: Meeting, *, because: str, by: User) -> None:
    """Say that a meeting is not held. Whatever was to come back to it comes back to the next."""
    if meeting.status not in (Status.PLANNED, Status.FROZEN):
        raise Refused("A meeting that was held cannot be cancelled.")
    if not because.strip():
        raise Refused("Say why the meeting is cancelled.")
    meeting.note = because
    _become(meeting, Status.CANCELLED, by)


@service(Permission.KEEP_MEETINGS)
def add_item(
    meeting: Meeting, *, kind: str, title: str, late_because: str = "", by: User, **said: Any
) -> AgendaItem:
    """Put an item on the agenda; after the pack was frozen it is listed as late, with why."""
    if kind in COMES_BACK:
        raise Refused("Asks, actions and safeguarding actions are on every agenda by themselves.")
    if meeting.status not in (Status.PLANNED, Status.FROZEN, Status.HELD):
        raise Refused("The minutes of this meeting are written: its agenda does not change any more.")
    _may_be_exempt(meeting, said.get("exempt_under", ""), said.get("exempt_because", ""))
    is_late = meeting.status != Status.PLANNED
    if is_late and not late_because.strip():
        raise Refused("The pack is frozen: say why this comes late, and it is listed as late.")
    last = meeting.items.order_by("-number").values_list("number", flat=True).first() or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=last + 1,
        kind=AgendaItem.Kind(kind),
        title=title,
        is_late=is_late,
        late_because=late_because if is_late else "",
        **said,
    )
    record("agenda.item_added", item, by=by, changes={"kind": kind, "late": is_late, "meeting": meeting.pk})
    return item


@service(Permission.KEEP_MEETINGS)
def change_item(item: AgendaItem, *, version: int, by: User, **said: Any) -> AgendaItem:
    """Say an item in other words, or put it in another place, while the pack is not frozen."""
    _only(item.meeting, Status.PLANNED, "The pack is frozen: add a late paper instead.")
    _same_version(item, version)
    if item.kind in COMES_BACK and said.get("kind", item.kind) != item.kind:
        raise Refused("What must come back to a meeting cannot become something else.")
    _may_be_exempt(item.meeting, said.get("exempt_under", ""), said.get("exempt_because", ""))
    for name, value in said.items():
        setattr(item, name, value)
    item.version += 1
    item.save()
    record("agenda.item_changed", item, by=by, changes={"kind": item.kind, "meeting": item.meeting_id})
    return item


@service(Permission.KEEP_MEETINGS)
def set_exempt(item: AgendaItem, *, exempt_under: str, exempt_because: str, version: int, by: User) -> None:
    """Keep an item from the public, with the paragraph of the law and why; a blank paragraph opens it."""
    found = AgendaItem.objects.select_for_update().select_related("meeting__body").get(pk=item.pk)
    check(found, version)
    if exempt_under and found.meeting.status in (Status.APPROVED, Status.CANCELLED):
        raise Refused("Its minutes are approved, or it is cancelled: what was open stays open.")
    if found.kind in COMES_BACK:
        raise Refused("What comes back is kept from the public where it comes from an exempt item.")
    _may_be_exempt(found.meeting, exempt_under, exempt_because)
    before = found.exempt_under
    found.exempt_under, found.exempt_because = exempt_under, exempt_because
    found.version += 1
    found.save()
    changes = {"paragraph": [before, exempt_under], "meeting": found.meeting_id}
    record("agenda.item_exempt", found, by=by, changes=changes)


@service(Permission.KEEP_MEETINGS)
def remove_item(item: AgendaItem, *, by: User) -> None:
    """Take an item off the agenda; never one that must come back."""
    if item.kind in COMES_BACK:
        raise Refused("What must come back to every meeting cannot be taken off its agenda.")
    _only(item.meeting, Status.PLANNED, "The pack is frozen: nothing is taken off its agenda any more.")
    record("agenda.item_removed", item, by=by, changes={"kind": item.kind, "meeting": item.meeting_id})
    item.delete()


@service(Permission.KEEP_MEETINGS)
def freeze_pack(meeting: Meeting, *, by: User) -> Pack:
    """Freeze the pack as it stands now. Nothing in it changes afterwards."""
    _only(meeting, Status.PLANNED, "The pack is frozen already.")
    return _freeze(meeting, by)


@service(None)
def freeze_by_itself(meeting: Meeting, *, by: None) -> Pack:
    """Freeze a pack whose day has come, so that it is there although nobody wrote it."""
    _only(meeting, Status.PLANNED, "The pack is frozen already.")
    if meeting.freezes_on > today():
        raise Refused("The day on which this pack is frozen has not come.")
    return _freeze(meeting, None)


@service(Permission.KEEP_MEETINGS)
def hold_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Begin the meeting: from here on attendance, minutes, decisions and actions are written."""
    if meeting.status not in (Status.PLANNED, Status.FROZEN):
        raise Refused("The meeting was begun already, or it is cancelled.")
    if meeting.on > today():
        raise Refused("The day of this meeting has not come.")
    if meeting.status == Status.PLANNED:
        _freeze(meeting, by)
    _become(meeting, Status.HELD, by)
    return meeting


@service(Permission.KEEP_MEETINGS)
def note_attendance(
    meeting: Meeting,
    *,
    presence: str,
    membership: Membership | None = None,
    post: str = "",
    agency: str = "",
    deputy: str = "",
    version: int = 0,
    by: User,
) -> Attendance:
    """Say whether a member came, sent a deputy or apologies; or that somebody else was there.

    `version` 0: nothing was noted yet. Raises SavedMeanwhile if somebody else noted it first.
    """
    _is_running(meeting)
    if membership is not None:
        if membership.body_id != meeting.body_id:
            raise Refused(f"{membership.post} does not belong to {meeting.body}.")
        post, agency = membership.post, membership.agency
    if not post.strip():
        raise Refused("Say which post came.")
    if presence == Attendance.Presence.DEPUTY and not deputy.strip():
        raise Refused(f"Say which post came instead of {post}.")
    who = {"meeting": meeting, "post": post, "agency": agency}
    found = Attendance.objects.select_for_update().filter(**who).first()
    if found is None:
        found = Attendance(**who, version=0)
    else:
        check(found, version)
    found.membership, found.presence = membership, Attendance.Presence(presence)
    found.deputy = deputy if presence == Attendance.Presence.DEPUTY else ""
    found.version += 1
    found.save()
    record("attendance.noted", found, by=by, changes={"meeting": meeting.pk, "presence": presence})
    return found


@service(Permission.KEEP_MEETINGS)
def note_minute(item: AgendaItem, *, text: str, version: int, by: User) -> Minute:
    """Write what was said on an item. `version` 0: nothing was written yet."""
    if item.meeting.status not in (Status.HELD, Status.MINUTED):
        raise Refused("Minutes are written once the meeting has begun and until they are approved.")
    minute = Minute.objects.filter(item=item).first()
    if minute is None:
        minute = Minute.objects.create(item=item, text=text)
    else:
        _same_version(minute, version)
        minute.text, minute.version = text, minute.version + 1
        minute.save()
    record("minute.written", minute, by=by, changes={"meeting": item.meeting_id, "item": item.pk})
    return minute


@service(Permission.RECORD_DECISIONS)
def decide(item: AgendaItem, *, proposed: str, outcome: str, text: str, by: User) -> Decision:
    """Record what the meeting decided on an item; without a quorum a body decides nothing."""
    meeting = item.meeting
    _is_running(meeting)
    if not queries.is_quorate(meeting):
        raise Refused(
            f"{meeting.body} has no quorum: fewer than {meeting.body.quorum} voting members are recorded "
            "as present."
        )
    made = record_decision(
        meeting.body,
        decided_on=meeting.on,
        proposed=proposed,
        outcome=outcome,
        text=text,
        minute=f"{meeting.on:%d.%m.%Y} item {item.number}",
        by=by,
    )
    ItemDecision.objects.create(item=item, decision=made)
    return made


@service(Permission.RECORD_DECISIONS)
def tie_decision(item: AgendaItem, *, decision: Decision, by: User) -> ItemDecision:
    """Say under which item a decision was made that was recorded by itself, before the minutes."""
    meeting = item.meeting
    if (decision.body_id, decision.decided_on) != (meeting.body_id, meeting.on):
        raise Refused("That decision is of another body or of another day.")
    if meeting.status not in (Status.HELD, Status.MINUTED):
        raise Refused("This is written once the meeting has begun and until its minutes are approved.")
    if ItemDecision.objects.filter(decision=decision).exists():
        raise Refused("That decision stands under an item already.")
    made = ItemDecision.objects.create(item=item, decision=decision)
    record("decision.tied", decision, by=by, changes={"item": item.pk, "meeting": meeting.pk})
    return made


@service(Permission.KEEP_MEETINGS)
def finish_minutes(meeting: Meeting, *, by: User) -> Meeting:
    """Say that the minutes are written. Refused while a safeguarding action got no outcome."""
    _only(meeting, Status.HELD, "The meeting must have been held, and its minutes not be written yet.")
    left = queries.without_outcome(meeting).count()
    if left:
        raise Refused(
            f"{left} safeguarding {'action' if left == 1 else 'actions'} got no outcome at this meeting: "
            "say of each whether it stays open or is closed."
        )
    if not meeting.attendances.exists():
        raise Refused("Nobody is recorded as present: note the attendance first.")
    _become(meeting, Status.MINUTED, by)
    return meeting


@service(Permission.KEEP_MEETINGS)
def approve_minutes(meeting: Meeting, *, by: User) -> Meeting:
    """Record that the body approved its minutes. Nothing in them changes afterwards."""
    _only(meeting, Status.MINUTED, "The minutes must be written, and not be approved yet.")
    _become(meeting, Status.APPROVED, by)
    return meeting


def _may_be_exempt(meeting: Meeting, under: str, because: str) -> None:
    if bool(under) != bool(because.strip()):
        raise Refused(
            "Name the paragraph of the law and say why the public interest lies in keeping it back."
        )
    if under and not meeting.body.is_public:
        raise Refused(f"{meeting.body} does not meet in public: its papers are for its members alone.")


def _plan(body: Body, starts_at: datetime, place: str, minutes: int | None, note: str, by: User) -> Meeting:
    usual = standard(body.code)
    freezes_on = _freezes_on(body, london(starts_at).date())
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                body=body,
                starts_at=starts_at,
                place=place,
                note=note,
                minutes_allotted=minutes or usual.minutes,
                freezes_on=freezes_on,
            )
    except IntegrityError:
        raise Refused(f"{body} meets at that time already.") from None
    kinds = [kind for kind in COMES_BACK if kind not in OPERATIONAL or body.is_operational]
    first = [_returning(meeting, number, kind) for number, kind in enumerate(kinds, 1)]
    AgendaItem.objects.bulk_create(
        [
            *first,
            *(
                AgendaItem(
                    meeting=meeting,
                    number=number,
                    kind=item.kind,
                    title=item.title,
                    minutes_allotted=item.minutes,
                    presenter=item.presenter,
                    verb=item.verb,
                    sought=item.sought,
                    is_standing=True,
                )
                for number, item in enumerate(usual.items, len(first) + 1)
            ),
        ]
    )
    record("meeting.planned", meeting, by=by, changes={"body": body.code, "on": meeting.on.isoformat()})
    return meeting


def _freezes_on(body: Body, day: date) -> date:
    try:
        if not is_working_day(day):
            raise Refused(f"{day:%d %B %Y} is a weekend or a bank holiday: name a working day.")
        return working_days_before(day, standard(body.code).freeze_days)
    except OutsideCalendar as problem:
        raise Refused(str(problem)) from None


def _freeze(meeting: Meeting, by: User | None) -> Pack:
    there = set(meeting.items.values_list("kind", flat=True))
    for number, kind in enumerate(must_come_back(meeting), 1):
        if kind not in there:
            _returning(meeting, number, kind).save()
    # A meeting that is entered afterwards gets the pack of its day.
    day = min(today(), meeting.on)
    content = content_of(meeting, on=day)
    pack = Pack.objects.create(
        meeting=meeting,
        frozen_at=now(),
        frozen_on=day,
        frozen_by=by,
        content=content,
        digest=digest_of(content),
    )
    meeting.status = Status.FROZEN
    meeting.save(update_fields=["status"])
    record("pack.frozen", meeting, by=by, changes={"digest": pack.digest, "on": pack.frozen_on.isoformat()})
    return pack


def _returning(meeting: Meeting, number: int, kind: str) -> AgendaItem:
    title, minutes = came_back_titles(kind)
    return AgendaItem(
        meeting=meeting, number=number, kind=kind, title=title, minutes_allotted=minutes, is_standing=True
    )


def _become(meeting: Meeting, status: str, by: User) -> None:
    before, meeting.status = meeting.status, Status(status)
    meeting.version += 1
    meeting.save()
    record(f"meeting.{status}", meeting, by=by, changes={"status": [before, status]})


def _only(meeting: Meeting, status: str, otherwise: str) -> None:
    if meeting.status != status:
        raise Refused(otherwise)


def _is_running(meeting: Meeting) -> None:
    if meeting.status != Status.HELD:
        raise Refused("This is written while the meeting is held: begin the meeting first.")


def _same_version(found: Meeting | AgendaItem | Minute, version: int) -> None:
    """Lock the row, and raise SavedMeanwhile if somebody else saved it since the form was opened."""
    check(type(found).objects.select_for_update().get(pk=found.pk), version)
