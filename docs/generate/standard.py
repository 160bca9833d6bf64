"""One page per table of the data standard: every column, what it means and where it comes from."""

from collections.abc import Iterable, Mapping
from importlib.resources import files

from docs.generate.markdown import page, table
from goldenthread.records import INSTEAD_OF_EXTRACTS
from goldenthread.standard import (
    Column,
    Table,
    code_labels,
    code_years,
    native_tables,
    recorded_tables,
    standard_tables,
)

_TYPES = {
    "text": "Text.",
    "code": "One code of the code set named; stored without a letter prefix or label.",
    "code_list": "Several codes of the code set named, separated by semicolons in a CSV file.",
    "integer": "A whole number.",
    "decimal": "A number with up to four decimals, kept exactly.",
    "boolean": "`true` or `false`.",
    "date": "A day, `YYYY-MM-DD`.",
    "date_or_month": "A day or a month, `YYYY-MM-DD` or `YYYY-MM`; a month is kept as its first day.",
    "month": "A month, `YYYY-MM`; kept as its first day.",
    "datetime": "A day with its time, `YYYY-MM-DDTHH:MM`, or the day alone where no time is known.",
}
_RETURNS = {
    "annex_a": "Annex A (Ofsted's child-level data for an inspection)",
    "cin": "Children in need census",
    "ssda903": "SSDA903 (children looked after)",
    "workforce": "Children's social work workforce census",
}


def standard_pages() -> Mapping[str, str]:
    """Every page of docs/standard, by file name."""
    tables = {**standard_tables(), **native_tables(), **recorded_tables()}
    pages = {f"{name}.md": _table_page(found) for name, found in tables.items()}
    return pages | {"README.md": _index(), "codes.md": _codes()}


def _table_page(found: Table) -> str:
    facts = [("One row is", found.grain), ("Key", ", ".join(f"`{name}`" for name in found.key))]
    if found.file:
        facts.append(("File", f"`{found.file}`"))
    if found.expected_size:
        facts.append(("Expected size", found.expected_size))
    if found.event_column:
        facts.append(("Dated by", f"`{found.event_column}`"))
    if found.kind_column:
        facts.append(("Kinds in", f"`{found.kind_column}`: a kind that was not supplied is not zero"))
    heads = ("Column", "Type", "Required", "Meaning", "Codes", "Where it comes from")
    return page(
        f"`{found.name}`",
        found.about,
        table(("", ""), facts),
        table(heads, (_column_row(found, column) for column in found.columns)),
        "What the types mean, and what every row also carries: [the index](README.md).",
    )


def _column_row(found: Table, column: Column) -> tuple[str, ...]:
    required = "key" if column.name in found.key else ("yes" if column.required else "")
    codes = f"[{column.codes}](codes.md#{column.codes})" if column.codes else ""
    meaning = column.meaning
    if column.from_year or column.to_year:
        meaning += f" ({_years(column.from_year, column.to_year)}.)"
    return (f"`{column.name}`", column.type, required, meaning, codes, "; ".join(column.sources))


def _years(first: int | None, last: int | None) -> str:
    if first and last:
        return f"Collected in {first}" if first == last else f"Collected from {first} to {last}"
    return f"Collected from {first}" if first else f"Collected until {last}"


def _index() -> str:
    native: dict[str, list[Table]] = {words: [] for words in _RETURNS.values()}
    for found in native_tables().values():
        start = next(start for start in _RETURNS if found.name.startswith(start))
        native[_RETURNS[start]].append(found)
    blocks = [
        "Rules and indicators are worked out on the **standard tables**: the CSV files of the local "
        "extracts, filled as far as possible from the statutory returns. Each return is also kept "
        "as it was delivered, in **tables of its own**. `goldenthread standard` prints the same, and "
        "`goldenthread standard --templates FOLDER` writes an empty CSV file per standard table.",
        "## Standard tables",
        _list_of(standard_tables().values()),
    ]
    for words, tables in native.items():
        blocks += [f"## {words}", _list_of(tables)]
    instead = " and ".join([", ".join(_linked(INSTEAD_OF_EXTRACTS[:-1])), *_linked(INSTEAD_OF_EXTRACTS[-1:])])
    blocks += [
        "## Tables that no council delivers",
        "What people write in the service becomes figures through these. They stand beside a load as a "
        "folder with one Parquet file per table, with the columns of its page and those of every row; "
        "`goldenthread.records_writing` writes them, and `figures`, `rows` and `scorecard` read them with "
        "`--records FOLDER`. A table without a file was not supplied: its indicators are not computable. A "
        "date after the as-at date of a load is not known to it, save those of what is planned or promised: "
        "`due_on`, `scheduled_on`. The folder may also hold "
        f"{instead}: they are read where the extract was not delivered.",
        _list_of(recorded_tables().values()),
    ]
    return page(
        "The data standard",
        *blocks,
        "## Types",
        table(("Type", "What it holds"), ((f"`{name}`", words) for name, words in _TYPES.items())),
        "## In every row",
        "Every row carries `authority` (code of the council) and where it was read: `from_source`, "
        "`from_file`, `from_sheet`, `from_row`. A `datetime` column `x_at` has two companions: "
        "`x_at_is_timed` (was a time given?) and `x_at_utc` (the instant, for limits in hours).",
        "Codes and their labels: [code sets](codes.md).",
    )


def _linked(names: Iterable[str]) -> list[str]:
    return [f"[`{name}`]({name}.md)" for name in names]


def _list_of(tables: Iterable[Table]) -> str:
    rows = ((f"[`{found.name}`]({found.name}.md)", found.about, len(found.columns)) for found in tables)
    return table(("Table", "What it holds", "Columns"), rows)


def _codes() -> str:
    users: dict[str, list[str]] = {}
    for found in (*standard_tables().values(), *native_tables().values(), *recorded_tables().values()):
        for column in found.columns:
            if column.codes:
                users.setdefault(column.codes, []).append(f"[{found.name}.{column.name}]({found.name}.md)")
    blocks = []
    for name in _code_sets():
        used = ", ".join(users.get(name, [])) or "readers of the returns only"
        blocks += [f"## {name}", f"Used by: {used}.", _code_table(name)]
    return page("Code sets", "Each code set is one CSV file in `goldenthread/standard/codes`.", *blocks)


def _code_sets() -> list[str]:
    folder = files("goldenthread.standard") / "codes"
    return sorted(
        entry.name.removesuffix(".csv") for entry in folder.iterdir() if entry.name.endswith(".csv")
    )


def _code_table(name: str) -> str:
    years = code_years(name)
    if any(first or last for first, last in years.values()):
        rows = ((f"`{code}`", label, _span(*years[code])) for code, label in code_labels(name).items())
        return table(("Code", "Label", "Collected"), rows)
    return table(("Code", "Label"), ((f"`{code}`", label) for code, label in code_labels(name).items()))


def _span(first: int | None, last: int | None) -> str:
    return "" if not (first or last) else _years(first, last).removeprefix("Collected ")
