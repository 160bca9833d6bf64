"""Short forms for the hand-worked examples: one month, and what became of each row."""

from datetime import date

from tests.oracle.conventions import Data, figures, rows

P0, P1 = date(2017, 12, 1), date(2017, 12, 31)  # Sunday; 25 and 26 December are bank holidays


def verdicts(ref: str, data: Data, part: str = "", parameters=None, p0=P0, p1=P1, as_at=P1) -> dict[str, str]:
    """key, or child_id where the unit is the child -> status, with + in the numerator, - in the denominator
    only, nothing where the row is in neither."""
    found = {}
    for row in rows(ref, data, p0, p1, as_at, parameters):
        if row["part"] == part:
            mark = "+" if row["in_numerator"] else "-" if row["counted"] else ""
            name = row["key"] or row["child_id"]
            assert name not in found, f"two rows for {name}"
            found[name] = (row["status"] or "") + mark
    return found


def figure(ref: str, data: Data, part: str = "", parameters=None, p0=P0, p1=P1, as_at=P1) -> tuple:
    """(numerator, denominator, unknown, value, status) of one part, as text and whole numbers."""
    (line,) = [f for f in figures(ref, data, p0, p1, as_at, parameters) if f["part"] == part]
    value = None if line["value"] is None else float(line["value"])
    return line["numerator"], line["denominator"], line["unknown"], value, line["status"]
