"""`bench`: how fast is Golden Thread on this machine, beside a bare reading of the same data?"""

import json
import os
import platform
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from goldenthread.commands.figures import FormatOption
from goldenthread.commands.printing import Format, check_place, refuse, show
from goldenthread.measuring.apart import NotDone
from goldenthread.measuring.jobs import Measured, Size, exponent, measured

_COLUMNS = (
    "job",
    "what",
    "authorities",
    "children",
    "rows",
    "lines",
    "wall_seconds",
    "cpu_seconds",
    "peak_mebibytes",
    "bare_wall_seconds",
    "ratio",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench")(bench)


def bench(
    children: Annotated[
        int, typer.Option(min=100, help="Children of the one authority, known over six years.")
    ] = Size.children,
    authorities: Annotated[
        int, typer.Option(min=1, help="How many authorities a region has.")
    ] = Size.authorities,
    of_an_authority: Annotated[
        int, typer.Option(min=100, help="Children of each authority of a region and of England.")
    ] = Size.of_an_authority,
    census_children: Annotated[
        int, typer.Option(min=100, help="Children in the CIN census.")
    ] = Size.census_children,
    growth_children: Annotated[
        int, typer.Option(min=100, help="Children to begin with where it is measured how the time grows.")
    ] = Size.growth_children,
    england: Annotated[
        bool,
        typer.Option("--england", help="Also 153 authorities: 2.5 million children, about half an hour."),
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Also write what was measured to this JSON file.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Time invented data: figures, the worklist, a census, a region, and how the time grows."""
    size = Size(
        children=children,
        authorities=authorities,
        of_an_authority=of_an_authority,
        census_children=census_children,
        growth_children=growth_children,
    )
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        check_place(output)
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-bench-"))
    found: list[Measured] = []
    try:
        for one in measured(
            folder, size, os.cpu_count() or 1, england, lambda what: typer.echo(what, err=True)
        ):
            found.append(one)
    except NotDone as error:
        refuse(str(error))
    finally:
        shutil.rmtree(folder)
    show(_COLUMNS, [_line(one) for one in found], form)
    grows = exponent(found)
    if grows is not None:
        typer.echo(f"Time grows with children to the power of {grows:.2f} (1 is in step).", err=True)
    if output:
        about = {"processors": os.cpu_count(), "python": platform.python_version(), "exponent": grows}
        output.write_text(
            json.dumps(about | {"jobs": [_line(one) for one in found]}, indent=1) + "\n", "utf-8"
        )


def _line(one: Measured) -> dict[str, object]:
    numbers = {name: round(value, 2) for name, value in asdict(one).items() if isinstance(value, float)}
    return asdict(one) | numbers | {"ratio": round(one.ratio, 1)}
