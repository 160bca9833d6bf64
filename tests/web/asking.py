"""How often does a page ask the database? Counted as in every test that sets a limit to it."""

import re

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldenthread_web.figures.card import scorecard_of
from tests.web.builders import signed_in

MOST = 12  # questions of one page
# What begins and ends a transaction asks nothing. In a test, which is one itself, each has two marks more.
_ASKS_NOTHING = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT)\b")


def asked(client, address):
    """How often a page asks, and how it answers."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    return sum(not _ASKS_NOTHING.match(one["sql"]) for one in queries), answer.status_code


def opened(people, listed):
    """How many of the pages somebody of each role opens, and which ask too often where nobody did before."""
    opens, often = dict.fromkeys(people, 0), []
    for role, person in people.items():
        client = Client()
        signed_in(client, person=person)
        client.get("/")  # a session begins with a write of its own
        for name, address in listed:
            caches["worked_out"].clear()
            scorecard_of.cache_clear()
            count, status = asked(client, address)
            assert status in (200, 302, 403, 404), f"{role} {address} answered {status}"
            opens[role] += status == 200
            if status == 200 and count > MOST:
                often.append(f"{role} {name} {address}: {count}")
    return opens, often
