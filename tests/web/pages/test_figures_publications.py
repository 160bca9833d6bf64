"""Pages of published figures: what was published, when, by whom, and what of it would be otherwise today."""

from datetime import date
from types import SimpleNamespace

import pytest

from goldenthread.figures.publication import Asked, publish
from goldenthread.settings import Settings
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.figures.publication_services import publish_figures
from goldenthread_web.parameters.queries import published_refs
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
    assert published_refs() == {"FD-02", "CP-03"}
    signed_in(client, "performance_analyst")
    assert "This indicator was published: a second person must" in read(client.get("/targets/FD-02/"))
    assert "was published" not in read(client.get("/targets/SO-01/"))


def test_whoever_sees_no_small_numbers_is_told_how_many_and_no_number(client, place):
    published(a_person("performance_analyst"))
    signed_in(client, "scrutiny_member")
    page = read(client.get(ADDRESS))
    assert "1 figure would be another today" in page and "CP-03" in page
    assert "98 of 200" not in page and "81.0%" not in page and "70.0%" not in page


def test_a_publication_that_was_changed_is_said_and_not_shown(client, place):
    made = published(a_person("performance_analyst"))
    path = made.folder / "publication.json"
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8").replace("FD-02", "FD-03"), "utf-8")
    signed_in(client, "director")
    assert "is not as it was published" in read(client.get("/publications/"))
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/publications/Nobody knows/").status_code == 404
    assert client.get("/publications/..%2Fsecrets/").status_code == 404


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
