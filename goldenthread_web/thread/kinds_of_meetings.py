"""Kinds of things that bodies make: meetings, what was minuted, decided, asked; reports to them."""

from django.db.models import QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import exempt
from goldenthread_web.governance import queries as governance
from goldenthread_web.governance.models import Ask, Meeting, MeetingAction, Minute
from goldenthread_web.programme import queries as programme
from goldenthread_web.programme.models import Body, Decision
from goldenthread_web.reports.forums import forums, parts
from goldenthread_web.reports.reading import readable_draft_sections, readable_drafts, readable_releases
from goldenthread_web.thread.kind import Kind, day_first, day_last
from goldenthread_web.ui.words import days_in_words


def readable(person: User) -> "QuerySet[Body]":
    """The bodies whose papers a person may read."""
    return governance.readable_bodies(person, today())


def decisions(person: User) -> "QuerySet[Decision]":
    """Decisions of bodies whose papers a person may read."""
    found = programme.decisions().filter(body__in=readable(person))
    return exempt.readable_decisions(found, person, today())


def asks(person: User) -> "QuerySet[Ask]":
    """Asks of bodies whose papers a person may read."""
    return exempt.readable(governance.asks(of=readable(person)), person, today())


def meetings(person: User) -> "QuerySet[Meeting]":
    """Meetings whose papers a person may read."""
    found: QuerySet[Meeting] = governance.meetings().visible_to(person, today())
    return found


def actions(person: User) -> "QuerySet[MeetingAction]":
    """Actions of meetings whose papers a person may read."""
    return exempt.readable(MeetingAction.objects.filter(body__in=readable(person)), person, today())


def minutes(person: User) -> "QuerySet[Minute]":
    """What was minuted at meetings whose papers a person may read."""
    found = Minute.objects.filter(item__meeting__body__in=readable(person))
    return exempt.readable(found, person, today(), body="item__meeting__body")


def _due(first: str, second: str) -> str:
    return f"{second.rstrip('.')}, due {days_in_words(first)}"


def _draft(first: str, second: str) -> str:
    return f"{first}. {forums()[second].forum}"


def _draft_section(first: str, second: str) -> str:
    part = parts().get(second)
    return f"{part.title if part else second.replace('_', ' ').capitalize()}, {first}"


KINDS: tuple[Kind, ...] = (
    Kind(
        code="release",
        words="Report",
        several="Reports",
        permission=Permission.SEE_REPORTS,
        rows=readable_releases,
        name=("title", "report__meeting_on"),
        tells=day_last,
        searched=("title", "report__content__label", "html"),
        url_name="reports:release",
    ),
    Kind(
        code="draft",
        words="Report being written",
        several="Reports being written",
        permission=Permission.SEE_REPORTS,
        rows=readable_drafts,
        name=("content__title", "template"),
        tells=_draft,
        searched=("content__title", "content__label", "body__name", "content__sections__text"),
        url_name="reports:report",
    ),
    Kind(
        code="draft_section",
        words="Draft section",
        several="Draft sections",
        permission=Permission.WRITE_REPORTS,
        rows=readable_draft_sections,
        name=("content__label", "code"),
        tells=_draft_section,
        searched=("content__label", "text"),
        url_name="reports:section",
        address=("content_id", "code"),
    ),
    Kind(
        code="meeting",
        words="Meeting",
        several="Meetings",
        permission=Permission.SEE_MEETINGS,
        rows=meetings,
        name=("body__name", "starts_at"),
        tells=day_last,
        searched=("body__name", "note", "items__title"),
        url_name="governance:meeting",
    ),
    Kind(
        code="decision",
        words="Decision",
        several="Decisions",
        permission=Permission.SEE_MEETINGS,
        rows=decisions,
        name=("decided_on", "proposed"),
        tells=day_first,
        searched=("proposed", "text", "body__name"),
        url_name="governance:decision",
    ),
    Kind(
        code="ask",
        words="Ask",
        several="Asks",
        permission=Permission.SEE_MEETINGS,
        rows=asks,
        name=("asked_on", "text"),
        tells=day_first,
        searched=("text", "post", "to_post"),
        url_name="governance:ask",
    ),
    Kind(
        code="meeting_action",
        words="Action of a meeting",
        several="Actions of meetings",
        permission=Permission.SEE_MEETINGS,
        rows=actions,
        name=("due_on", "text"),
        tells=_due,
        searched=("text", "post", "outcome"),
        url_name="governance:meeting",
        address=("meeting_id",),
    ),
    Kind(
        code="minute",
        words="Minute",
        several="Minutes",
        permission=Permission.SEE_MEETINGS,
        rows=minutes,
        name=("item__meeting__starts_at", "item__title"),
        tells=day_first,
        searched=("text",),
        url_name="governance:minutes",
        address=("item__meeting_id",),
    ),
)
