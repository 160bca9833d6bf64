"""Does the library say what the oracle says? Differences of rows and of figures, in readable form.

The functions named library_* are all that knows the library: they run its command line in this process.
The wording of reason, title, code and note is not compared.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from tests.oracle.conventions import (
    CATALOGUE,
    RULES,
    Asked,
    Data,
    Row,
    attribution,
    figures,
    figures_from,
    half_away,
    rows,
)
from tests.oracle.days import Moment
from tests.oracle.extracts import TYPES, read
from tests.oracle.figures import is_rate
from tests.oracle.results import DENOMINATORS, DISTINCT

# How the columns of `figures --by` are called in the oracle's rows.
BREAKDOWNS = {"team": "team", "worker": "worker_id"}
FIGURE = ("period_end", "numerator", "denominator", "unknown", "value", "status")
ROW = (
    "period_start period_end team worker_id clock_start clock_stop working_days days status counted "
    "in_numerator numerator denominator met"
).split()

# Columns that the text leaves open for a part: they are not compared.
LEFT_OPEN = {
    ("SO-05", "rate"): {"status", "met"},
    ("QA-11", "upheld"): {"status"},
}


def every_ref() -> list[str]:
    """The indicators the oracle has a rule for, in catalogue order."""
    for module in iter_modules([str(Path(__file__).parent)]):
        if not module.name.startswith(("test_", "random_")):
            import_module(f"tests.oracle.{module.name}")
    return [ref for ref in CATALOGUE if ref in RULES]


def library_load(folder: Path, store: Path, as_at: date) -> None:
    """Load a folder of local extracts into a store."""
    from goldenthread.loading import load

    load([folder], as_at_on=as_at, store=store)


def library_settings(store: Path, parameters: dict) -> None:
    """Write the settings of a store: parameters, and timeliness_basis by indicator."""
    given = {"parameters": {k: v for k, v in parameters.items() if k != "timeliness_basis"}}
    given["timeliness_basis"] = parameters.get("timeliness_basis", {})
    lines = []
    for section, values in given.items():
        lines.append(f"[{section}]")
        lines += [f"{name} = {_toml(value)}" for name, value in values.items()]
    (store / "settings.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _toml(value) -> str:
    """A value as TOML writes it: as JSON does, but for tables and for lists of them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


def library_records(folder: Path, out: Path, authority: str) -> None:
    """Write native tables drawn as CSV as the library keeps them."""
    from goldenthread.records_writing import write_records

    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            table = path.stem
            drawn = [
                {c: _as_recorded(TYPES[table][c], v) for c, v in r.items()} for r in csv.DictReader(lines)
            ]
        write_records(out, table, drawn, authority=authority)


def _as_recorded(kind: str, text: str):
    value = read(kind, text)
    if isinstance(value, Moment):
        return value.local.replace(tzinfo=None) if value.is_timed else value.date
    return value


def library_rows(store: Path, ref: str, p0: date, p1: date, records: Path | None = None) -> list[dict]:
    """The lines of `goldenthread rows REF --format csv`."""
    asked = ["--store", str(store), "--period", f"{p0}..{p1}", "--format", "csv"]
    return _run("rows", ref, *asked, *_beside(records))


def _beside(records: Path | None) -> list[str]:
    return [] if records is None else ["--records", str(records)]


def library_figures(
    store: Path,
    refs: Sequence[str],
    p0: date,
    p1: date,
    every: str | None = None,
    by: Sequence[str] = (),
    records: Path | None = None,
) -> list[dict]:
    """The lines of `goldenthread figures --format csv`."""
    asked = ["--from", str(p0), "--to", str(p1), "--format", "csv", *_beside(records)]
    asked += [text for ref in refs for text in ("--indicator", ref)]
    asked += ["--every", every] if every else []
    asked += [text for name in by for text in ("--by", name)]
    return _run("figures", "--store", str(store), *asked)


