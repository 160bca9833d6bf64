"""The grammar of references, and what each kind of fact says."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches

from goldenthread_web.improvement.models import Action
from goldenthread_web.programme.models import Body
from goldenthread_web.reports import register_tables
from goldenthread_web.reports.as_papers import as_papers
from goldenthread_web.reports.building import frame_of, text_of
from goldenthread_web.reports.default_texts import default_text
from goldenthread_web.reports.documents import Chart, Paragraph, document_of, said
from goldenthread_web.reports.facts import resolved
from goldenthread_web.reports.forums import forums, parts
from goldenthread_web.reports.frame import Unresolved
from goldenthread_web.reports.models import Report
from goldenthread_web.reports.public_tables import FOR_ALL
from goldenthread_web.reports.references import EXAMPLES, Misspelt, alone, of_indicators, references
from goldenthread_web.reports.tables import chart, names, table
from tests.web.builders import a_person
from tests.web.figure_sets import a_set, over_two_years
from tests.web.plan import an_action
from tests.web.reporting import (
    CABINET_ON,
    a_content,
    a_finding,
    a_letter,
    a_programme,
    a_report,
    codes,
    figures,
    in_target,
)

db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["worked_out"].clear()


def test_references_are_found_in_order_with_their_places():
    text = "It was [[figure CIN-02]], and [[ change  CIN-02 from 2017-06 ]] since."
    found = references(text)
    assert [(one.kind, one.words) for one in found] == [
        ("figure", ("CIN-02",)),
        ("change", ("CIN-02", "from", "2017-06")),
    ]
    assert text[found[0].start : found[0].end] == "[[figure CIN-02]]"
    assert found[1].said == "[[change CIN-02 from 2017-06]]"


@pytest.mark.parametrize("text", ["[[figure CIN-02", "a ]] b", "[[]]", "[[Figure CIN-02]]", "[[2017]]"])
def test_brackets_that_are_no_reference_are_refused_with_a_sentence(text):
    with pytest.raises(Misspelt, match=r"\S.*[.]$"):
        references(text)


def test_a_paragraph_that_is_one_reference_stands_alone():
    assert alone(" [[table risks]] ").kind == "table"
    assert alone("See [[table risks]]") is None
    assert alone("[[table risks]] [[chart CIN-02]]") is None


def test_the_help_for_writers_names_every_table_that_a_section_may_hold():
    told = next(meaning for reference, meaning in EXAMPLES if reference == "[[table headlines]]")
    # Those of the appendix and of the forms for everybody stand in sections of their own.
    of_their_own = {"figures", "definitions", *FOR_ALL}
    assert set(told.split(": ")[1].split(", ")) == set(names()) - of_their_own


def test_indicators_are_read_in_one_go():
    text = "[[figure CIN-02]] [[chart FD-02]] [[date visit 2]] [[shortfall CIN-02]]"
    assert of_indicators(references(text)) == {"CIN-02", "FD-02"}


def test_every_form_has_sections_there_are_and_signs_only_its_own():
    for forum in forums().values():
        known = {*parts(), "themes"}
        assert set(forum.sections) <= known, forum.code
        assert set(forum.signed_by) <= set(forum.sections), forum.code
        assert all(forum.signs(section).permissions for section in forum.signed_by), forum.code
        if forum.is_one_page:  # the full report has them all
            assert forum.requires == ("table brief",)
            continue
        assert "figures" in forum.sections and "table figures" in forum.requires, forum.code


@pytest.fixture
def frame(db):
    a_programme()
    figures()
    by = a_person("programme_manager")
    in_target(by)
    content = a_content(by)
    from goldenthread_web.programme.queries import body

    return frame_of(Report(content=content, template="cabinet", body=body("cabinet"), meeting_on=CABINET_ON))


def says(text, frame):
    return resolved(references(text)[0], frame).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[figure FD-02]]", "74.0% (148 of 200, December 2017)"),
        ("[[figure FD-02 at 2017-07]]", "49.0% (98 of 200, July 2017)"),
        ("[[change FD-02 from 2017-07]]", "up 25.0 percentage points since July 2017, an improvement"),
        ("[[target CIN-02]]", "95.0%"),
        ("[[shortfall CIN-02]]", "34 more children to reach 95.0%"),
        ("[[period CIN-02]]", "December 2017"),
        ("[[body cabinet]]", "Cabinet"),
        ("[[body cabinet chair]]", "Chair"),
        ("[[date aim]]", "7 April 2019"),
        ("[[aim]]", "good"),
    ],
)
def test_a_fact_in_words(text, words, frame):
    assert says(text, frame) == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[figure ZZ-99]]", "no indicator ZZ-99"),
        ("[[figure FD-02 at 2014-01]]", "no figure for January 2014"),
        ("[[figure FD-02 at summer]]", "is no month"),
        ("[[change FD-02]]", "since when"),
        ("[[target FD-02]]", "no target"),
        ("[[nonsense x]]", "no kind of fact"),
        ("[[quote V9.9]]", "no finding V9.9"),
        ("[[date visit 7]]", "no visit 7"),
        ("[[date party]]", "Say of what"),
        ("[[money M2]]", "No sum is known"),
        ("[[body parliament]]", "no body parliament"),
        ("[[action 9.9.9]]", "no action 9.9.9"),
        ("[[actions]]", "No action is entered"),
        ("[[actions of theme 2]]", "Name nothing, or one theme"),
    ],
)
def test_what_there_is_not_is_said_in_a_sentence(text, sentence, frame):
    with pytest.raises(Unresolved, match=sentence):
        says(text, frame)


def test_how_actions_stand_is_a_fact(frame):
    an_action("2.3.1")
    an_action("2.3.2")
    Action.objects.filter(ref="2.3.2").update(forecast_due_on=date(2018, 6, 30))
    assert says("[[actions]]", frame) == says("[[actions theme 2]]", frame) == "1 off track, 1 on track"
    assert says("[[action 2.3.2]]", frame).startswith("2.3.2 is off track: ")
    with pytest.raises(Unresolved, match="in this theme"):
        says("[[actions theme 1]]", frame)


def test_everybody_is_told_each_headline_in_a_plain_sentence_with_its_polarity(db):
    a_programme()
    refs = ("CP-08", "CIN-03", "CL-01", "LAC-14", "MX-03")
    several = [over_two_years(ref, [60] * 23 + [66], of=200) for ref in refs[:-1]]
    a_set([*(one for each in several for one in each), *over_two_years("MX-03", [15] * 24, of=20)])
    by = a_person("programme_manager")
    report = a_report(a_content(by), by, "public_summary")
    said = [one.text for one in as_papers(document_of(report.document)).prose.paragraphs]
    now, moved = "66.0% (132 of 200, December 2017)", "up 6.0 percentage points since April 2017"
    for start, end in (
        ("Of the children in need who had a plan, ", f"{moved}, an improvement. Higher is better."),
        ("Of the children on protection plans, ", f"{moved}, an improvement. Higher is better."),
        ("Of the young people who had left care, ", f"{moved}, an improvement. Higher is better."),
        ("Of the looked-after children, ", f"{moved}, which is worse. Lower is better."),
    ):
        (found,) = [text for text in said if text.startswith(start)]
        assert found.startswith(f"{start}{now}") and found.endswith(end)
    assert not [text for text in said if "missing" in text], "a number too small to show is in no sentence"
    assert "finding-says-opposite" not in codes(report)
    cabinet = a_report(report.content, by, "cabinet")
    assert "had left care" not in str(cabinet.document), "only for everybody"


def test_an_unresolved_reference_is_a_problem_with_its_place(frame):
    problems = []
    text = text_of("It is [[figure ZZ-99]].", parts()["summary"], frame, problems)
    assert said(text) == "It is [[figure ZZ-99]]." and text[1].kind == "unresolved"
    assert problems[0].section == "summary" and problems[0].said == "[[figure ZZ-99]]"


def test_a_small_number_is_not_in_the_words_of_a_fact(db):
    a_programme()
    figures(fd=[10] * 24, of=20)
    by = a_person("programme_manager")
    frame = frame_of(Report(content=a_content(by), template="cabinet", body=None, meeting_on=CABINET_ON))
    assert says("[[figure FD-02]]", frame) == "too few to show (December 2017)"
    assert says("[[change FD-02 from 2017-07]]", frame) == "not shown since July 2017, as numbers are small"
    kept = next(iter(frame.used.values()))
    assert kept["is_hidden"] and kept["numerator"] is None and kept["value"] == "c" and kept["cases"] == ""


def test_a_chart_of_small_numbers_alone_is_one_sentence_and_no_rows_of_c(db):
    a_programme()
    figures(fd=[10] * 24, of=20, cin=[10] * 12 + [60] * 12)
    by = a_person("programme_manager")
    frame = frame_of(Report(content=a_content(by), template="cabinet", body=None, meeting_on=CABINET_ON))
    only = chart(("FD-02",), frame)
    assert isinstance(only, Paragraph) and [run.kind for run in only.text] == ["", "chart", ""]
    assert said(only.text) == (
        "Contacts decided within one working day, by month: not shown, as no month has a number large enough "
        "to show."
    )
    some = chart(("CIN-02",), frame)
    assert isinstance(some, Chart) and some.sentence.endswith(" A c stands for a number too small to show.")
    assert [said(row[1]) for row in some.rows] == ["c"] + ["60.0%"] * 12
    assert {run.key for row in some.rows for run in row[1]} >= {"CIN-02 2016-12", "CIN-02 2017-12"}
    # The months of a chart stand beside it; the table of figures has what is said in words or tables.
    assert [said(row[1]) for row in table(("figures",), frame).rows] == ["December 2017", "December 2017"]


def test_what_a_table_has_no_room_for_is_counted(frame, monkeypatch):
    letter = a_letter()
    for at in range(1, 4):
        a_finding(letter, f"p{at}", ref=f"V2.{at}")
    assert "more are not" not in table(("findings",), frame).note
    monkeypatch.setattr(register_tables, "MOST_FINDINGS", 1)
    told = table(("findings",), frame)
    assert len(told.rows) == 1 and told.note.endswith("2 more are not in this table.")


def test_a_public_paper_does_not_count_what_a_letter_says_that_is_not_public(frame):
    a_finding(a_letter(is_public=False), "p2")
    frame.body = Body.objects.get(code="improvement_board")
    assert table(("findings",), frame).note.startswith("1 finding,")
    frame.body = Body.objects.get(code="cabinet")
    told = table(("findings",), frame)
    assert told.note == "" and told.empty == "No letter of an inspector was dated in the period."
    a_finding(a_letter(number=3), "p1", valence="strength", ref="V3.1")
    assert table(("findings",), frame).empty == "Letters of the period name no weakness."


def test_a_quotation_is_the_words_of_the_letter(frame):
    letter = a_letter()
    found = a_finding(letter, "p2")
    assert says("[[quote V2.1]]", frame) == f"“{found.quote}”"
    assert says("[[quote visit 2 p1 0-16]]", frame) == "“In the cases we”"
    assert says("[[date visit 2]]", frame) == "28 and 29 November 2017"
    assert says("[[date letter 2]]", frame) == "21 December 2017"
    with pytest.raises(Unresolved, match="no letters 0-9000"):
        says("[[quote visit 2 p1 0-9000]]", frame)


def test_a_letter_that_is_not_public_is_quoted_in_no_public_paper(frame):
    a_finding(a_letter(is_public=False), "p2")
    with pytest.raises(Unresolved, match="is not public"):
        says("[[quote V2.1]]", frame)
    frame.body.is_public = False
    assert says("[[quote V2.1]]", frame).startswith("“Supervision")


def test_the_age_of_the_figures_is_that_at_the_meeting(frame):
    assert frame.age_in_days == 79
    frame.meeting_on += timedelta(days=1)
    assert frame.age_in_days == 80 and frame.on <= date(2018, 3, 21)


def test_the_short_report_names_every_letter_so_far_and_shows_the_twelve_weeks(frame):
    a_letter(number=1, dated_on=date(2017, 9, 6))
    a_letter(number=2)
    short = frame_of(
        Report(content=frame.content, template="cabinet_short", body=frame.body, meeting_on=CABINET_ON)
    )
    text = default_text(parts()["appendices"], short)
    assert (
        text.index("21 December 2017") < text.index("6 September 2017") < text.index("[[table twelve_weeks]]")
    )
    assert (
        text.count("as received on") == 2
        and Report(template="cabinet_short").forum.forum == "Cabinet, in short"
    )
