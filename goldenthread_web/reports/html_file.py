"""How does a document read as HTML: on a page of the service with its links, and as a file of its own?"""

from collections.abc import Callable
from importlib.resources import files

from markupsafe import Markup, escape

from goldenthread_web.reports.charts import LOOK, drawn
from goldenthread_web.reports.documents import (
    Block,
    Bullets,
    Chart,
    Document,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
    in_cell,
    plain,
)
from goldenthread_web.ui.words import hidden

SIGNED_BY = "To be signed by: "
Opens = Callable[[str], bool]  # whether the reader may follow the link to an address


def no_links(address: str) -> bool:
    """Of what stands for itself: a file, the public page."""
    return False


def body(document: Document, *, opens: Opens) -> Markup:
    """The sections of a document. Each fact leads to where it comes from, if that opens."""
    found = [_front(document)]
    found += [_section(section, opens) for section in document.sections if section.blocks]
    return Markup("\n").join(found)


def html_file(document: Document, *, header: str, footer: str) -> str:
    """A file that needs nothing from anywhere."""
    look = (files("goldenthread_web.reports") / "print" / "report.css").read_text("utf-8")
    draft = Markup('<p class="draft">{}</p>').format(header) if header else Markup("")
    return Markup(
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>{}{}</style></head>\n<body>\n{}<main><h1>{}</h1>\n{}</main>\n<footer><p>{}</p></footer>\n"
        "</body>\n</html>\n"
    ).format(
        document.title,
        Markup(look),  # noqa: S704 - our own stylesheet
        Markup(LOOK),  # noqa: S704 - our own stylesheet
        draft,
        document.title,
        body(document, opens=no_links),
        footer,
    )


def _front(document: Document) -> Markup:
    rows = tuple((plain(name), plain(value)) for name, value in document.front)
    front = Table(caption="About this report", columns=("What", "Which"), rows=rows, key="front")
    return _table(front, "front", opens=no_links)


def section_body(section: Section, *, opens: Opens) -> Markup:
    """What stands under the heading of a section."""
    return Markup("\n").join(
        _block(block, f"{section.code}-{at}", opens=opens) for at, block in enumerate(section.blocks, 1)
    )


def _section(section: Section, opens: Opens) -> Markup:
    signed = Markup("")
    if section.signed_by:
        signed = Markup("<p><em>{}{}</em></p>").format(SIGNED_BY, section.signed_by)
    return Markup('<section id="{}">\n<h2 class="govuk-heading-l">{}. {}</h2>\n{}{}\n</section>').format(
        section.code, section.number, section.title, signed, section_body(section, opens=opens)
    )


def _block(block: Block, anchor: str, *, opens: Opens) -> Markup:
    if isinstance(block, Paragraph):
        return _paragraph(block, opens)
    if isinstance(block, Bullets):
        items = Markup("").join(Markup("<li>{}</li>").format(text(item, opens)) for item in block.items)
        if block.is_numbered:
            return Markup('<ol class="govuk-list govuk-list--number">{}</ol>').format(items)
        return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(items)
    if isinstance(block, Quote):
        return Markup(
            '<blockquote class="gt-quote"><p>{}</p><p class="gt-quote__source">{}</p></blockquote>'
        ).format(text(block.text, opens), block.source)
    if isinstance(block, Chart):
        return _chart(block, anchor, opens)
    return _table(block, anchor, opens=opens)


def _paragraph(block: Paragraph, opens: Opens) -> Markup:
    if block.is_heading:
        return Markup('<h3 class="govuk-heading-m">{}</h3>').format(text(block.text, opens))
    if not block.number:
        return Markup('<p class="gt-paragraph">{}</p>').format(text(block.text, opens))
    return Markup(
        '<p class="gt-paragraph" id="{}"><span class="gt-paragraph__number">{}</span> {}</p>'
    ).format(block.number, block.number, text(block.text, opens))


def _chart(block: Chart, anchor: str, opens: Opens) -> Markup:
    numbers = Table(
        caption=f"{block.title}: the numbers", columns=CHART_COLUMNS, rows=block.rows, key=block.ref
    )
    drawing = drawn(block)
    shown = Markup("")
    if drawing:
        shown = Markup(
            '<div class="gt-trend__drawing" role="region" aria-label="Drawing: {}" tabindex="0">{}</div>\n'
        ).format(block.title, drawing)
    return Markup('<h3 class="govuk-heading-m">{}</h3>\n<p>{}</p>\n{}{}').format(
        block.title, block.sentence, shown, _table(numbers, anchor, opens=opens)
    )


CHART_COLUMNS = ("Month", "Value", "Cases")


def _table(block: Table, anchor: str, *, opens: Opens) -> Markup:
    note = Markup('<p class="gt-table-note">{}</p>').format(block.note) if block.note else Markup("")
    if not block.rows:
        return Markup("<p><strong>{}</strong>: {}</p>\n{}").format(block.caption, block.empty, note)
    heads = Markup("").join(
        Markup('<th scope="col" class="govuk-table__header">{}</th>').format(column)
        for column in block.columns
    )
    rows = Markup("\n").join(_row(row, opens) for row in block.rows)
    return Markup(
        '<div class="gt-table-region" role="region" aria-labelledby="{}-caption" tabindex="0">'
        '<table class="govuk-table gt-table">'
        '<caption class="govuk-table__caption" id="{}-caption">{}</caption>\n'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table></div>\n{}"
    ).format(anchor, anchor, block.caption, heads, rows, note)


def _row(row: tuple[Text, ...], opens: Opens) -> Markup:
    first, *rest = (text(in_cell(cell), opens) for cell in row)
    cells = Markup("").join(Markup('<td class="govuk-table__cell">{}</td>').format(cell) for cell in rest)
    return Markup('<tr><th scope="row" class="govuk-table__header">{}</th>{}</tr>').format(first, cells)


def text(runs: Text, opens: Opens) -> Markup:
    """Runs as HTML; a fact that has a page of its own leads there and says so to readers of the screen."""
    said = []
    for run in runs:
        words = escape(run.text)
        if run.href and opens(run.href):
            words = Markup('<a class="gt-fact" href="{}">{}{}</a>').format(run.href, words, hidden(run.key))
        elif run.kind == "unresolved":
            words = Markup('<mark class="gt-unresolved">{}</mark>').format(words)
        said.append(words)
    return Markup("").join(said)
