"""Pages of the registers: what a person reads, what a form refuses, two people at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread_web.registers.models import Home, HomeInspection, Outage, Training
from tests.web.builders import a_person, signed_in
from tests.web.figure_sets import a_set, over_two_years
from tests.web.reading import page_of
from tests.web.unit.test_registers import a_count, a_home, an_inspection, an_outage, of_settings
from tests.web.unit.test_registers_reference import a_term, an_estimate, some_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    return signed_in(client, "programme_manager")


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def test_empty_registers_say_what_to_do(client, keeper):
    page = read(client, "/registers/")
    for words in ("No home is on the register", "No agency was counted yet", "No outage was entered yet"):
        assert words in page
    assert "QA-13, GOV-07 and GOV-08 have no figure yet" in page


def test_the_registers_with_everything_in_them(client, keeper):
    home = a_home(keeper)
    an_inspection(home, keeper)
    of_settings(keeper, direction="sustained")
    of_settings(keeper, "Home X")
    a_count(keeper)
    a_count(keeper, number=55, on=a_count(keeper, "Schools").as_at_on.replace(month=8))
    an_outage(keeper, over=None)
    a_set(over_two_years("GOV-07", [40]))
    page = read(client, "/registers/")
    for words in ("Home A", "Outstanding", "known from the inspections of settings only", "40 of 100"):
        assert words in page, words
    assert "31 Aug 2017" not in page and "Goes on" in page and "40.0%" in page
    assert "QA-13 and GOV-08 have no figure yet" in page


def test_who_does_not_keep_them_sees_none(client):
    signed_in(client, "elected_member")
    assert client.get("/registers/").status_code == 403


def test_a_home_is_added_inspected_and_closed(client, keeper):
    assert "filled in yet" in read(client, "/registers/homes/add/", 400, name="")
    assert client.post("/registers/homes/add/", {"name": "Home A"})["Location"] == "/registers/"
    page = read(client, "/registers/homes/H1/")
    assert "No inspection is known" in page
    posted = {"inspected_on": "2017-06-20", "is_full": "True", "judgement": "good"}
    assert client.post("/registers/homes/H1/inspections/add/", posted).status_code == 302
    assert "there already" in read(client, "/registers/homes/H1/inspections/add/", 400, **posted)
    number = HomeInspection.objects.get().pk
    posted |= {"judgement": "outstanding", "version": "1"}
    assert client.post(f"/registers/inspections/{number}/", posted)["Location"] == "/registers/homes/H1/"
    assert "Outstanding" in read(client, "/registers/homes/H1/")
    posted = {"name": "Home A", "opened_on": "", "closed_on": "2017-12-31", "version": "1"}
    assert client.post("/registers/homes/H1/edit/", posted).status_code == 302
    assert "it counts no longer" in read(client, "/registers/homes/H1/")
    assert client.get("/registers/homes/H9/").status_code == 404


@pytest.mark.both_databases
def test_two_people_change_a_home_and_the_second_sees_both_names(client, keeper):
    a_home(keeper)
    posted = {"name": "Home One", "opened_on": "", "closed_on": "", "version": "1"}
    assert client.post("/registers/homes/H1/edit/", posted).status_code == 302
    page = read(client, "/registers/homes/H1/edit/", 409, **posted | {"name": "Home First"})
    assert "Somebody else changed this" in page and "Home One" in page and "Home First" in page
    assert 'name="version" value="2"' in page
    assert Home.objects.get().name == "Home One"


def test_an_agency_is_counted_and_a_count_corrected(client, keeper):
    posted = {"agency": "Police", "as_at_on": "2017-12-15", "target_count": "10", "trained_count": "11"}
    assert "No more can be trained" in read(client, "/registers/training/add/", 400, **posted)
    assert client.post("/registers/training/add/", posted | {"trained_count": "4"}).status_code == 302
    number = Training.objects.get().pk
    assert 'value="Police"' in read(client, "/registers/training/add/?agency=Police")
    posted |= {"trained_count": "5", "version": "1"}
    assert client.post(f"/registers/training/{number}/", posted).status_code == 302
    assert "5 of 10" in read(client, "/registers/")


def test_an_outage_is_entered_and_ended(client, keeper):
    posted = {
        "what": "Nobody could save",
        "began_on": "2017-12-19",
        "began_at": "14:05",
        "planned_hours": "0",
    }
    half = posted | {"over_on": "2017-12-19"}
    assert "both the day and the time" in read(client, "/registers/outages/add/", 400, **half)
    assert client.post("/registers/outages/add/", posted).status_code == 302
    number = Outage.objects.get().pk
    assert 'value="14:05"' in read(client, f"/registers/outages/{number}/")
    over = posted | {"over_on": "2017-12-19", "over_at": "15:50", "version": "1"}
    assert client.post(f"/registers/outages/{number}/", over).status_code == 302
    page = read(client, "/registers/")
    assert "1.8" in page and "19 December 2017 at 14:05" in page


@pytest.mark.both_databases
def test_pages_ask_the_database_little(client, django_assert_max_num_queries):
    by = signed_in(client, "qa_lead")
    for number in range(1, 6):
        home = a_home(by, f"Home {number}")
        an_inspection(home, by)
        a_count(by, f"Agency {number}")
        an_outage(by, began=f"2017-0{number}-04 08:00", over=f"2017-0{number}-04 09:00")
    a_set(over_two_years("GOV-07", [40]))
    number = HomeInspection.objects.first().pk
    for page in (
        "/registers/",
        "/registers/homes/H1/",
        "/registers/homes/H1/edit/",
        f"/registers/inspections/{number}/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200
    assert a_person("performance_analyst").may("keep_registers")


def sent(what, **said):
    return {"what": what, **{f"{what}-{name}": value for name, value in said.items()}}


def test_children_terms_and_places_are_entered_and_corrected(client):
    signed_in(client, "performance_analyst")
    page = read(client, "/registers/reference/")
    for words in ("No estimate was entered yet", "No term was entered yet", "No count was entered yet"):
        assert words in page
    assert "Children, terms and places" in read(client, "/registers/")
    nowhere = sent("estimate", year="2016", population_0_17="61000")
    assert "Where is it from? Not filled in yet" in read(client, "/registers/reference/", 400, **nowhere)
    source = {"source": "ONS, 22 June 2017"}
    wrong = sent("term", academic_year="2017", term="Autumn", **source)
    assert "Write the school year as 2017/18" in read(client, "/registers/reference/", 400, **wrong)
    for one in (
        sent("estimate", year="2016", population_0_17="61000", **source),
        sent("estimate", year="2016", population_0_17="61500", **source),
        sent("estimate", area="North", year="2016", population_0_17="9000", **source),
        sent("estimate", area="North", year="2016", population_0_17="", **source),
        sent("estimate", area="North", year="2016", population_0_17="9100", **source),
        sent(
            "term",
            academic_year="2017/18",
            term="Autumn",
            started_on="2017-09-04",
            ended_on="2017-12-20",
            **source,
        ),
        sent("places", as_at_on="2017-12-31", approved_places="90", occupied_places="71", **source),
    ):
        assert client.post("/registers/reference/", one)["Location"] == "/registers/reference/"
    page = read(client, "/registers/reference/")
    for words in (
        "61,500",
        "before: 61,000",
        "before: taken back",
        "Autumn 2017/18",
        "4 Sep 2017 to 20 Dec 2017",
        "71 of 90",
        "ONS, 22 June 2017",
    ):
        assert words in page, words
    text = b"area,year,population_0_17\n,2015,60100\n"
    file = {**sent("entries", **source), "entries-file": SimpleUploadedFile("ons.csv", text)}
    answer = client.post("/registers/reference/", file, follow=True)
    assert "1 line taken over" in page_of(answer) and "60,100" in page_of(answer)


@pytest.mark.both_databases
def test_the_page_of_children_terms_and_places_asks_little(client, django_assert_max_num_queries):
    by = signed_in(client, "performance_analyst")
    for year in range(2008, 2017):
        an_estimate(by, year=year)
        an_estimate(by, year=year)
    a_term(by)
    some_places(by)
    a_set(over_two_years("SUF-03", [40]))
    with django_assert_max_num_queries(12):
        assert client.get("/registers/reference/").status_code == 200


def test_school_and_childcare_are_entered_and_taken_over(client, keeper):
    page = read(client, "/registers/schooling/")
    for words in ("No return was taken over yet", "No list was taken over yet", "No term was counted yet"):
        assert words in page
    assert "EH-08, LAC-22 and LAC-26 have no figure yet" in page
    counted = {"childcare-term": "Autumn 2017", "childcare-counted_on": "2017-12-20"}
    counted |= {"childcare-eligible_count": "400", "childcare-taking_up_count": "500", "what": "childcare"}
    assert "No more can take it up" in read(client, "/registers/schooling/", 400, **counted)
    right = counted | {"childcare-taking_up_count": "300"}
    assert client.post("/registers/schooling/", right)["Location"] == "/registers/schooling/"
    head = b"child_id,term,ended_on,sessions_possible,sessions_missed,suspensions\n"
    for what, text in (
        ("returns", head + b"C1,Autumn 2017,2017-12-20,140,14,0\n"),
        ("moves", b"child_id,moved_on\nC1,2017-11-06\n"),
    ):
        assert " yet." in read(client, "/registers/schooling/", 400, what=what)
        sent = {"what": what, f"{what}-file": SimpleUploadedFile("school.csv", text)}
        assert client.post("/registers/schooling/", sent).status_code == 302
    page = read(client, "/registers/schooling/")
    for words in ("300 of 400", "Autumn 2017", "1 child matched to a school, 1 move."):
        assert words in page, words
    assert "C1" not in page
