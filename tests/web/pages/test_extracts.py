"""Pages of the extracts: from files handed over to what every team has to mend."""

import csv
import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from lxml import html

from goldenthread_web.accounts.children import reference
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.jobs import work_once
from goldenthread_web.extracts.lease_services import begin_routine
from goldenthread_web.extracts.models import LoadRun, MadeLoad
from goldenthread_web.trail.models import Event, Seen
from goldenthread_web.ui.csv_files import restored
from tests.web.builders import a_unit, signed_in
from tests.web.deliveries import (
    AS_AT,
    CHILDREN,
    MOMENT,
    VISITS,
    a_load,
    a_place,
    a_run,
    found_wrong,
    received,
    wrong,
)
from tests.web.unit.test_extracts_quality import ALLOCATIONS, FOUND

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    return a_place(settings, tmp_path)


def read(answer) -> str:
    """What a person reads on the page."""
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0])))


def uploads(**files):
    return [
        SimpleUploadedFile(name if "." in name else f"{name}.csv", text.encode())
        for name, text in files.items()
    ]


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def loaded(place):
    """A load in force with findings, made by a run; the number of the run and the folder of the load."""
    load = a_load(place, allocations=ALLOCATIONS)
    found_wrong(place, load, FOUND)
    for team in ("FSP 1", "FSP 2"):
        a_unit(team)
    run = a_run("done", finished_at=MOMENT)
    MadeLoad.objects.create(
        run=run,
        folder=load.folder.name,
        as_at_on=load.as_at_on,
        hash=load.hash,
        rows={"visits": 4, "children": 2},
        rows_before={"visits": 9, "children": 1},
        compared_with="2017-11-30-abc",
        findings={"error": 6, "warning": 1},
    )
    return {"number": run.pk, "folder": load.folder.name}


def test_files_are_handed_over_loaded_and_seen(client, place):
    signed_in(client, "performance_analyst")
    assert "Nothing has been delivered here" in read(client.get("/extracts/"))
    files = uploads(children=CHILDREN, visits=VISITS + "v5,c1,cin,31 Feb,true\n", allocations=ALLOCATIONS)
    answer = client.post("/extracts/deliver", {"files": files, "as_at_on": "2017-12-31"})
    run = LoadRun.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/extracts/{run.pk}/")
    waiting = client.get(answer["Location"])
    assert "Waiting, and nobody is at work" in read(waiting)
    begin_routine("sweep", now())
    assert "Waiting for its turn." in read(client.get(answer["Location"]))
    assert f'hx-get="/extracts/{run.pk}/"' in waiting.content.decode()

    work_once("worker", beat_every=3600)
    done = client.get(answer["Location"])
    assert "The files were loaded, and everything was worked out from them." in read(done)
    assert "hx-get" not in done.content.decode(), "there is nothing more to wait for"
    assert client.get(answer["Location"], headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert re.search(r"Load \d+ .* Loaded In force 31 Dec 2017 8 ", read(client.get("/extracts/")))

    made = run.loads.get()
    report = read(client.get(f"/extracts/{run.pk}/{made.folder}/?rule=R05"))
    assert "31 Feb" in report
    assert "Correct the record in the case system" in report

    again = client.post("/extracts/deliver", {"files": files_again(files), "as_at_on": "2017-12-31"})
    work_once("worker", beat_every=3600)
    assert "nothing was loaded twice" in read(client.get(again["Location"]))
    assert [one.folder for one in MadeLoad.objects.all()] == [made.folder] * 2
    assert not list((place / "deliveries" / "receiving").iterdir())


def files_again(files):
    for file in files:
        file.seek(0)
    return files


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose the files to load."),
        ({"files": uploads(visits=VISITS), "as_at_on": "2018-01-03"}, "That day is still to come"),
        ({"files": uploads(visits=VISITS), "as_at_on": "yesterday"}, "Write the day as day, month and year"),
        ({"files": uploads(**{"a;b.csv": VISITS})}, "signs that the name of an extract may not"),
    ],
)
def test_what_is_wrong_with_a_delivery_is_said_beside_the_field(client, place, given, sentence):
    signed_in(client, "performance_analyst")
    answer = client.post("/extracts/deliver", files_read_anew(given))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in read(answer)
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert re.search(r'href="#id_(files|as_at_on)"', page), "the summary leads to the field"
    assert not LoadRun.objects.exists()
    folder = place / "deliveries" / "receiving"
    assert not folder.exists() or not list(folder.iterdir()), "what was refused is not kept"


def files_read_anew(given):
    return given | {"files": files_again(given["files"])} if "files" in given else given


