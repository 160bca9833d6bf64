"""What stands between a report and its release? Everything that is wrong, and everything a person must judge.

An error holds the report; a remark must be judged by whoever approves it. The rules of papers hold for any
text; here are those that only the service can know: what is linked, what inspectors wrote, what is signed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from goldenthread.papers.conflicts import conflicts
from goldenthread.papers.hard_words import small_numbers
from goldenthread.papers.lint import TWO_VALUES, Remark, lint
from goldenthread.papers.opposite import Said, Valence, claims, opposite, valence
from goldenthread.papers.paper import Kind, Paper, Paragraph
from goldenthread.papers.quotations import Status, check
from goldenthread_web.improvement.ledger_queries import Entry
from goldenthread_web.inspections import queries as inspections
from goldenthread_web.programme.confidential import told_of_a_child
from goldenthread_web.reports.as_papers import AsPapers, as_papers
from goldenthread_web.reports.building import Built
from goldenthread_web.reports.disclosure import Disclosure
from goldenthread_web.reports.documents import Document, Table
from goldenthread_web.reports.figure_facts import as_at_said
from goldenthread_web.reports.frame import Frame
from goldenthread_web.reports.models import Report
from goldenthread_web.reports.narrative import unsaid
from goldenthread_web.reports.pdf_file import pages_of
from goldenthread_web.reports.register_tables import ledger_of
from goldenthread_web.reports.typed_facts import typed_beside_linked
from goldenthread_web.risks.queries import lacking
from goldenthread_web.ui.words import day_said
from goldenthread_web.worklist.free_text import warnings_about


class Weight(StrEnum):
    """Whether it holds the report, or is for a person to judge."""

    ERROR = "error"
    REMARK = "remark"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing found. `section` and `place` say where; `text` are the words it is about, or blank."""

    code: str
    weight: Weight
    sentence: str
    section: str = ""
    place: str = ""
    text: str = ""

    def to_json(self) -> dict[str, str]:
        """As it is kept with the report."""
        return {
            "code": self.code,
            "weight": str(self.weight),
            "sentence": self.sentence,
            "section": self.section,
            "place": self.place,
            "text": self.text,
        }


def checks(built: Built, report: Report, disclosed: Disclosure) -> list[Check]:
    """Everything there is to say of a report as it stands: errors first, then in the order of reading."""
    papers = as_papers(built.document)
    found = [
        *_unresolved(built),
        *_missing(built),
        *_written(papers),
        *_small(papers),
        *_of_a_child(papers),
        *_details(papers),
        *_two_values(papers),
        *_typed(papers, built.frame),
        *_misquoted(papers.prose, papers),
        *_without_words(built, papers),
        *_unanswered(built.frame, report),
        *_risks_half_told(built),
        *_opposite(papers, built.frame),
        *_told_before(disclosed),
        *_old(built.frame),
        *_over_one_page(built),
    ]
    return sorted(found, key=lambda one: one.weight is not Weight.ERROR)


