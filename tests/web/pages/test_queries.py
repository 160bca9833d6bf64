"""With the whole demonstration loaded, no page of the improvement half asks the database often.

Nor does a link of one turn away whoever sees it.
"""

import pytest
from django.core.management import call_command

from goldenthread_web import demo
from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.roles import roles
from goldenthread_web.governance.models import Meeting
from goldenthread_web.improvement.models import Action
from goldenthread_web.programme.models import Decision
from tests.web.asking import opened
from tests.web.builders import a_person
from tests.web.figure_sets import a_set, a_target, over_two_years
from tests.web.pages.real_addresses import IMPROVEMENT, real_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

OF_EACH = 2  # addresses of each page, spread over what there is; all of those that read most
ALL_OF = ("governance:pack", "governance:briefing", "reports:section")
ROLES = ("programme_manager", "director", "board_member", "scrutiny_member", "section_151_officer")
# Without figures or accounts of their own.
ELSEWHERE = ("make_demo_accounts", "make_demo_choices", "make_demo_weeks")
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


def chosen():
    every = [one for one in real_addresses(IMPROVEMENT) if one[0] in ALL_OF]
    return sorted({*every, *real_addresses(IMPROVEMENT, OF_EACH)})


def test_no_page_asks_more_than_twelve_times_or_shows_a_link_that_is_closed_to_its_reader(people):
    listed = chosen()
    assert {name.split(":")[0] for name, _ in listed} == set(IMPROVEMENT)
    assert Action.objects.count() > 30 and Meeting.objects.count() > 70 and Decision.objects.count() > 10
    opens, often, dead = opened({role: people[role] for role in ROLES}, listed)
    assert not often, "\n".join(often)
    assert not dead, "\n".join(dead)
    assert opens["programme_manager"] > 120 and min(opens.values()) > 40, opens
