"""What is wrong, by team: whose rows a person sees, and what is counted."""

import pytest

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.restriction_services import propose_restriction
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.extracts import quality
from goldenthread_web.extracts.found_wrong import by_rule
from tests.web.builders import a_person, a_unit
from tests.web.deliveries import a_load, a_place, found_wrong, wrong

pytestmark = pytest.mark.django_db
POSTS = "post_id,started_on,team,role,is_vacant,worker_id\n"
ALLOCATIONS = (
    "allocation_id,child_id,team,worker_id,role,started_on\n"
    "a1,c1,FSP 1,W1,social_worker,2017-06-01\na2,c2,FSP 2,W2,social_worker,2017-06-01\n"
)
FOUND = [
    wrong(child_id="c1", row=2),
    wrong(child_id="c1", row=3, severity="warning", rule="X07", table="cp_plans"),
    wrong(child_id="c2", row=4),  # filed with FSP 1, and held by FSP 2 by now
    wrong(child_id="c9", row=5),  # closed: held by nobody
    wrong(child_id=None, row=6, column=None),
    wrong(child_id="c2", row=7, team="FSP 2", worker_id="W2"),
    wrong(child_id=None, row=8, team="not known", service="not known", worker_id="not known"),
]


@pytest.fixture
def found(settings, tmp_path):
    place = a_place(settings, tmp_path)
    load = a_load(place, allocations=ALLOCATIONS)
    found_wrong(place, load, FOUND)
    for team in ("FSP 1", "FSP 2", "FSP 3"):
        a_unit(team)
    return quality.open_findings()


def rows_seen(found, **person):
    scope = child_scope(a_person(**person))
    return quality.within(found, scope).rows["row"].to_pylist()


def test_a_manager_sees_their_teams_rows_but_no_child_whom_another_team_holds(found):
    assert rows_seen(found, role="team_manager", unit=a_unit("FSP 1")) == [2, 3, 5, 6]
    assert rows_seen(found, role="team_manager", unit=a_unit("FSP 2")) == [7]
    assert rows_seen(found, role="team_manager", unit=a_unit("FSP 3")) == []


def test_whoever_answers_for_a_service_or_for_all_sees_those(found):
    service = a_unit("Family Support", kind="service")
    assert rows_seen(found, role="service_manager", unit=service) == [2, 3, 4, 5, 6, 7]
    assert rows_seen(found, role="performance_analyst") == [2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    "named",
    [
        {"details": "born_on: 2010-05-01; other_child: c9; sex: 1"},
        {"details": "other_child: c9"},
        {"message": "The same person as child c9, who is open too."},
        {"message": "Two children have one number (“c9”)."},
        {"value": "c1 or c9"},
    ],
)
def test_a_restricted_child_is_not_named_by_what_is_wrong_of_another_child(settings, tmp_path, named):
    """Security test 16: of c9, whom nobody holds, only the words of another child's row tell."""
    place = a_place(settings, tmp_path)
    load = a_load(place, allocations=ALLOCATIONS)
    found_wrong(place, load, [wrong(child_id="c1", row=2), wrong(child_id="c1", row=3, **named)])
    found = quality.open_findings()
    on_it = a_person("head_of_service")
    assert rows_seen(found, role="performance_analyst") == [2, 3]
    propose_restriction(reference("c9"), reason="adoption", viewers=[on_it], by=a_person("director"))
    assert rows_seen(found, role="performance_analyst") == [2]
    assert quality.within(found, child_scope(on_it)).rows["row"].to_pylist() == [2, 3]


def test_teams_stand_side_by_side_those_without_anything_wrong_too(found):
    scope = child_scope(a_person("director"))
    lines = quality.team_lines(found, quality.teams_within(found, scope))
    assert [(one.team, one.error, one.warning, one.info, one.children) for one in lines] == [
        ("FSP 1", 4, 1, 0, 3),
        ("FSP 2", 1, 0, 0, 1),
        ("FSP 3", 0, 0, 0, 0),
        ("not known", 1, 0, 0, 0),
    ]


def test_by_rule_says_what_is_wrong_and_what_to_do(found):
    first, second = by_rule(found.only(team="FSP 1"))
    assert (first.rule, first.table, first.severity, first.findings, first.children) == (
        "R05",
        "visits",
        "error",
        4,
        3,
    )
    assert first.title == "A value cannot be read, or a required one is blank"
    assert second.advice == "End the plan that was replaced, or remove the one entered twice."


def test_rows_are_read_page_by_page(found):
    rows = quality.Rows(found.rows)
    assert len(rows) == 7
    assert [row["row"] for row in rows[2:4]] == [4, 5]
    assert rows[6]["team"] == "not known"


def test_the_link_to_the_case_system_is_the_councils(settings, tmp_path):
    assert quality.case_link("c 1/2") == "https://cases.example/child/c%201%2F2"
    assert quality.case_link(None) == ""
    a_place(settings, tmp_path, case_system_link="")
    assert quality.case_link("c1") == ""
