"""`standard` and `indicators`: what the columns mean, and what each indicator asks."""

import csv
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from goldenthread.checking.open_failures import open_failures
from goldenthread.commands.figures import opened
from goldenthread.commands.printing import Format, refuse, show
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.indicators.topics import indicator_parts
from goldenthread.standard import Table, code_labels, native_tables, recorded_tables, standard_tables

_COLUMNS = ("table", "column", "type", "required", "key", "codes", "meaning", "source")
_INDICATORS = ("ref", "code", "title", "tier", "unit", "polarity", "measure_type", "needs", "is_built")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("standard")(standard)
    app.command("indicators")(indicators)


def standard(
    table: Annotated[str | None, typer.Argument(help="One table; default: all of them.")] = None,
    native: Annotated[bool, typer.Option("--native", help="The lists and groups of the returns.")] = False,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="Tables that no council delivers: what people write.")
    ] = False,
    templates: Annotated[Path | None, typer.Option(help="Write an empty CSV per local extract here.")] = None,
    form: Annotated[Format, typer.Option("--format", help="table, csv or json.")] = Format.TABLE,
) -> None:
    """Print the data standard: every table and column, its meaning, codes and sources."""
    tables = recorded_tables() if recorded else native_tables() if native else standard_tables()
    if table is not None:
        found = {**standard_tables(), **native_tables(), **recorded_tables()}.get(table)
        if found is None:
            refuse(f"There is no table {table}: `goldenthread standard` lists them all.")
        tables = {table: found}
    if templates is not None:
        try:
            _write_templates(templates)
        except OSError as problem:
            refuse(f"No templates can be written to {templates}: {problem.strerror}.")
        return
    if form is Format.JSON:
        data = [_described(found) for found in tables.values()]
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        return
    show(_COLUMNS, (line for found in tables.values() for line in _lines(found)), form)


def _lines(table: Table) -> list[dict[str, object]]:
    return [
        {
            "table": table.name,
            "column": column.name,
            "type": column.type,
            "required": column.required,
            "key": column.name in table.key,
            "codes": column.codes,
            "meaning": column.meaning,
            "source": "; ".join(column.sources),
        }
        for column in table.columns
    ]


def _described(table: Table) -> dict[str, object]:
    columns = [
        line | {"codes": code_labels(column.codes) if column.codes else None}
        for line, column in zip(_lines(table), table.columns, strict=True)
    ]
    return {
        "table": table.name,
        "about": table.about,
        "grain": table.grain,
        "key": list(table.key),
        "file": table.file,
        "columns": columns,
    }


def _write_templates(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table in standard_tables().values():
        path = folder / str(table.file)
        if path.exists():
            refuse(f"{path} is there already: choose an empty folder, so that no data is overwritten.")
    for table in standard_tables().values():
        with (folder / str(table.file)).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerow([column.name for column in table.columns])
    typer.echo(f"{len(standard_tables())} empty extracts written to {folder}.", err=True)


def indicators(
    ref: Annotated[str | None, typer.Argument(help="One indicator, for example CP-03.")] = None,
    store: Annotated[
        Path | None, typer.Option("--store", help="Also say which failures are open on its columns.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="table, csv or json.")] = Format.TABLE,
) -> None:
    """List the indicators, or print all the words of one."""
    if ref is None:
        show(_INDICATORS, (_summary(definition) for definition in catalogue().values()), form)
        return
    if ref not in catalogue():
        refuse(f"There is no indicator {ref}: `goldenthread indicators` lists them all.")
    definition = catalogue()[ref]
    words = {
        "ref": ref,
        "title": definition.title,
        "question": definition.purpose,
        **{f"rule: {name}": text for name, text in definition.rule.items()},
        "parameters": json.dumps(definition.parameters, ensure_ascii=False),
        "needs": definition.needs,
        "source": definition.reference,
    }
    if store is not None:
        words["open failures"] = _open_failures(store, ref)
    show(("what", "text"), ({"what": name, "text": str(text)} for name, text in words.items()), form)


def _open_failures(store: Path, ref: str) -> str:
    """How many findings there are on the columns of an indicator, in the load in force."""
    _, load, _ = opened(store)
    counts = open_failures(load).get(ref, {})
    return ", ".join(f"{severity}: {number:,}" for severity, number in counts.items()) or "none"


def _summary(definition: Definition) -> dict[str, object]:
    line: dict[str, object] = {name: getattr(definition, name) for name in _INDICATORS[:-1]}
    return line | {"is_built": definition.ref in indicator_parts()}
