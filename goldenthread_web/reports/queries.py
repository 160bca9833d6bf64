"""Reads of reports: what is written for whom, in which state, what was released, where a figure stands."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.urls import reverse

from goldenthread_web.accounts.models import User
from goldenthread_web.governance.queries import meetings
from goldenthread_web.reports.models import Content, Draft, Priority, Release, Report, Section
from goldenthread_web.ui.together import together

# What a list does not need, and what would make it slow.
_HEAVY = ("document", "figures", "html", "word", "pdf")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a reference stands in what was released."""

    release: Release
    section: str
    paragraph: str  # its number as printed, or blank
    text: str

    @property
    def href(self) -> str:
        """The paragraph in the release."""
        anchor = f"#{self.paragraph}" if self.paragraph else ""
        return f"{reverse('reports:release', args=[self.release.pk])}{anchor}"


def contents() -> "QuerySet[Content]":
    """Every content with its reports, the latest period first."""
    listed = Report.objects.select_related("body").defer("document", "figures", "remarks")
    return Content.objects.prefetch_related(Prefetch("reports", listed))


def content_before(content: Content) -> Content | None:
    """The content of the period before."""
    return Content.objects.filter(ends_on__lt=content.starts_on).first()


def priorities_of(content: Content) -> list[Priority]:
    """What was said at its end that the next period is for."""
    return list(content.priorities.all())


def reports() -> "QuerySet[Report]":
    """Every report with what it is of."""
    return Report.objects.select_related("content", "body", "made_by")


def hold(content: Content) -> None:
    """Within a write: whoever else writes of a content, or takes a report of it a step on, waits for it.

    Not whoever reads it, keeps what is typed or builds a draft.
    """
    Content.objects.select_for_update(no_key=True).get(pk=content.pk)


def hold_report(report: Report) -> None:
    """Within a write: read a report anew, so that nobody changes it or its content until this is done."""
    hold(report.content)
    report.refresh_from_db(from_queryset=Report.objects.select_for_update(no_key=True))


def releases() -> "QuerySet[Release]":
    """What left the house and still stands, the latest first, without its files and words."""
    found = Release.objects.select_related("report__content", "report__body", "approved_by", "released_by")
    return found.exclude(report__state=Report.State.WITHDRAWN).defer(*_HEAVY)


def public_releases() -> "QuerySet[Release]":
    """What anybody may read: of each public report its latest version."""
    listed = releases().filter(is_public=True)
    latest: dict[int, int] = {}
    for number, report in listed.order_by("-version").values_list("pk", "report_id"):
        latest.setdefault(report, number)
    return listed.filter(pk__in=latest.values())


def released_with_figures() -> list[Release]:
    """Releases with their figures, for what a later one must not tell; withdrawn ones too: they were read."""
    return list(Release.objects.select_related("report").defer("document", "html", "word", "pdf"))


def written_of(content: Content, code: str, person: User | None) -> tuple[Section | None, Draft | None]:
    """A section with the title of its author as `author`, and what a person typed in it. One query."""
    sections = content.sections.filter(code=code).annotate(author=F("written_by__title"))
    drafts = Draft.objects.filter(content=content, code=code, kept_by=person)
    read = together(sections=sections, drafts=drafts)
    return next(iter(read["sections"]), None), next(iter(read["drafts"]), None)


def places_of(kinds: Collection[str], key: str) -> list[Place]:
    """Every paragraph and table of what was released that rests on a fact: places_of(["figure"], "CIN-02").

    A table is one place, however many of its cells name it.
    """
    found = []
    standing = Release.objects.select_related("report__content").defer("figures", "html", "word", "pdf")
    for release in standing.exclude(report__state=Report.State.WITHDRAWN):
        for section, number, text, runs in _told(release.document):
            if any(run.get("kind") in kinds and run.get("key", "").split(" ")[0] == key for run in runs):
                found.append(Place(release=release, section=section, paragraph=number, text=text))
    return found


def rests_on(release: int) -> list[tuple[str, str]]:
    """Kind and key of every fact that a release holds, each once, in the order of the text."""
    found: dict[tuple[str, str], None] = {}
    for document in Release.objects.filter(pk=release).values_list("document", flat=True):
        for _, _, _, runs in _told(document):
            for run in runs:
                key = run.get("key", "").split(" ")[0]
                if key:
                    found[run.get("kind", ""), key] = None
    return list(found)


def meetings_of(release: int) -> list[int]:
    """The meetings that a release was for: those of its body on its day."""
    found = releases().filter(pk=release, report__body__isnull=False)
    return [
        meeting.pk
        for one in found
        for meeting in meetings(of=one.report.body, since=one.report.meeting_on, to=one.report.meeting_on)
    ]


def reports_to(meeting: int) -> list[int]:
    """What was released for a meeting."""
    found = meetings().filter(pk=meeting)
    return [
        number
        for one in found
        for number in releases()
        .filter(report__body=one.body_id, report__meeting_on=one.on)
        .values_list("pk", flat=True)
    ]


def _told(document: dict[str, Any]) -> Iterator[tuple[str, str, str, list[dict[str, str]]]]:
    """Every paragraph, item and table: the title of its section, its number, what it says, its runs."""
    for section in document.get("sections", ()):
        for block in section["blocks"]:
            if "rows" in block:
                runs = [run for row in block["rows"] for cell in row for run in cell]
                yield section["title"], "", block.get("caption") or block["title"], runs
            for runs in (block.get("text"), *block.get("items", ())):
                if runs:
                    yield (
                        section["title"],
                        block.get("number", ""),
                        "".join(run["text"] for run in runs),
                        runs,
                    )
