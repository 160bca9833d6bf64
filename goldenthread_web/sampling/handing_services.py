"""What is written when children are handed to somebody to look at their cases, and taken back?"""

from collections.abc import Collection
from datetime import date, timedelta

from goldenthread_web.accounts.models import Assignment, User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.sampling.conflicts import conflicts_of
from goldenthread_web.sampling.leaving_out import never_drawn
from goldenthread_web.trail.recording import record

LONGEST = timedelta(days=366)


@service(Permission.LEAD_CASE_AUDITS)
def hand_over(
    person: User,
    references: Collection[str],
    *,
    purpose: str,
    until_on: date,
    since_on: date | None = None,
    by: User,
) -> None:
    """Let a person see children until a day, to look at their cases. `purpose` names the work: dip_sample.D1.

    Refused where a case is theirs, where they had a part in it, or where they may not see the child.
    """
    wanted, since = set(references), since_on or today()
    if not person.is_active or not person.may(Permission.AUDIT_CASES):
        raise Refused(f"{person.title} cannot look at cases: their role does not let them, or is closed.")
    if not since <= until_on <= since + LONGEST:
        raise Refused("Say until when they look at the cases: a day within the year to come.")
    conflicts = conflicts_of(person, wanted)
    if conflicts:
        raise Refused(f"{_cases(len(conflicts))} cannot be theirs: {sorted(conflicts.values())[0]}")
    if wanted & never_drawn(person):
        raise Refused("One of the cases is not to be seen by them: hand it to somebody else.")
    held = Assignment.objects.filter(person=person, purpose=purpose, ends_on__gte=today())
    new = wanted - set(held.values_list("reference", flat=True))
    Assignment.objects.bulk_create(
        [
            Assignment(person=person, reference=one, purpose=purpose, starts_on=since, ends_on=until_on)
            for one in sorted(new)
        ]
    )
    changes = {"purpose": purpose, "person": person.pk, "until": until_on.isoformat()}
    record("children.handed_over", person, by=by, changes=changes, children=sorted(new))


@service(Permission.AUDIT_CASES)
def take_back(person: User, *, purpose: str, references: Collection[str] | None = None, by: User) -> None:
    """The work is done, or somebody else does it: the person no longer sees the children for it."""
    held = Assignment.objects.filter(person=person, purpose=purpose, ends_on__gte=today())
    if references is not None:
        held = held.filter(reference__in=references)
    ended = sorted(held.values_list("reference", flat=True))
    held.update(ends_on=today() - timedelta(days=1))
    changes = {"purpose": purpose, "person": person.pk, "number": len(ended)}
    record("children.taken_back", person, by=by, changes=changes)


def _cases(number: int) -> str:
    return "1 of the cases" if number == 1 else f"{number} of the cases"
