"""`worked_example`: an indicator's rows, drawn as a table, with the expected answer and why.

The same tables are the worked examples of the generated docs: `--examples-out FILE` collects them.
"""

import inspect
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from goldenthread.commands.printing import cell
from goldenthread.figures.figure import Figure
from goldenthread.figures.listing import rows as rows_behind
from goldenthread.figures.work_out import figures
from goldenthread.indicators.catalogue import catalogue
from goldenthread.periods import Period
from goldenthread.settings import Settings
from goldenthread.standard import native_tables, recorded_tables, standard_tables
from tests.builders import EARLY, ALoad, drawn
from tests.conftest import COLLECTED

ANSWERS = ("part", "counted", "met", "status", "key", "team", "because")


def yes_or_no(value: bool | None) -> str:
    return "" if value is None else ("yes" if value else "no")


@pytest.fixture
def worked_example(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., None]:
    """Check an indicator row by row, and that its figure is the sum of those rows.

    `table` is the table that `rows` draws, with the answers beside it: `counted` (yes, no; blank:
    the row is outside the population), `met` (yes, no, unknown, blank) and `because`; `status`,
    `key` and `team` are checked where drawn. Rows are matched on child_id, and on `key` if drawn.
    `also` draws the other tables. A column in `without` counts as not supplied ("table.column").
    `starts_on` says where the history of a file starts, if that matters. `figure` is numerator,
    denominator and unknown; `value` is as printed.
    """

    def check(
        ref: str,
        *,
        period: str,
        table: str,
        rows: str,
        part: str = "",
        also: dict[str, str] | None = None,
        as_at: str | None = None,
        settings: Settings | None = None,
        without: tuple[str, ...] = (),
        starts_on: dict[str, str] | None = None,
        figure: tuple[object, object, int] | None = None,
        value: str | None = None,
    ) -> None:
        starts, _, ends = (day.strip() for day in period.partition(" to "))
        first, last = date.fromisoformat(starts), date.fromisoformat(ends or starts)
        as_at_on = date.fromisoformat(as_at) if as_at else last
        load = ALoad(tmp_path, as_at_on)
        for name, text in {table: rows, **(also or {})}.items():
            left_out = frozenset(what.partition(".")[2] for what in without if what.startswith(f"{name}."))
            load.add(name, text, without=left_out, starts_on=(starts_on or {}).get(name, EARLY))
        asked = Period(first, min(last, as_at_on), last)
        given = settings or Settings()
        found = [row for row in rows_behind(load, asked, given, ref) if row.part == part]
        # A table may have a column of its own called status: then it is no answer.
        known = {**standard_tables(), **native_tables(), **recorded_tables()}[table].column
        _check_rows(ref, drawn(rows), found, left_out={"status"} & set(known))
        worked_out = [f for f in figures(load, [asked], given, refs=[ref]) if f.part == part]
        assert len(worked_out) == 1, f"{ref}: one line of figures expected, {len(worked_out)} found"
        line = worked_out[0]
        if line.numerator is not None:
            assert line.numerator == sum(row.numerator for row in found)
        if line.denominator is not None and not catalogue()[ref].is_rate:
            assert line.denominator == sum(row.denominator for row in found)
        assert line.unknown == sum(row.status == "unknown" for row in found)
        if figure is not None:
            assert (line.numerator, line.denominator, line.unknown) == figure
        if value is not None:
            assert str(line.value) == value
        COLLECTED.append(
            {
                "ref": ref,
                "part": part,
                "name": request.function.__name__,
                "period": period,
                "as_at": as_at,
                "settings": {
                    **given.parameters,
                    **{f"timeliness_basis.{r}": b for r, b in given.timeliness_basis.items()},
                },
                "without": list(without),
                "tables": {
                    name: inspect.cleandoc(text) for name, text in {table: rows, **(also or {})}.items()
                },
                "figure": _printed(line),
            }
        )

    return check


def _printed(line: Figure) -> dict[str, object]:
    return {name: cell(getattr(line, name)) for name in ("numerator", "denominator", "unknown", "status")} | {
        "value": "" if line.value is None else f"{line.value:f}"
    }


def _check_rows(ref: str, expected: list[dict[str, str]], found: list[object], left_out: set[str]) -> None:
    inside = [line for line in expected if line.get("counted")]
    assert len(found) == len(inside), (
        f"{ref}: {len(inside)} rows drawn as inside the population, found "
        f"{[(row.child_id, row.key, row.status) for row in found]}"
    )
    left = list(found)
    for line in inside:
        assert line["because"], f"say why: {line}"
        matches = [row for row in left if _is_row(line, row)]
        assert matches, f"{ref}: no row like {line} among {[(r.child_id, r.key, r.status) for r in left]}"
        row = matches[0]
        left.remove(row)
        met = "unknown" if row.status == "unknown" else yes_or_no(row.met)
        answer = {"counted": yes_or_no(row.counted), "met": met, "status": row.status, "team": row.team}
        for name, value in answer.items():
            if name in line and name not in left_out:
                assert (value or "") == line[name], f"{ref}: {name} of {line} is {value!r}: {row.reason}"


def _is_row(line: dict[str, str], row: object) -> bool:
    child, key = line.get("child_id"), line.get("key")
    if not key:
        return not child or child == row.child_id
    # Families, workers and posts are no child's. A key of several columns is drawn with "/": "|" parts cells.
    return key == (row.key or "").replace("|", "/") and (not child or row.child_id in (None, child))
