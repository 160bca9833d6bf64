"""What every page says of the data's age (test 62)."""

import pytest

from goldenthread_web.extracts.banners import banners
from tests.web.builders import a_person
from tests.web.deliveries import AS_AT, MOMENT, a_load, a_place, a_run

pytestmark = pytest.mark.django_db


def test_before_anything_was_loaded_every_page_says_so(settings, tmp_path):
    a_place(settings, tmp_path)
    [manager] = banners(a_person("team_manager"))
    assert "missing, not zero" in manager["text"]
    assert "href" not in manager, "a manager cannot load anything"
    [analyst] = banners(a_person("performance_analyst"))
    assert analyst["href"] == "/extracts/deliver"


def test_fresh_data_needs_no_banner_and_old_data_has_one(settings, tmp_path):
    """The tests' today is 2 January 2018: data as at 26 December is seven days old."""
    place = a_place(settings, tmp_path)
    a_load(place, as_at_on=AS_AT.replace(day=25))
    [banner] = banners(a_person("board_member"))
    assert banner["text"].startswith("The data is 8 days old: nothing recorded after 25 December 2017")
    a_load(place, as_at_on=AS_AT.replace(day=26))
    assert banners(a_person("board_member")) == []


def test_the_installation_says_after_how_many_days(settings, tmp_path):
    a_load(a_place(settings, tmp_path, stale_after_days=1))
    assert banners(a_person("director"))[0]["text"].startswith("The data is 2 days old")


def test_who_sees_loads_is_told_why_there_is_nothing_newer(settings, tmp_path):
    a_load(a_place(settings, tmp_path, stale_after_days=1))
    a_run("refused", finished_at=MOMENT, sentence="visits has 3 rows.")
    assert "The last delivery was not loaded: visits has 3 rows." in banners(a_person("director"))[0]["text"]
    assert "visits" not in banners(a_person("team_manager"))[0]["text"]
