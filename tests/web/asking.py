"""How often does a page ask the database? Counted as in every test that sets a limit to it."""

import re
from collections import Counter
from html import unescape

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldenthread_web.figures.card import scorecard_of
from tests.web.builders import signed_in

MOST = 12  # questions of one page
# An agenda that is not frozen yet tells of many subjects; of money alone it asks seven times.
MOST_OF = {"governance:pack": 19}
# What begins and ends a transaction asks nothing. In a test, which is one itself, each has two marks more.
_LINK = re.compile(r'<a [^>]*?href="(/(?!static/)[^"#]*)')
# What tells one thing from another in an address: a page that lists a hundred is no better tested by all.
_KEY = re.compile(r"(?<=/)[^/?]*\d[^/?]*|(?<==)[^&]*")
OF_EACH_LINK = 4  # followed from the pages of one name
_ASKS_NOTHING = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT)\b")


def asked(client, address):
    """How often a page asks, and how it answers."""
    count, answer = got(client, address)
    return count, answer.status_code


def got(client, address):
    """How often a page asks, and its answer."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    return sum(not _ASKS_NOTHING.match(one["sql"]) for one in queries), answer


def opened(people, listed):
    """How many of the pages somebody of each role opens, which ask too often where nobody did before, and
    which show a link that is not for whoever sees it.
    """
    opens, often, dead = dict.fromkeys(people, 0), [], []
    for role, person in people.items():
        client = Client()
        signed_in(client, person=person)
        client.get("/")  # a session begins with a write of its own
        answers, shown, counted = {}, {}, Counter()
        for name, address in listed:
            caches["worked_out"].clear()
            scorecard_of.cache_clear()
            count, answer = got(client, address)
            status = answers[address] = answer.status_code
            assert status in (200, 302, 403, 404), f"{role} {address} answered {status}"
            opens[role] += status == 200
            if status == 200 and count > MOST_OF.get(name, MOST):
                often.append(f"{role} {name} {address}: {count}")
            # Whom a link is for does not hang on the database: it is asked of the quicker one.
            for link in links(answer) if connection.vendor == "sqlite" else ():
                counted[name, kind := _KEY.sub("", link)] += link not in shown
                if counted[name, kind] <= OF_EACH_LINK:
                    shown.setdefault(link, address)
        dead += [
            f"{role} {link} on {page}" for link, page in shown.items() if not leads(client, link, answers)
        ]
    return opens, often, dead


def links(answer):
    """Where a page leads inside the service; of files and other answers nothing."""
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return []
    return [unescape(link) for link in _LINK.findall(answer.content.decode())]


def leads(client, link, answers):
    """Whether a link opens for whoever has this client; `answers`: of the pages opened before."""
    if link not in answers:
        answers[link] = client.get(link).status_code
    return answers[link] in (200, 302)
