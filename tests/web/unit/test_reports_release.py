"""From draft to release: what each step refuses, what it leaves on the trail, what is kept for good."""

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.db import DatabaseError, transaction

from goldenthread_web.accounts.refusals import NotAllowed, NotForYourself, Refused
from goldenthread_web.figures.models import WorkedOut
from goldenthread_web.reports import frame, standing
from goldenthread_web.reports.building import build
from goldenthread_web.reports.comparing import differences, other_figures
from goldenthread_web.reports.models import Draft, Release, Report, Section
from goldenthread_web.reports.queries import places_of, public_releases, releases
from goldenthread_web.reports.release_services import (
    approve,
    freeze,
    let_weaknesses_go,
    open_again,
    release,
    sign_off,
    withdraw,
)
from goldenthread_web.reports.revised import revised
from goldenthread_web.reports.services import (
    BuiltMeanwhile,
    add_report,
    as_it_stands,
    build_again,
    build_what_is_due,
    drop_draft,
    keep_draft,
    say_what_became,
    set_priorities,
    start_content,
    write_section,
)
from goldenthread_web.reports.standing import standing_of
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person
from tests.web.figure_sets import a_set, over_two_years
from tests.web.reporting import (
    CABINET_ON,
    FD,
    a_content,
    a_finding,
    a_letter,
    a_programme,
    a_report,
    all_signed,
    approved,
    codes,
    figures,
    opened,
    released,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place():
    caches["worked_out"].clear()
    a_programme()
    figures()


@pytest.fixture
def writer():
    return a_person("programme_manager")


@pytest.fixture
def cabinet(writer):
    return a_report(a_content(writer), writer)


def last_event():
    return Event.objects.order_by("-id").values_list("what", flat=True)[0]


def test_a_content_has_days_and_is_there_once(writer):
    with pytest.raises(Refused, match="after the first"):
        a_content(writer, ends_on=date(2017, 9, 1), as_at_on=date(2017, 9, 1))
    with pytest.raises(Refused, match="within the period"):
        a_content(writer, as_at_on=date(2018, 1, 1))
    a_content(writer)
    assert last_event() == "report.content_started"
    with pytest.raises(Refused, match="already"):
        a_content(writer)
    with pytest.raises(NotAllowed):
        start_content(
            label="x",
            title="x",
            starts_on=date(2017, 1, 1),
            ends_on=date(2017, 2, 1),
            as_at_on=date(2017, 2, 1),
            by=a_person("board_member"),
        )


def test_a_report_is_complete_in_one_step(cabinet):
    assert last_event() == "report.added"
    assert codes(cabinet, "error") == []
    standing = standing_of(cabinet)
    assert [one.post for one in standing.signatures] == ["Section 151 officer", "Borough solicitor"]
    assert "74.0%" in str(cabinet.document) and "79 days before the meeting of 20 March 2018" in str(
        cabinet.document
    )
    numbers = re.findall(r"'number': '(\d+\.\d+)'", str(cabinet.document))
    assert "3.1" in numbers and len(numbers) == len(set(numbers))


def test_a_report_is_refused_where_it_makes_no_sense(writer, cabinet):
    content = cabinet.content
    with pytest.raises(Refused, match="from the list"):
        add_report(content, "poster", meeting_on=CABINET_ON, by=writer)
    with pytest.raises(Refused, match="after the day of the figures"):
        add_report(content, "scrutiny", meeting_on=date(2017, 12, 1), by=writer)
    with pytest.raises(Refused, match="already"):
        add_report(content, "cabinet", meeting_on=CABINET_ON, by=writer)


@pytest.mark.both_databases
def test_48_two_people_write_one_section_and_neither_loses(writer, cabinet):
    first = write_section(cabinet.content, "summary", text="Mine.", version=0, by=writer)
    assert first.version == 1 and last_event() == "report.section_written"
    with pytest.raises(SavedMeanwhile):
        write_section(cabinet.content, "summary", text="Theirs.", version=0, by=a_person("director"))
    assert Section.objects.get().text == "Mine."
    write_section(cabinet.content, "summary", text="Mine again.", version=1, by=writer)
    assert Section.objects.get().version == 2


def test_a_section_that_cannot_be_read_is_not_saved(writer, cabinet):
    for code, text, sentence in (
        ("summary", "[[figure CIN-02", "Brackets do not match"),
        ("figures", "Mine.", "no such section"),
        ("theme_9", "Mine.", "no such section"),
        ("summary", "x" * 30_001, "longer than"),
    ):
        with pytest.raises(Refused, match=sentence):
            write_section(cabinet.content, code, text=text, version=0, by=writer)
    assert not Section.objects.exists()


def test_49_what_was_typed_is_kept_until_it_is_saved_or_dropped(writer, cabinet):
    keep_draft(cabinet.content, "summary", text="Half a thou", based_on=0, by=writer)
    keep_draft(cabinet.content, "summary", text="Half a thought", based_on=0, by=writer)
    assert Draft.objects.get().text == "Half a thought" and last_event() == "report.draft_kept"
    write_section(cabinet.content, "summary", text="A thought.", version=0, by=writer)
    assert not Draft.objects.exists()
    keep_draft(cabinet.content, "summary", text="Another", based_on=1, by=writer)
    drop_draft(cabinet.content, "summary", by=writer)
    assert not Draft.objects.exists() and last_event() == "report.draft_dropped"


def test_the_next_report_says_what_became_of_each_priority(writer):
    before = a_content(writer, label="quarter 2", starts_on=date(2017, 7, 1), ends_on=date(2017, 9, 30))
    first, second = set_priorities(before, ["Fill posts", " ", "Plans for all"], by=writer)
    assert (first.number, second.text) == (1, "Plans for all") and last_event() == "report.priorities_set"
    content = a_content(writer)
    report = a_report(content, writer)
    assert "unresolved" in codes(report, "error")
    with pytest.raises(Refused, match="what became of priority 1"):
        freeze(report, by=writer)
    with pytest.raises(Refused, match="in words"):
        say_what_became(first, became="done", account=" ", of=content, by=writer)
    with pytest.raises(Refused, match="Say whether"):
        say_what_became(first, became="vanished", account="x", of=content, by=writer)
    say_what_became(first, became="done", account="Nine of ten posts are filled.", of=content, by=writer)
    assert last_event() in ("report.priority_accounted", "report.opened_again")
    say_what_became(second, became="under_way", account="Two teams are through.", of=content, by=writer)
    assert "Nine of ten" not in str(Report.objects.get(pk=report.pk).document)
    opened(report, writer)
    assert codes(report, "error") == [] and "Nine of ten posts are filled." in str(report.document)
    with pytest.raises(Refused, match="stay as they were"):
        set_priorities(before, ["Something else"], by=writer)
    with pytest.raises(Refused, match="at most 12"):
        set_priorities(content, [f"Priority {n}" for n in range(13)], by=writer)


def test_frozen_nothing_moves_it(writer, cabinet):
    freeze(cabinet, by=writer)
    assert cabinet.state == "frozen" and last_event() == "report.frozen"
    kept = next(one for one in cabinet.figures if one["ref"] == "FD-02" and one["month"] == "December 2017")
    assert (kept["value"], kept["numerator"], kept["version"], kept["load"]) == (
        "74.0%",
        "148",
        1,
        "abc" * 20,
    )
    assert kept["as_at_on"] == "2017-12-31" and kept["polarity"] == "Higher is better" and kept["means"]
    figures_of_later = WorkedOut.objects.filter(state="current")
    figures_of_later.update(state="earlier")
    figures(fd=[*FD[:-1], 80])
    cabinet.refresh_from_db()
    assert "74.0%" in str(cabinet.document) and "80.0%" not in str(cabinet.document)
    for step in (freeze, build_again):
        with pytest.raises(Refused):
            step(cabinet, by=writer)
    open_again(cabinet, by=writer)
    assert last_event() == "report.opened_again"
    assert "80.0%" in str(opened(cabinet, writer).document) and last_event() == "report.built"


@pytest.fixture
def times_built(monkeypatch):
    """The forms that were built since, in order; what is in `meanwhile` happens in the middle of the next."""
    found, meanwhile = [], []

    def built(report, **values):
        found.append(report.template)
        made = build(report, **values)
        while meanwhile:
            meanwhile.pop()()
        return made

    monkeypatch.setattr(standing, "build", built)
    return found, meanwhile


@pytest.mark.both_databases
def test_saving_builds_nothing_and_a_draft_is_built_once_for_all_who_open_it(writer, cabinet, times_built):
    found, _ = times_built
    briefing = a_report(cabinet.content, writer, "briefing")
    found.clear()
    write_section(cabinet.content, "equalities", text="What was saved.", version=0, by=writer)
    set_priorities(cabinet.content, ["Plans for all"], by=writer)
    assert found == [] and "What was saved." not in str(Report.objects.get(pk=cabinet.pk).document)
    before, second = cabinet.digest, Report.objects.get(pk=cabinet.pk)
    shown = opened(cabinet, a_person("solicitor"))
    assert found == ["cabinet"] and last_event() == "report.built"
    assert "What was saved." in str(shown.document) and shown.digest != before
    # Whoever read the draft before it was built, and opens it now, gets what the first has built.
    with pytest.raises(BuiltMeanwhile):
        build_what_is_due(second, by=writer)
    assert as_it_stands(second, by=writer).digest == shown.digest == opened(cabinet, writer).digest
    assert found == ["cabinet"]
    # Priorities stand in the briefing as well, the section does not: that alone does not make it due.
    opened(briefing, writer)
    found.clear()
    write_section(cabinet.content, "equalities", text="Once more.", version=1, by=writer)
    opened(briefing, writer)
    assert found == []


@pytest.mark.both_databases
def test_what_is_saved_while_a_draft_is_built_is_in_it(writer, cabinet, times_built):
    found, meanwhile = times_built
    write_section(cabinet.content, "equalities", text="At first.", version=0, by=writer)
    meanwhile.append(
        lambda: write_section(cabinet.content, "equalities", text="Meanwhile.", version=1, by=writer)
    )
    assert "Meanwhile." in str(opened(cabinet, writer).document) and len(found) == 2


def test_new_figures_and_another_day_make_a_draft_due_and_nothing_else_does(writer, cabinet, monkeypatch):
    assert not standing.is_due(cabinet)
    monkeypatch.setattr(frame, "today", lambda: date(2018, 1, 9))
    assert standing.is_due(cabinet)
    assert not standing.is_due(opened(cabinet, writer))
    WorkedOut.objects.filter(state="current").update(state="earlier")
    figures(fd=[*FD[:-1], 80])
    assert standing.is_due(cabinet) and "80.0%" in str(opened(cabinet, writer).document)


@pytest.mark.both_databases
def test_what_was_approved_is_not_built_again_by_whoever_opens_it(writer, cabinet, times_built):
    found, _ = times_built
    approved(cabinet, writer)
    kept = cabinet.digest
    found.clear()
    WorkedOut.objects.filter(state="current").update(state="earlier")
    figures(fd=[*FD[:-1], 80])
    assert opened(cabinet, writer).digest == kept and found == []
    # A step that was asked for on a page of before is refused: the edit in between is seen.
    earlier = Report.objects.get(pk=cabinet.pk)
    write_section(cabinet.content, "summary", text="Other words.", version=0, by=writer)
    with pytest.raises(Refused, match="once it is approved"):
        release(earlier, by=writer)
    assert found == []


def test_a_section_is_signed_by_its_post_as_it_stands(writer, cabinet):
    finance, solicitor = a_person("section_151_officer"), a_person("solicitor")
    digest = {one.section.code: one.section.digest for one in standing_of(cabinet).signatures}
    with pytest.raises(Refused, match="once the report is frozen"):
        sign_off(cabinet, "finance", digest=digest["finance"], by=finance)
    freeze(cabinet, by=writer)
    with pytest.raises(Refused, match="signed by the Section 151 officer"):
        sign_off(cabinet, "finance", digest=digest["finance"], by=solicitor)
    with pytest.raises(Refused, match="other words"):
        sign_off(cabinet, "finance", digest="0" * 64, by=finance)
    with pytest.raises(Refused, match="needs no signature"):
        sign_off(cabinet, "summary", digest="", by=finance)
    with pytest.raises(NotAllowed):
        sign_off(cabinet, "finance", digest=digest["finance"], by=writer)
    sign_off(cabinet, "finance", digest=digest["finance"], by=finance)
    assert last_event() == "report.section_signed" and cabinet.state == "frozen"
    with pytest.raises(Refused, match="is signed as it stands"):
        sign_off(cabinet, "finance", digest=digest["finance"], by=finance)
    sign_off(cabinet, "legal", digest=digest["legal"], by=solicitor)
    assert cabinet.state == "signed"
    # Other words elsewhere leave the signature; other words in the section undo it.
    write_section(cabinet.content, "equalities", text="Something else.", version=0, by=writer)
    write_section(cabinet.content, "legal", text="Other law.", version=0, by=writer)
    opened(cabinet, solicitor)
    given = {one.section.code: one.given for one in standing_of(cabinet).signatures}
    assert cabinet.state == "draft" and given["finance"] and given["legal"] is None


@pytest.mark.both_databases
def test_33_one_person_cannot_publish(writer, cabinet):
    director = a_person("director")
    write_section(cabinet.content, "equalities", text="The director wrote this.", version=0, by=director)
    cabinet.refresh_from_db()
    all_signed(cabinet, writer)
    with pytest.raises(NotForYourself, match="wrote of this content"):
        approve(cabinet, digest=cabinet.digest, has_judged=True, by=director)
    with pytest.raises(NotAllowed):
        approve(cabinet, digest=cabinet.digest, has_judged=True, by=writer)
    head = a_person("head_of_service")
    with pytest.raises(Refused, match="other words"):
        approve(cabinet, digest="0" * 64, has_judged=True, by=head)
    approve(cabinet, digest=cabinet.digest, has_judged=True, by=head)
    assert last_event() == "report.approved"
    with pytest.raises(NotForYourself, match="somebody else releases"):
        release(cabinet, by=head)
    made = release(cabinet, by=writer)
    assert last_event() == "report.released" and made.approved_by == head and made.released_by == writer
    assert made.checks["approved"]["role"] == "head_of_service" and len(made.checks["signed"]) == 2


def test_33_what_was_edited_after_approval_is_approved_again(writer, cabinet):
    approved(cabinet, writer)
    write_section(cabinet.content, "summary", text="Other words.", version=0, by=writer)
    cabinet.refresh_from_db()
    assert cabinet.state == "draft"
    with pytest.raises(Refused, match="once it is approved"):
        release(cabinet, by=writer)


def test_33_old_figures_are_pointed_out(writer):
    content = a_content(writer)
    assert "figures-are-old" not in codes(a_report(content, writer))
    late = a_report(content, writer, meeting_on=date(2018, 5, 20))
    assert "figures-are-old" in codes(late, "remark")
    all_signed(late, writer)
    with pytest.raises(Refused, match="judged the"):
        approve(late, digest=late.digest, has_judged=False, by=a_person("head_of_service"))


def test_weaknesses_without_an_answer_hold_it_unless_the_director_says_why(writer):
    a_finding(a_letter(), "p2")
    report = a_report(a_content(writer), writer)
    assert codes(report, "error") == ["weaknesses-unanswered"]
    said = next(one["sentence"] for one in report.remarks if one["code"] == "weaknesses-unanswered")
    assert "), due by 9 January 2018: answer them" in said
    all_signed(report, writer)
    head, director = a_person("head_of_service"), a_person("director")
    with pytest.raises(Refused, match="not answered yet"):
        approve(report, digest=report.digest, has_judged=True, by=head)
    with pytest.raises(Refused, match="Only the director"):
        let_weaknesses_go(report, because="They come to the board in two weeks.", by=head)
    with pytest.raises(Refused, match="in a sentence"):
        let_weaknesses_go(report, because="Later.", by=director)
    let_weaknesses_go(report, because="The letter came two weeks ago; the board answers it.", by=director)
    assert last_event() == "report.weaknesses_let_go" and codes(report, "error") == []
    approve(report, digest=report.digest, has_judged=True, by=head)
    made = release(report, by=writer)
    assert made.checks["weaknesses_because"].startswith("The letter came")


@pytest.mark.both_databases
def test_a_release_is_never_changed_or_removed(writer, cabinet):
    made = released(cabinet, writer)
    for change in (lambda: Release.objects.filter(pk=made.pk).update(title="x"), made.delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    assert Release.objects.get().hashes["pdf"] == made.hashes["pdf"]


def test_withdrawn_it_is_listed_no_more_and_still_counts_as_known(writer):
    report = a_report(a_content(writer), writer, "public_summary")
    head = a_person("head_of_service")
    released(report, writer, head)
    assert public_releases().count() == 1
    with pytest.raises(NotAllowed):
        withdraw(report, by=writer)
    withdraw(report, by=head)
    assert last_event() == "report.withdrawn" and not releases().exists() and not public_releases().exists()
    with pytest.raises(Refused, match="it is withdrawn"):
        withdraw(report, by=head)


def test_the_next_version_leaves_the_first_as_it_was(writer, cabinet):
    first = released(cabinet, writer)
    open_again(cabinet, by=writer)
    assert cabinet.version == 2
    write_section(
        cabinet.content, "equalities", text="What the first version did not say.", version=0, by=writer
    )
    cabinet.refresh_from_db()
    second = released(cabinet, writer)
    found = differences(first, second)
    assert [one.section for one in found] == ["Equalities"]
    assert found[0].new == ("What the first version did not say.",) and not other_figures(first, second)


@pytest.mark.both_databases
def test_57_records_entered_later_are_shown_beside_what_was_released(writer, cabinet):
    made = released(cabinet, writer)
    assert revised(made.figures) == []
    WorkedOut.objects.filter(state="current").update(state="earlier")
    figures(fd=[*FD[:-1], 80])
    now = revised(made.figures)
    assert [(one.ref, one.released, one.now, one.is_large) for one in now] == [
        ("FD-02", "74.0% (148 of 200)", "80.0% (160 of 200)", True)
    ]
    assert "74.0%" in Release.objects.get().html


def test_56_a_changed_definition_is_a_break_and_no_revision(writer, cabinet):
    made = released(cabinet, writer)
    older = [one | {"version": 0} for one in made.figures if one["month"] == "December 2017"]
    assert {one.why for one in revised(older)} == {
        "the definition changed from version 0 to 1: a break in the series"
    }


def test_a_figure_leads_to_the_paragraphs_that_name_it(writer, cabinet):
    made = released(cabinet, writer)
    places = places_of(["figure"], "FD-02")
    assert places and all(one.release == made for one in places)
    assert any(one.href.startswith(f"/reports/releases/{made.pk}/") for one in places)
    assert len({(one.section, one.paragraph, one.text) for one in places}) == len(places)  # a table is one
    assert any(one.text == "How children are served" for one in places)
    assert places_of(["figure"], "ZZ-99") == []


def test_29_a_number_that_differs_by_few_from_what_was_released_is_hidden(writer):
    content = a_content(writer)
    released(a_report(content, writer, "public_summary"), writer)
    WorkedOut.objects.filter(state="current").update(state="earlier")
    # Two more of two hundred: beside the release before it, the difference tells of two children.
    a_set([*over_two_years("FD-02", [*FD[:-1], 75]), *over_two_years("CIN-02", [50] * 24)])
    later = a_report(content, writer, "scrutiny", meeting_on=date(2018, 2, 22))
    held = [one for one in later.figures if one["is_hidden"]]
    assert ("FD-02", "December 2017") in {(one["ref"], one["month"]) for one in held}
    assert "75.0%" not in str(later.document) and "told-by-difference" in codes(later, "remark")
    assert all(one["numerator"] is None and one["number"] is None for one in held)


def test_30_two_forums_are_checked_against_each_other(writer):
    content = a_content(writer)
    scrutiny = a_report(content, writer, "scrutiny", meeting_on=date(2018, 2, 22))
    cabinet = a_report(content, writer)
    approved(scrutiny, writer)
    WorkedOut.objects.filter(state="current").update(state="earlier")
    a_set([*over_two_years("FD-02", [*FD[:-1], 75]), *over_two_years("CIN-02", [50] * 24)])
    build_again(cabinet, by=writer)
    released(cabinet, writer)
    with pytest.raises(Refused, match="beside it a number would tell"):
        release(scrutiny, by=writer)
    assert Report.objects.get(pk=scrutiny.pk).state == "approved"
