"""Who is reminded of what? Whoever is late, and whoever leads where nobody could be found; once for each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.case_audits.following_evidence import waiting
from goldenthread_web.case_audits.following_re_audits import to_make
from goldenthread_web.case_audits.models import CaseAudit, CaseAuditAction, Moderation
from goldenthread_web.trail.queries import Asked, events

State = CaseAudit.State
WHAT = "case_audits.reminded"


@dataclass(frozen=True, kw_only=True)
class Late:
    """One thing of which somebody is reminded. The kind is one of following.toml's reminders."""

    kind: str
    key: str
    people: tuple[User, ...]


def late(on: date) -> list[Late]:
    """Everything of which somebody is to be reminded and was not yet."""
    told = set(events(Asked(what=WHAT)).values_list("about_kind", "about_key"))
    managers, leads = _managers(), _leads()
    found = [*_own(on), *_of_teams(on, managers), *_of_leads(on, leads)]
    return [one for one in found if (one.kind, one.key) not in told and one.people]


def by_person(found: Iterable[Late]) -> dict[tuple[User, str], int]:
    """How many of each kind each person is told of: one mail for all of them."""
    numbers: dict[tuple[User, str], int] = {}
    for one in found:
        for person in one.people:
            numbers[person, one.kind] = numbers.get((person, one.kind), 0) + 1
    return numbers


def _own(on: date) -> Iterator[Late]:
    left = CaseAudit.objects.filter(state__in=(State.HANDED_OUT, State.UNDER_WAY), due_on__lt=on)
    for one in left.select_related("auditor"):
        yield Late(kind="case_audit", key=one.ref, people=(one.auditor,))
    looks = Moderation.objects.filter(settled_at__isnull=True, due_on__lt=on, moderator__isnull=False)
    for look in looks.select_related("moderator", "case_audit"):
        if look.moderator is not None:
            yield Late(kind="second_look", key=look.case_audit.ref, people=(look.moderator,))


def _of_teams(on: date, managers: dict[str, tuple[User, ...]]) -> Iterator[Late]:
    completed = CaseAudit.objects.filter(state=State.COMPLETED)
    for one in completed.filter(plan_due_on__lt=on, remedial_completed_on__isnull=True):
        yield Late(kind="plan", key=one.ref, people=managers.get(one.team, ()))
    actions = CaseAuditAction.objects.filter(case_audit__in=completed, completed_on__isnull=True)
    for action in actions.filter(due_on__lt=on):
        yield Late(kind="action", key=action.ref, people=managers.get(action.team, ()))


def _of_leads(on: date, leads: tuple[User, ...]) -> Iterator[Late]:
    looks = Moderation.objects.filter(moderator__isnull=True, settled_at__isnull=True)
    for look in looks.select_related("case_audit"):
        yield Late(kind="nobody", key=look.case_audit.ref, people=leads)
    for again in to_make(on):
        if again.auditor is None:
            yield Late(kind="nobody", key=f"{again.first.ref}-again", people=leads)
    for failed in waiting():
        yield Late(kind="against_plan", key=failed.re_audit.ref, people=leads)


def _managers() -> dict[str, tuple[User, ...]]:
    """The managers of each team."""
    found: dict[str, tuple[User, ...]] = {}
    for person in User.objects.filter(role="team_manager", is_active=True, unit__isnull=False):
        if person.unit is not None:
            found[person.unit.name] = (*found.get(person.unit.name, ()), person)
    return found


def _leads() -> tuple[User, ...]:
    codes = [code for code, role in roles().items() if Permission.LEAD_CASE_AUDITS in role.permissions]
    return tuple(User.objects.filter(role__in=codes, is_active=True))
