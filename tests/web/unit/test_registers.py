"""Services and reads of the registers: what they refuse, the Events they leave, what figures read of them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from goldenthread.records_writing import write_records
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.accounts.services import make_demo_account
from goldenthread_web.inspections.models import SettingInspection
from goldenthread_web.registers import queries, services, standard_rows
from goldenthread_web.registers.models import Home, HomeInspection, Outage, Training
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return a_person("programme_manager")


def a_home(by, name="Home A", **said):
    return services.add_home(name=name, by=by, **said)


def an_inspection(home, by, on=date(2017, 6, 20), *, is_full=True, judgement="good"):
    return services.enter_inspection(home, inspected_on=on, is_full=is_full, judgement=judgement, by=by)


def a_count(by, agency="Police", on=date(2017, 9, 30), of=100, number=40):
    return services.count_training(agency=agency, as_at_on=on, target_count=of, trained_count=number, by=by)


def an_outage(by, began="2017-09-04 08:30", over="2017-09-04 12:00", planned=0):
    return services.enter_outage(
        what="Nobody could save",
        started_at=at(began),
        ended_at=at(over) if over else None,
        planned_hours=Decimal(planned),
        by=by,
    )


def of_settings(by, setting="Home A", on=date(2017, 12, 5), **said):
    values = {"setting_type": "children_home", "outcome": "outstanding", "entered_by": by}
    moment = datetime(2017, 12, 22, tzinfo=UTC)
    return SettingInspection.objects.create(
        setting=setting, inspected_on=on, entered_at=moment, **values | said
    )


def test_a_home_gets_a_reference_that_names_no_place(keeper):
    first, second = a_home(keeper), a_home(keeper, " Home B ", opened_on=date(2011, 9, 1))
    assert (first.ref, second.ref, second.name) == ("H1", "H2", "Home B")
    event = Event.objects.filter(what="home.added").last()
    assert (event.about_kind, event.about_key, event.changes) == ("home", "H2", {})


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": "home a"}, "on the register already"),
        ({"name": " "}, "Name the home"),
        ({"name": "Home B", "opened_on": date(2018, 1, 3)}, "lies ahead"),
    ],
)
def test_homes_that_are_refused(keeper, said, sentence):
    a_home(keeper)
    with pytest.raises(Refused, match=sentence):
        services.add_home(**said, by=keeper)
    assert Home.objects.count() == 1


def test_a_home_is_changed_and_closed(keeper):
    home = a_home(keeper)
    said = {"name": "Home A", "opened_on": date(2009, 4, 1), "closed_on": date(2017, 6, 30)}
    changed = services.change_home(home, version=1, by=keeper, **said)
    assert (changed.closed_on, changed.version) == (date(2017, 6, 30), 2)
    assert Event.objects.get(what="home.changed").changes == {"is_closed": True}
    with pytest.raises(SavedMeanwhile):
        services.change_home(home, version=1, by=keeper, **said)
    with pytest.raises(Refused, match="before it opened"):
        services.change_home(home, version=2, by=keeper, **said | {"closed_on": date(2009, 3, 1)})
    a_home(keeper, "Home B")
    with pytest.raises(Refused, match="Another home has that name"):
        services.change_home(home, version=2, by=keeper, **said | {"name": "HOME B"})
    with pytest.raises(Refused, match="had closed by that day"):
        an_inspection(changed, keeper, date(2017, 7, 1))
    with pytest.raises(Refused, match="had not opened"):
        an_inspection(changed, keeper, date(2009, 3, 1))


def test_an_inspection_is_entered_and_corrected(keeper):
    home = a_home(keeper)
    made = an_inspection(home, keeper)
    event = Event.objects.get(what="home.inspection_entered")
    assert event.about_key == "H1"
    assert event.changes == {"on": "2017-06-20", "judgement": "good", "is_full": True}
    with pytest.raises(Refused, match="there already"):
        an_inspection(home, keeper)
    with pytest.raises(Refused, match="four judgements"):
        an_inspection(home, keeper, date(2017, 7, 1), judgement="brilliant")
    with pytest.raises(Refused, match="lies ahead"):
        an_inspection(home, keeper, date(2018, 1, 3))
    said = {"inspected_on": date(2017, 6, 21), "is_full": True, "judgement": "inadequate"}
    assert services.correct_inspection(made, version=1, by=keeper, **said).judgement == "inadequate"
    with pytest.raises(SavedMeanwhile):
        services.correct_inspection(made, version=1, by=keeper, **said)
    other = an_inspection(home, keeper, date(2017, 12, 5))
    with pytest.raises(Refused, match="Another inspection"):
        services.correct_inspection(other, version=1, by=keeper, **said)
    assert Event.objects.filter(what="home.inspection_corrected").count() == 1


def test_training_is_counted_and_corrected(keeper):
    made = a_count(keeper)
    assert Event.objects.get(what="training.counted").changes == {
        "on": "2017-09-30",
        "of": 100,
        "trained": 40,
    }
    for changed, sentence in (
        ({}, "for that day already"),
        ({"agency": " "}, "Name the agency"),
        ({"on": date(2018, 1, 3)}, "lies ahead"),
        ({"agency": "Schools", "of": 0, "number": 0}, "at least one"),
        ({"agency": "Schools", "number": 101}, "No more can be trained"),
    ):
        with pytest.raises(Refused, match=sentence):
            a_count(keeper, **changed)
    said = {"agency": "Police", "as_at_on": date(2017, 9, 30), "target_count": 100, "trained_count": 41}
    assert services.correct_training(made, version=1, by=keeper, **said).trained_count == 41
    with pytest.raises(SavedMeanwhile):
        services.correct_training(made, version=1, by=keeper, **said)
    other = a_count(keeper, on=date(2017, 12, 15))
    with pytest.raises(Refused, match="for that day already"):
        services.correct_training(other, version=1, by=keeper, **said)
    assert Event.objects.filter(what="training.corrected").count() == 1


def test_an_outage_is_entered_while_it_goes_on_and_ended(keeper):
    made = an_outage(keeper, over=None)
    assert Event.objects.get(what="outage.entered").changes == {"is_over": False}
    assert queries.hours_of(made) is None
    said = {"what": "Nobody could save", "started_at": made.started_at, "planned_hours": Decimal(0)}
    ended = services.change_outage(made, version=1, ended_at=at("2017-09-04 12:00"), by=keeper, **said)
    assert queries.hours_of(ended) == 3.5
    assert Event.objects.get(what="outage.changed").changes == {"is_over": True}
    with pytest.raises(SavedMeanwhile):
        services.change_outage(made, version=1, ended_at=None, by=keeper, **said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"began": "2017-09-04 11:00", "over": "2017-09-04 13:00"}, "no hour counts twice"),
        ({"began": "2017-09-04 08:00", "over": None}, "no hour counts twice"),
        ({"began": "2017-10-04 11:00", "over": "2017-10-04 11:00"}, "ends after it begins"),
        ({"began": "2018-01-03 11:00", "over": None}, "lies ahead"),
        ({"began": "2018-01-02 11:00", "over": "2018-01-03 11:00"}, "lies ahead"),
        ({"began": "2017-10-04 11:00", "over": "2017-10-04 12:00", "planned": -1}, "fewer than none"),
    ],
)
def test_outages_that_are_refused(keeper, said, sentence):
    an_outage(keeper)
    with pytest.raises(Refused, match=sentence):
        an_outage(keeper, **said)
    an_outage(keeper, began="2017-09-04 12:00", over="2017-09-04 13:00")  # from then on is another time


def test_one_outage_goes_on_at_a_time(keeper):
    an_outage(keeper, over=None)
    with pytest.raises(Refused, match="no hour counts twice"):
        an_outage(keeper, began="2017-12-04 08:00", over="2017-12-04 09:00")
    with pytest.raises(Refused, match="what could not be done"):
        services.enter_outage(
            what=" ", started_at=at("2016-01-01 10:00"), ended_at=None, planned_hours=Decimal(0), by=keeper
        )


@pytest.mark.both_databases
def test_the_database_refuses_what_cannot_be(keeper):
    home, made, count, outage = a_home(keeper), None, a_count(keeper), an_outage(keeper)
    made = an_inspection(home, keeper)
    for rows, values in (
        (Home.objects.filter(pk=home.pk), {"opened_on": date(2017, 1, 2), "closed_on": date(2017, 1, 1)}),
        (Home.objects.filter(pk=home.pk), {"name": ""}),
        (Training.objects.filter(pk=count.pk), {"trained_count": 101}),
        (Outage.objects.filter(pk=outage.pk), {"ended_at": outage.started_at}),
        (Outage.objects.filter(pk=outage.pk), {"planned_hours": -1}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeInspection.objects.create(
            home=home,
            inspected_on=made.inspected_on,
            judgement="good",
            entered_by=keeper,
            entered_at=made.entered_at,
        )


def test_who_may_not_keep_registers_writes_nothing():
    by = a_person("board_member")
    for write in (a_home, a_count, an_outage):
        with pytest.raises(NotAllowed):
            write(by)
    assert not Event.objects.filter(what__regex="^(home|training|outage)").exists()


def test_inspections_of_settings_count_for_a_home_of_the_same_name(keeper):
    home = a_home(keeper)
    an_inspection(home, keeper, date(2017, 6, 20))
    of_settings(keeper, "HOME A", date(2017, 12, 5), direction="sustained")
    of_settings(keeper, "Home A", date(2017, 6, 20), outcome="inadequate")  # the same one, entered twice
    of_settings(keeper, "Home A school", setting_type="residential_school")
    of_settings(keeper, "Their home", is_own=False)
    found = queries.registers()
    (line,) = found.homes
    assert [(one.on, one.is_full, one.judgement) for one in line.inspections] == [
        (date(2017, 12, 5), False, "outstanding"),
        (date(2017, 6, 20), True, "good"),
    ]
    assert (line.latest.on, line.latest_full.on) == (date(2017, 12, 5), date(2017, 6, 20))
    assert queries.home_line(home) == line and not found.not_here


def test_what_figures_read_fits_the_tables(keeper, tmp_path):
    home, closed = a_home(keeper), a_home(keeper, "Home D")
    an_inspection(home, keeper)
    an_inspection(closed, keeper)
    services.change_home(
        closed, version=1, name="Home D", opened_on=None, closed_on=date(2017, 6, 30), by=keeper
    )
    elsewhere = of_settings(keeper, "Home X", date(2017, 3, 1))
    a_count(keeper)
    an_outage(keeper, over=None, planned="1.5")
    rows = {
        "homes": list(standard_rows.homes()),
        "partner_training": list(standard_rows.partner_training()),
        "ict_outages": list(standard_rows.ict_outages()),
    }
    assert [(row["home_id"], row["is_full_inspection"], row.get("closed_on")) for row in rows["homes"]] == [
        ("H1", True, None),
        ("H2", True, date(2017, 6, 30)),
        (f"S{elsewhere.pk}", True, None),
    ]
    for table, found in rows.items():
        assert write_records(tmp_path, table, found, authority="991").is_file()


def test_the_demonstration_fills_them_once():
    make_demo_account(
        email="programme-manager@demo.example",
        title="Programme manager",
        role="programme_manager",
        unit=None,
        worker_id="",
        ends_on=None,
        by=None,
    )
    said = StringIO()
    for _ in range(2):
        call_command("make_demo_registers", stdout=said)
    assert said.getvalue().splitlines() == [
        "4 homes, 17 counts of training, 6 outages, 0 children at school.",
        "There is something on the registers already: nothing was changed.",
    ]
    assert {agency.name: agency.latest.trained_count for agency in queries.registers().agencies}[
        "Police"
    ] == 98
    assert Home.objects.get(name="Home D").closed_on == date(2017, 6, 30)
    kept = queries.reference()
    assert (kept.estimates[0].entry.population_0_17, kept.places[0].entry.approved_places) == (62_100, 154)
    assert len(kept.terms) == 12 and all("synthetic" in one.entry.source for one in kept.terms)
