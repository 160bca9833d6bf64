"""Children of the area, terms, places: the latest entry counts, nothing is overwritten, figures read it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from goldenthread.records_writing import write_records
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.extracts import day
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.registers import queries, reference_services, standard_rows
from goldenthread_web.registers.models import Entry, Estimate, FosterPlaces, SchoolTerm
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person
from tests.web.deliveries import a_load

pytestmark = pytest.mark.django_db
SOURCE = "ONS mid-year estimates, published 22 June 2017"
AUTUMN = {"academic_year": "2017/18", "term": "Autumn"}


@pytest.fixture
def keeper():
    return a_person("performance_analyst")


def an_estimate(by, children=61_000, **changes):
    said = {"area": "", "year": 2016, "population_0_17": children, "source": SOURCE}
    return reference_services.enter_estimate(**(said | changes), by=by)


def a_term(by, first=date(2017, 9, 4), last=date(2017, 12, 20), **changes):
    said = {**AUTUMN, "started_on": first, "ended_on": last, "source": "School admissions"}
    return reference_services.enter_term(**(said | changes), by=by)


def some_places(by, approved=90, taken=71, **changes):
    said = {"as_at_on": date(2017, 12, 31), "approved_places": approved, "occupied_places": taken}
    return reference_services.enter_places(**(said | {"source": "Fostering panel"} | changes), by=by)


def test_a_later_entry_takes_the_place_of_an_earlier_one_which_stays(keeper):
    first = an_estimate(keeper)
    second = an_estimate(keeper, 61_500)
    an_estimate(keeper, 9_000, area=" North ")
    kept = queries.reference().estimates
    assert [(one.entry, one.before) for one in kept if not one.entry.area] == [(second, (first,))]
    assert [(one.area, one.population_0_17) for one in queries.in_force(Estimate)] == [
        ("North", 9000),
        ("", 61_500),
    ]
    event = Event.objects.filter(what="register_entry.made").order_by("id")[1]
    assert event.changes == {"year": 2016, "population_0_17": 61_500}


def test_what_was_entered_by_mistake_is_taken_back(keeper):
    an_estimate(keeper), a_term(keeper), some_places(keeper)
    an_estimate(keeper, None), a_term(keeper, None, None), some_places(keeper, None, None)
    assert not any(queries.in_force(kind) for kind in (Estimate, SchoolTerm, FosterPlaces))
    assert Event.objects.filter(what="register_entry.taken_back").count() == 3
    for take_back in (
        lambda: an_estimate(keeper, None),
        lambda: a_term(keeper, None, None, term="Spring"),
        lambda: some_places(keeper, None, None, as_at_on=date(2017, 1, 1)),
    ):
        with pytest.raises(Refused, match="nothing to take back"):
            take_back()
    again = an_estimate(keeper, 62_000)
    assert queries.in_force(Estimate) == [again]


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda by: an_estimate(by, source=" "), "Say where it is from"),
        (lambda by: an_estimate(by, year=1999), "from 2000 to this year"),
        (lambda by: an_estimate(by, year=2019), "from 2000 to this year"),
        (lambda by: an_estimate(by, 0), "without children"),
        (lambda by: a_term(by, term=" "), "Name the term"),
        (lambda by: a_term(by, academic_year="2017"), "Write the school year as 2017/18"),
        (lambda by: a_term(by, academic_year="2017/19"), "Write the school year as 2017/18"),
        (lambda by: a_term(by, last=None), "Give both, or neither"),
        (lambda by: a_term(by, last=date(2017, 9, 4)), "ends after it begins"),
        (lambda by: a_term(by, academic_year="2016/17"), "correct the school year or the days"),
        (lambda by: some_places(by, None), "Give both, or neither"),
        (lambda by: some_places(by, as_at_on=date(2018, 2, 1)), "lies ahead"),
        (lambda by: some_places(by, 0, 1), "of which none is approved"),
    ],
)
def test_entries_that_are_refused(keeper, write, words):
    with pytest.raises(Refused, match=words):
        write(keeper)
    assert not Event.objects.filter(what__startswith="register").exists()
    assert not any(kind.objects.exists() for kind in (Estimate, SchoolTerm, FosterPlaces))


def test_who_may_not_keep_registers_writes_nothing():
    stranger = a_person("team_manager")
    for write in (an_estimate, a_term, some_places):
        with pytest.raises(NotAllowed):
            write(stranger)
    with pytest.raises(NotAllowed):
        reference_services.take_entries(b"", source=SOURCE, by=stranger)


def test_no_two_terms_share_a_day(keeper):
    a_term(keeper)
    with pytest.raises(Refused, match="share a day"):
        a_term(keeper, date(2017, 12, 20), date(2018, 2, 9), term="Spring")
    a_term(keeper, date(2017, 12, 21), date(2018, 2, 9), term="Spring")
    # What a new entry of the same term replaces is in nobody's way.
    a_term(keeper, date(2017, 9, 5), date(2017, 12, 19))
    assert len(queries.in_force(SchoolTerm)) == 2


def take(by, text):
    return reference_services.take_entries(text.encode("utf-8-sig"), source=SOURCE, by=by)


def test_a_file_says_by_its_first_line_what_it_is_of(keeper):
    an_estimate(keeper)
    a_term(keeper)
    assert take(keeper, "year,area,population_0_17\n2016,,60500\n2016,North,9000\n\n") == 2
    terms = "academic_year,term,started_on,ended_on\n"
    autumn = "2017/18,Autumn,2017-09-05,20/12/2017\n"
    assert take(keeper, terms + "2017/18,Spring,2018-01-03,2018-03-29\n" + autumn) == 2
    assert take(keeper, "as_at_on,approved_places,occupied_places,note\n2017-12-31,90,71,x\n") == 1
    assert {one.area: one.population_0_17 for one in queries.in_force(Estimate)} == {
        "": 60_500,
        "North": 9000,
    }
    assert [one.entry.started_on for one in queries.reference().terms] == [
        date(2018, 1, 3),
        date(2017, 9, 5),
    ]
    event = Event.objects.filter(what="register_file.taken").earliest("id")
    assert (event.about_key, event.changes) == ("estimate", {"rows": 2})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("area,year\n,2016\n", "must name the columns: area, year, population_0_17; or academic_year"),
        ("area,year,population_0_17\n", "no line under its first"),
        ("area,year,population_0_17\n,,5\n", "Line 2: year is blank"),
        ("area,year,population_0_17\n,2016,\n", "Line 2: population_0_17 is blank"),
        ("area,year,population_0_17\n,2016,many\n", "Line 2: population_0_17 is no whole number"),
        ("area,year,population_0_17\n,1990,5\n", "from 2000 to this year. Nothing of the file"),
        ("area,year,population_0_17\n,2016,5\n,2016,6\n", "area and year stands in the file twice"),
        (
            "academic_year,term,started_on,ended_on\n2017/18,A,2017-09-04,2017-12-20\n"
            "2017/18,B,2017-12-20,2018-03-29\n",
            "share a day",
        ),
        ("academic_year,term,started_on,ended_on\n2017/18,A,2017-09-04,\n", "Line 2: ended_on is blank"),
        ("as_at_on,approved_places,occupied_places\n2017-12-31,5,x\n", "occupied_places is no whole number"),
    ],
)
def test_a_file_that_is_not_right_is_refused_whole(keeper, text, words):
    with pytest.raises(Refused, match=words):
        take(keeper, text)
    assert not any(kind.objects.exists() for kind in (Estimate, SchoolTerm, FosterPlaces))


def test_education_plans_fall_due_by_the_terms_that_were_entered(keeper, settings, tmp_path):
    load = a_load(
        tmp_path,
        children="child_id,born_on\nc1,2008-01-01\n",
        care_periods="care_period_id,child_id,started_on,ended_on,legal_status\ne1,c1,2015-01-05,,C2\n",
        peps="pep_id,child_id,held_on\ne1,c1,2017-06-01\n",
    )
    settings.INSTALLATION = replace(settings.INSTALLATION, folder=tmp_path, store=tmp_path / "store")

    def next_due(on):
        rows = day.of(load, on, local_settings()).lines.to_pylist()
        return next(row["next_due"] for row in rows if row["item"] == "pep")

    assert next_due(date(2017, 12, 28)) == date(2017, 12, 1)  # 183 days
    a_term(keeper, date(2017, 4, 18), date(2017, 7, 21), academic_year="2016/17", term="Summer")
    a_term(keeper)
    assert next_due(date(2017, 12, 29)) == date(2017, 12, 20)


@pytest.mark.both_databases
def test_the_database_refuses_what_cannot_be(keeper):
    of = {"source": SOURCE, "entered_by": keeper, "entered_at": "2017-12-31T10:00Z"}
    wrong: list[Entry] = [
        SchoolTerm(**AUTUMN, **of, started_on=date(2017, 9, 4)),
        SchoolTerm(**AUTUMN, **of, started_on=date(2017, 9, 4), ended_on=date(2017, 9, 4)),
        FosterPlaces(**of, as_at_on=date(2017, 12, 31), approved_places=1),
    ]
    for one in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            one.save()
    assert f"{wrong[0]}" == "2017/18 Autumn"


@pytest.mark.both_databases
def test_what_figures_read_fits_the_tables(keeper, tmp_path):
    an_estimate(keeper, 60_000)
    an_estimate(keeper)
    an_estimate(keeper, 9000, area="North")
    a_term(keeper), some_places(keeper)
    rows = {
        "reference_population": list(standard_rows.reference_population()),
        "school_terms": list(standard_rows.school_terms()),
        "fostering_capacity": list(standard_rows.fostering_capacity()),
    }
    for table, found in rows.items():
        assert write_records(tmp_path, table, found, authority="991").is_file()
    assert {row["area"]: row["population_0_17"] for row in rows["reference_population"]} == {
        "whole": 61_000,
        "North": 9000,
    }
