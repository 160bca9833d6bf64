"""What must be said about sheets and headings: what is missing, doubtful, or not read?"""

from goldenthread.ingest.annex_a.faults import column_letters
from goldenthread.ingest.annex_a.headings import LISTS, table_of
from goldenthread.ingest.annex_a.matching import SheetMatch
from goldenthread.ingest.annex_a.row_findings import SOURCE, sheet_name
from goldenthread.ingest.extract import Finding, Severity


def matching_findings(file: str, match: SheetMatch) -> list[Finding]:
    """Everything that must be said about how a sheet was matched; required columns are loud."""
    if match.problem:
        text = f"Sheet {match.title} was not read: {match.problem}. Say in the mapping what it is."
        return [_finding(file, match, "R03", Severity.ERROR, text)]
    if match.number is None:
        if match.matched_by == "not a list":
            text = f"Sheet {match.title} is none of the lists of Annex A and was not read."
            return [_finding(file, match, "R03", Severity.INFO, text)]
        return []
    return [*_missing(file, match), *_doubtful(file, match)]


def _missing(file: str, match: SheetMatch) -> list[Finding]:
    columns = table_of(match.number or 0).column
    found = []
    for name in match.missing:
        heading, required = columns[name].header, columns[name].required
        text = f"List {match.number} has no column {heading}: it counts as not supplied."
        if name == next(iter(columns)):
            text = f"List {match.number} has no column {heading}: it was not read. Correct its headings."
        elif required:
            text = f"List {match.number} has no column {heading}: nothing that hangs on it can be worked out."
        severity = Severity.ERROR if required else Severity.WARNING
        found.append(_finding(file, match, "R03", severity, text, name))
    return found


def _doubtful(file: str, match: SheetMatch) -> list[Finding]:
    columns = table_of(match.number or 0).column
    found, extra = [], []
    for heading in match.headings:
        place = f"Column {column_letters(heading.position)} of list {match.number}, {heading.heading},"
        if heading.matched_by == "fuzzy" and heading.column:
            text = f"{place} was read as {columns[heading.column].header}: correct the mapping if it is not."
            found.append(_finding(file, match, "misspelt_heading", Severity.INFO, text, heading.column))
        elif heading.column is None and heading.note:
            text = f"{place} {heading.note}; it was not read."
            found.append(_finding(file, match, "R03", Severity.WARNING, text))
        elif heading.column is None:
            extra.append(f"{heading.heading} ({column_letters(heading.position)})")
    if extra:
        which = ", ".join(extra)
        text = f"List {match.number} has columns Annex A does not know, which were not read: {which}."
        found.append(_finding(file, match, "R03", Severity.INFO, text))
    return found


def missing_lists(file: str, found: set[int]) -> list[Finding]:
    """The lists a workbook does not hold."""
    absent = [str(number) for number in LISTS if number not in found]
    if not absent:
        return []
    text = f"{file} has no list {', '.join(absent)}: not supplied, which is not the same as empty."
    return [
        Finding(rule="R12", severity=Severity.WARNING, message=text, source=SOURCE, file=file),
    ]


def _finding(
    file: str, match: SheetMatch, rule: str, severity: Severity, text: str, column: str | None = None
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=text,
        source=SOURCE,
        file=file,
        sheet=sheet_name(match.number) if match.number else match.title,
        table=f"annex_a_list_{match.number}" if match.number else None,
        column=column,
    )
