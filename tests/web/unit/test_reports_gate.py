"""What holds a report: small numbers, two values, altered quotations, what inspectors say otherwise."""

from datetime import date

import pytest
from django.core.cache import caches

from goldenthread_web.figures.quoting import Point
from goldenthread_web.improvement.cycle_services import add_note, set_next_step
from goldenthread_web.improvement.models import Action
from goldenthread_web.improvement.plan_services import set_indicator
from goldenthread_web.programme.models import Theme
from goldenthread_web.reports.as_papers import as_papers
from goldenthread_web.reports.charts import alternative
from goldenthread_web.reports.documents import Chart, Document, Section, Table, document_of, plain
from goldenthread_web.reports.gate import _small
from goldenthread_web.reports.html_file import html_file
from goldenthread_web.reports.narrative import is_worsening
from goldenthread_web.reports.services import build_again, write_section
from tests.web.builders import a_person
from tests.web.concern_builders import a_concern
from tests.web.figure_sets import a_set, over_two_years
from tests.web.plan import a_recommendation, a_theme, an_action, an_objective
from tests.web.reporting import (
    LETTER,
    a_content,
    a_finding,
    a_letter,
    a_programme,
    a_report,
    codes,
    figures,
    in_target,
    opened,
)
from tests.web.unit.test_risks import a_risk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place():
    caches["worked_out"].clear()
    a_programme()


@pytest.fixture
def writer():
    return a_person("programme_manager")


def written(writer, text, section="summary", template="cabinet"):
    """A report in which one section says this."""
    content = a_content(writer)
    write_section(content, section, text=text, version=0, by=writer)
    return a_report(content, writer, template)


def only(report, code):
    return [one for one in report.remarks if one["code"] == code]


def test_27_and_28_a_small_number_and_what_would_tell_it_are_nowhere(writer):
    # 3 of 20 in December; 17 of 20 would tell it as well; 12 of 200 in the other is shown.
    a_set([*over_two_years("FD-02", [15] * 24, of=20), *over_two_years("CIN-02", [6] * 24)])
    report = written(writer, "It was [[figure FD-02]], [[change FD-02 from 2017-07]], and [[figure CIN-02]].")
    shown = html_file(document_of(report.document), header="", footer="")
    for secret in ("15.0%", "3 of 20", "17 of 20", "of 20,"):
        assert secret not in shown and secret not in str(report.figures), secret
    assert "too few to show" in shown and "6.0% (12 of 200, December 2017)" in shown


def test_28_a_percentage_of_fewer_than_ten_is_not_shown(writer):
    a_set(over_two_years("FD-02", [0] * 24, of=7))
    report = written(writer, "It was [[figure FD-02]].")
    assert "0.0%" not in str(report.document) and "too few to show" in str(report.document)


def test_32_none_or_all_of_a_small_group_is_not_shown(writer):
    a_set([*over_two_years("FD-02", [100] * 24, of=8), *over_two_years("CIN-02", [100] * 24, of=200)])
    report = written(writer, "It was [[figure FD-02]] and [[figure CIN-02]].")
    assert "8 of 8" not in str(report.document)
    assert "100.0% (200 of 200, December 2017)" in str(report.document)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two children were placed far from home.", True),
        ("Three children aged 14 went missing from one home.", True),
        ("There were 4 children without a worker.", True),
        ("Two hundred children were seen in December.", False),
        ("Two teams were inspected.", False),
    ],
)
def test_31_small_numbers_in_words_hold_it(writer, text, found):
    figures()
    report = written(writer, text)
    assert bool(only(report, "small-number-in-words")) is found, text
    if found:
        assert only(report, "small-number-in-words")[0]["weight"] == "error"


SAID = (
    "The strategy discussion heard that the neighbour saw the boy's uncle leave the house at night; "
    "nobody told the family."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As we heard, the NEIGHBOUR saw the boy’s uncle leave\nthe house at night.", True),
        ("The strategy discussion heard that the neighbour saw a car.", False),  # eight in a row
        ("Strategy discussions are held in time.", False),
    ],
)
def test_20_words_written_about_a_child_hold_it(writer, text, found):
    figures()
    a_concern(text=SAID)
    report = written(writer, text)
    assert bool(only(report, "words-about-a-child")) is found
    if found:
        [check] = only(report, "words-about-a-child")
        assert check["weight"] == "error" and "an immediate concern" in check["sentence"]
        assert check["text"].startswith("the NEIGHBOUR saw the boy") and check["section"] == "summary"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The boy with 943 476 5919 was seen.", "NHS number"),
        ("Families in B15 2TT were visited.", "postcode"),
        ("Visits were made in 2017, and 1,204 of 1,310 in time.", ""),
    ],
)
def test_20_what_looks_like_details_of_a_person_is_for_whoever_approves_to_judge(writer, text, said):
    figures()
    found = only(written(writer, text), "details-of-a-person")
    assert [said in one["sentence"] for one in found] == ([True] if said else [])
    assert all(one["text"] == text and one["weight"] == "remark" for one in found)


