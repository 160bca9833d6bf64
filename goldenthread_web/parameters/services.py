"""What is written: changes of parameters. An approved one goes into the settings file, and figures follow."""

from typing import Any

from django.conf import settings

from goldenthread.settings import BadSettings, Settings
from goldenthread.store_writing import write_parameter
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.figures.publications import standing
from goldenthread_web.parameters.catalogue import BASIS, parameters
from goldenthread_web.parameters.models import ParameterChange
from goldenthread_web.trail.recording import record


@service(Permission.SET_TARGETS)
def propose_change(name: str, value: Any, *, because: str, by: User) -> ParameterChange:
    """Propose another value. Where what it moves was published a second person decides."""
    parameter = parameters().get(name)
    if parameter is None or not parameter.is_changed_here:
        raise Refused("This parameter is changed in the settings file, by whoever looks after the service.")
    before = parameter.now(local_settings())
    if value == before:
        raise Refused("That is the value in force already.")
    if ParameterChange.objects.filter(name=name, is_approved__isnull=True).exists():
        raise Refused("Another change of this parameter waits for a decision: have that decided first.")
    _refuse_bad(name, value)
    published, _ = standing()
    change = ParameterChange.objects.create(
        name=name,
        before=before,
        value=value,
        because=because,
        proposed_by=by,
        proposed_at=now(),
        needs_second_person=bool(published & set(parameter.used_by)),
    )
    record("parameter.proposed", ("parameter", name), by=by, changes={"change": change.pk})
    if not change.needs_second_person:
        _decide(change, True, by)
    return change


@service(Permission.APPROVE_SETTINGS)
def decide_change(change: ParameterChange, *, is_approved: bool, by: User) -> None:
    """Approve or refuse what somebody else proposed."""
    if change.is_approved is not None:
        raise Refused("This change has been decided before.")
    if change.proposed_by_id == by.pk:
        raise Refused("Somebody else must decide on a change that you proposed.")
    _decide(change, is_approved, by)


def _decide(change: ParameterChange, is_approved: bool, by: User) -> None:
    change.is_approved, change.decided_by, change.decided_at = is_approved, by, now()
    change.save(update_fields=["is_approved", "decided_by", "decided_at"])
    what = "parameter.changed" if is_approved else "parameter.refused"
    record(what, ("parameter", change.name), by=by, changes={"change": change.pk})
    if is_approved:
        # Last, so that whatever fails before leaves the file as it was.
        section, _, ref = change.name.partition(":")
        place = (section, ref) if section == BASIS else ("parameters", change.name)
        write_parameter(settings.INSTALLATION.store, *place, change.value)


def _refuse_bad(name: str, value: Any) -> None:
    section, _, ref = name.partition(":")
    try:
        if section == BASIS:
            Settings(timeliness_basis={ref: value})
        else:
            Settings(parameters={name: value})
    except BadSettings as problem:
        raise Refused(str(problem).removeprefix("settings.toml: ").capitalize()) from None
