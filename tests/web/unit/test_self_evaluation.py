"""The self-evaluation and the calendar around day 0: what is refused, frozen, and asked."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.governance import countdown_services as countdowns
from goldenthread_web.governance import self_evaluation_services as services
from goldenthread_web.governance.countdown import lines, usual_items
from goldenthread_web.governance.models import Countdown, Statement, StatementEvidence
from goldenthread_web.governance.self_evaluation import areas_on, editions, self_evaluation
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person
from tests.web.figure_sets import a_set, over_two_years
from tests.web.inspected import a_finding, a_letter

pytestmark = pytest.mark.django_db
TODAY = date(2018, 1, 2)


@pytest.fixture
def manager():
    return a_person("programme_manager")


def a_statement(manager, **said):
    given = {"area": "leadership", "sign": "strength", "text": "Leaders look.", "confidence": "high"}
    return services.write_statement(**(given | said), by=manager)


def a_paper(statement, manager, **said):
    given = {"kind": "document", "text": "Two of ten.", "where": "Folder", "about_on": date(2017, 12, 1)}
    return services.add_statement_evidence(statement, **(given | said), by=manager)


def remarks(on=TODAY):
    return [remark for area in self_evaluation(on) for one in area.said for remark in one.remarks]


def told():
    return [one for one in Event.objects.order_by("id").values_list("what", flat=True) if "person" not in one]


def test_a_weakness_says_what_is_done_about_it(manager):
    with pytest.raises(Refused, match="what is done about it"):
        a_statement(manager, sign="weakness")
    with pytest.raises(Refused, match="Choose the area"):
        a_statement(manager, area="lscb")
    with pytest.raises(Refused, match="what the council knows"):
        a_statement(manager, text=" ")
    with pytest.raises(TypeError, match="colour"):
        a_statement(manager, colour="red")
    with pytest.raises(NotAllowed):
        a_statement(a_person("board_member"))
    made = a_statement(manager, sign="weakness", next_step="Ask each month.")
    assert (made.framework, made.edition, made.dated_on) == ("ILACS", 1, TODAY)
    assert told()[-1] == "self_evaluation.stated"


def test_figures_and_findings_are_kept_as_they_stand(manager):
    a_set(over_two_years("FD-02", [Decimal(n) for n in range(60, 84)]))
    statement = a_statement(manager)
    figure = services.add_statement_evidence(statement, kind="figure", key="FD-02", by=manager)
    assert "in December 2017" in figure.said and figure.about_on == date(2017, 12, 31)
    letter = a_letter("Visit\n\nLeaders look every week.")
    finding = a_finding(letter, "Leaders look every week.", "strength")
    quoted = services.add_statement_evidence(statement, kind="finding", finding=finding, by=manager)
    assert quoted.about_on == letter.dated_on
    assert remarks() == []
    assert [area.remarks for area in self_evaluation(TODAY)][0] == [
        "Only strengths are named: what is not good enough yet?"
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "figure", "key": "FD-03"}, "an indicator that has a figure"),
        ({"kind": "figure"}, "an indicator that has a figure"),
        ({"kind": "case_audit"}, "a practice standard"),
        ({"kind": "case_audit", "key": "unknown"}, "a practice standard"),
        ({"kind": "finding"}, "a finding that stands"),
        ({"where": " "}, "where it is kept"),
        ({"about_on": None}, "the day it is about"),
        ({"about_on": date(2018, 1, 3)}, "today or earlier"),
        ({"text": " "}, "in a sentence"),
    ],
)
def test_evidence_that_shows_nothing_is_refused(manager, said, sentence):
    with pytest.raises(Refused, match=sentence):
        a_paper(a_statement(manager), manager, **said)
    assert not StatementEvidence.objects.exists()


def test_what_an_inspector_would_ask_is_asked_before(manager):
    statement = a_statement(manager)
    assert remarks() == ["Nothing shows it yet: add evidence."]
    a_paper(statement, manager, about_on=date(2017, 6, 1))
    assert remarks() == [
        "It rests on one kind of evidence: add another.",
        "All its evidence is more than 6 months old.",
    ]
    a_paper(statement, manager, kind="feedback")
    assert remarks() == []
    assert "Nobody looked at it again for 6 months." in remarks(date(2018, 7, 3))
    a_set(over_two_years("FD-02", [Decimal(n) for n in range(60, 84)]))
    alone = a_statement(manager, text="Decisions are quick.")
    services.add_statement_evidence(alone, kind="figure", key="FD-02", by=manager)
    assert remarks() == ["It rests on figures alone: add what case audits, people or inspectors say."]


@pytest.mark.both_databases
def test_a_new_edition_takes_the_place_of_the_one_before(manager, monkeypatch):
    first = a_statement(manager)
    kept, dropped = a_paper(first, manager), a_paper(first, manager, text="Old.")
    said = {"sign": "weakness", "text": "They look too seldom.", "confidence": "low", "next_step": "Weekly."}
    second = services.review_statement(first, holding=[kept], **said, by=manager)
    assert [one.edition for one in editions(first)] == [2, 1] == [one.edition for one in editions(second)]
    assert [one.text for one in second.evidence.all()] == [kept.text]
    assert [one.statement for area in self_evaluation(TODAY) for one in area.said] == [second]
    for refused in (
        lambda: services.review_statement(first, **said, by=manager),
        lambda: services.end_statement(first, because="Over.", by=manager),
        lambda: a_paper(first, manager),
    ):
        with pytest.raises(Refused, match="newer edition"):
            refused()
    with pytest.raises(Refused, match="of this statement only"):
        services.review_statement(second, holding=[dropped], **said, by=manager)
    with pytest.raises(Refused, match="Say why"):
        services.end_statement(second, because=" ", by=manager)
    services.end_statement(second, because="The team is no more.", by=manager)
    with pytest.raises(Refused, match="no longer says it"):
        a_paper(second, manager)
    assert not any(area.said for area in self_evaluation(TODAY))
    assert told()[-2:] == ["self_evaluation.reviewed", "self_evaluation.ended"]
    for change in (
        lambda: StatementEvidence.objects.filter(pk=kept.pk).update(text="Nothing."),
        lambda: StatementEvidence.objects.filter(pk=kept.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="make a new edition"), transaction.atomic():
            change()


def test_what_was_said_under_an_earlier_framework_stays_to_be_read(manager):
    made = a_statement(manager)
    Statement.objects.filter(pk=made.pk).update(framework="SIF", area="adoption")
    found = self_evaluation(TODAY)
    assert [one.code for one in found] == [*areas_on(TODAY), "SIF-adoption"]
    assert found[-1].title == "Adoption performance (Single inspection framework)"
    assert "care_leavers" in areas_on(date(2023, 1, 1)) and "care_leavers" not in areas_on(TODAY)


def a_countdown(manager, **said):
    given = {"title": "Next", "kind": "expected", "day_zero_on": date(2018, 4, 3)}
    return countdowns.open_countdown(**(given | said), by=manager)


def test_the_days_are_working_days_of_the_dated_calendar(manager):
    made = a_countdown(manager)
    due = {one.item.working_day: one.due_on for one in lines(made, TODAY)}
    assert due[0] == date(2018, 4, 3)
    assert due[-10] == date(2018, 3, 16)  # over Easter: Good Friday and Easter Monday are not counted
    assert due[2] == date(2018, 4, 5)
    assert len(due) == len({day for day, _, _ in usual_items()})
    for day, sentence in ((date(2018, 4, 2), "on a working day"), (date(2190, 1, 3), "not known yet")):
        with pytest.raises(Refused, match=sentence):
            a_countdown(manager, day_zero_on=day)


@pytest.mark.both_databases
def test_a_calendar_is_kept_ticked_moved_and_closed(manager):
    made = a_countdown(manager)
    with pytest.raises(Refused, match="at most 60"):
        countdowns.add_countdown_item(made, working_day=61, text="Late.", post="Manager", by=manager)
    item = countdowns.add_countdown_item(made, working_day=-1, text="Tea.", post="Manager", by=manager)
    item = countdowns.change_countdown_item(
        item, working_day=-2, text="Coffee.", post="Manager", version=1, by=manager
    )
    assert item.due_on == date(2018, 3, 28)
    item = countdowns.tick_countdown_item(item, is_done=True, version=2, by=manager)
    with pytest.raises(Refused, match="says so already"):
        countdowns.tick_countdown_item(item, is_done=True, version=3, by=manager)
    with pytest.raises(SavedMeanwhile):
        countdowns.tick_countdown_item(item, is_done=False, version=1, by=manager)
    countdowns.tick_countdown_item(item, is_done=False, version=3, by=manager)
    moved = countdowns.move_day_zero(
        made, kind="announced", day_zero_on=date(2018, 3, 5), version=1, by=manager
    )
    assert [one.due_on for one in lines(moved, TODAY) if one.item == item] == [date(2018, 3, 1)]
    with pytest.raises(Refused, match="what was learned"):
        countdowns.close_countdown(moved, learned=" ", version=2, by=manager)
    countdowns.close_countdown(moved, learned="Begin earlier.", version=2, by=manager)
    with pytest.raises(Refused, match="closed"):
        countdowns.remove_countdown_item(item, version=4, by=manager)
    again = a_countdown(manager, like=moved)
    assert {one.text for one in again.items.all()} == {one.text for one in moved.items.all()}
    last = again.items.last()
    countdowns.remove_countdown_item(last, version=1, by=manager)
    assert again.items.count() == moved.items.count() - 1
    assert told() == [
        "countdown.opened",
        "countdown.item_added",
        "countdown.item_changed",
        "countdown.item_ready",
        "countdown.item_not_ready",
        "countdown.moved",
        "countdown.closed",
        "countdown.opened",
        "countdown.item_removed",
    ]


def test_only_who_prepares_visits_keeps_the_calendar(manager):
    with pytest.raises(NotAllowed):
        a_countdown(a_person("team_manager"))
    assert not Countdown.objects.exists()
