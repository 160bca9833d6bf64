"""Inspections, letters and findings: what is entered once, what must be verbatim, and what is refused."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.inspections import letter_services, services
from goldenthread_web.inspections.frames import frameworks, practice_areas
from goldenthread_web.inspections.marking import paper_of, place_of, segments
from goldenthread_web.inspections.models import Finding, Letter, Paragraph, SettingInspection, Visit
from goldenthread_web.inspections.queries import findings
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person
from tests.web.inspected import a_finding, a_letter, a_visit

pytestmark = pytest.mark.django_db
WORDS = "The checkpoint at ten days is hardly used."
TEXT = f"""Monitoring visit

Assessments are started promptly. {WORDS} Managers know it.

The checkpoint at ten days is hardly used. This was so at the last inspection."""


def told():
    """The Events so far, without those of the fixtures before."""
    return list(Event.objects.order_by("id").values_list("what", flat=True))


def mark(paragraph, *, by=None, **said):
    given = {"valence": "weakness", "title": "Checkpoint", "practice_area": "assessment"} | said
    return letter_services.mark_finding(paragraph, **given, by=by or a_person("programme_manager"))


def test_areas_and_grades_are_those_of_the_framework_on_the_day():
    sif, ilacs = frameworks()["SIF"], frameworks()["ILACS"]
    assert list(sif.grades) == ["outstanding", "good", "requires_improvement", "inadequate"]
    assert [one.code for one in ilacs.areas_on(date(2019, 6, 10))] == [
        "leadership",
        "help_and_protection",
        "care_and_care_leavers",
    ]
    assert [one.code for one in ilacs.areas_on(date(2024, 6, 10))][2:] == ["in_care", "care_leavers"]
    assert sif.holds(date(2017, 2, 1)) and not sif.holds(date(2018, 1, 1))
    assert frameworks()["JTAI"].grades == {}


def test_every_area_of_practice_names_indicators_of_the_catalogue():
    for area in practice_areas().values():
        assert area.words and area.indicators
        assert set(area.indicators) <= set(catalogue()), area.code


def an_inspection(**said):
    given = {
        "framework": "SIF",
        "starts_on": date(2017, 1, 23),
        "ends_on": date(2017, 2, 16),
        "published_on": date(2017, 4, 7),
        "overall_grade": "inadequate",
    }
    return services.enter_inspection(**(given | said), by=a_person("programme_manager"))


def test_an_inspection_with_grades_and_recommendations():
    made, manager = an_inspection(), a_person("programme_manager")
    services.judge(made, "leadership", "inadequate", by=manager)
    services.judge(made, "leadership", "requires_improvement", by=manager)
    services.set_recommendation(made, 4, title="Assessments", text="Do them in time.", by=manager)
    assert [(one.area, one.grade) for one in made.judgements.all()] == [
        ("leadership", "requires_improvement")
    ]
    assert made.grade == "Inadequate" and str(made.recommendations.get()) == "R4 Assessments"
    assert told() == ["inspection.entered", "judgement.set", "judgement.set", "recommendation.set"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"framework": "XIF"}, "no framework XIF"),
        ({"starts_on": date(2018, 2, 1), "ends_on": date(2018, 2, 2)}, "was not in use on that day"),
        ({"ends_on": date(2017, 1, 1)}, "Fieldwork ends"),
        ({"published_on": date(2017, 2, 1)}, "published after the fieldwork"),
        ({"overall_grade": "excellent"}, "no such grade"),
        ({"published_on": None}, "with the day the report was published"),
    ],
)
def test_an_inspection_that_cannot_be_is_refused(said, sentence):
    with pytest.raises(Refused, match=sentence):
        an_inspection(**said)
    assert told() == []


def test_an_area_that_was_not_judged_then_gets_no_grade():
    with pytest.raises(Refused, match="did not judge that area"):
        services.judge(an_inspection(), "in_care", "good", by=a_person("programme_manager"))
    with pytest.raises(Refused, match="no such grade"):
        services.judge(an_inspection(), "adoption", "fair", by=a_person("programme_manager"))


def test_two_people_change_one_recommendation_and_the_second_is_told():
    made, manager = an_inspection(), a_person("programme_manager")
    services.set_recommendation(made, 1, title="One", text="As printed.", by=manager)
    services.set_recommendation(made, 1, title="Uno", text="As printed.", version=1, by=manager)
    with pytest.raises(SavedMeanwhile):
        services.set_recommendation(made, 1, title="Eins", text="As printed.", version=1, by=manager)
    with pytest.raises(Refused, match="is there already"):
        services.set_recommendation(made, 1, title="Eins", text="As printed.", by=manager)
    assert made.recommendations.get().title == "Uno"


def test_the_plan_is_handed_in_after_the_report():
    made, manager = an_inspection(), a_person("programme_manager")
    with pytest.raises(Refused, match="handed in after"):
        services.change_inspection(made, version=1, plan_submitted_on=date(2017, 3, 1), by=manager)
    done = services.change_inspection(made, version=1, plan_submitted_on=date(2017, 7, 14), by=manager)
    assert done.version == 2 and told()[-1] == "inspection.changed"
    with pytest.raises(SavedMeanwhile):
        services.change_inspection(made, version=1, plan_submitted_on=date(2017, 7, 15), by=manager)


def test_a_visit_is_entered_and_changed():
    visit, manager = a_visit(areas=["assessment"]), a_person("programme_manager")
    services.set_visit(
        1, starts_on=date(2017, 8, 17), ends_on=date(2017, 8, 18), version=visit.version, by=manager
    )
    assert Visit.objects.get().starts_on == date(2017, 8, 17)
    assert told() == ["visit.entered", "visit.changed"]
    with pytest.raises(SavedMeanwhile):
        services.set_visit(
            1, starts_on=date(2017, 8, 1), ends_on=date(2017, 8, 2), version=visit.version, by=manager
        )
    for said, sentence in (
        ({"number": 0}, "numbered from 1"),
        ({"ends_on": date(2017, 8, 1)}, "ends on or after"),
        ({"announced_on": date(2017, 12, 1)}, "announced before"),
        ({"areas": ["astrology"]}, "no area of practice astrology"),
        ({"number": 1}, "is there already"),
    ):
        given = {"number": 2, "starts_on": date(2017, 11, 28), "ends_on": date(2017, 11, 29)} | said
        with pytest.raises(Refused, match=sentence):
            services.set_visit(given.pop("number"), **given, by=manager)


def test_a_setting_is_inspected_once_a_day():
    said = {
        "setting": "Home A",
        "setting_type": "children_home",
        "inspected_on": date(2017, 12, 5),
        "outcome": "outstanding",
        "direction": "sustained",
        "by": a_person("programme_manager"),
    }
    services.enter_setting_inspection(**said)
    assert told() == ["setting_inspection.entered"]
    for change, sentence in (
        ({}, "is there already"),
        ({"setting_type": "castle"}, "no castle"),
        ({"outcome": "fair"}, "no fair"),
        ({"direction": "sideways"}, "no direction sideways"),
        ({"inspected_on": date(2018, 3, 1)}, "lies ahead"),
    ):
        with pytest.raises(Refused, match=sentence):
            services.enter_setting_inspection(**(said | change))
    assert SettingInspection.objects.count() == 1


def test_a_letter_keeps_its_paragraphs_with_their_anchors():
    letter = a_letter(TEXT)
    assert [one.anchor for one in letter.paragraphs.all()] == ["p1", "p2", "p3"]
    assert letter.paragraphs.get(anchor="p2").text.startswith("Assessments are started")
    assert told() == ["visit.entered", "letter.entered"]
    assert Event.objects.last().changes["paragraphs"] == 3


@pytest.mark.both_databases
def test_the_database_refuses_to_change_or_remove_a_paragraph():
    paragraph = a_letter(TEXT).paragraphs.get(anchor="p2")
    for change in (
        lambda: Paragraph.objects.filter(pk=paragraph.pk).update(text="Everything is well."),
        lambda: paragraph.save(),
        lambda: Paragraph.objects.filter(pk=paragraph.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            change()
    assert WORDS in Paragraph.objects.get(pk=paragraph.pk).text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"received_on": date(2017, 9, 1)}, "comes on or after"),
        ({"received_on": date(2018, 3, 1)}, "lies ahead"),
        ({"dated_on": date(2017, 8, 1), "received_on": date(2017, 9, 1)}, "dated after what it is of"),
    ],
)
def test_a_letter_that_cannot_be_is_refused(said, sentence):
    with pytest.raises(Refused, match=sentence):
        a_letter(TEXT, **said)
    assert not Letter.objects.exists()


def test_a_letter_is_published_where_and_when():
    letter, manager = a_letter(TEXT), a_person("programme_manager")
    for day, sentence in ((date(2017, 9, 1), "on or after"), (date(2018, 6, 1), "lies ahead")):
        with pytest.raises(Refused, match=sentence):
            letter_services.publish_letter(letter, published_on=day, url="", by=manager)
    letter_services.publish_letter(letter, published_on=date(2017, 9, 20), url="", by=manager)
    assert Letter.objects.get().is_public and told()[-1] == "letter.published"


def test_files_and_text_are_read_and_what_cannot_be_is_refused_in_a_sentence():
    file = SimpleUploadedFile("letter.txt", b"One paragraph.\n\nAnother one.")
    assert [one.text for one in paper_of(file, "").paragraphs] == ["One paragraph.", "Another one."]
    assert paper_of(None, "Pasted words.").paragraphs[0].text == "Pasted words."
    with pytest.raises(Refused, match="is called .pdf and is not one"):
        paper_of(SimpleUploadedFile("letter.pdf", b"no pdf"), "")
    with pytest.raises(Refused, match="has no text in it"):
        paper_of(None, "   ")


def test_words_are_found_letter_for_letter_whatever_spaces_a_paste_brings():
    paragraph = a_letter(TEXT).paragraphs.get(anchor="p2")
    start, end = place_of(paragraph, "  The checkpoint at\n ten days is   hardly used. ")
    assert paragraph.text[start:end] == WORDS


@pytest.mark.parametrize("at", range(len(WORDS)))
def test_a_finding_whose_quote_differs_by_one_character_is_refused(at):
    paragraph = a_letter(TEXT).paragraphs.get(anchor="p2")
    other = WORDS[:at] + ("x" if WORDS[at] != "x" else "y") + WORDS[at + 1 :]
    start = paragraph.text.index(WORDS)
    with pytest.raises(Refused, match="letter for letter"):
        mark(paragraph, start=start, end=start + len(WORDS), quote=other)
    with pytest.raises(Refused, match="letter for letter"):
        place_of(paragraph, other)
    assert not Finding.objects.exists()


def test_a_span_that_is_not_in_the_paragraph_is_refused():
    paragraph = a_letter(TEXT).paragraphs.get(anchor="p2")
    start = paragraph.text.index(WORDS)
    for first, last in ((start - 1, start + len(WORDS)), (-1, 3), (5, 5), (9, 5), (0, 10_000)):
        with pytest.raises(Refused, match="letter for letter"):
            mark(paragraph, start=first, end=last, quote=WORDS)
    with pytest.raises(Refused, match="has words"):
        mark(paragraph, start=start - 1, end=start, quote=" ")


def test_what_differs_is_said():
    paragraph = a_letter(TEXT).paragraphs.get(anchor="p2")
    for words, sentence in (
        ("The checkpoint at ten days was hardly used.", "“is” became “was”"),
        ("the checkpoint at ten days is hardly used.", "capitals differ"),
        ("Children in Mars", "nothing close"),
        (" ", "Copy the words"),
    ):
        with pytest.raises(Refused, match=sentence):
            place_of(paragraph, words)


def test_a_finding_is_marked_numbered_and_on_the_trail_without_its_words():
    letter = a_letter(TEXT)
    first = a_finding(letter, "Assessments are started promptly.", "strength")
    second = a_finding(letter, WORDS)
    assert (first.ref, second.ref) == ("V1.1", "V1.2")
    event = Event.objects.last()
    assert event.what == "finding.marked" and "checkpoint" not in str(event.changes).lower()
    with pytest.raises(Refused, match="marked as the same kind"):
        a_finding(letter, WORDS)
    with pytest.raises(NotAllowed):
        a_finding(letter, "Managers know it.", by=a_person("board_member"))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"valence": "splendid"}, "Choose what the inspector says"),
        ({"title": " "}, "short title"),
        ({"practice_area": "astrology"}, "area of practice"),
    ],
)
def test_a_finding_says_what_it_is_about(said, sentence):
    paragraph = a_letter(TEXT).paragraphs.get(anchor="p2")
    with pytest.raises(Refused, match=sentence):
        mark(paragraph, start=0, end=11, quote=paragraph.text[:11], **said)


def test_a_finding_is_changed_and_the_second_person_is_told():
    finding, manager = a_finding(a_letter(TEXT), WORDS), a_person("programme_manager")
    said = {"valence": "focus", "title": "Other", "practice_area": "supervision", "by": manager}
    letter_services.change_finding(finding, version=1, **said)
    found = Finding.objects.get()
    assert (found.valence, found.practice_area, found.quote, found.version) == (
        "focus",
        "supervision",
        WORDS,
        2,
    )
    assert Event.objects.last().changes == {
        "valence": ["weakness", "focus"],
        "area": ["assessment", "supervision"],
    }
    with pytest.raises(SavedMeanwhile):
        letter_services.change_finding(finding, version=1, **said)


def test_a_finding_is_withdrawn_with_a_reason_and_kept():
    finding, manager = a_finding(a_letter(TEXT), WORDS), a_person("programme_manager")
    with pytest.raises(Refused, match="in a sentence why"):
        letter_services.withdraw_finding(finding, version=1, because="no", by=manager)
    letter_services.withdraw_finding(finding, version=1, because="Marked in the wrong letter.", by=manager)
    assert not findings().exists() and Finding.objects.get().withdrawn_because
    assert told()[-1] == "finding.withdrawn"
    with pytest.raises(Refused, match="was withdrawn"):
        letter_services.change_finding(
            finding, version=2, valence="focus", title="x", practice_area="voice", by=manager
        )
    # The number is not given to another one.
    assert a_finding(Letter.objects.get(), "Managers know it.", "strength").ref == "V1.2"


def test_what_the_ledger_answers_or_a_later_finding_repeats_is_not_withdrawn():
    manager = a_person("programme_manager")
    earlier = a_finding(a_letter(TEXT), WORDS)
    visit = a_visit(2, starts_on=date(2017, 11, 28))
    later = a_finding(
        a_letter("It is still hardly used.", of=visit, dated_on=date(2017, 12, 21)),
        "It is still hardly used.",
        repeat_of=earlier,
    )
    assert later.is_repeat
    with pytest.raises(Refused, match="later finding repeats"):
        letter_services.withdraw_finding(earlier, version=1, because="Marked by mistake.", by=manager)
    letter_services.note_answer(later, on=date(2018, 1, 2), by=manager)
    with pytest.raises(Refused, match="ledger says"):
        letter_services.withdraw_finding(later, version=1, because="Marked by mistake.", by=manager)
    letter_services.note_answer(later, on=None, by=manager)
    assert told()[-2:] == ["finding.answered", "finding.unanswered"]


def test_a_finding_repeats_one_of_an_earlier_letter_only():
    manager = a_person("programme_manager")
    letter = a_letter(TEXT)
    one, other = a_finding(letter, WORDS), a_finding(letter, "Managers know it.")
    with pytest.raises(Refused, match="earlier letter"):
        letter_services.decide_repeat(one, version=1, is_repeat=True, repeat_of=other, by=manager)
    letter_services.decide_repeat(one, version=1, is_repeat=True, by=manager)
    assert Finding.objects.get(pk=one.pk).is_repeat and told()[-1] == "finding.repeat_decided"
    visit = a_visit(2, starts_on=date(2017, 11, 28))
    later = a_finding(a_letter("Still so.", of=visit, dated_on=date(2017, 12, 21)), "Still so.")
    letter_services.withdraw_finding(other, version=1, because="Marked by mistake.", by=manager)
    with pytest.raises(Refused, match="nothing repeats it"):
        letter_services.decide_repeat(
            later, version=1, is_repeat=True, repeat_of=Finding.objects.get(pk=other.pk), by=manager
        )


def test_a_corrected_letter_takes_over_findings_whose_words_stand_in_it_once():
    letter, manager = a_letter(TEXT), a_person("programme_manager")
    kept = a_finding(letter, "Assessments are started promptly.", "strength")
    lost = a_finding(letter, "Managers know it.", "strength")
    twice = a_finding(letter, WORDS)
    new = a_letter("Assessments are started promptly. Managers do not know it.\n\n" + WORDS * 2,
                   of=letter.visit, supersedes=letter, by=manager)  # fmt: skip
    where = {one.pk: one.paragraph.letter_id for one in findings()}
    assert where == {kept.pk: new.pk, lost.pk: letter.pk, twice.pk: letter.pk}
    moved = Finding.objects.get(pk=kept.pk)
    assert moved.paragraph.text[moved.start : moved.end] == moved.quote
    assert Event.objects.last().changes["findings_taken_over"] == 1
    with pytest.raises(Refused, match="took the place of this one"):
        a_finding(letter, "Managers know it.")
    with pytest.raises(Refused, match="took its place already"):
        a_letter(TEXT, of=letter.visit, supersedes=letter)
    with pytest.raises(Refused, match="same visit or inspection"):
        a_letter(TEXT, of=a_visit(2), supersedes=new)


@pytest.mark.both_databases
def test_the_database_keeps_a_letter_to_one_thing_and_a_finding_to_words():
    letter = a_letter(TEXT)
    finding = a_finding(letter, WORDS)
    for change in (
        lambda: Letter.objects.filter(pk=letter.pk).update(visit=None),
        lambda: Finding.objects.filter(pk=finding.pk).update(end=finding.start),
        lambda: Finding.objects.filter(pk=finding.pk).update(repeat_of=finding, is_repeat=False),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_paragraph_is_cut_where_findings_start_and_end():
    letter = a_letter(TEXT)
    whole = a_finding(letter, f"Assessments are started promptly. {WORDS}", "focus")
    part = a_finding(letter, WORDS)
    paragraph = letter.paragraphs.get(anchor="p2")
    cut = segments(paragraph, [whole, part])
    assert "".join(one.text for one in cut) == paragraph.text
    assert [([f.ref for f in one.findings], [f.ref for f in one.ending]) for one in cut] == [
        (["V1.1"], []),
        (["V1.1", "V1.2"], ["V1.1", "V1.2"]),
        ([], []),
    ]
