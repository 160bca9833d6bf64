"""How does a table leave as a CSV that no spreadsheet runs anything of, and that comes back as it was?

A text that a spreadsheet could take for a formula gets an apostrophe in front. So does a text that already
begins with apostrophes before such a sign: therefore `restored` always gives back exactly what there was.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

# Formulas begin with these; the wide forms are read as the narrow ones by some programmes.
_STARTS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")
_WHITE = re.compile(r"[\t\r\n]")


def neutralised(text: str) -> str:
    """The text, made harmless."""
    return f"'{text}" if _is_dangerous(text) else text


def restored(text: str) -> str:
    """What `neutralised` was given."""
    return text[1:] if text.startswith("'") and _is_dangerous(text[1:]) else text


def _is_dangerous(text: str) -> bool:
    """Whether a formula sign comes first, once apostrophes and what cannot be seen are left out."""
    if _WHITE.match(text.lstrip("'")):
        return True
    seen = next((sign for sign in text if sign != "'" and not _is_unseen(sign)), "")
    return seen in _STARTS


def _is_unseen(sign: str) -> bool:
    """Blanks, control signs, and signs of no width."""
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf", "Zs", "Zl", "Zp")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The table as CSV; numbers stay numbers, and what is missing stays blank."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([neutralised(name) for name in columns])
    for row in rows:
        writer.writerow([neutralised(value) if isinstance(value, str) else value for value in row])
    return stream.getvalue()


def csv_response(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The table as a file to keep, in UTF-8 as spreadsheets recognise it."""
    answer = HttpResponse(csv_text(columns, rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