def test_20_what_an_inspector_wrote_may_be_quoted_also_where_it_was_noted_of_a_child(writer):
    figures()
    said = "Managers do not always look again at what was agreed in supervision with the worker."
    a_concern(text=f"As the inspector says: {said}")
    content = a_content(writer)
    write_section(content, "summary", text=said, version=0, by=writer)
    assert only(a_report(content, writer), "words-about-a-child") != []
    a_letter([said])
    assert only(a_report(content, writer, "scrutiny"), "words-about-a-child") == []


def test_31_small_numbers_in_captions_cells_and_alt_texts_are_found():
    table = Table(
        caption="Two children who moved",
        columns=("a", "b"),
        rows=((plain("x"), plain("3 children")),),
        key="x",
    )
    chart = Chart(
        ref="FD-02",
        title="Missing",
        sentence="Four children went missing in December.",
        months=("Dec 2017",),
        values=(1.0,),
        rows=(),
        is_percent=False,
    )
    section = Section(code="s", title="S", number="1", blocks=(table, chart))
    document = Document(title="T", council="C", forum="F", front=(), as_at="", sections=(section,))
    texts = " ".join(one.text.lower() for one in _small(as_papers(document)))
    assert "two children" in texts and "3 children" in texts and "four children" in texts
    assert "Four children" in alternative(chart)  # what describes the picture is what was looked at


def test_34_an_altered_quotation_is_an_error_with_the_difference(writer):
    figures()
    a_letter()
    altered = LETTER[2].replace("in many cases", "in most cases").replace("visit", "visits")
    report = written(writer, f"The inspectors wrote: “{altered}”")
    (found,) = only(report, "quotation-altered")
    assert found["weight"] == "error" and "visits" in found["sentence"] and "most" in found["sentence"]
    assert found["section"] == "summary" and found["place"].startswith("1.1")


def test_34_a_verbatim_quotation_and_a_reference_are_no_error(writer):
    figures()
    a_finding(a_letter(), "p3", "improved", ref="V2.3")
    report = written(
        writer, f"The inspectors wrote: “{LETTER[0]}” And also: [[quote V2.3]].\n\n[[quote V2.3]]"
    )
    assert not only(report, "quotation-altered") and not only(report, "quotation-not-found")
    assert str(report.document["sections"][0]).count(LETTER[2]) == 2


def test_34_a_quotation_that_no_letter_has_is_for_a_person_to_judge(writer):
    figures()
    a_letter()
    said = "A parent told us: “Nobody ever rang us back about the plan for our daughter.”"
    (found,) = only(written(writer, said), "quotation-not-found")
    assert found["weight"] == "remark"


def test_35_one_fact_with_two_values_is_an_error(writer):
    figures()
    text = (
        "Phase one of the early help redesign will be completed in April 2018.\n\n"
        "The early help redesign goes on. Phase one of the redesign is completed in May 2018."
    )
    (found,) = only(written(writer, text), "two-values")
    assert (
        found["weight"] == "error" and "April 2018" in found["sentence"] and "May 2018" in found["sentence"]
    )


def test_35_two_small_numbers_are_two_small_numbers_and_no_two_values_of_one_fact(writer):
    figures()
    text = (
        "Three children were placed far from home in a strange town.\n\n"
        "Two children were placed far from home in a strange town."
    )
    report = written(writer, text)
    assert len(only(report, "small-number-in-words")) == 2 and not only(report, "two-values")
    # The same of many children is one fact with two values.
    many = text.replace("Three", "Thirty").replace("Two", "Twenty")
    write_section(report.content, "summary", text=many, version=1, by=writer)
    assert only(opened(report, writer), "two-values") != []


def test_35_a_typed_value_beside_a_linked_one_is_wrong(writer):
    figures()
    text = (
        "Contacts decided within one working day reached [[figure FD-02]].\n\n"
        "In December 2017, contacts decided within one working day reached 71%."
    )
    report = written(writer, text)
    (found,) = only(report, "two-values")
    assert found["text"] == "71%" and "is linked to its source" in found["sentence"]
    # How far it moved is no value of it.
    moved = text.replace("reached 71%", "rose by 6%, an improvement")
    write_section(report.content, "summary", text=moved, version=1, by=writer)
    assert not only(opened(report, writer), "two-values")


