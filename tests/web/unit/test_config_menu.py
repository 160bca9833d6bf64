"""The menu: one row while it is short, areas with their pages once it is long."""

import pytest

from goldenthread_web.config.menu import AREAS, LONGEST_ROW, menu_of
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db


def texts(entries):
    return [entry["text"] for entry in entries]


def test_a_short_menu_is_one_row_with_one_current_entry():
    found = menu_of(a_person("social_worker"), "/this-morning/drift/")
    assert len(found) <= LONGEST_ROW and not any(entry["within"] for entry in found)
    assert [entry["text"] for entry in found if entry["current"]] == ["This morning"]


def test_a_long_menu_is_areas_and_the_pages_of_the_one_a_person_is_in():
    found = menu_of(a_person("director"), "/indicators/CIN-02/")
    assert set(texts(found)) <= set(AREAS) | {item.text for items in AREAS.values() for item in items}
    (current,) = [entry for entry in found if entry["current"]]
    assert current["text"] == "Figures"
    assert [entry["text"] for entry in current["within"] if entry["current"]] == ["Scorecard"]


def test_an_area_with_one_page_is_that_page():
    found = menu_of(a_person("performance_analyst"), "/data-quality/")
    areas = {entry["text"]: entry for entry in found}
    assert texts(areas["Data"]["within"]) == ["Data quality", "Extracts"]
    assert not areas["Data"]["href"].startswith("/extracts")


def test_nobody_is_led_where_their_role_may_not_go():
    for role in ("board_member", "data_protection_officer", "team_manager"):
        person = a_person(role)
        shown = {
            text for entry in menu_of(person, "/") for text in ([entry["text"], *texts(entry["within"])])
        }
        for items in AREAS.values():
            for item in items:
                assert person.may(item.permission) or item.text not in shown, (role, item.text)


def test_an_address_outside_every_entry_makes_none_current():
    assert not any(entry["current"] for entry in menu_of(a_person("director"), "/account"))
