"""The demonstration's meetings: told in order, up to its day."""

from datetime import date

import pytest
from django.core.management import call_command

from goldenthread_web.governance.models import Ask, Meeting, Membership, Pack, SafeguardingAction
from goldenthread_web.programme.queries import body, decisions
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    from goldenthread_web.accounts.roles import roles

    people = {code: a_person(code) for code in roles()}
    for module in ("programme.management.commands.make_demo_programme",):
        monkeypatch.setattr(f"goldenthread_web.{module}.account_of", people.__getitem__)
    for command in ("make_demo_governance", "make_demo_meetings"):
        where = f"goldenthread_web.governance.management.commands.{command}.account_of"
        monkeypatch.setattr(where, people.__getitem__)
    call_command("make_demo_programme", verbosity=0)
    call_command("make_demo_governance", verbosity=0)
    return people


def test_the_plan_finds_the_decision_it_rests_on(made):
    found = decisions(of=body("cabinet")).get(decided_on=date(2017, 6, 27))
    assert found.is_in_favour and found.text == "Cabinet agreed the plan."


def test_what_lies_ahead_is_planned_and_what_is_past_was_held(made):
    call_command("make_demo_meetings", verbosity=0)
    ahead = Meeting.objects.filter(starts_at__gte="2018-01-02T00:00Z")
    # A pack whose day has come is frozen: that of the board of 4 January.
    frozen = [meeting.on for meeting in ahead if meeting.status == "frozen"]
    assert frozen == [date(2018, 1, 4)] and {meeting.status for meeting in ahead} == {"planned", "frozen"}
    days = {(meeting.body.code, meeting.on.isoformat()) for meeting in ahead.select_related("body")}
    assert {
        ("cabinet", "2018-03-20"),
        ("scrutiny", "2018-02-22"),
        ("improvement_board", "2018-01-16"),
    } <= days
    heard = ahead.get(body__code="scrutiny", starts_at__date="2018-02-22").items.get(kind="spotlight")
    assert heard.witnesses.splitlines() == [
        "Independent chair of the improvement board",
        "Improvement Partner",
    ]
    past = Meeting.objects.filter(starts_at__lt="2018-01-02T00:00Z")
    assert {meeting.status for meeting in past} == {"minuted", "approved"}
    assert Pack.objects.count() == past.count() + len(frozen)
    assert SafeguardingAction.objects.filter(closed_on__isnull=True).count() == 3
    assert set(Ask.objects.values_list("state", flat=True)) == {"unanswered", "answered", "accepted"}
    assert not Membership.objects.filter(starts_on__gt=date(2018, 1, 2)).exists()


def test_it_is_made_once(made, capsys):
    count = Meeting.objects.count()
    call_command("make_demo_governance")
    assert Meeting.objects.count() == count and "nothing was changed" in capsys.readouterr().out