def test_35_two_linked_values_of_two_months_are_no_conflict(writer):
    figures()
    said = "Contacts decided in time:"
    text = f"{said} [[figure FD-02]].\n\n{said} [[figure FD-02 at 2017-07]]."
    assert not only(written(writer, text), "two-values")


def test_a_claim_without_a_figure_is_pointed_out(writer):
    figures()
    report = written(writer, "The timeliness of assessments has improved significantly.")
    assert only(report, "claim-without-figure")[0]["weight"] == "remark"


@pytest.mark.parametrize(
    "text",
    [
        "Nothing is said of plans.\n\n[[table brief]]\n\nNor here.",
        "Children in need with a plan: [[figure CIN-02]], off target.",
        "Children in need with a plan: [[figure CIN-02]]; in June it was [[figure CIN-02 at 2017-06]]. The "
        "target is [[target CIN-02]], and [[shortfall CIN-02]].",
    ],
)
def test_what_is_off_target_needs_a_reason(writer, text):
    figures()
    in_target(writer)
    report = written(writer, text, section="brief", template="briefing")
    (found,) = only(report, "red-without-narrative")
    assert found["weight"] == "error" and found["sentence"].startswith("CIN-02 is off target")
    spoken = (
        f"{text} Children in need with a plan wait where two posts are vacant; both are filled in January."
    )
    write_section(report.content, "brief", text=spoken, version=1, by=writer)
    assert not only(opened(report, writer), "red-without-narrative")


def test_the_owner_of_an_action_that_it_tests_gives_the_reason_where_the_report_shows_it(writer):
    figures()
    in_target(writer)
    one = an_action()
    Action.objects.update(forecast_due_on=date(2018, 6, 30))  # off track: promised for the end of March
    set_indicator(one, "CIN-02", target="95%", by=writer)
    content = a_content(writer)
    report = a_report(content, writer, "improvement_board", meeting_on=date(2018, 1, 16))
    assert {"red-without-narrative", "action-without-narrative"} <= {*codes(report)}
    said = "Two posts were vacant all autumn; both are filled from January."
    add_note(one, text=said, on=date(2017, 9, 30), by=writer)  # before the period
    assert only(build_again(report, by=writer), "red-without-narrative")
    add_note(one, text=said, on=date(2017, 12, 1), by=writer)
    found = build_again(report, by=writer)
    assert not only(found, "red-without-narrative") and not only(found, "action-without-narrative")
    assert "Written on 1 December 2017: Two posts were vacant" in str(found.document)


@pytest.mark.parametrize(
    ("numbers", "polarity", "expected"),
    [
        ([60, 58, 55], "Higher is better", True),
        ([60, 58, 58], "Higher is better", False),
        ([55, 58, 55], "Higher is better", False),
        ([55, 58, 60], "Higher is better", False),
        ([55, 58, 60], "Lower is better", True),
        ([60, 58, 55], "Neither is better", False),
        ([60, None, 55], "Higher is better", False),
        ([58, 55], "Higher is better", False),
    ],
)
def test_worse_in_each_of_two_months(numbers, polarity, expected):
    points = [
        Point(ends_on=date(2017, month, 28), said="", number=number, cases="", letter="")
        for month, number in enumerate(numbers, 1)
    ]
    assert is_worsening(points, date(2017, 12, 31), polarity) is expected


def test_what_got_worse_for_two_months_needs_a_reason_too(writer):
    figures(cin=[50] * 21 + [90, 85, 80])
    report = written(writer, "Nothing is said of plans.", template="briefing", section="brief")
    assert not only(report, "worsening-without-narrative"), "it stands in no sentence and no table"
    write_section(report.content, "brief", text="It was [[figure CIN-02]].", version=1, by=writer)
    (found,) = only(opened(report, writer), "worsening-without-narrative")
    assert found["weight"] == "remark" and "worse in each of the last two months" in found["sentence"]


def test_a_claim_that_an_inspector_contradicts_is_shown_beside_it(writer):
    figures()
    letter = a_letter()
    a_finding(letter, "p2")
    report = written(writer, "Supervision has improved: what is agreed at each session is looked at again.")
    (found,) = only(report, "finding-says-opposite")
    assert found["weight"] == "remark" and "V2.1" in found["sentence"] and LETTER[1] in found["sentence"]


