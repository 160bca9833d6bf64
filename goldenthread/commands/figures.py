"""`figures` and `rows`: every number, and who is behind it (outputs spec)."""

import re
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from goldenthread.commands.printing import Format, refuse, show
from goldenthread.figures.breakdowns import BREAKDOWNS
from goldenthread.figures.figure import Figure
from goldenthread.figures.listing import NotComputable, Row
from goldenthread.figures.listing import rows as rows_behind
from goldenthread.figures.serving import Loads
from goldenthread.figures.work_out import figures as work_out
from goldenthread.indicators.catalogue import catalogue
from goldenthread.ingest.extract import Refused
from goldenthread.periods import Every, Period, one_period, periods
from goldenthread.records import with_records
from goldenthread.settings import BadSettings, Settings
from goldenthread.store import Load, Store

StoreOption = Annotated[Path, typer.Option("--store", help="The folder that holds the loads.")]
FormatOption = Annotated[Format, typer.Option("--format", help="table, csv or json.")]
RecordsOption = Annotated[
    Path | None,
    typer.Option(
        "--records",
        help="A folder of recorded tables (case audits, meetings, the plan) as the service writes them. "
        "Without it what needs them is not computable.",
    ),
]

_BEFORE = ("ref", "part", "code", "title", "authority")
_AFTER = ("period_start", "period_end", "numerator", "denominator", "unknown", "value", "status", "note")
_ROWS = (
    "ref",
    "part",
    "period_start",
    "period_end",
    "child_id",
    "key",
    "team",
    "worker_id",
    "clock_start",
    "clock_stop",
    "working_days",
    "days",
    "status",
    "counted",
    "in_numerator",
    "numerator",
    "denominator",
    "met",
    "reason",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("figures")(figures)
    app.command("rows")(rows)


def opened(path: Path) -> tuple[Store, Load, Settings]:
    """The store, the load in force and the settings; refuses where there is none of them."""
    if not path.is_dir():
        refuse(f"There is no store at {path}: load something into it first.")
    try:
        store = Store.open(path)
        current = store.current()
        if current is None:
            refuse(f"Nothing is loaded in {path}: run `goldenthread load` first.")
        return store, current, Settings.read(path / "settings.toml")
    except (Refused, BadSettings) as error:
        refuse(str(error))


def beside(loads: Loads, records: Path | None) -> Loads:
    """The loads, with a folder of records beside them where one is named; refuses what is none."""
    try:
        return loads if records is None else with_records(loads, records)
    except Refused as error:
        refuse(str(error))


def day(text: str | None, option: str) -> date | None:
    """A date given on the command line; refuses what is not one."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"{option} {text!r} is not a date: write it as YYYY-MM-DD.")


def known_ref(ref: str) -> str:
    """An indicator's reference; refuses one that is not in the catalogue."""
    if ref not in catalogue():
        refuse(f"There is no indicator {ref}: `goldenthread indicators` lists them all.")
    return ref


def known_breakdowns(by: list[str] | None) -> list[str]:
    """The breakdowns asked for; refuses what is none, and one given twice."""
    found = by or []
    for name in found:
        if name not in BREAKDOWNS:
            refuse(f"--by {name} is no breakdown: choose from {', '.join(BREAKDOWNS)}.")
        if found.count(name) > 1:
            refuse(f"--by {name} is given twice: give each breakdown once.")
    return found


def figures(
    store: StoreOption,
    indicator: Annotated[
        list[str] | None, typer.Option(help="Reference, for example CP-03; again for more.")
    ] = None,
    by: Annotated[list[str] | None, typer.Option(help=" | ".join(BREAKDOWNS))] = None,
    every: Annotated[Every | None, typer.Option(help="The length of each period.")] = None,
    starts: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")] = None,
    ends: Annotated[str | None, typer.Option("--to", help="Last day; default: the as-at date.")] = None,
    records: RecordsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Work out indicators: numerator, denominator, unknown, value and status for each period."""
    kept, current, settings = opened(store)
    refs = None if not indicator else [known_ref(ref) for ref in indicator]
    breakdowns = known_breakdowns(by)
    try:
        series = periods(
            as_at_on=current.as_at_on,
            every=every,
            starts_on=day(starts, "--from"),
            ends_on=day(ends, "--to"),
            programme_starts_on=settings.programme_starts_on,
        )
        found = work_out(beside(kept, records), series, settings, refs=refs, by=breakdowns)
        columns = (*_BEFORE, *breakdowns, *_AFTER)
        show(columns, (_line(figure, breakdowns) for figure in found), form)
    except ValueError as error:
        refuse(str(error))


def _line(figure: Figure, by: list[str]) -> dict[str, object]:
    """A figure under the columns it is printed in."""
    line = {name: getattr(figure, name) for name in (*_BEFORE, *_AFTER) if not name.startswith("period_")}
    line |= {name: figure.breakdown.get(name) for name in by}
    value = figure.value
    return line | {
        "period_start": figure.period.starts_on,
        "period_end": figure.period.ends_on,
        # Rounded values keep their one decimal; counts have none.
        "value": None if value is None else f"{value:f}",
    }


def rows(
    ref: Annotated[str, typer.Argument(help="Reference of the indicator, for example CP-03.")],
    store: StoreOption,
    period: Annotated[str, typer.Option(help="YYYY-MM, or YYYY-MM-DD..YYYY-MM-DD.")],
    team: Annotated[str | None, typer.Option(help="Only rows of this reporting team.")] = None,
    not_met: Annotated[bool, typer.Option("--not-met", help="Only rows that miss the standard.")] = False,
    records: RecordsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the rows behind an indicator, with the reason each is counted as it is."""
    kept, current, settings = opened(store)
    known_ref(ref)
    loads, asked = beside(kept, records), _asked_period(period, current.as_at_on)
    try:
        found = (
            []
            if asked is None
            else list(rows_behind(loads, asked, settings, ref, team=team, not_met=not_met))
        )
    except NotComputable as error:
        typer.echo(str(error), err=True)
        found = []
    except ValueError as error:
        refuse(str(error))
    show(_ROWS, (_listed(row) for row in found), form)


def _asked_period(text: str, as_at_on: date) -> Period | None:
    """The period of `--period`, cut to the as-at date; None if it begins after that."""
    if re.fullmatch(r"\d{4}-\d{2}", text):
        first = day(f"{text}-01", "--period")
        last = first and first.replace(day=monthrange(first.year, first.month)[1])
    else:
        start, separator, end = text.partition("..")
        if not separator:
            refuse(f"--period {text!r} is neither YYYY-MM nor YYYY-MM-DD..YYYY-MM-DD.")
        first, last = day(start, "--period"), day(end, "--period")
    if first is None or last is None or last < first:
        refuse(f"--period {text!r} ends before it begins.")
    found = one_period(first, last, as_at_on)
    return found[0] if found else None


def _listed(row: Row) -> dict[str, object]:
    line = {name: getattr(row, name) for name in _ROWS if not name.startswith("period_")}
    return line | {"period_start": row.period.starts_on, "period_end": row.period.ends_on}
