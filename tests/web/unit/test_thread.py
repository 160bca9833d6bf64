"""The thread: up and down from anything, in few queries, and nothing that a person may not see."""

import pytest

from goldenthread_web.reports.services import write_section
from goldenthread_web.thread.following import Place, follow, node, page_of
from goldenthread_web.thread.kind import Kind
from goldenthread_web.thread.kinds import BY_CODE
from goldenthread_web.thread.searching import search, words_of
from tests.web.builders import a_person
from tests.web.reporting import a_content, a_programme, a_report, figures, released
from tests.web.threads import a_thread

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def tree(one):
    """What hangs on a thing: {"objective O2.1": {...}}."""
    return {
        f"{code} {child.place.key}": tree(child) for code, children in one.next.items() for child in children
    }


def thread(kind, key, role="programme_manager", *, down):
    person = a_person(role)
    return tree(follow(node(Place(kind, str(key)), person), person, down=down))


def test_from_a_recommendation_down_to_the_action():
    made = a_thread()
    assert thread("recommendation", made["recommendation"].pk, down=True) == {
        f"finding {made['finding'].pk}": {"action 2.1.1": {}},
        "objective O2.1": {"action 2.1.1": {}},
    }


def test_from_an_action_down_to_evidence_and_indicator_and_up_to_findings_and_risks():
    made = a_thread()
    down = thread("action", "2.1.1", down=True)
    assert {name.split()[0] for name in down} == {"evidence", "indicator"}
    up = thread("action", "2.1.1", down=False)
    assert {"objective O2.1", "risk K1", f"finding {made['finding'].pk}"} == set(up)
    assert up["objective O2.1"] == {
        "theme 2": {},
        f"recommendation {made['recommendation'].pk}": {},
    }


def test_from_an_indicator_up_to_everything_that_watches_it():
    a_thread()
    up = thread("indicator", "CIN-02", down=False)
    assert set(up) == {"action 2.1.1", "risk K1"}
    assert "objective O2.1" in up["action 2.1.1"]


def test_a_thing_is_shown_once_and_never_below_itself():
    a_thread()
    found = thread("risk", "K1", down=True)
    assert "risk K1" not in str(found["action 2.1.1"])


def test_four_queries_however_much_hangs_on_it(django_assert_max_num_queries):
    a_thread()
    person = a_person("programme_manager")
    with django_assert_max_num_queries(3):
        follow(node(Place("action", "2.1.1"), person), person, down=True)


def test_what_a_role_may_not_see_is_not_on_its_thread():
    a_thread()
    up = thread("action", "2.1.1", "social_worker", down=False)
    assert up == {"objective O2.1": {"theme 2": {}}}
    assert node(Place("risk", "K1"), a_person("social_worker")) is None


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("nothing", "1"),
        ("action", "9.9.9"),
        ("indicator", "ZZ-99"),
        ("finding", "letters"),
        ("ask", "999999"),
    ],
)
def test_what_is_not_there_is_nothing(kind, key):
    a_thread()
    assert node(Place(kind, key), a_person("director")) is None


def test_names_say_what_a_thing_is():
    made = a_thread()
    person = a_person("director")
    names = {
        ("inspection", made["inspection"].pk): "SIF inspection, published 7 April 2017",
        ("letter", made["letter"].pk): "Letter on monitoring visit 2, 21 December 2017",
        ("recommendation", made["recommendation"].pk): "6 Plans for children in need",
        ("action", "2.1.1"): "2.1.1 Review each child without a plan every week",
        ("finding", made["finding"].pk): "V2.1 Plans are late",
    }
    for (kind, key), name in names.items():
        assert node(Place(kind, str(key)), person).name == name
    long = BY_CODE["action"].named("1.1.1", "word " * 60)
    assert len(long) <= 160 and long.endswith("word…")


def found(text, role="programme_manager"):
    return {one.kind.code: [each.name for each in one.nodes] for one in search(text, a_person(role))}


def test_search_finds_every_word_anywhere_whatever_its_case():
    a_thread()
    assert found("WEEK plan")["action"] == ["2.1.1 Review each child without a plan every week"]
    assert set(found("late")) - {"indicator"} == {"letter", "finding", "risk"}
    assert found("late nowhere") == {}
    assert found("CIN-02")["indicator"][0].startswith("CIN-02 ")


def test_search_finds_nothing_for_nothing_and_for_what_a_role_may_not_see():
    a_thread()
    assert found("") == {} and found("a") == {} and words_of("a plan") == ["plan"]
    assert set(found("late", "social_worker")) == set()  # neither findings, nor risks, nor indicators
    assert set(found("plan", "social_worker")) <= {"action", "objective", "evidence"}


def test_search_takes_signs_of_queries_as_text():
    a_thread()
    assert found("100%") == {} and found("_____") == {} and found("'; drop table") == {}


def test_every_kind_is_named_from_fields_it_has():
    for kind in BY_CODE.values():
        assert isinstance(kind, Kind)
        if kind.rows is not None:
            fields = (*kind.name, kind.key, *kind.asked_by, *kind.searched, *kind.coded)
            list(kind.rows(a_person("director")).values(*fields))


def test_every_kind_has_a_page():
    asked_by = {kind.code: "\n".join("1" for _ in kind.asked_by) for kind in BY_CODE.values()}
    assert [code for code, of in asked_by.items() if not page_of(BY_CODE[code], of)] == []


def test_search_looks_in_what_is_being_written_for_those_who_work_on_it_alone():
    a_programme()
    figures()
    by = a_person("programme_manager")
    content = a_content(by)
    section = write_section(content, "summary", text="Of badgers nothing is known.", version=0, by=by)
    assert found("badgers") == {"draft_section": ["Summary, quarter 3 2017/18"]}  # no report of it yet
    report = a_report(content, by)
    draft = {"draft": ["Progress. Cabinet"]}
    of_writers = draft | {"draft_section": ["Summary, quarter 3 2017/18"]}
    for role in ("programme_manager", "director", "performance_analyst"):
        assert found("badgers", role) == of_writers
    for role in ("section_151_officer", "solicitor"):  # they sign, and never open the page that writes it
        assert found("badgers", role) == draft
    for role in ("board_member", "elected_member", "scrutiny_member", "improvement_partner", "qa_lead"):
        assert found("badgers", role) == {}
        assert node(Place("draft", str(report.pk)), a_person(role)) is None
        assert node(Place("draft_section", str(section.pk)), a_person(role)) is None
    assert thread("draft", report.pk, down=True) == {f"draft_section {section.pk}": {}}
    released(report, by)
    assert set(found("badgers")) == {"release"}  # what is out is found as it left, once
