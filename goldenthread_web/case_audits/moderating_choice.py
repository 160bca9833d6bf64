"""Who may look at a case audit again? Nobody who audited it, manages it or ever had to do with the child."""

from collections.abc import Iterable

from django.db.models import Count

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission, Reach, roles
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.accounts.units import teams_of
from goldenthread_web.case_audits.models import CaseAudit, Moderation
from goldenthread_web.config.clock import today
from goldenthread_web.sampling.conflicts import conflicts_of


def moderators() -> list[User]:
    """Everybody who moderates, whoever has least to do first."""
    codes = [code for code, role in roles().items() if Permission.MODERATE_CASE_AUDITS in role.permissions]
    people = list(User.objects.filter(role__in=codes, is_active=True))
    open_ones = Moderation.objects.filter(settled_at__isnull=True, moderator__in=people)
    held = dict(open_ones.order_by().values_list("moderator").annotate(number=Count("pk")))
    return sorted(people, key=lambda one: (held.get(one.pk, 0), _is_of_the_top(one), one.pk))


def why_not(person: User, case_audit: CaseAudit) -> str:
    """Why this person may not look at it again, as a sentence; blank: they may."""
    if not person.may(Permission.MODERATE_CASE_AUDITS):
        return "They do not moderate case audits."
    if person.pk == case_audit.auditor_id:
        return "They audited it themselves."
    if case_audit.re_audit_of is not None and person.pk == case_audit.re_audit_of.auditor_id:
        return "They audited the case the first time."
    if not case_audit.reference:
        return "They manage the team." if case_audit.team in teams_of(person, today()) else ""
    if case_audit.reference in child_scope(person, with_assigned=True).barred:
        return "They may not see the child."
    return conflicts_of(person, [case_audit.reference]).get(case_audit.reference, "")


def chosen(case_audit: CaseAudit, people: Iterable[User]) -> User | None:
    """The first of these people who may; None: nobody may."""
    return next((one for one in people if not why_not(one, case_audit)), None)


def _is_of_the_top(person: User) -> bool:
    """Whether they answer for the whole service: asked where nobody else is free."""
    return person.held_role.reach is Reach.AUTHORITY and not person.may(Permission.LEAD_CASE_AUDITS)
