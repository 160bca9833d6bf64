"""What is written in the ledger of findings: what is done about each, and what was said before."""

from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.improvement.models import Action, Disposition, DispositionStep
from goldenthread_web.inspections.letter_services import note_answer
from goldenthread_web.inspections.models import Finding
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

_SHORTEST_REASON = 20  # characters: a reason somebody can be asked about


@service(Permission.DISPOSE_FINDINGS)
def dispose(
    finding: Finding,
    *,
    kind: str,
    action: Action | None = None,
    reason: str = "",
    decided_on: date | None = None,
    version: int,
    by: User,
) -> Disposition:
    """Say what is done about a finding: an action there is, a new one, or none, for a reason.

    Said again, the new word counts and the old one stays in the history. `version` is the finding's, as it
    was read: whoever comes second sees what the first one said. `decided_on`: a day before today, where a
    meeting decided it that is entered only now.
    """
    found = (
        Finding.objects.select_for_update(of=("self",)).select_related("paragraph__letter").get(pk=finding.pk)
    )
    if found.withdrawn_at:
        raise Refused("The finding was withdrawn: there is nothing to answer.")
    check(found, version)
    if kind not in Disposition.Kind.values:
        raise Refused("Choose whether an action answers the finding, or none does and why.")
    if kind == Disposition.Kind.NO_ACTION:
        action = None
        if len(reason.strip()) < _SHORTEST_REASON:
            raise Refused(
                "Give the reason why nothing is done about it, in a sentence somebody can ask about."
            )
    elif action is None:
        raise Refused("Name the action that answers the finding: its reference, for example 2.3.1.")
    elif action.withdrawn_on:
        raise Refused(f"Action {action.ref} was withdrawn: name one that is still promised.")
    day = decided_on or today()
    if not found.paragraph.letter.received_on <= day <= today():
        raise Refused("It was decided after the letter came, and not later than today: check the day.")
    before = Disposition.objects.filter(finding=found).first()
    if before is not None and day < before.decided_on:
        raise Refused("Something later was decided about this finding already: check the day.")
    said = {
        "kind": kind,
        "action": action,
        "reason": reason.strip(),
        "decided_by": by,
        "decided_at": now(),
        "decided_on": day,
    }
    DispositionStep.objects.create(finding=found, **said)
    made, is_new = Disposition.objects.update_or_create(finding=found, defaults=said)
    found.version += 1
    found.save(update_fields=["version"])
    record(
        "finding.disposed" if is_new else "finding.disposed_anew",
        found,
        by=by,
        changes={"kind": kind, "action": action.ref if action else ""},
    )
    note_answer(found, on=made.decided_on, by=by)
    return made
