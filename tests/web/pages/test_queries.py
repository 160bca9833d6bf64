"""With the whole demonstration loaded, no page of the improvement half asks the database often."""

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from goldenthread_web import demo
from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.roles import roles
from goldenthread_web.figures.card import scorecard_of
from goldenthread_web.governance.models import Meeting
from goldenthread_web.improvement.models import Action
from goldenthread_web.programme.models import Decision
from tests.web.asking import MOST, asked
from tests.web.builders import a_person, signed_in
from tests.web.figure_sets import a_set, a_target, over_two_years
from tests.web.installation import DATABASE
from tests.web.pages.real_addresses import IMPROVEMENT, real_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# Addresses of each page, spread over what there is; all of those that read most. Both databases are asked the
# same number of questions for the same rows: PostgreSQL opens one address of each page.
ON_SQLITE = DATABASE == "sqlite"
OF_EACH = 3 if ON_SQLITE else 1
ALL_OF = ("governance:pack", "governance:briefing", "reports:section") if ON_SQLITE else ()
FEWEST = (
    (150, 60) if ON_SQLITE else (60, 20)
)  # pages that somebody opens: whoever runs the programme, the others
ROLES = ("programme_manager", "director", "board_member", "scrutiny_member")
# Without figures or accounts of their own.
ELSEWHERE = ("make_demo_accounts", "make_demo_choices")
RISING = (
    "FD-02",
    "SO-01",
    "SO-02",
    "CIN-02",
    "CIN-03",
    "AS-02",
    "AS-06",
    "CP-09",
    "CL-01",
    "MX-03",
    "LAC-14",
)
FALLING = ("WF-02", "FD-07")


@pytest.fixture
def people(tmp_path):
    """The demonstration with its figures; its people by role."""
    found = {code: a_person(code, email=f"{code.replace('_', '-')}@{DOMAIN}") for code in roles()}
    figures = [one for ref in RISING for one in over_two_years(ref, range(66, 90), of=1000)]
    figures += [one for ref in FALLING for one in over_two_years(ref, range(48, 24, -1), of=1000)]
    a_set(figures + over_two_years("WF-05", range(40, 16, -1), of=None))
    for ref, value in (("CIN-02", 90), ("SO-01", 90), ("WF-02", 20), ("FD-07", 30)):
        a_target(ref, value, by=found["director"])
    for command, *_ in demo.commands(tmp_path, "2017-12-31"):
        if command.startswith("make_demo_") and command not in ELSEWHERE:
            call_command(command, verbosity=0)
    return found


def asked_anew(client, address):
    """How often a page that nobody opened before asks, and whether it may be opened."""
    caches["worked_out"].clear()
    scorecard_of.cache_clear()
    return asked(client, address)


def chosen():
    every = [one for one in real_addresses(IMPROVEMENT) if one[0] in ALL_OF]
    return sorted({*every, *real_addresses(IMPROVEMENT, OF_EACH)})


def test_no_page_asks_more_than_twelve_times(people):
    listed = chosen()
    assert {name.split(":")[0] for name, _ in listed} == set(IMPROVEMENT)
    assert Action.objects.count() > 30 and Meeting.objects.count() > 70 and Decision.objects.count() > 10
    opened, often = dict.fromkeys(ROLES, 0), []
    for role in ROLES:
        client = Client()
        signed_in(client, person=people[role])
        client.get("/")  # a session begins with a write of its own
        for name, address in listed:
            count, status = asked_anew(client, address)
            assert status in (200, 302, 403, 404), f"{role} {address} answered {status}"
            opened[role] += status == 200
            if status == 200 and count > MOST:
                often.append(f"{role} {name} {address}: {count}")
    assert not often, "\n".join(often)
    assert opened["programme_manager"] > FEWEST[0] and min(opened.values()) > FEWEST[1], opened
