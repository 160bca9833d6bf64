"""What was every sheet and heading taken for, why, and what does a person's correction make of it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldenthread.ingest.annex_a import columns_of_lists, mapping_of
from goldenthread.ingest.extract import Refused as NotReadable
from goldenthread.ingest.recognition import recognise
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.extracts.kept_files import as_delivered
from goldenthread_web.extracts.models import LoadRun
from goldenthread_web.extracts.queries import load_in_store

NOT_READ = ""  # the choice of leaving a sheet or heading out

_WHY = {
    "exact": "word for word",
    "later layout": "word for word, in a later layout",
    "alias": "another wording that is known",
    "fuzzy": "spelt almost so",
    "given": "as corrected by a person",
    "not matched": "not matched",
    "missing": "no heading was taken for this column",
    "number in the title": "the number in its title",
    "name in the title": "the name in its title",
    "headings": "its headings",
    "not a list": "not a list",
    "sheet of the template": "a sheet of the template that holds no children",
}
_CERTAIN = ("exact", "later layout", "alias", "given")


@dataclass(frozen=True)
class Heading:
    """One heading of a sheet: what it was taken for, and what it could be."""

    field: str
    place: str
    heading: str
    column: str
    why: str
    is_certain: bool


@dataclass
class Sheet:
    """One sheet and its headings."""

    field: str
    file: str
    title: str
    number: int | None
    header_row: int | None
    why: str
    choices: list[tuple[str, str]] = field(default_factory=list)  # of its headings
    headings: list[Heading] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # official headings of columns not found

    @property
    def certain(self) -> list[tuple["Sheet", Heading]]:
        """Headings that were matched word for word, or as a person said."""
        return [(self, one) for one in self.headings if one.is_certain]


@dataclass(frozen=True)
class Report:
    """The mapping report of a run: lines as the library gives them, and as a page shows them."""

    lines: list[dict[str, Any]]
    sheets: list[Sheet]
    others: list[tuple[str, str, str]]  # file, what it was taken for, why
    problem: str = ""

    @property
    def in_doubt(self) -> list[tuple[Sheet, Heading]]:
        """Headings that were not matched, or not word for word."""
        return [(sheet, one) for sheet in self.sheets for one in sheet.headings if not one.is_certain]

    @property
    def lists(self) -> list[tuple[str, str]]:
        """What a sheet may be taken for."""
        return [(NOT_READ, "Not a list: leave it out"), *[(str(n), f"List {n}") for n in columns_of_lists()]]


def report_of(run: LoadRun) -> Report:
    """The mapping report: of the load that was made, else of the files themselves while they are kept."""
    lines: list[dict[str, Any]] = []
    for made in run.loads.all():
        load = load_in_store(made)
        lines += [] if load is None else load.mapping()
    if lines or run.delivery.files_deleted_at is not None:
        return _report(lines)
    try:
        with as_delivered(run.delivery) as folder:
            found = [line for paths in recognise([folder]).of("annex_a") for line in _of_files(paths, run)]
        return _report(found)
    except NotReadable as refusal:
        return Report([], [], [], str(refusal))


def _of_files(paths: Any, run: LoadRun) -> list[dict[str, Any]]:
    return mapping_of(paths, run.mapping or ())


def _report(lines: list[dict[str, Any]]) -> Report:
    sheets: dict[tuple[str, str], Sheet] = {}
    others = []
    for number, line in enumerate(lines):
        if "kind" not in line:
            others.append(_other(line))
            continue
        place = (str(line["file"]), str(line["sheet"]))
        if line["kind"] == "sheet":
            sheets[place] = _sheet(f"sheet-{number}", line)
        elif line.get("heading"):
            sheets[place].headings.append(_heading(f"column-{number}", line))
        else:
            sheets[place].missing.append(str(line["official"]))
    return Report(lines, list(sheets.values()), others)


def _other(line: Mapping[str, Any]) -> tuple[str, str, str]:
    if "precision" in line:
        what = f"{line['table']}, column {line['column']}".replace("_", " ")
        return str(line["file"]), what, f"read as a {line['precision']}"
    return str(line["file"]), str(line.get("table") or "").replace("_", " "), str(line.get("why") or "")


def _sheet(name: str, line: Mapping[str, Any]) -> Sheet:
    number = line["list"]
    choices = [(NOT_READ, "Nothing: leave it out")]
    if number is not None:
        choices += list(columns_of_lists()[number].items())
    why = _WHY.get(str(line["matched_by"]), str(line["matched_by"]))
    note = f": {line['note']}" if line.get("note") else ""
    return Sheet(name, str(line["file"]), str(line["sheet"]), number, line["header_row"], why + note, choices)


def _heading(name: str, line: Mapping[str, Any]) -> Heading:
    why = _WHY.get(str(line["matched_by"]), str(line["matched_by"]))
    note = f": {line['note']}" if line.get("note") else ""
    return Heading(
        field=name,
        place=str(line["position"] or ""),
        heading=str(line["heading"]),
        column=str(line["column"] or NOT_READ),
        why=why + note,
        is_certain=line["matched_by"] in _CERTAIN,
    )


def corrected(lines: Sequence[Mapping[str, Any]], given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The mapping with a person's choices; Refused where nothing was changed or two headings are one column.

    What was changed now or before is given back, and the other headings of its sheet with it; sheets that
    nobody touched are matched again, and so are the headings of a sheet that became another list.
    """
    numbered = [(number, line) for number, line in enumerate(lines) if "kind" in line]
    chosen = {number: _chosen(number, line, given) for number, line in numbered}
    if all(chosen[number] == dict(line) for number, line in numbered):
        raise Refused("Nothing was changed: choose what a sheet or heading should be taken for.")
    sheets = {_place(line): (number, line) for number, line in numbered if line["kind"] == "sheet"}
    kept = []
    for place, (number, line) in sheets.items():
        if chosen[number]["list"] == line["list"] and chosen[number]["header_row"] == line["header_row"]:
            columns = [(n, one) for n, one in numbered if one["kind"] == "column" and _place(one) == place]
            if any(chosen[n] != dict(one) or one["matched_by"] == "given" for n, one in columns):
                kept += [chosen[n] for n, one in columns if one.get("heading")]
            if line["matched_by"] == "given":
                kept.append(chosen[number])
        else:
            kept.append(chosen[number])
    _refuse_twice(kept)
    return kept


