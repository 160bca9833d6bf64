"""Who may read which report? Drafts those who work on them, releases whoever may read the body's papers."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance.queries import readable_bodies
from goldenthread_web.reports.models import Release, Report, Section
from goldenthread_web.reports.queries import releases, reports

_WORKING = (Permission.WRITE_REPORTS, Permission.SIGN_OFF_SECTIONS, Permission.APPROVE_REPORTS)
_NOT_YET_OUT = (Report.State.DRAFT, Report.State.FROZEN, Report.State.SIGNED, Report.State.APPROVED)


def works_on_reports(person: User) -> bool:
    """Whether somebody writes, signs or approves reports, and so sees drafts."""
    return any(person.may(one) for one in _WORKING)


def readable_reports(person: User) -> "QuerySet[Report]":
    """The reports, drafts too, that a person may open."""
    return reports() if works_on_reports(person) else reports().none()


def readable_drafts(person: User) -> "QuerySet[Report]":
    """The reports that a person may open and that were not released yet."""
    return readable_reports(person).filter(state__in=_NOT_YET_OUT)


def readable_draft_sections(person: User) -> "QuerySet[Section]":
    """What was written for reports that are not all released: for those who write them."""
    if not person.may(Permission.WRITE_REPORTS):
        return Section.objects.none()
    of_content = Report.objects.filter(content=OuterRef("content"))
    ahead = Exists(of_content.filter(state__in=_NOT_YET_OUT))
    return Section.objects.filter(ahead | ~Exists(of_content))


def readable_releases(person: User) -> "QuerySet[Release]":
    """The releases a person may read: what is public, and the papers of bodies they may read."""
    if works_on_reports(person):
        return releases()
    own = readable_bodies(person, today()).values("pk")
    return releases().filter(Q(is_public=True) | Q(report__body__in=own))