def test_a_part_the_forum_must_have_is_missed(writer):
    figures()
    report = written(writer, "The table is gone.", section="headlines")
    (found,) = only(report, "part-missing")
    assert found["weight"] == "error" and "[[table headlines]]" in found["sentence"]


def test_an_unresolved_reference_is_an_error_with_its_place(writer):
    figures()
    report = written(writer, "It was [[figure ZZ-99]].")
    (found,) = only(report, "unresolved")
    assert (found["weight"], found["section"], found["text"]) == ("error", "summary", "[[figure ZZ-99]]")


def test_35_how_many_actions_of_two_themes_stand_how_are_facts_about_two_things(writer):
    figures()
    objectives = [an_objective(f"O{number}.1", theme=a_theme(number)) for number in (1, 2)]
    for ref, objective in (("1.1.1", 0), ("2.1.1", 1), ("2.1.2", 1), ("2.1.3", 1)):
        an_action(ref, objective=objectives[objective])
    report = a_report(a_content(writer), writer, "improvement_board", meeting_on=date(2018, 1, 16))
    said = as_papers(document_of(report.document)).prose
    texts = [one.text for one in said.paragraphs]
    assert "Actions of the theme: 1 on track." in texts and "Actions of the theme: 3 on track." in texts
    assert not only(report, "two-values"), "each is what the plan says"


def test_a_theme_says_what_is_still_hard_and_what_comes_next(writer):
    figures()
    theme = a_theme(1)
    Theme.objects.filter(pk=theme.pk).update(remaining="Posts stay hard to fill.")
    set_next_step(theme, text="Fill ten.", due_on=date(2018, 3, 31), by=a_person("programme_manager"))
    report = a_report(a_content(writer), writer, "improvement_board", meeting_on=date(2018, 1, 16))
    texts = [one.text for one in as_papers(document_of(report.document)).prose.paragraphs]
    assert "Remaining challenges: Posts stay hard to fill." in texts
    assert any("Fill ten, by 31 March 2018." in text for text in texts)


def test_the_audit_committee_reads_what_has_come_of_each_recommendation(writer):
    figures()
    an_action(
        "1.1.1", objective=an_objective("O1.1", theme=a_theme(1)), recommendations=[a_recommendation(6)]
    )
    a_recommendation(7)
    report = a_report(a_content(writer), writer, "audit_committee", meeting_on=date(2018, 1, 16))
    said = str(report.document)
    assert said.index("R7 Recommendation 7") < said.index("R6 Recommendation 6"), "gaps first"
    assert "No live action." in said and "1 on track" in said


@pytest.mark.parametrize(
    "template",
    [
        "cabinet",
        "best_value_board",
        "scrutiny",
        "improvement_board",
        "audit_committee",
        "dfe_six_monthly",
        "briefing",
        "public_summary",
        "board_update",
        "plan",
    ],
)
def test_every_form_builds_itself_without_an_author(writer, template):
    figures()
    in_target(writer)
    report = a_report(a_content(writer), writer, template, meeting_on=date(2018, 2, 1))
    assert codes(report, "error") == ["red-without-narrative"], (
        "why it is off target nobody but a writer knows"
    )
    assert "74.0%" in str(report.document)


def test_a_risk_without_what_a_board_would_ask_is_named_to_whoever_approves(writer):
    a_risk(writer, review_on=date(2017, 12, 1))
    (found,) = only(written(writer, "The risks are these.\n\n[[table risks]]"), "risk-half-told")
    said = "K1 is not ready for a report: it has no mitigation, and a review that is overdue"
    assert found["weight"] == "remark" and found["sentence"].startswith(said)


def test_a_report_without_the_table_of_risks_says_nothing_of_them(writer):
    a_risk(writer, review_on=date(2017, 12, 1))
    report = written(writer, "Nothing is said of risks.", template="briefing")
    assert "risks" not in str(
        [one.get("key") for part in report.document["sections"] for one in part["blocks"]]
    )
    assert not only(report, "risk-half-told")


def test_a_form_of_one_page_that_takes_more_is_pointed_out(writer):
    figures()
    report = written(writer, "Short.", section="brief", template="briefing")
    assert not only(report, "over-one-page")
    long = "\n\n".join(["What is said at length has to be read at length, which nobody does."] * 40)
    write_section(report.content, "brief", text=long, version=1, by=writer)
    (found,) = only(opened(report, writer), "over-one-page")
    assert found["weight"] == "remark" and "takes 2" in found["sentence"]
    cabinet = a_report(report.content, writer)
    assert not only(cabinet, "over-one-page"), "that one may be long"
