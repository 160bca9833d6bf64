"""What may stand in a cell of a file that a spreadsheet opens? Nothing that it would take for a formula."""

import unicodedata

_BEGINS_FORMULA = "=+-@"


def cell(value: object) -> object:
    """The value as a cell: numbers stay; a text that would be worked out is marked as text.

    Spreadsheets look past spaces, control characters and characters without width, and take the full-width
    forms of the signs for the signs; so does this.
    """
    if not isinstance(value, str):
        return "" if value is None else value
    if not value:
        return value
    first = next((sign for sign in value if unicodedata.category(sign)[0] not in "CZ"), "")
    is_formula = bool(first) and unicodedata.normalize("NFKC", first)[0] in _BEGINS_FORMULA
    return f"'{value}" if is_formula or value[0] in "\t\r\n" else value
