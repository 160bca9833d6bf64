"""What is written of reports before their release: contents, sections, priorities, forms for each forum."""

from collections.abc import Sequence
from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now
from goldenthread_web.programme.queries import body, themes
from goldenthread_web.reports.forums import forums, parts
from goldenthread_web.reports.models import Content, Draft, Priority, Report, Section, Writer
from goldenthread_web.reports.queries import hold, hold_report
from goldenthread_web.reports.references import Misspelt, references
from goldenthread_web.reports.standing import is_due, put_together
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

LONGEST_TEXT = 30_000
MOST_PRIORITIES = 12


@service(Permission.WRITE_REPORTS)
def start_content(
    *, label: str, title: str, starts_on: date, ends_on: date, as_at_on: date, by: User
) -> Content:
    """Begin what is said of a period. Every section of it writes itself until somebody does."""
    if ends_on <= starts_on:
        raise Refused("The last day of the period must come after the first.")
    if not starts_on <= as_at_on <= ends_on:
        raise Refused("The day of the figures must lie within the period, as a rule on its last day.")
    if Content.objects.filter(label__iexact=label).exists():
        raise Refused(f"There is a content for {label} already: open that one.")
    made = Content.objects.create(
        label=label,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        as_at_on=as_at_on,
        made_by=by,
        made_at=now(),
    )
    record("report.content_started", made, by=by, changes={"to": ends_on.isoformat()})
    return made


@service(Permission.WRITE_REPORTS)
def write_section(content: Content, code: str, *, text: str, version: int, by: User) -> Section:
    """Save what a section says. `version` is the one the writer started from; 0: nobody had written it.

    Reports of it that were frozen, signed or approved are drafts again: what was approved was other words.
    None is built here: nobody waits for the forms of other forums. Each is once somebody opens it.
    """
    _check_section(code)
    if len(text) > LONGEST_TEXT:
        raise Refused(f"The section is longer than {LONGEST_TEXT:,} letters: shorten it.")
    try:
        references(text)
    except Misspelt as problem:
        raise Refused(str(problem)) from problem
    hold(content)
    found = Section.objects.select_for_update().filter(content=content, code=code).first()
    if found is None and version:
        raise Refused("The section was cleared while you wrote: open it again.")
    if found is not None:
        check(found, version)
    else:
        found = Section(content=content, code=code, version=0)
    found.text, found.version = text, version + 1
    found.written_by, found.written_at = by, now()
    found.save()
    Writer.objects.get_or_create(content=content, person=by)
    Draft.objects.filter(content=content, code=code, kept_by=by).delete()
    _open_again(content, code, by)
    record("report.section_written", content, by=by, changes={"section": code, "version": found.version})
    return found


@service(Permission.WRITE_REPORTS)
def keep_draft(content: Content, code: str, *, text: str, based_on: int, by: User) -> Draft:
    """Keep what somebody typed and has not saved, so that a session that ends loses nothing."""
    _check_section(code)
    made, _ = Draft.objects.update_or_create(
        content=content,
        code=code,
        kept_by=by,
        defaults={"text": text[:LONGEST_TEXT], "based_on": based_on, "kept_at": now()},
    )
    record("report.draft_kept", content, by=by, changes={"section": code})
    return made


@service(Permission.WRITE_REPORTS)
def drop_draft(content: Content, code: str, *, by: User) -> None:
    """Let go of what was typed and not saved."""
    Draft.objects.filter(content=content, code=code, kept_by=by).delete()
    record("report.draft_dropped", content, by=by, changes={"section": code})


@service(Permission.WRITE_REPORTS)
def set_priorities(content: Content, texts: Sequence[str], *, by: User) -> list[Priority]:
    """Say what the next period is for. Nothing is changed once the next report has accounted for it."""
    listed = [text.strip() for text in texts if text.strip()]
    if len(listed) > MOST_PRIORITIES:
        raise Refused(f"Name at most {MOST_PRIORITIES} priorities: whoever has more has none.")
    if content.priorities.exclude(became="").exists():
        raise Refused("The next report says already what became of these priorities: they stay as they were.")
    hold(content)
    content.priorities.all().delete()
    made = [
        Priority.objects.create(content=content, number=number, text=text)
        for number, text in enumerate(listed, 1)
    ]
    Writer.objects.get_or_create(content=content, person=by)
    _open_again(content, "priorities", by)
    record("report.priorities_set", content, by=by, changes={"number": len(made)})
    return made


