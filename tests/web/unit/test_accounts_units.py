"""Teams and services come from the extract's teams, and people go along only with what goes on."""

from datetime import date

import pytest

from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.services import take_over_units
from goldenthread_web.accounts.stretches import stretches
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def row(team, service="Family Support", starts="2015-04-01", ends=None, reporting=None):
    return {
        "team": team,
        "service": service,
        "reporting_team": reporting,
        "effective_from_on": date.fromisoformat(starts),
        "effective_to_on": date.fromisoformat(ends) if ends else None,
    }


def drawn(rows):
    return [
        f"{s.kind} {s.name} in {s.service or '-'}: {s.starts_on} to {s.ends_on or 'now'}"
        for s in stretches(rows)
    ]


def test_rows_that_adjoin_are_one_stretch_and_a_gap_makes_two():
    rows = [
        row("FSP 1", ends="2016-03-31"),
        row("FSP 1", starts="2016-04-01", ends="2016-12-31"),
        row("FSP 1", starts="2017-06-01"),
    ]
    assert drawn(rows) == [
        "service Family Support in -: 2015-04-01 to 2016-12-31",
        "service Family Support in -: 2017-06-01 to now",
        "team FSP 1 in Family Support: 2015-04-01 to 2016-12-31",
        "team FSP 1 in Family Support: 2017-06-01 to now",
    ]


def test_teams_that_report_under_one_name_are_one_team():
    rows = [row("FSP 1 a", reporting="FSP 1", ends="2017-01-31"), row("FSP 1 b", reporting="FSP 1")]
    assert drawn(rows)[1:] == ["team FSP 1 in Family Support: 2015-04-01 to now"]


def test_a_team_that_changes_its_service_ends_and_begins():
    rows = [row("FSP 1"), row("FSP 1", service="Assessment", starts="2017-01-01")]
    assert "team FSP 1 in Family Support: 2015-04-01 to 2016-12-31" in drawn(rows)
    assert "team FSP 1 in Assessment: 2017-01-01 to now" in drawn(rows)


def test_a_row_that_ends_before_it_begins_is_no_team():
    assert drawn([row("FSP 1", starts="2016-01-01", ends="2015-01-01")]) == []


def test_taking_over_twice_changes_nothing_the_second_time():
    take_over_units([row("FSP 1")], by=None)
    before = list(Unit.objects.values_list())
    take_over_units([row("FSP 1")], by=None)
    assert list(Unit.objects.values_list()) == before
    assert Event.objects.last().what == "units.taken_over"
    assert Event.objects.last().changes == {"units": 2, "ended": 0}


def test_a_team_that_is_no_longer_named_has_ended():
    take_over_units([row("FSP 1"), row("FSP 2")], by=None)
    take_over_units([row("FSP 1")], by=None)
    assert Unit.objects.get(kind="team", name="FSP 2").ends_on == date(2018, 1, 1)


def test_an_extract_without_teams_ends_no_team():
    a_unit("FSP 1")
    take_over_units([], by=None)
    assert Unit.objects.get(name="FSP 1").ends_on is None


def test_a_manager_goes_along_with_a_team_that_goes_on():
    take_over_units([row("FSP 1")], by=None)
    manager = a_person("team_manager", unit=Unit.objects.get(kind="team"))
    take_over_units(
        [row("FSP 1", ends="2017-12-31"), row("FSP 1", service="Assessment", starts="2018-01-01")], by=None
    )
    manager.refresh_from_db()
    assert manager.unit.service == "Assessment"
    assert Event.objects.filter(what="account.unit_went_on", about_key=str(manager.pk)).exists()


def test_a_manager_is_not_moved_into_a_team_that_bears_an_old_name_again():
    take_over_units([row("FSP 1", ends="2016-12-31")], by=None)
    old = Unit.objects.get(kind="team")
    manager = a_person("team_manager", unit=old)
    take_over_units([row("FSP 1", ends="2016-12-31"), row("FSP 1", starts="2017-12-01")], by=None)
    manager.refresh_from_db()
    assert manager.unit == old
