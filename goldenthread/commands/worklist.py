"""`due`: what was last done for each child, what is due next, and what is overdue."""

import json
import sys
from datetime import date
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from goldenthread.commands.figures import FormatOption, StoreOption, day, opened
from goldenthread.commands.printing import Format, cell, refuse, show
from goldenthread.store import Load, Store
from goldenthread.worklist.items import items
from goldenthread.worklist.lines import Line, Only, State, Worklist, worklist

_COLUMNS = (
    "item",
    "label",
    "child_id",
    "worker_id",
    "team",
    "clock_start",
    "last_done",
    "next_due",
    "working_days_overdue",
    "working_days_to_go",
    "state",
    "timescale",
    "open",
    "why",
)

_WIDE = 160  # columns of a screen on which a sentence beside each line can be read


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("due")(due)


def due(
    store: StoreOption,
    on: Annotated[
        str | None, typer.Option("--on", help="The day of reading, YYYY-MM-DD; default: the as-at date.")
    ] = None,
    team: Annotated[str | None, typer.Option(help="Only lines of this reporting team.")] = None,
    worker: Annotated[
        str | None, typer.Option(help="Only lines of this worker, or of the teams this worker manages.")
    ] = None,
    item: Annotated[
        list[str] | None, typer.Option(help="One item, for example cp_visit; again for more.")
    ] = None,
    state: Annotated[State | None, typer.Option(help="Only lines in this state.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List what is due for each child and worker: last done, next due, and how long overdue."""
    kept, current, settings = opened(store)
    asked = day(on, "--on") or current.as_at_on
    for code in item or ():
        if code not in items():
            refuse(f"There is no item {code}: choose from {', '.join(items())}.")
    only = Only(items=item or None, team=team, worker=worker, state=state)
    try:
        found = worklist(
            _load_for(kept, asked), asked, settings, only=only, compiled_folder=kept.compiled_folder()
        )
    except ValueError as error:
        refuse(str(error))
    _print(found, form)


def _load_for(store: Store, on: date) -> Load:
    """The load that answers for that day, else the last one made before it."""
    load = store.serving(on) or next((load for load in store.loads() if load.as_at_on < on), None)
    if load is None:
        refuse(
            f"Nothing loaded can tell what was due on {on}: load data as at that day or earlier, "
            "or local extracts made after it."
        )
    return load


def _print(found: Worklist, form: Format) -> None:
    notes = _notes(found)
    if form is Format.JSON:
        sys.stdout.write(json.dumps(_as_data(found), ensure_ascii=False, indent=1) + "\n")
    elif form is Format.CSV:
        show(_COLUMNS, map(_printed, found.lines()), form)
    else:
        _print_table(found, notes)
    for note in notes:
        typer.echo(note, err=True)


def _print_table(found: Worklist, notes: list[str]) -> None:
    """What a person reads: no codes, dates on one line, and why where the screen is wide enough."""
    console = Console()
    is_wide = console.width >= _WIDE
    table = Table(caption="\n".join(notes), caption_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in ("Team", "Worker", "Child"):
        table.add_column(heading, overflow="fold")
    table.add_column("What is due")
    for heading in ("Last done", "Next due", "Working\ndays"):
        table.add_column(heading, no_wrap=True)
    if is_wide:
        table.add_column("Why")
    for line in found.lines():
        days = (line.last_done, line.next_due)
        said = [line.team, line.worker_id, line.child_id, line.label, *days, _how_long(line)]
        table.add_row(*map(cell, said), *([line.why] if is_wide else []))
    console.print(table)


def _how_long(line: Line) -> str:
    """So many working days overdue, or to go."""
    if line.state == State.OVERDUE:
        return f"{cell(line.working_days_overdue)} overdue".lstrip()
    return "" if line.working_days_to_go is None else f"in {line.working_days_to_go}"


def _notes(found: Worklist) -> list[str]:
    """How old the data is, how many lines there are, and which items it cannot tell, each in a sentence."""
    late = f", read on {found.on}: what was done since is not in it" if found.on > found.as_at_on else ""
    told = ", ".join(f"{number:,} {state.replace('_', ' ')}" for state, number in found.counts().items())
    missing = [f"Not available: {one.label} ({one.item}): {one.why}." for one in found.not_available]
    lines = "1 line" if len(found) == 1 else f"{len(found):,} lines"
    return [f"Data as at {found.as_at_on}{late}.", f"{lines}: {told}.", *missing]


def _printed(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in _COLUMNS}


def _as_data(found: Worklist) -> dict[str, object]:
    """The worklist as JSON holds it: dates as text, what is not known as null."""
    lines = [{name: _plain(value) for name, value in _printed(line).items()} for line in found.lines()]
    missing = [{"item": one.item, "label": one.label, "why": one.why} for one in found.not_available]
    return {
        "on": cell(found.on),
        "as_at": cell(found.as_at_on),
        "lines": lines,
        "not_available": missing,
    }


def _plain(value: object) -> object:
    return cell(value) if isinstance(value, date) else value
