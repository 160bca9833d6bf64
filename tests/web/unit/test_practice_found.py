"""What is known of practice about a focus: kinds of selection apart, small numbers hidden, nothing else."""

import pytest

from goldenthread_web.case_audits.models import Learning, LearningOutcome, Themed
from goldenthread_web.governance.practice_found import found_about, met, talks_of
from tests.web.builders import a_person, signed_in
from tests.web.following_builders import DONE_ON, a_case_audit, a_pro_forma
from tests.web.inspected import a_visit
from tests.web.unit.test_thread_practice import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

AREAS, REFS = ["supervision"], ("SO-02",)


@pytest.fixture
def audits():
    """Ten chosen at random, of which seven met the plan’s standard; one for a reason, which did not."""
    pro_forma = a_pro_forma()
    in_force(pro_forma.edition, indicators=["SO-02"], statement="Somebody says who does what.")
    answers = [("met", "met")] * 7 + [("partly", "met")] * 3
    made = [a_case_audit(answers=one, pro_forma=pro_forma) for one in answers]
    made.append(
        a_case_audit(
            answers=("not_met", "na"),
            pro_forma=pro_forma,
            selection="targeted",
            selection_reason="The case is about to close.",
        )
    )
    return made


def said(found):
    return [(one.standard.code, one.chosen, one.share, one.number) for one in found]


def test_each_way_of_choosing_is_a_row_of_its_own_and_met_in_part_is_not_met(audits):
    found = found_about(AREAS, REFS, is_public_view=False)
    assert said(found.met) == [
        ("plan-says-who", "Chosen at random", "70.0%", "7 of 10"),
        ("plan-says-who", "Chosen for a reason", "too few to say", "0 of 1"),
    ]
    assert found.met[0].interval and not found.met[1].interval
    assert said(met("childs-words", is_public_view=False)) == [
        ("childs-words", "Chosen at random", "100.0%", "10 of 10")
    ]  # what does not apply is not counted


def test_only_standards_of_the_focus_are_told(audits):
    assert found_about(["early_help"], ("EH-01",), is_public_view=False).met == ()


def test_a_standard_whose_words_talk_of_the_area_is_of_the_focus():
    pro_forma = a_pro_forma()
    in_force(pro_forma.edition, indicators=[], statement="Supervision hears the child.")
    a_case_audit(pro_forma=pro_forma)
    codes = {one.standard.code for one in found_about(AREAS, REFS, is_public_view=False).met}
    assert codes == {"plan-says-who"}


def test_whoever_sees_no_small_numbers_sees_none_here(audits):
    numbers = {one.number for one in found_about(AREAS, REFS, is_public_view=True).met}
    assert numbers == {"hidden: a small number"}


def test_learning_is_open_until_something_is_decided(audits):
    theme = Learning.objects.create(code="s", title="Supervision does not look back", domain="oversight")
    Learning.objects.create(code="e", title="Early help waits", domain="referral")
    Learning.objects.create(code="g", title="Supervision is regular", domain="oversight", is_strength=True)
    Themed.objects.bulk_create(Themed(case_audit=one, learning=theme) for one in audits[:4])
    found = found_about(AREAS, REFS, is_public_view=False).learning
    assert [(one.learning.code, one.seen) for one in found] == [("s", "4 of 11")]
    LearningOutcome.objects.create(
        learning=theme,
        kind="training",
        text="Half a day.",
        decided_on=DONE_ON,
        decided_by=a_person("qa_lead"),
        decided_at=audits[0].completed_at,
    )
    assert found_about(AREAS, REFS, is_public_view=False).learning == ()


def test_a_text_talks_of_an_area_where_a_word_of_it_begins():
    assert talks_of("Each SUPERVISION has a date", ["supervision"])
    assert not talks_of("Oversupervision", ["supervision"]) and not talks_of("A plan", ["nowhere"])


def test_the_page_of_a_visit_says_what_is_known_of_its_focus(client, audits, django_assert_max_num_queries):
    a_visit(3, focus="Supervision", areas=AREAS)
    address = "/inspections/visits/3/readiness/practice/"
    signed_in(client, "qa_lead")
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert "Somebody says who does what." in page and "7 of 10" in page and "Chosen for a reason" in page
    assert "Statement of childs-words." not in page
    signed_in(client, "board_member")
    page = client.get(address).content.decode()
    assert "Somebody says who does what." in page and "7 of 10" not in page


def test_the_thread_of_a_standard_says_how_often_it_is_met(client, audits):
    signed_in(client, "qa_lead")
    page = client.get("/thread/standard/plan-says-who/").content.decode()
    assert "Results of case audits" in page and "7 of 10" in page and "Is plan-says-who met?" in page
    signed_in(client, "social_worker")  # sees standards, and no results of case audits
    page = client.get("/thread/standard/plan-says-who/").content.decode()
    assert "Is plan-says-who met?" in page and "7 of 10" not in page
