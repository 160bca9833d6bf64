"""What is written of Practice Weeks themselves: planned, changed, rostered, consented to, cancelled."""

from datetime import date
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.practice_weeks.models import PracticeWeek, RosterEntry
from goldenthread_web.practice_weeks.wording import Access, Activity, activities, may_open_records
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.references import next_ref
from goldenthread_web.ui.conflicts import check

LONGEST_DAYS = 14


@service(Permission.KEEP_PRACTICE_WEEKS)
def plan_week(
    *, theme: str, purpose: str, plan: str, starts_on: date, ends_on: date, by: User
) -> PracticeWeek:
    """Plan a Practice Week."""
    _check_days(starts_on, ends_on)
    made = PracticeWeek.objects.create(
        ref=next_ref(PracticeWeek, "W"),
        theme=theme,
        purpose=purpose,
        plan=plan,
        starts_on=starts_on,
        ends_on=ends_on,
        planned_by=by,
    )
    record("practice_week.planned", made, by=by, changes={"days": [f"{starts_on}", f"{ends_on}"]})
    return made


@service(Permission.KEEP_PRACTICE_WEEKS)
def edit_week(
    week: PracticeWeek,
    *,
    version: int,
    theme: str,
    purpose: str,
    plan: str,
    starts_on: date,
    ends_on: date,
    by: User,
) -> PracticeWeek:
    """Change a Practice Week. What is on its roster stays within its days."""
    _check_days(starts_on, ends_on)
    found = PracticeWeek.objects.select_for_update().get(pk=week.pk)
    check(found, version)
    outside = found.roster.exclude(on__range=(starts_on, ends_on)).filter(cancelled_on__isnull=True)
    if outside.exists():
        raise Refused("The roster has entries on other days: move or cancel those first.")
    found.theme, found.purpose, found.plan = theme, purpose, plan
    found.starts_on, found.ends_on = starts_on, ends_on
    found.version += 1
    found.save()
    record("practice_week.changed", found, by=by)
    return found


@service(Permission.KEEP_PRACTICE_WEEKS)
def roster(
    week: PracticeWeek,
    *,
    on: date,
    half: str,
    activity: str,
    post: str,
    person: User | None = None,
    team: str = "",
    with_whom: str = "",
    by: User,
) -> RosterEntry:
    """Put a leader on the roster. What opens a record is only for accounts whose role sees children."""
    what = _checked(week, on, half, activity, post, person)
    PracticeWeek.objects.select_for_update().get(pk=week.pk)  # numbers follow each other
    made = RosterEntry.objects.create(
        week=week,
        number=week.roster.count() + 1,
        on=on,
        half=half,
        activity=what.code,
        access=what.access,
        post=post,
        person=person,
        team=team,
        with_whom=with_whom,
    )
    changes = {"activity": what.code, "access": what.access, "person": None if person is None else person.pk}
    record("practice_week.rostered", made, by=by, changes=changes)
    return made


@service(Permission.KEEP_PRACTICE_WEEKS)
def change_entry(
    entry: RosterEntry,
    *,
    version: int,
    on: date,
    half: str,
    activity: str,
    post: str,
    person: User | None,
    team: str,
    with_whom: str,
    by: User,
) -> RosterEntry:
    """Change an entry that nothing is written of. Another activity or day needs the family's consent anew."""
    found = _open_entry(entry, version)
    what = _checked(found.week, on, half, activity, post, person, besides=found)
    if (found.activity, found.on, found.half) != (what.code, on, half):
        found.consent_on, found.consent_taken_by, found.worker_present = None, "", ""
    found.on, found.half, found.activity, found.access = on, half, what.code, what.access
    found.post, found.person, found.team, found.with_whom = post, person, team, with_whom
    _save(found)
    record("practice_week.entry_changed", found, by=by, changes={"activity": what.code})
    return found


@service(Permission.KEEP_PRACTICE_WEEKS)
def cancel_entry(entry: RosterEntry, *, version: int, because: str, on: date, by: User) -> RosterEntry:
    """Cancel an entry, with the reason. It stays on the roster and counts as planned."""
    found = _open_entry(entry, version)
    if not because.strip():
        raise Refused("Say why it is cancelled: workers had made room for it.")
    found.cancelled_on, found.cancelled_because = on, because.strip()
    _save(found)
    record("practice_week.entry_cancelled", found, by=by)
    return found


@service(Permission.OBSERVE_PRACTICE)
def record_consent(
    entry: RosterEntry,
    *,
    version: int,
    consent_on: date,
    consent_taken_by: str,
    worker_present: str,
    by: User,
) -> RosterEntry:
    """Record that a family said yes, who asked them, and which worker is present."""
    found = _open_entry(entry, version)
    if found.person_id != by.pk and not by.may(Permission.KEEP_PRACTICE_WEEKS):
        raise Refused("The leader, or whoever plans the week, records consent.")
    if found.access != Access.FAMILY_PRESENT:
        raise Refused("No family is there: no consent is needed.")
    if consent_on > found.on:
        raise Refused("The family is asked before the leader comes, not afterwards.")
    if not (consent_taken_by.strip() and worker_present.strip()):
        raise Refused("Say who asked the family, and which worker is present.")
    found.consent_on = consent_on
    found.consent_taken_by, found.worker_present = consent_taken_by.strip(), worker_present.strip()
    _save(found)
    record("practice_week.consent_recorded", found, by=by, changes={"on": f"{consent_on}"})
    return found


def _checked(
    week: PracticeWeek,
    on: date,
    half: str,
    activity: str,
    post: str,
    person: User | None,
    *,
    besides: RosterEntry | None = None,
) -> Activity:
    what = activities().get(activity)
    if what is None:
        raise Refused("There is no such activity.")
    if half not in RosterEntry.Half.values:
        raise Refused("Choose the morning or the afternoon.")
    if not week.starts_on <= on <= week.ends_on:
        raise Refused("The day lies outside the Practice Week.")
    if not post.strip():
        raise Refused("Name the post of the leader.")
    if person is not None and not person.may(Permission.OBSERVE_PRACTICE):
        raise Refused(f"{person.title} takes no part in Practice Weeks: their role does not allow it.")
    if what.access is Access.CASE_RECORD and not may_open_records(person):
        raise Refused(
            f"{what.title} opens a child’s record: it is for leaders with an account whose role sees "
            "children, never for elected members or others who see figures only."
        )
    same: dict[str, Any] = {"post": post} if person is None else {"person": person}
    busy = week.roster.filter(on=on, half=half, cancelled_on__isnull=True, **same)
    if busy.exclude(pk=None if besides is None else besides.pk).exists():
        raise Refused("This leader is on the roster already in that half of the day.")
    return what


def _open_entry(entry: RosterEntry, version: int) -> RosterEntry:
    """The entry as it stands now, held until the end; nothing is written of it, and it is not cancelled."""
    found = RosterEntry.objects.select_for_update(of=("self",)).select_related("week").get(pk=entry.pk)
    check(found, version)
    if hasattr(found, "observation"):
        raise Refused(f"What was seen at {found.ref} is written already: it stays as it is.")
    if found.cancelled_on is not None:
        raise Refused(f"{found.ref} is cancelled: put another entry on the roster.")
    return found


def _save(found: RosterEntry) -> None:
    found.version += 1
    found.save()


def _check_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused("The last day lies before the first: correct one of them.")
    if (ends_on - starts_on).days >= LONGEST_DAYS:
        raise Refused(f"A Practice Week has at most {LONGEST_DAYS} days: plan another for the days after.")
