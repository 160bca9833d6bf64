"""`synth` and `load`: make an invented authority, and put a council's files into a store."""

import json
import re
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from goldenthread.calendar import OutsideCalendar
from goldenthread.checking import check_snapshot
from goldenthread.commands.figures import FormatOption, StoreOption, day
from goldenthread.commands.printing import Format, refuse, show
from goldenthread.ingest.extract import Refused
from goldenthread.loading import Check, FewerRows
from goldenthread.loading import load as load_files
from goldenthread.settings import BadSettings, Settings
from goldenthread.store import CURRENT, SETTINGS, Load, Store
from goldenthread.synthetic import write as write_synthetic

_LOADED = ("as_at_on", "rows", "errors", "warnings", "notes", "was_loaded_already")
_WRITTEN = ("file", "bytes")

_CODE = re.compile(r"[A-Za-z0-9]{1,12}")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("synth")(synth)
    app.command("load")(load)


def synth(
    out: Annotated[Path, typer.Argument(help="Folder to write to.")],
    authority: Annotated[str, typer.Option(help="east, park, or a code of your own.")] = "east",
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
    children: Annotated[int | None, typer.Option(help="How many open children.")] = None,
    as_at: Annotated[
        str | None, typer.Option("--as-at", help="YYYY-MM-DD; each authority has its own.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Write an invented authority's files: nothing in them was ever a real child."""
    if not _CODE.fullmatch(authority):
        refuse(f"--authority {authority!r} is no code: use east, park, or up to 12 letters and digits.")
    if children is not None and children < 1:
        refuse(f"--children {children}: an authority has at least one.")
    try:
        with _progress() as progress:
            task = progress.add_task("Inventing an authority", total=None)
            write_synthetic(
                out,
                authority=authority,
                seed=seed,
                children=children,
                as_at_on=day(as_at, "--as-at"),
                progress=lambda done, total: progress.update(task, completed=done, total=total),
            )
    except OutsideCalendar as error:
        refuse(str(error))
    except OSError as problem:
        refuse(f"Nothing can be written to {out}: {problem.strerror}.")
    files = sorted(path for path in out.rglob("*") if path.is_file())
    show(
        _WRITTEN,
        [{"file": path.relative_to(out).as_posix(), "bytes": path.stat().st_size} for path in files],
        form,
    )
    typer.echo(f"A synthetic authority was written to {out}.", err=True)


def load(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders, as the council delivers them.")],
    store: StoreOption,
    as_at: Annotated[
        str | None, typer.Option("--as-at", help="The day the files were made, YYYY-MM-DD.")
    ] = None,
    authority: Annotated[
        str | None, typer.Option(help="Code of the council; refuses files of another.")
    ] = None,
    accept_fewer: Annotated[
        bool, typer.Option("--accept-fewer", help="Load although a table has over 30% fewer rows.")
    ] = False,
    mapping: Annotated[Path | None, typer.Option(help="A corrected mapping report (JSON).")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Load files into a store: all of them or nothing. Exit code 1 if anything was found wrong."""
    for path in paths:
        if not path.exists():
            refuse(f"There is no file or folder {path}: nothing was loaded.")
    corrected = None if mapping is None else _corrected(mapping)
    try:
        with _progress() as progress:
            task = progress.add_task("Reading", total=None)
            loads = load_files(
                paths,
                as_at_on=day(as_at, "--as-at"),
                store=store,
                authority=authority,
                accept_fewer=accept_fewer,
                mapping=corrected,
                check=_check_for(store),
                progress=lambda stage, done, total: progress.update(
                    task, description=stage, completed=done, total=total
                ),
            )
    except FewerRows as refusal:
        refuse(f"{refusal} Then load it with --accept-fewer.")
    except (Refused, BadSettings) as refusal:
        refuse(str(refusal))
    lines = [_counted(load) for load in loads]
    show(_LOADED, lines, form)
    for load in loads:
        _say_where(load)
    if any(line["errors"] for line in lines):
        typer.echo("`goldenthread check` says what to do about what was found.", err=True)
        raise typer.Exit(1)


def _corrected(mapping: Path) -> Any:
    """A mapping report given back; the reader of the workbook says what in it cannot be."""
    try:
        lines = json.loads(mapping.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        refuse(f"The mapping {mapping} cannot be read as JSON ({problem}): nothing was loaded.")
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        refuse(f"The mapping {mapping} is no list of lines: give back a mapping.json of a load, corrected.")
    return lines


def _check_for(store: Path) -> Check:
    """The data-quality rules with the settings of the store, if it is there already."""
    settings = Settings.read(store / SETTINGS)
    # What was compiled before is kept with a store; a new one has nothing in it until it is loaded.
    compiled = Store(store).compiled_folder() if (store / CURRENT).is_file() else None
    return partial(check_snapshot, settings=settings, compiled_folder=compiled)


def _progress() -> Progress:
    """Shown while it runs, and only to a person: where nobody watches it would leave an empty line."""
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def _counted(load: Load) -> dict[str, object]:
    """What one load holds, and how much in it was found wrong."""
    counts = load.manifest["findings"]
    return {
        "as_at_on": load.as_at_on,
        "rows": sum(load.manifest["rows"].values()),
        "errors": counts.get("error", 0),
        "warnings": counts.get("warning", 0),
        "notes": counts.get("info", 0),
        "was_loaded_already": load.was_loaded_already,
    }


def _say_where(load: Load) -> None:
    if load.mapping():
        typer.echo(
            f"What was matched to what, and why, stands in {load.folder / 'mapping.json'}: "
            "where it is wrong, correct a copy and load again with --mapping.",
            err=True,
        )
