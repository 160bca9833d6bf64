"""Pages of published figures: what was published, when, by whom, and what of it would be otherwise today."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from goldenthread.figures.publication import Asked, publish
from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import Settings
from goldenthread.store import Store
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.figures.publication_services import publish_figures
from goldenthread_web.figures.publications import revised_rows, standing
from goldenthread_web.figures.working_out import caveats
from goldenthread_web.trail.models import Event
from tests.unit.figure_lines import a_figure
from tests.web.builders import a_person, signed_in
from tests.web.deliveries import a_load, a_place
from tests.web.figure_sets import a_set, over_two_years
from tests.web.pages.test_figures import read

pytestmark = pytest.mark.django_db
LOADS = [SimpleNamespace(as_at_on=date(2017, 3, 31), hash="abc")]
ASKED = Asked(on=date(2017, 3, 31), every="month", indicators=("FD-02", "CP-03"))
PUBLISHED = [
    a_figure("FD-02", 138, 200, month=13),
    a_figure("FD-02", 140, 200, month=14),
    a_figure("CP-03", 17, 21, month=14),
]
REVISED = {
    "part": "",
    "publication": "Board April 2017",
    "period_start": "2017-03-01",
    "period_end": "2017-03-31",
    "published": {"numerator": "140", "denominator": "200", "value": "70.0"},
    "present": {"numerator": "98", "denominator": "200", "value": "49.0"},
    "is_flagged": True,
}
ADDRESS = "/publications/Board April 2017/"


@pytest.fixture
def place(settings, tmp_path):
    found = a_place(settings, tmp_path)
    (found / "store").mkdir()
    a_set(over_two_years("FD-02", [70] * 24), caveats={"FD-02": {"failures": [], "restatements": [REVISED]}})
    return found


def published(by, name="Board April 2017"):
    return publish_figures(name, PUBLISHED, ASKED, LOADS, local=Settings(), by=by)


def test_the_list_says_what_was_published_by_whom_and_what_has_changed(client, place):
    analyst = a_person("performance_analyst", title="Performance lead")
    published(analyst)
    publish(place / "store", "From a terminal", PUBLISHED[:1], ASKED, Settings(), LOADS, for_public=True)
    signed_in(client, "director")
    page = read(client.get("/publications/"))
    assert "Board April 2017" in page and "3 figures" in page and "of 2 indicators, to 31 March 2017" in page
    assert "Performance lead" in page and "31 Mar 2017" in page and "1 revised figure" in page
    assert "From a terminal" in page and "For the public" in page and "of 1 indicator, to" in page
    assert "From the command line" in page and "Nothing" in page
    assert 'href="/publications/"' in client.get("/scorecard/").content.decode()


def test_one_publication_shows_both_sides_and_why(client, place):
    published(a_person("performance_analyst"))
    signed_in(client, "director")
    page = read(client.get(ADDRESS))
    assert "70.0% (140 of 200) 49.0% (98 of 200)" in page
    assert "Other data is loaded than was published from" in page
    assert "March 2017 70.0%" in page and "March 2017 81.0%" in page  # what it holds


def test_what_was_published_takes_two_people_to_move(client, place):
    a_load(place)
    published(a_person("performance_analyst"))
    assert standing() == ({"FD-02", "CP-03"}, [])
    signed_in(client, "performance_analyst")
    assert "This indicator was published: a second person must" in read(client.get("/targets/FD-02/"))
    assert "was published" not in read(client.get("/targets/SO-01/"))


def test_whoever_sees_no_small_numbers_is_told_how_many_and_no_number(client, place):
    published(a_person("performance_analyst"))
    signed_in(client, "scrutiny_member")
    page = read(client.get(ADDRESS))
    assert "1 figure would be another today" in page and "CP-03" in page
    assert "98 of 200" not in page and "81.0%" not in page and "70.0%" not in page


def a_torn_file(path):
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:200])


def a_changed_manifest(path):
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8").replace("FD-02", "FD-03"), "utf-8")


def a_lost_file(path):
    path.parent.chmod(0o755)
    path.unlink()


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("publication.json", a_changed_manifest),
        ("publication.json", a_torn_file),
        ("publication.json", a_lost_file),
        ("figures.parquet", a_torn_file),
        ("figures.parquet", a_lost_file),
    ],
)
def test_a_damaged_publication_is_said_and_the_pages_go_on(client, place, name, damage):
    load = a_load(place)
    analyst = a_person("performance_analyst")
    published(analyst, name="Board March 2017")
    damage(published(analyst).folder / name)
    signed_in(client, "head_of_service")
    page = read(client.get("/publications/"))
    assert f"The publication Board April 2017 is not as it was published ({name}" in page
    assert "restore it from a backup." in page and "Board March 2017" in page
    assert client.get(ADDRESS, follow=True).redirect_chain == [("/publications/", 302)]
    assert client.get("/publications/Board March 2017/").status_code == 200
    for address in ("/targets/", "/parameters/", "/indicators/FD-02/"):
        assert client.get(address).status_code == 200, address
    for address in ("/targets/SO-01/", "/parameters/icpc_limit_wd/"):  # which nobody published, or who knows?
        page = read(client.get(address))
        assert f"is not as it was published ({name}" in page, address
        assert "nobody knows what was published: a second person must approve" in page
    later = [a_figure("FD-02", 98, 200, month=14)]  # the whole one is still compared
    restated = caveats(load, Store.open(place / "store"), later)["FD-02"]["restatements"]
    assert [one["publication"] for one in restated] == ["Board March 2017"]


def test_there_is_no_publication_of_another_name(client, place):
    published(a_person("performance_analyst"))
    signed_in(client, "director")
    assert client.get("/publications/Nobody knows/").status_code == 404
    assert client.get("/publications/..%2Fsecrets/").status_code == 404


def test_each_part_of_a_revised_figure_is_said_in_its_own_unit():
    share = {"numerator": "140", "denominator": "200", "value": "70.0"}
    days = {"numerator": None, "denominator": "21", "value": "44.5"}
    sides = [(share, days), (days, days | {"value": None})]
    revised = [REVISED | {"published": one, "present": other} for one, other in sides]
    said = [row[3:5] for row in revised_rows(revised, replace(catalogue()["AS-03"], unit="%; days"))]
    assert said == [["70.0% (140 of 200)", "44.5 days"], ["44.5 days", "No figure"]]


def test_before_anything_was_published_it_says_so(client, place):
    signed_in(client, "board_member")
    assert "Nothing was published yet" in read(client.get("/publications/"))


def test_publishing_is_an_event_without_the_name_and_is_done_once(place):
    analyst = a_person("performance_analyst")
    made = published(analyst)
    event = Event.objects.latest("id")
    assert (event.what, event.by_id) == ("figures.published", analyst.pk)
    assert event.about_key == made.manifest["hash"][:40]
    assert event.changes == {"figures": 3, "on": "2017-03-31"}
    with pytest.raises(Refused, match="was published already"):
        published(analyst)
    with pytest.raises(NotAllowed):
        published(a_person("board_member"), name="Another")


@pytest.mark.both_databases
@pytest.mark.parametrize("address", ["/publications/", ADDRESS])
def test_the_pages_ask_the_database_little(client, place, django_assert_max_num_queries, address):
    analyst = a_person("performance_analyst")
    published(analyst)
    for number in range(8):
        published(analyst, name=f"Board {number}")
    signed_in(client, "director")
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
