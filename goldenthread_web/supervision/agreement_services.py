"""What is written of who is supervised by whom, and how often."""

from datetime import date, datetime, timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.supervision.managing import is_manager_of, supervisor_of
from goldenthread_web.supervision.models import Agreement, OtherFrequency, Session, Supervising
from goldenthread_web.supervision.rules import frequencies, rules
from goldenthread_web.supervision.workers import Worker, may_be_supervised_by
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

LONGEST = timedelta(days=366)  # of another frequency: what lasts longer is another rule


@service(Permission.SUPERVISE)
def agree_to_supervise(
    worker: Worker,
    *,
    supervisor: User,
    role: str,
    starts_on: date,
    kept_since_on: date | None = None,
    counted_from_on: date | None = None,
    made_at: datetime | None = None,
    by: User,
) -> Agreement:
    """A worker is supervised from a day on. The supervisor agrees it, or the supervisor's manager."""
    _check_may_decide(supervisor, by)
    _check_role(role)
    if worker.key not in {one.key for one in may_be_supervised_by(supervisor)}:
        raise Refused("This worker is supervised already, or is not one of the supervisor’s workers.")
    kept = kept_since_on or starts_on
    if kept < starts_on:
        raise Refused("Supervision cannot be recorded here before it begins: choose a later day.")
    agreement = Agreement.objects.create(
        supervisee=worker.account,
        worker_id=worker.worker_id,
        title=worker.title,
        team=worker.team,
        role=role,
        starts_on=starts_on,
        counted_from_on=counted_from_on or starts_on,
        kept_since_on=kept,
        made_by=by,
        made_at=made_at or now(),
    )
    agreement.supervisors.create(
        person=supervisor, starts_on=starts_on, recorded_by=by, recorded_at=made_at or now()
    )
    record("supervision.agreed", agreement, by=by, changes={"role": role, "supervisor": supervisor.pk})
    return agreement


@service(Permission.SUPERVISE)
def change_agreement(
    agreement: Agreement, *, version: int, title: str, team: str, role: str, counted_from_on: date, by: User
) -> Agreement:
    """The worker holds another post, works in another team, or is newly qualified no longer."""
    found = _locked(agreement, version, by)
    _check_role(role)
    changed = sorted(
        name
        for name, value in (("title", title), ("team", team), ("role", role))
        if getattr(found, name) != value
    )
    found.title, found.team, found.role, found.counted_from_on = title, team, role, counted_from_on
    _save(found)
    record("supervision.changed", found, by=by, changes={"fields": changed, "role": role})
    return found


@service(Permission.SUPERVISE)
def change_supervisor(
    agreement: Agreement, *, version: int, person: User, starts_on: date, because: str, by: User
) -> Supervising:
    """Somebody else supervises from a day on: whoever did so before reads the file no longer."""
    found = _locked(agreement, version, by)
    now_held = _current(found)
    if person.pk == now_held.person_id:
        raise Refused("This person supervises the worker already: choose another.")
    if person.pk == found.supervisee_id:
        raise Refused("Nobody supervises themselves: choose another person.")
    if not person.may(Permission.SUPERVISE):
        raise Refused("This person’s role does not supervise: choose another person.")
    if not now_held.starts_on < starts_on <= today():
        began = f"{now_held.starts_on:%-d %B %Y}"
        raise Refused(f"Choose a day after {began}, when the present supervisor began, and not after today.")
    _check_reason(because)
    _check_nothing_under_way(found)
    Supervising.objects.filter(pk=now_held.pk).update(ends_on=starts_on - timedelta(days=1))
    made = found.supervisors.create(
        person=person, starts_on=starts_on, because=because.strip(), recorded_by=by, recorded_at=now()
    )
    _save(found)
    record(
        "supervision.supervisor_changed",
        found,
        by=by,
        changes={"supervisor": [now_held.person_id, person.pk], "from": starts_on.isoformat()},
    )
    return made


@service(Permission.SUPERVISE)
def set_other_frequency(
    agreement: Agreement,
    *,
    version: int,
    weeks: int | None,
    starts_on: date,
    ends_on: date,
    reason: str,
    by: User,
) -> OtherFrequency:
    """For a while the worker is supervised more or less often than the rule, or is away: with the reason."""
    found = _locked(agreement, version, by)
    _check_reason(reason)
    if ends_on < starts_on or ends_on - starts_on > LONGEST:
        raise Refused("Choose a last day within a year of the first one.")
    if weeks is not None and not 1 <= weeks <= 26:
        raise Refused("Write a number of weeks from 1 to 26, or leave it blank while the worker is away.")
    if found.other_frequencies.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused("For some of these days another frequency is recorded: choose other days.")
    made = found.other_frequencies.create(
        weeks=weeks,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=now(),
    )
    _save(found)
    record(
        "supervision.frequency_set",
        found,
        by=by,
        changes={"weeks": weeks, "from": starts_on.isoformat(), "to": ends_on.isoformat()},
    )
    return made


@service(Permission.SUPERVISE)
def end_agreement(agreement: Agreement, *, version: int, ends_on: date, because: str, by: User) -> Agreement:
    """The worker is supervised no longer: they left, or somebody else's rules hold."""
    found = _locked(agreement, version, by)
    _check_reason(because)
    _check_nothing_under_way(found)
    current = _current(found)
    if not current.starts_on <= ends_on <= today():
        raise Refused("Choose a last day since the present supervisor began, and not after today.")
    Supervising.objects.filter(pk=current.pk).update(ends_on=ends_on)
    found.ends_on, found.ended_because = ends_on, because.strip()
    _save(found)
    record("supervision.ended", found, by=by, changes={"ends_on": ends_on.isoformat()})
    return found


def _locked(agreement: Agreement, version: int, by: User) -> Agreement:
    found = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    supervisor = supervisor_of(found, today())
    if supervisor is None:
        raise Refused("Nobody supervises under this agreement today.")
    _check_may_decide(supervisor, by)
    if found.ends_on is not None:
        raise Refused("This agreement has ended: make another one.")
    check(found, version)
    return found


def _save(agreement: Agreement) -> None:
    agreement.version += 1
    agreement.save()


def _current(agreement: Agreement) -> Supervising:
    found = agreement.supervisors.filter(ends_on=None).first()
    if found is None:
        raise Refused("Nobody supervises under this agreement today.")
    return found


def _check_may_decide(supervisor: User, by: User) -> None:
    if by.pk != supervisor.pk and not is_manager_of(by, supervisor, today()):
        raise Refused("Only the supervisor, or the supervisor’s manager, decides this.")


def _check_role(role: str) -> None:
    if role not in frequencies():
        raise Refused("Choose the role by which the worker is supervised.")


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < rules()["shortest_reason"]:
        raise Refused("Say why, in a sentence.")


def _check_nothing_under_way(agreement: Agreement) -> None:
    if agreement.sessions.filter(state=Session.State.UNDER_WAY).exists():
        raise Refused("A session is under way: complete it first, or say that it did not take place.")
