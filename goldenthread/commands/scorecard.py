"""`scorecard`: every headline figure on one page, and what it says in plain words."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from goldenthread.checking.open_failures import open_failures
from goldenthread.commands.figures import FormatOption, RecordsOption, StoreOption, beside, day, opened
from goldenthread.commands.printing import Format, check_place, refuse, show
from goldenthread.figures.benchmarks import areas
from goldenthread.figures.publication import code_version
from goldenthread.figures.scorecard import Line, Scorecard, page
from goldenthread.figures.scorecard import scorecard as work_out
from goldenthread.figures.scorecard.build import COMPARED_WITH, About
from goldenthread.figures.scorecard.summary import HEADLINE_TIER, Said
from goldenthread.figures.targets import read_targets
from goldenthread.figures.wording import day_said, period_said
from goldenthread.settings import BadSettings
from goldenthread.store import Load, Store

_COLUMNS = (
    "area",
    "ref",
    "title",
    "tier",
    "polarity",
    "value",
    "cases",
    "status",
    "note",
    "target",
    "rating",
    "missing",
    "direction",
    "finding",
    "year_before",
    "compared_with",
    "findings",
)
_SHOWN = 6


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("scorecard")(scorecard)


def scorecard(
    store: StoreOption,
    on: Annotated[str, typer.Option("--on", help="The day of the scorecard, YYYY-MM-DD.")],
    out: Annotated[Path | None, typer.Option("--output", "-o", help="Write the page here (HTML).")] = None,
    for_public: Annotated[bool, typer.Option("--public", help="Hide small numbers.")] = False,
    compare: Annotated[
        list[str] | None, typer.Option(help=f"Areas to compare with: {', '.join(areas())}.")
    ] = None,
    records: RecordsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the scorecard of a day, and write it as a page that needs no network and no scripts."""
    kept, current, settings = opened(store)
    asked = day(on, "--on")
    assert asked is not None, "--on is asked for"
    for area in compare or ():
        if area not in areas():
            refuse(f"--compare {area}: there are figures for {', '.join(areas())}.")
    if out is not None:
        check_place(out)
    try:
        card = work_out(
            beside(kept, records),
            _about(kept, current, asked),
            settings,
            read_targets(store / "settings.toml"),
            open_failures(current),
            for_public=for_public,
            compared_with=compare or COMPARED_WITH,
        )
    except (BadSettings, ValueError) as error:
        refuse(str(error))
    if out is not None:
        _write(out, page(card, settings))
    if form is Format.TABLE:
        _print(card)
    else:
        show(_COLUMNS, (_line(area, line) for area, lines in card.domains.items() for line in lines), form)
    if out is not None:
        typer.echo(f"The scorecard is in {out}: open it in a browser.", err=True)


def _write(out: Path, text: str) -> None:
    try:
        out.write_text(text, "utf-8")
    except OSError as problem:
        refuse(f"The scorecard cannot be written to {out}: {problem.strerror}.")


def _about(store: Store, load: Load, on: date) -> About:
    counts = load.manifest["findings"]
    return About(
        council=_council(store),
        on=on,
        as_at_on=load.as_at_on,
        sources=load.sources,
        load_hash=load.hash,
        code_version=code_version(),
        errors=counts.get("error", 0),
        warnings=counts.get("warning", 0),
    )


def _council(store: Store) -> str:
    """The name in the settings, else the code."""
    path = store.path / "settings.toml"
    named = tomllib.loads(path.read_text("utf-8")).get("authority") or {} if path.is_file() else {}
    code = store.authority()
    return str(named.get("name") or "") or (f"Council {code}" if code else "This council")


def _line(area: str, line: Line) -> dict[str, object]:
    short = line.shortfall or line.missing
    compared = [f"{place} {line.unit.said(one.value)}" for place, one in line.benchmarks.items()]
    return {
        "area": area,
        "ref": line.ref,
        "title": line.title,
        "tier": line.definition.tier,
        "polarity": line.polarity,
        "value": line.value,
        "cases": line.cases,
        "status": line.latest.status,
        "note": line.latest.note,
        "target": line.target_said,
        "rating": line.rating.letter if line.rating else "",
        "missing": short.sentence if short else "",
        "direction": line.direction.word.value,
        "finding": line.direction.sentence,
        "year_before": line.year_before,
        "compared_with": "; ".join(compared),
        "findings": line.findings.said,
    }


def _print(card: Scorecard) -> None:
    """The headline indicators as tables, and the sentences of the page."""
    console = Console()
    console.print(f"[bold]{period_said(card.period)}[/bold], data as at {day_said(card.about.as_at_on)}")
    for area, lines in card.domains.items():
        shown = [line for line in lines if line.is_computable and line.definition.tier == HEADLINE_TIER]
        if shown:
            console.print(_table(area, shown))
    console.print(card.summary.in_one_sentence, style="bold", highlight=False)
    for title, said in _told(card):
        console.print(f"\n[bold]{title}[/bold]")
        for one in said[:_SHOWN]:
            console.print(Text(f"  {one.line.ref} {one.line.title}: {one.sentence}"))
    missing = len(card.summary.not_delivered) + len(card.summary.kept_elsewhere)
    if missing:
        console.print(
            f"\n{missing} indicators cannot be worked out; the page says which and why.", highlight=False
        )


def _told(card: Scorecard) -> Iterator[tuple[str, tuple[Said, ...]]]:
    told = card.summary
    yield from (
        (title, said)
        for title, said in (
            ("Really improving", told.improving),
            ("Really worsening", told.worsening),
            ("Furthest from target", told.off_target),
            (f"Furthest behind {told.behind_where}", told.behind),
            ("Most children missing a standard", told.most_children),
        )
        if said
    )


def _table(area: str, lines: list[Line]) -> Table:
    table = Table(title=area.capitalize(), title_justify="left", expand=True)
    table.add_column("Indicator", ratio=4)
    table.add_column("Now", justify="right", no_wrap=True, min_width=7)
    table.add_column("Cases", justify="right", ratio=2)
    table.add_column("Target", ratio=2)
    table.add_column("Direction", ratio=2)
    for line in lines:
        target = f"{line.target_said} {line.rating.letter if line.rating else ''}".strip()
        # Titles and numbers are text here, never markup of the terminal.
        table.add_row(
            *[
                Text(cell)
                for cell in (
                    f"{line.ref} {line.title}",
                    line.number,
                    line.cases,
                    target or "none set",
                    line.direction.word.value,
                )
            ]
        )
    return table
