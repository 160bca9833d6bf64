"""How often does a page ask the database? Counted as in every test that sets a limit to it."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST = 12  # questions of one page
# What begins and ends a transaction asks nothing. In a test, which is one itself, each has two marks more.
_ASKS_NOTHING = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT)\b")


def asked(client, address):
    """How often a page asks, and how it answers."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    return sum(not _ASKS_NOTHING.match(one["sql"]) for one in queries), answer.status_code