def errors(kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that hold the report."""
    return [one for one in kept if one["weight"] == Weight.ERROR]


def _unresolved(built: Built) -> Iterator[Check]:
    for one in built.problems:
        yield Check(
            code="unresolved",
            weight=Weight.ERROR,
            sentence=one.sentence,
            section=one.section,
            place=one.title,
            text=one.said,
        )


def _missing(built: Built) -> Iterator[Check]:
    there = {f"table {block.key}" for block in _tables(built.document)}
    for required in built.frame.forum.requires:
        if required not in there:
            yield Check(
                code="part-missing",
                weight=Weight.ERROR,
                sentence=f"This forum's report must have [[{required}]]: put it where it belongs.",
            )


def _tables(document: Document) -> Iterator[Table]:
    for section in document.sections:
        yield from (block for block in section.blocks if isinstance(block, Table))


def _risks_half_told(built: Built) -> Iterator[Check]:
    """A risk without its score, owner, mitigation or review tells a board nothing it could ask about."""
    told = next((table for table in _tables(built.document) if table.key == "risks"), None)
    for line in lacking(built.frame.on) if told else ():
        yield Check(
            code="risk-half-told",
            weight=Weight.REMARK,
            sentence=f"{line.risk.ref} is not ready for a report: it has {', and '.join(line.lacks)}.",
            place=told.caption if told else "",
            text=line.risk.ref,
        )


def _written(papers: AsPapers) -> Iterator[Check]:
    """The rules for any paper; what they say of linked words alone is none of the writer's doing."""
    for one in lint([papers.prose]):
        if one.code == TWO_VALUES or one.code == "small-number-in-words":
            continue
        if one.severity != "error" and papers.is_linked(one.paragraph.anchor, one.start, one.end):
            continue
        yield _of_remark(one, papers)


def _of_remark(one: Remark, papers: AsPapers) -> Check:
    return Check(
        code=one.code,
        weight=Weight.ERROR if one.severity == "error" else Weight.REMARK,
        sentence=one.sentence,
        section=papers.section.get(one.paragraph.anchor, ""),
        place=_place(one.paragraph),
        text=one.text,
    )


def _place(paragraph: Paragraph) -> str:
    return " ".join(part for part in (paragraph.under, paragraph.heading) if part)


def _small(papers: AsPapers) -> Iterator[Check]:
    """Few children in words or digits: in sentences, tables, captions, titles and what describes pictures."""
    for paper in (papers.prose, papers.rest):
        for spot in small_numbers(paper):
            yield Check(
                code="small-number-in-words",
                weight=Weight.ERROR,
                sentence=spot.sentence,
                section=papers.section.get(spot.paragraph.anchor, ""),
                place=_place(spot.paragraph),
                text=spot.paragraph.text[spot.start : spot.end],
            )


def _of_a_child(papers: AsPapers) -> Iterator[Check]:
    """Words about one child, copied from where few may read them to where many do."""
    letters = [one.text for letter in _letters_as_papers() for one in letter.paragraphs]
    for one in told_of_a_child([*papers.prose.paragraphs, *papers.rest.paragraphs], letters):
        yield Check(
            code="words-about-a-child",
            weight=Weight.ERROR,
            sentence=f"These words also stand in {one.kept_in}, written about one child for those who may "
            "see that child: say it without them.",
            section=papers.section.get(one.paragraph.anchor, ""),
            place=_place(one.paragraph),
            text=one.paragraph.text[one.start : one.end],
        )


def _details(papers: AsPapers) -> Iterator[Check]:
    """What has the shape of a number, an address or a date of birth of a person, for whoever approves."""
    for paragraph in (*papers.prose.paragraphs, *papers.rest.paragraphs):
        for sentence in warnings_about(paragraph.text):
            yield Check(
                code="details-of-a-person",
                weight=Weight.REMARK,
                sentence=f"{sentence} Take it out, unless it is the council's own.",
                section=papers.section.get(paragraph.anchor, ""),
                place=_place(paragraph),
                text=paragraph.text,
            )


def _two_values(papers: AsPapers) -> Iterator[Check]:
    """A fact has one value: what is linked has it from its source, so whatever differs is wrong.

    Two small numbers of children hold the report already, each for itself: they are about other children.
    """
    small = {(spot.paragraph.anchor, spot.start) for spot in small_numbers(papers.prose)}
    for one in conflicts([papers.prose]):
        if all((fact.paragraph.anchor, fact.start) in small for fact in (one.first, one.second)):
            continue
        linked = [
            papers.is_linked(fact.paragraph.anchor, fact.start, fact.end) for fact in (one.first, one.second)
        ]
        if all(linked):
            continue  # each is what its source says: they are facts about two things
        wrong, right = (one.first, one.second) if linked[1] else (one.second, one.first)
        how = "is linked to its source" if any(linked) else "says the other"
        yield Check(
            code=TWO_VALUES,
            weight=Weight.ERROR,
            sentence=f"“{wrong.text}” stands here and “{right.text}” in {right.paragraph.place}, which "
            f"{how}: one fact has one value. Put the reference in place of what is typed.",
            section=papers.section.get(wrong.paragraph.anchor, ""),
            place=_place(wrong.paragraph),
            text=wrong.text,
        )


def _typed(papers: AsPapers, frame: Frame) -> Iterator[Check]:
    """Percentages that are typed where an indicator of the report gives another."""
    for one in typed_beside_linked(papers, frame):
        yield Check(
            code=TWO_VALUES,
            weight=Weight.ERROR,
            sentence=f"“{one.fact.text}” is typed here; {one.ref} gives {one.value} for {one.month}, and is "
            "linked to its source elsewhere in this report. Put the reference in its place, or say what else "
            "this is.",
            section=papers.section.get(one.fact.paragraph.anchor, ""),
            place=_place(one.fact.paragraph),
            text=one.fact.text,
        )


def _misquoted(prose: Paper, papers: AsPapers) -> Iterator[Check]:
    """Typed quotations beside every letter: altered words are wrong, whoever altered them."""
    letters = _letters_as_papers()
    if not letters:
        return
    by_letter = [check(prose, letter) for letter in letters]
    for versions in zip(*by_letter, strict=True):
        if any(one.status is Status.VERBATIM for one in versions):
            continue
        altered = next((one for one in versions if one.status is Status.ALTERED), None)
        one = altered or versions[0]
        if papers.is_linked(one.quotation.paragraph.anchor, one.quotation.start, one.quotation.end):
            continue
        yield Check(
            code="quotation-altered" if altered else "quotation-not-found",
            weight=Weight.ERROR if altered else Weight.REMARK,
            sentence=f"{one.sentence} Put a [[quote ...]] in its place." if altered else one.sentence,
            section=papers.section.get(one.quotation.paragraph.anchor, ""),
            place=_place(one.quotation.paragraph),
            text=one.quotation.text,
        )


def _letters_as_papers() -> list[Paper]:
    letters = inspections.letters_in_force().prefetch_related("paragraphs")
    return [
        Paper(
            name=str(letter),
            paragraphs=tuple(
                Paragraph(anchor=one.anchor, text=one.text, number=one.number, kind=Kind(one.kind))
                for one in letter.paragraphs.all()
            ),
        )
        for letter in letters
        if letter.paragraphs.all()
    ]


def _without_words(built: Built, papers: AsPapers) -> Iterator[Check]:
    """What is off target, off track or getting worse, and nobody says why."""
    found = list(unsaid(built.document, papers, built.frame))
    for one in (one for one in found if not one.is_action):
        how = "is off target" if one.is_red else "was worse in each of the last two months"
        yield Check(
            code="red-without-narrative" if one.is_red else "worsening-without-narrative",
            weight=Weight.ERROR if one.is_red else Weight.REMARK,
            sentence=f"{one.key} {how}, and the report gives no reason: say why, and what is done, where it "
            f"is named, as [[figure {one.key}]] or in its own words.",
            section="headlines",
            text=one.title,
        )
    actions = [one.key for one in found if one.is_action]
    if actions:
        yield Check(
            code="action-without-narrative",
            weight=Weight.REMARK,
            sentence=f"Off track, and nobody says why, neither a sentence nor the owner in the period: "
            f"{', '.join(actions)}. Name it, and say what is done.",
            section="actions",
        )


def _unanswered(frame: Frame, report: Report) -> Iterator[Check]:
    """Weaknesses of the period that nobody answered hold the report, unless the director says why."""
    open_ones = ledger_of(frame).open_weaknesses
    if not open_ones:
        return
    refs = ", ".join(one.finding.ref for one in open_ones)
    if report.weaknesses_because:
        sentence = f"The director lets it go with weaknesses that nobody has answered ({refs}), and says why."
        yield Check(
            code="weaknesses-let-go", weight=Weight.REMARK, sentence=sentence, text=report.weaknesses_because
        )
        return
    yield Check(
        code="weaknesses-unanswered",
        weight=Weight.ERROR,
        sentence=f"{len(open_ones)} of the inspectors' weaknesses of this period are not answered yet "
        f"({refs}), {_when_due(open_ones)}: answer them, or the director says why the report goes without.",
        section="inspectors",
    )


def _when_due(open_ones: Sequence[Entry]) -> str:
    """Whether an answer is late, or by when the last one is due."""
    late = sum(one.working_days < 0 for one in open_ones)
    if late:
        return "all overdue" if late == len(open_ones) else f"{late} of them overdue"
    return f"due by {day_said(max(one.due_on for one in open_ones))}"


def _opposite(papers: AsPapers, frame: Frame) -> Iterator[Check]:
    """Claims that speak well of what an inspector calls weak."""
    weak = [
        Said(key=one.ref, text=one.quote, valence=Valence.WEAKNESS, about=one.area_title)
        for one in inspections.weaknesses(to=min(frame.content.ends_on, frame.on))
    ]
    places = {one.anchor: one for one in papers.prose.paragraphs}
    typed = [one for one in claims(papers.prose) if _speaks_well(one, papers, places[one.key])]
    for one in opposite(typed, weak):
        paragraph = places[one.claim.key]
        yield Check(
            code="finding-says-opposite",
            weight=Weight.REMARK,
            sentence=f"An inspector sees a weakness here, in finding {one.finding.key}: “{one.finding.text}”",
            section=papers.section.get(one.claim.key, ""),
            place=_place(paragraph),
            text=one.claim.text,
        )


def _speaks_well(claim: Said, papers: AsPapers, paragraph: Paragraph) -> bool:
    """Whether somebody wrote it: that a figure became better is what the figure says."""
    start = paragraph.text.index(claim.text)
    text = papers.typed(paragraph)[start : start + len(claim.text)]
    return valence(text) is Valence.STRENGTH


def _told_before(disclosed: Disclosure) -> Iterator[Check]:
    for sentence in disclosed.sentences:
        yield Check(code="told-by-difference", weight=Weight.REMARK, sentence=sentence, section="figures")


def _old(frame: Frame) -> Iterator[Check]:
    if frame.age_in_days > frame.forum.stale_after_days:
        sentence = (
            f"The figures are old when they are read. {as_at_said(frame)} This forum asks for no more than "
        )
        yield Check(
            code="figures-are-old",
            weight=Weight.REMARK,
            sentence=f"{sentence}{frame.forum.stale_after_days} days.",
            section="figures",
        )


def _over_one_page(built: Built) -> Iterator[Check]:
    """A form of one page that takes more."""
    pages = pages_of(built.document) if built.frame.forum.is_one_page else 1
    if pages > 1:
        yield Check(
            code="over-one-page",
            weight=Weight.REMARK,
            sentence=f"This is read at a glance, on one page, and takes {pages}: say less, above all in the "
            "section that is longest.",
        )
