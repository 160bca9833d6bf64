"""Rows that are only added: no statement takes the place of one that is there."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.web.inspected import a_letter

pytestmark = [pytest.mark.django_db]

COLUMNS = "letter_id, position, anchor, number, heading, kind"
REPLACE = "REPLACE INTO inspections_paragraph"
# With the key of a row that is there, and with another key but what may stand once only.
REPLACING = [
    f"INSERT OR {REPLACE} (id, {COLUMNS}, text) SELECT id, {COLUMNS}, 'other' FROM inspections_paragraph",
    f"{REPLACE} (id, {COLUMNS}, text) SELECT id + 1000, {COLUMNS}, 'other' FROM inspections_paragraph",
]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows REPLACE")
@pytest.mark.parametrize("sql", REPLACING)
def test_no_row_is_put_in_the_place_of_another(sql):
    letter = a_letter("Plans are late in the invented teams.")
    before = list(letter.paragraphs.values_list("text", flat=True))
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql)
    assert before == list(letter.paragraphs.values_list("text", flat=True)) != []
