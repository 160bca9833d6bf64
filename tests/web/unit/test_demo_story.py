"""The demonstration's story from the first command to the last: under way on its day, good in the end."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from goldenthread_web import demo
from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.roles import roles
from goldenthread_web.governance.models import Ask, Meeting, SafeguardingAction
from goldenthread_web.governance.queries import all_open_actions
from goldenthread_web.improvement.ledger_queries import ledger
from goldenthread_web.improvement.models import Action, GateReview, NextStep
from goldenthread_web.improvement.standing import counts, standings
from goldenthread_web.inspections.models import Inspection, Intervention, Letter, Visit
from goldenthread_web.programme.queries import bodies, decisions
from goldenthread_web.reports.models import Release
from goldenthread_web.resources import queries as money
from goldenthread_web.resources.models import Post
from goldenthread_web.resources.signing import next_quarter
from goldenthread_web.risks import queries as risks
from tests.web.builders import a_person, signed_in
from tests.web.figure_sets import a_set, a_target, over_two_years

pytestmark = pytest.mark.django_db
END = date(2019, 8, 1)
PAGES = (
    "/plan/",
    "/plan/stages/",
    "/inspections/",
    "/inspections/ledger/",
    "/meetings/",
    "/meetings/forward/",
)
PAGES += ("/risks/", "/money/", "/reports/", "/programme/")
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
# What needs accounts or children of a load: it is told in the small council of the journeys.
ELSEWHERE = ("make_demo_accounts", "make_demo_choices", "make_demo_standards", "make_demo_case_audits")
ELSEWHERE += ("make_demo_dip_samples", "make_demo_case_reviews", "make_demo_practice_weeks")
ELSEWHERE += ("make_demo_supervision", "make_demo_challenges", "make_demo_clinics", "make_demo_voice")
ELSEWHERE += ("make_demo_registers", "make_demo_weeks")


def tell(settings, on, tmp_path):
    """Every command that makes the story, as on a day; then its programme manager opens the main pages."""
    service = settings.INSTALLATION.service | {"today": on}
    settings.INSTALLATION = replace(settings.INSTALLATION, service=service)
    people = {code: a_person(code, email=f"{code.replace('_', '-')}@{DOMAIN}") for code in roles()}
    figures = [one for ref in RISING for one in over_two_years(ref, range(66, 90), of=1000)]
    figures += [one for ref in FALLING for one in over_two_years(ref, range(48, 24, -1), of=1000)]
    a_set(figures + over_two_years("WF-05", range(40, 16, -1), of=None))
    for ref, value in (("CIN-02", 90), ("SO-01", 90), ("WF-02", 20), ("FD-07", 30)):
        a_target(ref, value, by=people["director"])
    for command, *_ in demo.commands(tmp_path, "2017-12-31"):
        if command.startswith("make_demo_") and command not in ELSEWHERE:
            call_command(command)
        if command == "make_demo_governance":
            _leave_out_meetings_without_a_story()
    client = Client()
    signed_in(client, person=people["programme_manager"])
    for path in PAGES:
        assert client.get(path).status_code == 200, path


def _leave_out_meetings_without_a_story():
    """Most meetings of two years: each has a pack, which takes its time."""
    told = set(decisions().values_list("body", "decided_on"))
    for meeting in Meeting.objects.select_related("body"):
        is_quiet = meeting.on > date(2018, 6, 30) and (meeting.body_id, meeting.on) not in told
        if meeting.body.code == "leaders_briefing" or is_quiet:
            meeting.items.all().delete()
            meeting.delete()


def test_at_the_start_of_2018_it_is_under_way(settings, tmp_path):
    on = date(2018, 1, 2)
    tell(settings, on, tmp_path)
    assert all(counts(standings()).values())
    assert (Visit.objects.count(), Letter.objects.count(), GateReview.objects.count()) == (3, 2, 1)
    assert not any(line.is_closed for line in risks.register(on, with_closed=True))
    assert all_open_actions(bodies()).count() and money.posts().exclude(status=Post.Status.PERMANENT).exists()


def test_in_the_end_everything_is_over_and_good(settings, tmp_path):
    tell(settings, END, tmp_path)
    assert (Visit.objects.count(), Letter.objects.count(), GateReview.objects.count()) == (6, 6, 3)
    last = Inspection.objects.order_by("starts_on").last()
    assert {last.grade.lower(), *(one.grade for one in last.judgements.all())} == {"good"}
    assert Intervention.objects.get().ended_on == END
    found = ledger(on=END)
    assert found.dispositioned == found.findings == 74 and not found.overdue
    stand = counts(standings())
    assert stand["C"] + stand["B"] == 34 and stand["B"] >= 3
    assert not NextStep.objects.filter(outcome="").exists()
    register = risks.register(END, is_public_view=True, with_closed=True)
    assert [line.risk.ref for line in register if line.is_closed] == ["K2", "K3", "K13", "K9", "K11"]
    for line in register:
        assert line.score.number <= line.risk.target.number and line.escalated_to is None, line.risk.ref
        assert line.is_closed or not line.lacks, (line.risk.ref, line.lacks)
    assert not money.benefits_to_test(END) and next_quarter().starts_on == date(2019, 7, 1)
    assert not money.posts().exclude(status=Post.Status.PERMANENT).exists()
    assert not money.reviews().filter(live_on=None).exists()
    assert not all_open_actions(bodies()).exists()
    assert not SafeguardingAction.objects.filter(closed_on=None).exists()
    assert not Ask.objects.exclude(state=Ask.State.ACCEPTED).exists()
    assert Release.objects.first().report.meeting_on == date(2019, 7, 30)
    # What a body decided, it decided at a meeting; the budget came before the programme.
    met = {(one.body_id, one.on) for one in Meeting.objects.all()}
    unmet = [one.decided_on for one in decisions() if (one.body_id, one.decided_on) not in met]
    assert unmet == [date(2017, 2, 28)]
    # What an action waited for, the body that it names decided on the day that the plan says.
    decided = set(decisions().values_list("body__name", "decided_on"))
    waited = Action.objects.exclude(outside_decision="").values_list("outside_body", "outside_decided_on")
    assert waited and set(waited) <= decided
