"""The rows behind a figure: who is behind this number, and why each is counted as it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from goldenthread.figures.figure import NOT_COMPUTABLE
from goldenthread.figures.judged import judged, met_when_counted
from goldenthread.figures.lines import Request
from goldenthread.figures.serving import Loads
from goldenthread.figures.work_out import requests_of
from goldenthread.figures.workings import Workings
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.indicators.part import Kind, Part, holds
from goldenthread.periods import Period
from goldenthread.populations.population import first_per
from goldenthread.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of rows: a row of the population as one part sees it (outputs spec, section 3)."""

    ref: str
    part: str
    period: Period
    child_id: str | None
    key: str | None
    team: str | None
    worker_id: str | None
    clock_start: date | str | None  # text where the clock starts at a time of day
    clock_stop: date | str | None
    working_days: int | None
    days: int | None
    status: str | None
    counted: bool
    in_numerator: bool
    numerator: Decimal
    denominator: Decimal
    met: bool | None
    reason: str


class NotComputable(Exception):
    """The indicator cannot be worked out from what is loaded; the message says what it needs."""


def rows(
    loads: Loads,
    period: Period,
    settings: Settings,
    ref: str,
    *,
    team: str | None = None,
    not_met: bool = False,
) -> Iterator[Row]:
    """Every row of every part of one indicator for one period, in the order of the outputs spec.

    Raises NotComputable, and LookupError if nothing is loaded or there is no such indicator.
    """
    lines = _listed(Workings(loads, [period], settings), period, ref)
    for line in lines:
        if team is not None and line.team != team:
            continue
        if not_met and not ((line.counted and line.met is False) or line.status == "unknown"):
            continue
        yield line


def rows_of(
    loads: Loads, period: Period, settings: Settings, refs: Sequence[str]
) -> Iterator[tuple[str, "list[Row] | NotComputable"]]:
    """The rows of several indicators for one period, what they share worked out once."""
    workings = Workings(loads, [period], settings)
    for ref in refs:
        try:
            yield ref, list(_listed(workings, period, ref))
        except NotComputable as why:
            yield ref, why


def _listed(workings: Workings, period: Period, ref: str) -> Iterator[Row]:
    definition = catalogue()[ref]
    requests, missing = requests_of(workings, definition)
    if not requests:
        raise NotComputable(missing[0].note if missing else f"{NOT_COMPUTABLE}: needs {definition.needs}")
    for load, request, _numbers in requests:
        key = f"rows:{ref}:{request.part.code}:{request.route.profile}"
        found = workings.run(load).read(lambda r=request: _selected(r), key).to_pylist()
        yield from sorted((_row(request, period, row) for row in found), key=_order)


def _order(row: Row) -> Sequence[str]:
    return (row.team or "", row.worker_id or "", row.child_id or "", row.key or "")


def _selected(request: Request) -> ir.Table:
    """The part's rows with what is printed of them."""
    part, definition = request.part, request.definition
    table = part.of.table
    row = judged(part, definition)
    printed: dict[str, ir.Value] = {
        "child_id": table.child_id,
        "key": _key(part),
        "team": table.team,
        "worker_id": table.worker_id,
        "clock_start": _or_null(part.clock_start, "date"),
        "clock_stop": _or_null(part.clock_stop, "date"),
        "status": row.status,
        "because": row.because,
        "counted": row.counted,
        "in_numerator": row.in_numerator,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "met": met_when_counted(definition, row.in_numerator),
    }
    if part.clock is not None and part.elapsed is not None:
        unit = ibis.literal(part.clock) if isinstance(part.clock, str) else part.clock
        for name in ("working_days", "days"):
            printed[name] = (unit == name).ifelse(part.elapsed.cast("int64"), ibis.null("int64"))
    printed |= {f"told_{name}": value for name, value in part.told.items()}
    inside = table if part.where is None else table.filter(holds(part.where))
    selected = inside.select(**printed)
    if part.distinct is None:
        return selected
    selected = selected.filter(selected.child_id.notnull() | selected.key.notnull())
    # One row for each child (or worker) in each place where it is counted once.
    by = ["child_id" if part.distinct == "child_id" else "key", "team", "worker_id"]
    return first_per(selected, *by, order=[ibis.desc(selected.in_numerator), selected.key])


def _key(part: Part) -> ir.StringValue:
    """The key of the unit counted: where each child counts once that is the child, with no other key."""
    if part.distinct is None:
        return part.of.table.key
    return ibis.literal("") if part.distinct == "child_id" else part.of.table[part.distinct]


def _or_null(value: ir.Value | None, kind: str) -> ir.Value:
    return ibis.null(kind) if value is None else value


def _row(request: Request, period: Period, row: Mapping[str, object]) -> Row:
    part, definition = request.part, request.definition
    is_judged = part.is_judged and part.kind not in (Kind.MEAN, Kind.STATISTIC)
    has_place = definition.attribution is not None
    return Row(
        ref=definition.ref,
        part=part.code,
        period=period,
        child_id=row["child_id"],
        key=row["key"] or None,
        team=row["team"] if has_place else None,
        worker_id=row["worker_id"] if has_place else None,
        clock_start=row["clock_start"],
        clock_stop=row["clock_stop"],
        working_days=row.get("working_days"),
        days=row.get("days"),
        status=row["status"],
        counted=row["counted"],
        in_numerator=row["in_numerator"],
        numerator=row["numerator"],
        denominator=row["denominator"] if part.has_denominator and part.whole is None else Decimal(0),
        met=row["met"] if row["counted"] and is_judged else None,
        reason=_reason(part, definition, row),
    )


def _reason(part: Part, definition: Definition, row: Mapping[str, object]) -> str:
    """One sentence in words."""
    if row["because"]:
        return str(row["because"])
    words = {**_WORDS, **part.words}
    status = str(row["status"] or "")
    if not status:
        status = "counted" if row["counted"] or row["in_numerator"] else "not_counted"
    told = {name: row[f"told_{name}"] for name in part.told}
    known = {name: row.get(name) for name in _PLACEHOLDERS} | told
    known = {name: "?" if value is None else value for name, value in known.items()}
    known["elapsed"] = _elapsed(row)
    return words[status].format(**known, limit=definition.rule.get("limit", ""))


def _elapsed(row: Mapping[str, object]) -> str:
    """How long, with its unit: `1 working day`, `3 days`."""
    for name in ("working_days", "days"):
        if row.get(name) is not None:
            unit = name.replace("_", " ")
            return f"1 {unit.removesuffix('s')}" if row[name] == 1 else f"{row[name]} {unit}"
    return "an unknown time"


_PLACEHOLDERS = ("working_days", "days", "clock_start", "clock_stop")

_WORDS = {
    "in_time": "Done by {clock_stop}, within the limit.",
    "late": "Done on {clock_stop}, over the limit.",
    "overdue": "Not done, and over the limit.",
    "met": "Meets the standard.",
    "not_met": "Does not meet the standard.",
    "excluded": "Excluded by the rule.",
    "not_due": "Not yet due.",
    "unknown": "Cannot be judged.",
    "counted": "Counted.",
    "not_counted": "Not counted.",
}