def _run(*arguments: str) -> list[dict]:
    from typer.testing import CliRunner

    from goldenthread.cli import app

    result = CliRunner().invoke(app, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    if result.exit_code:
        raise AssertionError(
            f"goldenthread {' '.join(arguments)}\nexit code {result.exit_code}: {result.stderr}"
        )
    return list(csv.DictReader(io.StringIO(result.stdout)))


def printed(value) -> str:
    """A value of the oracle as outputs.md prints it, numbers without trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal | Fraction):
        return _plain(half_away(value, 4))
    return str(value)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _read(column: str, text: str) -> str:
    """A printed value of the library, brought to the same form."""
    is_number = column in ("numerator", "denominator", "value", "unknown", "working_days", "days")
    return _plain(half_away(Decimal(text), 4)) if is_number and text else text


# Rows


def row_differences(ref: str, expected: Iterable[Row], found: Iterable[dict]) -> list[str]:
    """What differs between the oracle's rows and the library's, a line each; empty where they agree.

    A row that is in no figure (excluded or without a status) is compared only where both have it.
    """
    ours, theirs = _grouped(expected), _grouped(found)
    differences = []
    for unit in sorted(set(ours) | set(theirs)):
        left, right = _unlike(unit[0], ours.get(unit, []), theirs.get(unit, []), ref)
        for a, b in zip(left, right, strict=False):
            columns = [c for c in _columns(ref, unit[0]) if a[c] != b[c]]
            said = "; ".join(f"{c}: oracle {a[c] or 'blank'}, library {b[c] or 'blank'}" for c in columns)
            differences.append(f"{_named(ref, unit)}: {said} [{b.get('reason', '')}]")
        for a in left[len(right) :]:
            if not _is_idle(a):
                differences.append(f"{_named(ref, unit)}: only in the oracle: {_shown(a)}")
        for b in right[len(left) :]:
            if not _is_idle(b):
                differences.append(f"{_named(ref, unit)}: only in the library: {_shown(b)}")
    return differences


def _grouped(lines: Iterable[dict]) -> dict[tuple, list[dict]]:
    """Rows as printed, by part, child and key; several rows may share them."""
    groups: dict[tuple, list[dict]] = {}
    for line in lines:
        text = {c: v if isinstance(v, str) else printed(v) for c, v in line.items()}
        text |= {c: _read(c, text[c]) for c in ("working_days", "days")}
        # A row that adds nothing may say 0 or nothing.
        text |= {c: _read(c, text[c]) or "0" for c in ("numerator", "denominator")}
        groups.setdefault((text["part"], text["child_id"], text["key"]), []).append(text)
    return groups


def _columns(ref: str, part: str) -> list[str]:
    return [c for c in ROW if c not in LEFT_OPEN.get((ref, part), ())]


def _unlike(part: str, ours: list[dict], theirs: list[dict], ref: str) -> tuple[list[dict], list[dict]]:
    """The rows of one unit that have no equal on the other side, in the order of their columns."""
    columns = _columns(ref, part)
    left, right = list(ours), list(theirs)
    for a in ours:
        equal = next((b for b in right if all(a[c] == b[c] for c in columns)), None)
        if equal is not None:
            left.remove(a)
            right.remove(equal)
    if len(left) != len(right):  # an idle row without a partner says nothing
        left = [a for a in left if not _is_idle(a)]
        right = [b for b in right if not _is_idle(b)]
    order = lambda row: [row[c] for c in columns]  # noqa: E731
    return sorted(left, key=order), sorted(right, key=order)


def _is_idle(row: dict) -> bool:
    return row["counted"] == "false" and row["in_numerator"] == "false" and row["status"] in ("", "excluded")


def _named(ref: str, unit: tuple) -> str:
    part, child, key = unit
    return f"{ref} {part or 'headline'}, child {child or 'none'}, key {key or 'none'}"


def _shown(row: dict) -> str:
    return ", ".join(f"{c} {row[c]}" for c in ROW if row[c] and not c.startswith("period"))


# Figures


def oracle_figures(
    ref: str, data: Data, series: Sequence[tuple[date, date]], as_at: date, parameters=None, by=()
) -> list[dict]:
    """The lines of `figures` for a series: a breakdown value seen in one period has a line in every one.

    Where nothing of the value falls in a period, its rows add nothing; a denominator that is no sum of
    rows (SO-05, rate) is what it is all the same: its children are counted, with or without an escalation.
    """
    columns = tuple(BREAKDOWNS[name] for name in by)
    lines = [line for p in series for line in figures(ref, data, *p, as_at, parameters, columns)]
    seen = {(line["part"], *(line[c] for c in columns)) for line in lines if _is_computable(line)}
    have = {(line["period_start"], line["part"], *(line[c] for c in columns)) for line in lines}
    for p0, p1 in series if by else ():
        whole = {line["part"]: line for line in figures(ref, data, p0, p1, as_at, parameters)}
        for part, *values in sorted(seen):
            if (p0, part, *values) in have or part not in whole or not _is_computable(whole[part]):
                continue
            asked = Asked(ref, data, p0, p1, as_at, parameters)
            empty = figures_from(ref, part, [], asked=asked, is_whole=False)
            if empty["status"] != "no_cases":
                empty["status"] = whole[part]["status"]
            head = {c: whole[part][c] for c in ("ref", "part", "period_start", "period_end")}
            lines.append({**head, **dict(zip(columns, values, strict=True)), **empty})
    return lines


def _is_computable(line: dict) -> bool:
    return line["status"] != "not_computable"


def figure_differences(expected: Iterable[dict], found: Iterable[dict], by: Sequence[str] = ()) -> list[str]:
    """What differs between the oracle's figures and the library's, a line each; empty where they agree."""
    ours = {_line_key(line, [BREAKDOWNS[name] for name in by]): line for line in expected}
    theirs = {_line_key(line, by): line for line in found}
    differences = []
    for key in sorted(set(ours) | set(theirs)):
        name = f"{key[0]} {key[1] or 'headline'}, {key[2]}{''.join(f', {value}' for value in key[3:])}"
        if key not in theirs:
            differences.append(f"{name}: only in the oracle: {_figure_shown(_ours(ours[key]))}")
        elif key not in ours and _is_idle_code(key, theirs[key], ours):
            continue
        elif key not in ours:
            differences.append(f"{name}: only in the library: {_figure_shown(_theirs(theirs[key]))}")
        else:
            a, b = _ours(ours[key]), _theirs(theirs[key])
            said = [
                f"{c}: oracle {a[c] or 'blank'}, library {b[c] or 'blank'}" for c in FIGURE if a[c] != b[c]
            ]
            if said:
                differences.append(f"{name}: {'; '.join(said)}")
    return differences


def sum_differences(found: Iterable[dict], listed: Iterable[dict], by: Sequence[str] = ()) -> list[str]:
    """Where figures are not what the rows that the library lists for them add up to; a line each.

    Medians have no numerator, and the denominator of a rate is a population: those are not sums.
    """
    columns = [BREAKDOWNS[name] for name in by]
    groups: dict[tuple, list[dict]] = {}
    for row in listed:
        groups.setdefault((row["part"], *(row[c] for c in columns)), []).append(row)
    differences = []
    for line in found:
        behind = groups.pop((line["part"], *(line[name] for name in by)), [])
        if line["status"] == "not_computable":
            continue
        sums = _added_up(line, behind)
        said = [
            f"{name}: {line[name]}, its {len(behind)} rows {printed(sums[name])}"
            for name in ("numerator", "denominator", "unknown")
            # Each row is printed to four decimals.
            if line[name] and abs(Decimal(line[name]) - sums[name]) * 20_000 > 1 + len(behind)
        ]
        if said:
            differences.append(f"{_line_key(line, by)}: {'; '.join(said)}")
    # An indicator that is placed nowhere has no lines by team, and rows without one.
    without = [key for key, rows in groups.items() if found and any(map(_is_counted, rows))]
    return differences + [f"{key}: rows that are counted, and no figure" for key in without]


def _added_up(line: dict, behind: Sequence[dict]) -> dict[str, Decimal]:
    """Numerator, denominator and unknown, from the rows."""
    part = (line["ref"], line["part"])
    sums = {
        name: sum((Decimal(row[name]) for row in behind), Decimal()) for name in ("numerator", "denominator")
    }
    if part in DISTINCT:
        sums["numerator"] = Decimal(
            len({(r["child_id"], r["key"]) for r in behind if r["in_numerator"] == "true"})
        )
    if part in DENOMINATORS or is_rate(*part):
        sums["denominator"] = Decimal(line["denominator"] or 0)
    if line["status"] == "no_cases":
        assert sums["denominator"] == 0
        sums["numerator"] = Decimal(line["numerator"] or 0)
    return {**sums, "unknown": Decimal(sum(row["status"] == "unknown" for row in behind))}


def _is_counted(row: dict) -> bool:
    return row["counted"] == "true" or row["in_numerator"] == "true" or row["status"] == "unknown"


def _is_idle_code(key: tuple, line: dict, ours: dict) -> bool:
    """A dynamic part that other periods of the series have; in this one nothing is in its numerator."""
    listed = [p["code"] for p in CATALOGUE[key[0]].get("parts", [])]
    is_dynamic = key[1] not in ("", *listed)
    is_known = any(other[:2] == key[:2] for other in ours)
    return is_dynamic and is_known and _read("numerator", line["numerator"]) in ("", "0")


def _line_key(line: dict, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(line[c] or "") for c in ("ref", "part", "period_start", *columns))


def _ours(line: dict) -> dict[str, str]:
    return {c: printed(line[c]) for c in FIGURE}


def _theirs(line: dict) -> dict[str, str]:
    return {c: _read(c, line[c]) for c in FIGURE}


def _figure_shown(line: dict[str, str]) -> str:
    return ", ".join(f"{c} {value}" for c, value in line.items() if value)


def differences(
    store: Path, data: Data, ref: str, p0: date, p1: date, as_at: date, parameters=None, records=None
) -> list[str]:
    """Everything that differs for one indicator and one period: figures, by team, by worker, and rows."""
    found = []
    for by in ((), ("team",), ("worker",)):
        if by and attribution(ref) is None:
            continue
        expected = oracle_figures(ref, data, [(p0, p1)], as_at, parameters, by)
        found += figure_differences(expected, library_figures(store, [ref], p0, p1, None, by, records), by)
    return found + row_differences(
        ref, rows(ref, data, p0, p1, as_at, parameters), library_rows(store, ref, p0, p1, records)
    )


def months(last: date, number: int) -> list[tuple[date, date]]:
    """The calendar months that end with the month of `last`, as first and last day."""
    found = []
    year, month = last.year, last.month
    for _ in range(number):
        first = date(year, month, 1)
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        found.append((first, date.fromordinal(following.toordinal() - 1)))
    return found[::-1]
