"""With the whole demonstration loaded, no page of the improvement and the practice half asks often."""

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from goldenthread_web import demo
from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.roles import roles
from goldenthread_web.case_audits.models import CaseAudit
from goldenthread_web.clinics.models import ClinicException
from goldenthread_web.figures.card import scorecard_of
from goldenthread_web.governance.models import Meeting
from goldenthread_web.improvement.models import Action
from goldenthread_web.programme.models import Decision
from goldenthread_web.supervision.models import Session
from tests.web.asking import MOST, asked
from tests.web.builders import signed_in
from tests.web.demonstration import a_demonstration
from tests.web.figure_sets import a_set, a_target, over_two_years
from tests.web.pages.real_addresses import IMPROVEMENT, PRACTICE, real_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

OF_EACH = 3  # addresses of each page, spread over what there is; all of those that read most
ALL_OF = ("governance:pack", "governance:briefing", "reports:section")
# Who reads a half: its apps, its roles, and how many pages the first of them and each of them opens at least.
HALVES = {
    "improvement": (
        IMPROVEMENT,
        ("programme_manager", "director", "board_member", "scrutiny_member"),
        (150, 60),
    ),
    "practice": (
        PRACTICE,
        ("qa_lead", "team_manager", "head_of_service", "iro", "auditor", "scrutiny_member"),
        (100, 10),
    ),
}
# Made before the figures, which are said and not chosen.
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
def people(settings, tmp_path):
    """The demonstration with its children and its figures; its people by role."""
    a_demonstration(settings, tmp_path)
    call_command("make_demo_accounts", verbosity=0)
    found = {code: account_of(code) for code in roles()}
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
    """The same of a page that nobody opened before."""
    caches["worked_out"].clear()
    scorecard_of.cache_clear()
    return asked(client, address)


def chosen(apps):
    every = [one for one in real_addresses(apps) if one[0] in ALL_OF]
    return sorted({*every, *real_addresses(apps, OF_EACH)})


def test_no_page_asks_more_than_twelve_times(people):
    assert Action.objects.count() > 30 and Meeting.objects.count() > 70 and Decision.objects.count() > 10
    assert CaseAudit.objects.count() > 60 and Session.objects.count() > 20
    assert ClinicException.objects.count() > 100
    often = []
    for apps, roles_of_half, (first, least) in HALVES.values():
        listed = chosen(apps)
        assert {name.split(":")[0] for name, _ in listed} == set(apps)
        opened = dict.fromkeys(roles_of_half, 0)
        for role in roles_of_half:
            client = Client()
            signed_in(client, person=people[role])
            client.get("/")  # a session begins with a write of its own
            for name, address in listed:
                count, status = asked_anew(client, address)
                assert status in (200, 302, 403, 404), f"{role} {address} answered {status}"
                opened[role] += status == 200
                if status == 200 and count > MOST:
                    often.append(f"{role} {name} {address}: {count}")
        assert opened[roles_of_half[0]] > first and min(opened.values()) > least, opened
    assert not often, "\n".join(often)