@service(Permission.WRITE_REPORTS)
def say_what_became(priority: Priority, *, became: str, account: str, of: Content, by: User) -> Priority:
    """Say what became of a priority of the last report; `of` is the content that tells it."""
    if became not in Priority.Became.values:
        raise Refused("Say whether it was done, is under way, was not done or was dropped.")
    if not account.strip():
        raise Refused("Say in words what became of it: the next reader was promised it.")
    hold(of)
    priority.became, priority.account = became, account.strip()
    priority.save()
    Writer.objects.get_or_create(content=of, person=by)
    _open_again(of, "became", by)
    record("report.priority_accounted", priority, by=by, changes={"became": became})
    return priority


@service(Permission.WRITE_REPORTS)
def add_report(content: Content, template: str, *, meeting_on: date, by: User) -> Report:
    """Give a content the form of one forum, for a meeting; it is built at once."""
    forum = forums().get(template)
    if forum is None:
        raise Refused("Choose the forum from the list.")
    if meeting_on <= content.as_at_on:
        raise Refused("The meeting must come after the day of the figures.")
    found = body(forum.body) if forum.body else None
    if forum.body and found is None:
        raise Refused(f"The body that this report is for is not entered yet: {forum.forum}.")
    if Report.objects.filter(content=content, template=template, meeting_on=meeting_on).exists():
        raise Refused("There is such a report for that day already: open that one.")
    made = Report.objects.create(
        content=content,
        template=template,
        body=found,
        meeting_on=meeting_on,
        made_by=by,
        made_at=now(),
    )
    put_together(made)
    made.save()
    Writer.objects.get_or_create(content=content, person=by)
    record("report.added", made, by=by, changes={"template": template, "meeting": meeting_on.isoformat()})
    return made


@service(Permission.WRITE_REPORTS)
def build_again(report: Report, *, by: User) -> Report:
    """Build a draft anew from what is recorded now."""
    hold_report(report)
    if not report.may_move:
        raise Refused("The report is frozen: open it again before it is built anew.")
    put_together(report)
    report.save()
    record("report.built", report, by=by)
    return report


class BuiltMeanwhile(Exception):
    """Somebody else opened the draft at the same moment, and it is built."""


def as_it_stands(report: Report, *, by: User) -> Report:
    """A report as somebody opens it: a draft is built first where something else is written or in force now.

    Who may open drafts is for the page to ask: `readable_reports`.
    """
    if is_due(report):
        try:
            build_what_is_due(report, by=by)
        except BuiltMeanwhile:
            report.refresh_from_db()
    return report


@service(Permission.SEE_REPORTS)
def build_what_is_due(report: Report, *, by: User) -> Report:
    """Build a draft once for everybody who opens it; raises `BuiltMeanwhile` where another has.

    Only the report is held, not its content: nobody who saves a section waits for it. What is saved while it
    is built makes it due once more.
    """
    report.refresh_from_db(from_queryset=Report.objects.select_for_update(no_key=True))
    if not is_due(report):
        raise BuiltMeanwhile
    while is_due(report):
        put_together(report)
    report.save()
    record("report.built", report, by=by)
    return report


def _check_section(code: str) -> None:
    """Only sections there are, and none that writes itself alone."""
    known = {f"theme_{theme.number}" for theme in themes()}
    if code not in known and (code not in parts() or parts()[code].is_fixed):
        raise Refused("There is no such section to write in: choose one from the list.")


def _open_again(content: Content, code: str, by: User) -> None:
    """Reports of a content that have the section and wait for their release: drafts again.

    The content must be held, so that none of them is taken a step on meanwhile.
    """
    waiting = (Report.State.FROZEN, Report.State.SIGNED, Report.State.APPROVED)
    for report in Report.objects.only("template", "state").filter(content=content, state__in=waiting):
        if report.forum.has(code):
            record("report.opened_again", report, by=by, changes={"was": report.state, "section": code})
            report.state = Report.State.DRAFT
            report.save(update_fields=["state"])
