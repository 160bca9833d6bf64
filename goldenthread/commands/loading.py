"""`synth` and `load`: make an invented authority, and put a council's files into a store."""

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from goldenthread.checking import check_snapshot
from goldenthread.commands.figures import StoreOption, day
from goldenthread.commands.printing import refuse
from goldenthread.ingest.extract import Refused
from goldenthread.loading import Check, FewerRows
from goldenthread.loading import load as load_files
from goldenthread.settings import BadSettings, Settings
from goldenthread.store import CURRENT, SETTINGS, Load, Store
from goldenthread.synthetic import write as write_synthetic


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
) -> None:
    """Write an invented authority's files: nothing in them was ever a real child."""
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
) -> None:
    """Load files into a store: all of them or nothing. Exit code 1 if anything was found wrong."""
    for path in paths:
        if not path.exists():
            refuse(f"There is no file or folder {path}: nothing was loaded.")
    corrected = None if mapping is None else json.loads(mapping.read_text("utf-8"))
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
    errors = sum(_report(load) for load in loads)
    if errors:
        raise typer.Exit(1)


def _check_for(store: Path) -> Check:
    """The data-quality rules with the settings of the store, if it is there already."""
    settings = Settings.read(store / SETTINGS)
    # What was compiled before is kept with a store; a new one has nothing in it until it is loaded.
    compiled = Store(store).compiled_folder() if (store / CURRENT).is_file() else None
    return partial(check_snapshot, settings=settings, compiled_folder=compiled)


def _progress() -> Progress:
    return Progress(console=Console(stderr=True), transient=True)


def _report(load: Load) -> int:
    """Say what one load holds; returns how many findings are errors."""
    counts = load.manifest["findings"]
    errors = counts.get("error", 0)
    rows = sum(load.manifest["rows"].values())
    again = " was loaded already" if load.was_loaded_already else ""
    typer.echo(
        f"As at {load.as_at_on}: {rows:,} rows{again}; findings: {errors:,} errors, "
        f"{counts.get('warning', 0):,} warnings, {counts.get('info', 0):,} notes. "
        "`goldenthread check` says what to do about them.",
        err=True,
    )
    return errors
