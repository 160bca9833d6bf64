"""With the demonstration's children and records, no page of the practice half asks the database often."""

import pytest
from django.core.management import call_command

from goldenthread_web import demo
from goldenthread_web.accounts.demo import account_of
from goldenthread_web.case_audits.models import CaseAudit
from goldenthread_web.clinics.models import ClinicException
from goldenthread_web.concerns.models import Concern
from goldenthread_web.supervision.models import Session
from tests.web.asking import opened
from tests.web.demonstration import a_demonstration
from tests.web.pages.real_addresses import PRACTICE, real_addresses

pytestmark = pytest.mark.django_db

OF_EACH = 3  # addresses of each page: the first, the last and one between
ROLES = ("qa_lead", "head_of_service", "team_manager", "iro", "auditor", "scrutiny_member")
# What no record of the practice half rests on.
ELSEWHERE = ("make_demo_choices", "make_demo_risks", "make_demo_resources", "make_demo_meetings")
ELSEWHERE += ("make_demo_ledger", "make_demo_readiness", "make_demo_publication", "make_demo_reports")
ELSEWHERE += ("make_demo_weeks",)


@pytest.fixture
def told(settings, tmp_path):
    """The demonstration with what people wrote about practice."""
    folder = a_demonstration(settings, tmp_path)
    for command, *_ in demo.commands(folder, "2017-12-31"):
        if command.startswith("make_demo_") and command not in ELSEWHERE:
            call_command(command, verbosity=0)


def test_no_page_asks_more_than_twelve_times(told):
    assert CaseAudit.objects.count() > 60 and Session.objects.count() > 20 and Concern.objects.count() > 3
    assert ClinicException.objects.count() > 100
    listed = sorted(set(real_addresses(PRACTICE, OF_EACH)))
    assert {name.split(":")[0] for name, _ in listed} == set(PRACTICE)
    opens, often, dead = opened({role: account_of(role) for role in ROLES}, listed)
    assert not often and not dead, "\n".join((*often, *dead))
    assert opens["qa_lead"] > 200 and min(opens.values()) > 10, opens
