"""`check`: what is wrong in the records, for whom, and what to do about it on Monday."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from goldenthread.checking.report import Report, catalogue_of_checks, known_rule, report
from goldenthread.commands.figures import FormatOption, opened
from goldenthread.commands.printing import Format, refuse, show
from goldenthread.ingest.extract import Severity

_CHECKS = ("code", "id", "severity", "table", "column", "title", "advice", "needs", "source")
_BY_RULE = ("rule", "severity", "table", "findings", "children", "title", "advice")
_BY_TEAM = ("team", "error", "warning", "info", "children")
_ROWS = (
    "rule",
    "severity",
    "team",
    "worker_id",
    "child_id",
    "source",
    "file",
    "sheet",
    "row",
    "table",
    "column",
    "value",
    "message",
    "details",
)
_NOT_RUN = ("code", "needs")


class By(StrEnum):
    """How findings are put together."""

    RULE = "rule"
    TEAM = "team"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)


def check(
    store: Annotated[Path | None, typer.Option("--store", help="The folder that holds the loads.")] = None,
    team: Annotated[str | None, typer.Option(help="Only what concerns this reporting team.")] = None,
    severity: Annotated[Severity | None, typer.Option(help="Only findings of this severity.")] = None,
    rule: Annotated[str | None, typer.Option(help="Only this rule: its id (X01) or its code.")] = None,
    by: Annotated[By, typer.Option(help="In a CSV: one line a rule, or one line a team.")] = By.RULE,
    rows: Annotated[bool, typer.Option("--rows", help="One line a finding, with its file and row.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="Print everything that is looked for.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """The data-quality report. Exit code 1 if anything was found."""
    if rules:
        show(_CHECKS, catalogue_of_checks(), form)
        return
    if store is None:
        refuse("Say which store with --store, or print the rules with --rules.")
    if rule is not None and not known_rule(rule):
        refuse(f"There is no rule {rule}: `goldenthread check --rules` lists them all.")
    kept, load, settings = opened(store)
    found = report(
        kept, load, settings, team=team, severity=None if severity is None else str(severity), rule=rule
    )
    if rows:
        show(_ROWS, (_blank_sheet(row) for row in found.rows), form)
    elif form is Format.JSON:
        _print_all(found)
    elif form is Format.CSV:
        _print_csv(found, by)
    else:
        _print_report(found)
    if found.rows:
        raise typer.Exit(1)


def _blank_sheet(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"sheet": row["sheet"] or None}


def _print_csv(found: Report, by: By) -> None:
    if by is By.RULE:
        show(_BY_RULE, found.by_rule(), Format.CSV)
    else:
        show(_BY_TEAM, found.by_team(), Format.CSV)
    if found.not_run:
        typer.echo(f"{len(found.not_run)} rules were not run: what they need was not supplied.", err=True)


def _print_report(found: Report) -> None:
    """The report as it is read: what is wrong and what to do, by team, and what was not looked for."""
    for line in found.by_rule():
        of = "" if not line["children"] else f", {line['children']:,} children"
        where = f" in {line['table']}" if line["table"] else ""
        typer.echo(f"{line['severity'].upper()}  {line['rule']}{where}: {line['findings']:,} findings{of}")
        typer.echo(f"    {line['title']}.")
        typer.echo(f"    On Monday: {line['advice']}")
    if found.rows:
        typer.echo()
        show(_BY_TEAM, found.by_team(), Format.TABLE)
    else:
        typer.echo("Nothing was found.")
    if found.not_run:
        typer.echo(f"\n{len(found.not_run)} rules were not run, because this was not supplied:")
        show(_NOT_RUN, _not_run(found), Format.TABLE)


def _not_run(found: Report) -> list[dict[str, Any]]:
    return [{"code": code, "needs": ", ".join(needs)} for code, needs in found.not_run.items()]


def _print_all(found: Report) -> None:
    data = {"by_rule": found.by_rule(), "by_team": found.by_team(), "not_run": _not_run(found)}
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