def test_a_path_in_a_name_is_no_path(client, place):
    signed_in(client, "performance_analyst")
    body = (
        '--b\r\nContent-Disposition: form-data; name="files"; filename="../../../visits.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\n{VISITS}\r\n--b--\r\n"
    )
    answer = client.generic("POST", "/extracts/deliver", body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 302
    assert [file.name for file in LoadRun.objects.get().delivery.files.all()] == ["visits.csv"]
    assert not list(place.glob("*.csv"))


def test_a_run_that_was_refused_says_why_and_offers_what_can_be_done(client, place):
    signed_in(client, "performance_analyst")
    client.post("/extracts/deliver", {"files": uploads(visits=VISITS), "as_at_on": "2017-12-31"})
    run = LoadRun.objects.get()
    LoadRun.objects.update(state="refused", sentence="visits has 3 rows.", is_about_fewer_rows=True)
    page = read(client.get(f"/extracts/{run.pk}/"))
    assert "Visits has 3 rows." in page
    assert "The last good data stays as it was." in page
    assert "Load although there are fewer rows" in page
    answer = client.post(f"/extracts/{run.pk}/again", {"accept_fewer": "1"})
    again = LoadRun.objects.latest("pk")
    assert (answer["Location"], again.accept_fewer) == (f"/extracts/{again.pk}/", True)


def test_who_may_not_load_is_offered_nothing(client, loaded):
    signed_in(client, "programme_manager")
    assert "Deliver files" not in read(client.get("/extracts/"))
    page = client.get(f"/extracts/{loaded['number']}/").content.decode()
    assert "<form" not in re.search(r"<main.*</main>", page, re.DOTALL)[0]


def test_the_history_shows_rows_beside_those_of_the_load_before(client, loaded):
    signed_in(client, "director")
    page = read(client.get("/extracts/"))
    assert re.search(r"In force 31 Dec 2017 6 \(-4\)", page)
    one = read(client.get(f"/extracts/{loaded['number']}/"))
    assert re.search(r"Visits 4 9 -5 Far fewer", one)
    assert re.search(r"Children 2 1 \+1", one)


def test_the_load_report_is_counts_for_whoever_sees_no_children(client, loaded):
    signed_in(client, "programme_manager")
    address = f"/extracts/{loaded['number']}/{loaded['folder']}/"
    page = client.get(address)
    assert "Your role sees counts, not rows." in read(page)
    assert "c1" not in read(page)
    assert not Event.objects.filter(what="children.seen").exists()
    assert client.get(f"{address}rows.csv").status_code == 403
    assert rows_of(client.get(f"{address}by-rule.csv"))[1][:3] == ["R05", "Error", "visits"]


def test_the_load_report_shows_rows_to_whoever_sees_every_child_and_records_it(client, loaded):
    signed_in(client, "performance_analyst")
    address = f"/extracts/{loaded['number']}/{loaded['folder']}/"
    assert "31 Feb" in read(client.get(f"{address}?severity=error"))
    assert Event.objects.get(what="children.seen").changes == {"rows": 6}
    assert set(Seen.objects.values_list("reference", flat=True)) == {reference(c) for c in ("c1", "c2", "c9")}
    rows = rows_of(client.get(f"{address}rows.csv?severity=warning"))
    assert [row[1] for row in rows] == ["Rule", "X07"]
    assert Event.objects.get(what="children.exported").changes == {"rows": 1}


def test_a_load_that_the_store_no_longer_keeps_is_said_to_be_gone(client, loaded):
    signed_in(client, "director")
    assert client.get(f"/extracts/{loaded['number']}/2017-01-01-abc/").status_code == 404


def test_a_manager_sees_what_their_team_has_to_do_and_no_other_team(client, loaded):
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    page = client.get("/data-quality/")
    assert "Data quality: FSP 1" in read(page)
    assert "What to do on Monday" in read(page)
    assert "FSP 2" not in read(page)
    assert client.get("/data-quality/?team=FSP+2").status_code == 404
    assert client.get("/data-quality/rows?team=FSP+2").status_code == 404
    assert client.get("/data-quality/rows.csv?team=FSP+2").status_code == 404
    rows = client.get("/data-quality/rows")
    assert "c1" in read(rows)
    assert "c2" not in read(rows), "another team holds the child by now"
    assert set(Seen.objects.values_list("reference", flat=True)) == {reference("c1"), reference("c9")}


def test_teams_stand_side_by_side_for_whoever_answers_for_them(client, loaded):
    signed_in(client, "director")
    assert re.search(
        r"FSP 1 Family Support 4 1 0 3 FSP 2 Family Support 1 0 0 1", read(client.get("/data-quality/"))
    )
    assert rows_of(client.get("/data-quality/teams.csv"))[1] == [
        "FSP 1",
        "Family Support",
        "4",
        "1",
        "0",
        "3",
    ]


def test_what_rows_can_be_narrowed_to_is_said_in_words(client, place):
    load = a_load(place)
    found_wrong(place, load, [wrong(row=2), wrong(row=3, rule="error_cell"), wrong(row=4, rule="X07")])
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    page = html.fromstring(client.get("/data-quality/rows").text)
    said = {one.get("value"): one.text for one in page.xpath("//select[@name='rule']/option")}
    assert said.pop("R05") == "A value cannot be read, or a required one is blank"
    assert said.pop("error_cell") == "A cell holds an error of the spreadsheet, such as #N/A"
    assert said == {"": "All", "X07": "A value was read with a remark"}
    assert [one.text for one in page.xpath("//select[@name='table']/option")] == ["All", "Visits"]


def test_the_export_is_what_the_screen_shows_and_no_formula(client, place):
    load = a_load(place)
    found_wrong(place, load, [wrong(value="=HYPERLINK(1)", row=2), wrong(severity="warning", row=3)])
    a_unit("FSP 1")
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    shown = read(client.get("/data-quality/rows?severity=error"))
    rows = rows_of(client.get("/data-quality/rows.csv?severity=error"))
    assert len(rows) == 2
    value = rows[1][rows[0].index("Value")]
    assert value == "'=HYPERLINK(1)"
    assert restored(value) in shown


def test_a_long_list_is_not_exported_by_one_person(client, place):
    load = a_load(place)
    rows = [wrong(row=number, rule="R05" if number < 202 else "R06") for number in range(2, 203)]
    found_wrong(place, load, rows)
    a_unit("FSP 1")
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    answer = client.get("/data-quality/rows.csv")
    assert "text/csv" not in answer["Content-Type"]
    assert "201 rows" in answer.content.decode()
    page = client.get("/data-quality/rows")
    assert "1 to 50 of 201" in read(page) and "Up to 200 rows can be downloaded by one person" in read(page)
    assert "rows.csv" not in page.content.decode()
    assert "rows.csv?rule=R05" in client.get("/data-quality/rows?rule=R05").content.decode()


def test_rows_are_not_shown_when_seeing_them_cannot_be_recorded(client, loaded):
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trail_event RENAME TO trail_event_away")
    client.raise_request_exception = False
    answer = client.get("/data-quality/rows")
    assert answer.status_code >= 500
    assert ">c1<" not in answer.content.decode()


def test_before_anything_is_loaded_data_quality_is_missing_not_perfect(client):
    signed_in(client, "director")
    page = read(client.get("/data-quality/"))
    assert "No data has been loaded yet" in page
    assert "0" not in page


def test_headings_are_shown_with_why_and_can_be_corrected(client, place):
    from goldenthread_web.extracts import services

    person = signed_in(client, "performance_analyst")
    run = services.deliver(received(**{"contacts.csv": "x,y\n1,2\n"}), as_at_on=AS_AT, by=person)
    LoadRun.objects.update(state="refused", sentence="No.")
    assert "Nothing had to be matched" in read(client.get(f"/extracts/{run.pk}/mapping"))

    annex = "Child ID,Sex,Date of Contact,Contact Source,Colour\nc1,a) Male,01/12/2017,x,y\n"
    other = services.deliver(received(**{"List 1.csv": annex}), as_at_on=AS_AT, by=person)
    LoadRun.objects.filter(pk=other.pk).update(state="refused", sentence="No.")
    address = f"/extracts/{other.pk}/mapping"
    page = client.get(address)
    assert "Colour" in read(page)
    assert "Not matched" in read(page)
    fields = dict(
        re.findall(
            r'<select[^>]*name="([^"]+)".*?<option value="([^"]*)" selected', page.content.decode(), re.S
        )
    )
    [colour] = [name for name in fields if re.search(rf'for="{name}">Heading Colour ', page.content.decode())]
    assert "Nothing was changed" in read(client.post(address, fields))
    answer = client.post(address, fields | {colour: "ethnicity"})
    again = LoadRun.objects.latest("pk")
    assert answer["Location"] == f"/extracts/{again.pk}/"
    assert {line["heading"]: line["column"] for line in again.mapping}["Colour"] == "ethnicity"
    assert Event.objects.filter(what="load.asked", changes__mapping_corrected=True).exists()
    signed_in(client, "director")
    assert "<select" not in client.get(address).content.decode()
    assert client.post(address, fields).status_code == 403


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "address",
    [
        "/extracts/",
        "/extracts/deliver",
        "/extracts/{number}/",
        "/extracts/{number}/mapping",
        "/extracts/{number}/{folder}/",
        "/data-quality/",
        "/data-quality/?team=FSP+1",
        "/data-quality/rows",
    ],
)
def test_no_page_asks_much_of_the_database(client, loaded, address, django_assert_max_num_queries):
    signed_in(client, "performance_analyst")
    for number in range(30):
        a_run("done", asked_at=MOMENT.replace(minute=number))
    client.get(address.format(**loaded))  # the first page after sign-in writes the session, once
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(address.format(**loaded))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


def test_old_data_has_its_banner_on_every_page(client, loaded, settings, tmp_path):
    a_place(settings, tmp_path, stale_after_days=1)
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    assert "The data is 2 days old" in client.get("/data-quality/").content.decode()
