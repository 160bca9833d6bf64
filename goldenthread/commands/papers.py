"""`quotes` and `lint`: is a report faithful to its letter, and what would its readers stumble over?"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from goldenthread.commands.figures import FormatOption
from goldenthread.commands.printing import Format, refuse, show
from goldenthread.papers.lint import RULES, SAYS_OPPOSITE, TWO_VALUES, Remark, contradicted, lint
from goldenthread.papers.paper import Paper, UnreadablePaper
from goldenthread.papers.quotations import Quoted, Status, check
from goldenthread.papers.reading import read_paper

_QUOTES = ("paper", "paragraph", "line", "status", "quotation", "letter", "letter_line", "passage", "changes")
_REMARKS = ("code", "severity", "paper", "paragraph", "line", "text", "sentence", "other")
_RULES = ("code", "severity", "title")
_SHOWN = 300  # characters of a passage in a table; CSV and JSON have all of it


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("quotes")(quotes)
    app.command("lint")(lint_papers)


def quotes(
    report: Annotated[Path, typer.Argument(help="The report: text, .docx or a PDF with text in it.")],
    against: Annotated[Path, typer.Option("--against", help="The letter that it quotes.")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Compare what a report quotes with the letter. Exit code 1 if anything is not word for word."""
    paper, letter = _read([report, against])
    found = check(paper, letter)
    if form is Format.TABLE:
        _print_quotes(found, paper, letter)
    else:
        show(_QUOTES, (_as_line(one, paper, letter) for one in found), form)
    if any(one.status is not Status.VERBATIM for one in found):
        raise typer.Exit(1)


def lint_papers(
    reports: Annotated[
        list[Path] | None, typer.Argument(help="One report or more: text, .docx or a PDF with text in it.")
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(help="A letter: also say what it sees as a weakness and a report speaks well of."),
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="Only this rule; again for more.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Print everything that is looked for.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Say what a reader would stumble over, in each report and between them. Exit code 1 if anything."""
    if rules:
        show(_RULES, _every_rule(), form)
        return
    known = {str(rule["code"]) for rule in _every_rule()}
    for code in only or ():
        if code not in known:
            refuse(f"There is no rule {code}: `goldenthread lint --rules` lists them all.")
    if not reports:
        refuse("Say which report to read, or print the rules with --rules.")
    papers = _read(reports)
    found = lint(papers)
    for letter in _read(against or ()):
        found += [remark for paper in papers for remark in contradicted(paper, letter)]
    remarks = [remark for remark in found if not only or remark.code in only]
    if form is Format.TABLE:
        _print_remarks(remarks, papers)
    else:
        show(_REMARKS, map(_as_row, remarks), form)
    if remarks:
        raise typer.Exit(1)


def _read(paths: Sequence[Path]) -> list[Paper]:
    try:
        papers = [read_paper(path) for path in paths]
    except UnreadablePaper as error:
        refuse(str(error))
    for note in (note for paper in papers for note in paper.notes):
        typer.echo(note, err=True)
    return papers


def _every_rule() -> list[dict[str, object]]:
    listed: list[dict[str, object]] = [
        {"code": rule.code, "severity": rule.severity, "title": rule.title} for rule in RULES
    ]
    more = {
        TWO_VALUES: "One subject with two values, within a paper or between papers",
        SAYS_OPPOSITE: "A report speaks well of what the letter named with --against sees as a weakness",
    }
    return [*listed, *({"code": code, "severity": "check", "title": title} for code, title in more.items())]


def _as_line(one: Quoted, paper: Paper, letter: Paper) -> dict[str, object]:
    place = one.quotation.paragraph
    there = one.letter_paragraph
    return {
        "paper": paper.name,
        "paragraph": place.under or place.anchor,
        "line": place.line,
        "status": one.status,
        "quotation": one.quotation.text,
        "letter": letter.name,
        "letter_line": None if there is None else there.line,
        "passage": one.passage,
        "changes": "; ".join(map(str, one.changes)),
    }


def _as_row(remark: Remark) -> dict[str, object]:
    return {
        "code": remark.code,
        "severity": remark.severity,
        "paper": remark.paper,
        "paragraph": remark.paragraph.under or remark.paragraph.anchor,
        "line": remark.paragraph.line,
        "text": remark.text,
        "sentence": remark.sentence,
        "other": "; ".join(f"{name} {paragraph.place}" for name, paragraph in remark.other),
    }


def _print_quotes(found: Sequence[Quoted], paper: Paper, letter: Paper) -> None:
    table = _table("Where", "Quotation")
    for one in found:
        said = [Text(str(one.status), style="bold"), Text(f"“{_short(one.quotation.text)}”")]
        if one.status is not Status.VERBATIM:
            said.append(Text(one.sentence))
        if one.status is Status.ALTERED and one.letter_paragraph is not None:
            said.append(Text(f"The letter ({one.letter_paragraph.place}): “{_short(one.passage)}”"))
        table.add_row(one.quotation.paragraph.place, Text("\n").join(said))
    times = Counter(one.status for one in found)
    counted = ", ".join(f"{times[status]} {status}" for status in Status)
    if found:
        _print(table)
    Console().print(Text(f"{paper.name} quotes {len(found)} times; against {letter.name}: {counted}."))


def _print_remarks(remarks: Sequence[Remark], papers: Sequence[Paper]) -> None:
    for paper in papers:
        own = [remark for remark in remarks if remark.paper == paper.name]
        if own:
            _print(_remarks_of(own), paper.name if len(papers) > 1 else "")
    times = Counter(remark.code for remark in remarks)
    counted = ", ".join(f"{number} {code}" for code, number in times.most_common())
    many = "1 remark" if len(remarks) == 1 else f"{len(remarks)} remarks"
    Console().print(Text(f"{many}: {counted}." if remarks else "Nothing was found."))


def _remarks_of(remarks: Sequence[Remark]) -> Table:
    table = _table("Where", "What a reader would stumble over")
    for remark in remarks:
        head = Text(f"{remark.severity}: {remark.code}", style="bold")
        others = [
            f"{'' if name == remark.paper else f'{name} '}{one.place}" for name, one in remark.other[1:]
        ]
        also = [Text(f"Also: {'; '.join(others)}.")] if others else []
        table.add_row(remark.paragraph.place, Text("\n").join([head, Text(remark.sentence), *also]))
    return table


def _table(*heads: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 1, 0))
    table.add_column(heads[0], overflow="fold", max_width=22)
    table.add_column(heads[1], overflow="fold")
    return table


def _print(table: Table, title: str = "") -> None:
    console = Console()
    if title:
        console.print(Text(title, style="bold"))
    console.print(table)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