def _place(line: Mapping[str, Any]) -> tuple[str, str]:
    return str(line["file"]), str(line["sheet"])


def _chosen(number: int, line: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """A line with what a person chose for it."""
    if line["kind"] == "sheet":
        return dict(line) | _chosen_sheet(f"sheet-{number}", line, given)
    if line.get("heading") and f"column-{number}" in given:
        return dict(line) | {"column": given[f"column-{number}"] or None}
    return dict(line)


def _chosen_sheet(name: str, line: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    if name not in given:
        return {"list": line["list"], "header_row": line["header_row"]}
    number, row = given[name], given.get(f"{name}-row", str(line["header_row"] or "")).strip()
    if number and (not number.isdecimal() or int(number) not in columns_of_lists()):
        raise Refused(f"There is no list {number}: choose one of lists 1 to 11 for sheet {line['sheet']}.")
    if row and not row.isdecimal():
        raise Refused(f"The row of the headings of sheet {line['sheet']} must be a number, not {row[:20]!r}.")
    return {"list": int(number) if number else None, "header_row": int(row) if row else None}


def _refuse_twice(lines: Sequence[Mapping[str, Any]]) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for line in lines:
        if line["kind"] != "column" or not line.get("heading") or not line.get("column"):
            continue
        place = (str(line["file"]), str(line["sheet"]), str(line["column"]))
        if place in seen:
            raise Refused(
                f"On sheet {line['sheet']} both {seen[place]!r} and {line['heading']!r} are taken for one "
                "column: leave one of them out."
            )
        seen[place] = str(line["heading"])
