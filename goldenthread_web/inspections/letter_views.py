"""Letters: entered once, read with the findings marked in their words."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.inspections import letter_services
from goldenthread_web.inspections.dates import answer_due_on
from goldenthread_web.inspections.forming import form_page
from goldenthread_web.inspections.letter_forms import LetterForm, MarkForm, PublishForm
from goldenthread_web.inspections.marking import Segment, paper_of, place_of, segments
from goldenthread_web.inspections.models import Finding, Letter, Paragraph
from goldenthread_web.inspections.queries import findings, letters, paragraphs

_ABOUT = ("valence", "title", "practice_area", "team", "theme", "component", "recommendation")


@page(Permission.SEE_INSPECTIONS)
@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """A letter, paragraph by paragraph, with its findings marked."""
    found = get_object_or_404(letters(), pk=number)
    marked = list(findings(letter=found))
    context = {
        "letter": found,
        "paragraphs": _shown(list(paragraphs(found)), marked),
        "findings": marked,
        "weaknesses": sum(one.is_weakness for one in marked),
        "repeats": sum(one.is_repeat for one in marked),
        "answered": sum(one.answered_on is not None for one in marked),
        "due_on": answer_due_on(found),
        "today": today(),
        "valences": Finding.Valence,
        "is_superseded": hasattr(found, "superseded_by"),
        "may_mark": cast(User, request.user).may(Permission.MARK_FINDINGS),
    }
    return render(request, "inspections/letter.html.jinja", context)


@page(Permission.MARK_FINDINGS, asks=["of", "supersedes"])
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a letter: a file, or its text."""

    def save(said: dict[str, Any]) -> Letter:
        paper = paper_of(said.pop("file"), said.pop("text"))
        return letter_services.enter_letter(paper, **said, by=cast(User, request.user))

    return form_page(
        request,
        LetterForm(
            request.POST or None,
            request.FILES or None,
            initial={
                "received_on": today(),
                "of": request.GET.get("of", ""),
                "supersedes": request.GET.get("supersedes", ""),
            },
        ),
        save,
        title="Enter a letter",
        button="Enter the letter",
        back=(reverse("inspections:list"), "Inspections and findings"),
        lead="Its text is kept as it is and never changed: a corrected text is entered as a new letter.",
        said="The letter is entered. Mark its findings now.",
        has_file=True,
    )


@page(Permission.MARK_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Say when and where a letter was published."""
    found = get_object_or_404(letters(), pk=number)
    return form_page(
        request,
        PublishForm(request.POST or None, initial={"published_on": found.published_on, "url": found.url}),
        lambda said: letter_services.publish_letter(found, **said, by=cast(User, request.user)),
        title="When was it published?",
        caption=str(found),
        button="Save",
        back=(found.get_absolute_url(), str(found)),
    )


@page(Permission.MARK_FINDINGS, asks=["paragraph"])
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, number: int) -> HttpResponse:
    """Mark words of a letter as a finding."""
    found = get_object_or_404(letters(), pk=number)
    texts = list(paragraphs(found))
    form = MarkForm(
        request.POST or None, paragraphs=texts, initial={"paragraph": request.GET.get("paragraph", "")}
    )

    def save(said: dict[str, Any]) -> str:
        paragraph = form.paragraphs[said["paragraph"]]
        start, end = place_of(paragraph, said["words"])
        made = letter_services.mark_finding(
            paragraph,
            start=start,
            end=end,
            quote=paragraph.text[start:end],
            is_repeat=said["is_repeat"],
            **{name: said[name] for name in _ABOUT},
            by=cast(User, request.user),
        )
        # Back to the same page: a letter has dozens of findings, and the next is often near.
        return f"{reverse('inspections:mark', args=[found.pk])}?paragraph={made.paragraph.anchor}"

    return form_page(
        request,
        form,
        save,
        title="Mark a finding",
        caption=str(found),
        button="Mark the finding",
        back=(found.get_absolute_url(), str(found)),
        template="inspections/mark.html.jinja",
        said="The finding is marked.",
        keeps=False,  # a few words from the letter, and the next is near
        letter=found,
        paragraphs=_shown(texts, list(findings(letter=found))),
    )


def _shown(texts: list[Paragraph], marked: list[Finding]) -> list[tuple[Paragraph, list[Segment]]]:
    return [(one, segments(one, marked)) for one in texts]
