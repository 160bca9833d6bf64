"""`publish` and `restated`: freeze figures, and say later what has changed of them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from goldenthread.commands.figures import (
    FormatOption,
    RecordsOption,
    StoreOption,
    beside,
    day,
    known_breakdowns,
    known_ref,
    opened,
)
from goldenthread.commands.printing import Format, refuse, show
from goldenthread.figures.breakdowns import BREAKDOWNS
from goldenthread.figures.publication import Asked, NotPublished, check_name, read
from goldenthread.figures.publication import publish as publish_figures
from goldenthread.figures.restatement import Difference, causes, differences, published_periods
from goldenthread.figures.work_out import figures as work_out
from goldenthread.periods import Every, periods
from goldenthread.records import Records

_SIDES = ("numerator", "denominator", "unknown", "value", "status")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("publish")(publish)
    app.command("restated")(restated)


def publish(
    name: Annotated[str, typer.Argument(help="Name of the publication, for example 'Board March 2018'.")],
    store: StoreOption,
    on: Annotated[str, typer.Option("--on", help="The day of the publication, YYYY-MM-DD.")],
    every: Annotated[
        Every | None, typer.Option(help="Twelve periods of this length; default: one month.")
    ] = None,
    indicator: Annotated[
        list[str] | None, typer.Option(help="Reference; again for more. Default: all.")
    ] = None,
    by: Annotated[list[str] | None, typer.Option(help=" | ".join(BREAKDOWNS))] = None,
    for_public: Annotated[
        bool, typer.Option("--public", help="Also write public.csv, with small numbers hidden.")
    ] = False,
    round_to_five: Annotated[
        bool, typer.Option("--round-to-5", help="With --public: round what is shown to the nearest 5.")
    ] = False,
    records: RecordsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Freeze figures under a name: they stay as they are, with everything that is behind them."""
    kept, current, settings = opened(store)
    loads, breakdowns = beside(kept, records), known_breakdowns(by)
    if round_to_five and not for_public:
        refuse("--round-to-5 needs --public: the figures themselves are never rounded.")
    asked = Asked(
        on=day(on, "--on") or date.min,
        every=None if every is None else every.value,
        indicators=tuple(known_ref(ref) for ref in indicator or ()),
        by=tuple(breakdowns),
    )
    try:
        check_name(store, name)
        last = min(asked.on, current.as_at_on)
        series = periods(
            as_at_on=last, every=every, ends_on=last, programme_starts_on=settings.programme_starts_on
        )
        refs = list(asked.indicators) or None
        found = list(work_out(loads, series, settings, refs=refs))
        if asked.by:
            found += work_out(loads, series, settings, refs=refs, by=asked.by)
        made, warnings = publish_figures(
            store,
            name,
            found,
            asked,
            settings,
            kept.loads(),
            records=digest_of(records),
            for_public=for_public,
            round_to=5 if round_to_five else None,
        )
    except ValueError as error:
        refuse(str(error))
    for warning in warnings:
        typer.echo(warning, err=True)
    line = {"publication": name, "figures": made.manifest["figures"], "folder": made.folder}
    show(tuple(line), [line], form)
    typer.echo(f"{line['figures']:,} figures were published in {made.folder}.", err=True)


def restated(
    name: Annotated[str, typer.Argument(help="Name of the publication.")],
    store: StoreOption,
    records: RecordsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List what the present load gives otherwise than was published. Exit code 1 where it differs much."""
    kept, current, settings = opened(store)
    loads = beside(kept, records)
    try:
        publication = read(store, name)
        then = publication.figures()
        refs = list(dict.fromkeys(figure.ref for figure in then))
        series = published_periods(then)
        if series and series[-1].ends_on > current.as_at_on:
            refuse(
                f"{name} goes to {series[-1].ends_on}; the load in force is as at {current.as_at_on}: "
                "load later data."
            )
        now = list(work_out(loads, series, settings, refs=refs))
        if publication.asked.by:
            now += work_out(loads, series, settings, refs=refs, by=publication.asked.by)
        found = differences(then, now)
        for sentence in causes(publication, settings, kept.loads(), digest_of(records)):
            typer.echo(sentence, err=True)
    except NotPublished as error:
        refuse(str(error))
    except ValueError as error:
        refuse(f"{name} cannot be compared: {error}")
    by = publication.asked.by
    sides = [f"{side}_{name}" for side in ("published", "present") for name in _SIDES]
    columns = ("ref", "part", "title", *by, "period_start", "period_end", *sides, "is_flagged")
    show(columns, (_line(one, by) for one in found), form)
    flagged = sum(one.is_flagged for one in found)
    typer.echo(
        f"{len(found):,} of {len(then):,} figures differ; {flagged:,} by more than 1 percentage point "
        "or 5 children, or in whether there is a figure.",
        err=True,
    )
    if flagged:
        raise typer.Exit(1)


def digest_of(folder: Path | None) -> str | None:
    """The hash of a folder of records; None where none is named."""
    return None if folder is None else Records.open(folder).digest


def _line(one: Difference, by: tuple[str, ...]) -> dict[str, object]:
    line = one.line
    found: dict[str, object] = {"ref": line.ref, "part": line.part, "title": line.title}
    found |= {name: line.breakdown.get(name, "") for name in by}
    found |= {"period_start": line.period.starts_on, "period_end": line.period.ends_on}
    for side, figure in (("published", one.published), ("present", one.present)):
        found |= {f"{side}_{name}": None if figure is None else getattr(figure, name) for name in _SIDES}
    return found | {"is_flagged": one.is_flagged}
