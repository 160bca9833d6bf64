"""Services and queries of risks: what they refuse, the Events they leave, and the register of a day past."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.programme.models import Body
from goldenthread_web.risks import queries, services
from goldenthread_web.risks.models import Mitigation, Movement, Risk
from goldenthread_web.risks.scales import Score, appetites, bands, impacts, likelihoods
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db
NOTE = "Seven newly qualified workers have started."


@pytest.fixture(autouse=True)
def day(monkeypatch):
    """The second of January 2018, as in the demonstration."""
    for module in (services, queries):
        monkeypatch.setattr(module, "today", lambda: date(2018, 1, 2))


@pytest.fixture
def manager():
    return a_person("programme_manager")


def words(**said):
    return {
        "if_text": "posts stay empty",
        "then_text": "children change their worker again and again",
        "cause": "Neighbours pay more.",
        "event": "Workers leave faster than they come.",
        "impact": "Children tell their story to one stranger after the other.",
        "category": "people",
        "theme": None,
        "post": "Head of service",
        "person": None,
        "proximity": "three_months",
        "appetite": "cautious",
        "review_on": date(2018, 3, 1),
    } | said


def a_risk(by, ref="K1", *, on=date(2017, 5, 1), current=(4, 4), target=(2, 3), **said):
    return services.enter_risk(
        ref,
        inherent=Score(5, 5),
        current=Score(*current),
        target=Score(*target),
        identified_on=on,
        note="Entered when the plan was made.",
        by=by,
        **words(**said),
    )


def a_body(code="improvement_board"):
    return Body.objects.create(
        code=code, name=code.replace("_", " "), purpose="Tests progress.", chair="Chair", rhythm="monthly"
    )


def moved(risk, by, score, on, note=NOTE):
    risk.refresh_from_db()
    return services.score_risk(risk, version=risk.version, score=Score(*score), moved_on=on, note=note, by=by)


def test_the_scales_cover_every_score():
    assert set(likelihoods()) == set(impacts()) == {1, 2, 3, 4, 5}
    assert bands()[0].least == 1 and [one.least for one in bands()] == sorted(one.least for one in bands())
    said = [Score(likelihood, 5).band.word for likelihood in (1, 2, 3, 4, 5)]
    assert said == ["medium", "high", "very high", "very high", "very high"]
    assert all(1 <= one["most"] <= 25 for one in appetites().values())
    assert Score(4, 4).said == "16, very high"
    assert Score(4, 4).in_words == "likely (4) with serious impact (4)"


def test_a_risk_enters_with_its_first_movement(manager):
    risk = a_risk(manager)
    assert risk.sentence == "If posts stay empty, then children change their worker again and again."
    first = risk.movements.get()
    assert (first.kind, first.came_from, first.to) == ("entered", None, Score(4, 4))
    event = Event.objects.get(what="risk.entered")
    assert event.about_key == str(risk.pk) and event.changes == {"score": 16, "target": 6}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"post": ""}, "post that answers"),
        ({"current": (6, 1)}, "five levels"),
        ({"on": date(2018, 1, 3)}, "lies ahead"),
    ],
)
def test_a_risk_is_refused(manager, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        a_risk(manager, **changed)
    assert not Risk.objects.exists()


def test_a_reference_is_used_once(manager):
    a_risk(manager)
    with pytest.raises(Refused, match="already"):
        a_risk(manager)


def test_what_is_done_about_it_never_makes_it_worse(manager):
    with pytest.raises(Refused, match="before anything was done"):
        services.enter_risk(
            "K1",
            inherent=Score(2, 2),
            current=Score(3, 3),
            target=Score(1, 1),
            identified_on=date(2017, 5, 1),
            note=NOTE,
            by=manager,
            **words(),
        )


def test_a_score_moves_with_a_note_only(manager):
    risk = a_risk(manager)
    for note in ("", "   ", "Better"):
        with pytest.raises(Refused, match="without a note"):
            moved(risk, manager, (3, 4), date(2017, 10, 1), note=note)
    risk.refresh_from_db()
    assert risk.current == Score(4, 4) and risk.version == 1
    moved(risk, manager, (3, 4), date(2017, 10, 1))
    risk.refresh_from_db()
    assert risk.current == Score(3, 4) and risk.version == 2
    assert Event.objects.get(what="risk.scored").changes == {"score": [16, 12]}
    assert NOTE not in str(list(Event.objects.values()))


def test_a_movement_is_never_put_before_another_or_ahead(manager):
    risk = a_risk(manager)
    moved(risk, manager, (3, 4), date(2017, 10, 1))
    with pytest.raises(Refused, match="cannot come before"):
        moved(risk, manager, (3, 3), date(2017, 9, 30))
    with pytest.raises(Refused, match="lies ahead"):
        moved(risk, manager, (3, 3), date(2018, 1, 3))


@pytest.mark.both_databases
def test_the_database_keeps_movements_and_tests(manager):
    risk = a_risk(manager)
    control = services.add_mitigation(
        risk, kind="control", text="Ring round.", post="Head", test_due_on=date(2018, 2, 1), by=manager
    )
    services.test_control(
        control,
        tested_on=date(2017, 12, 1),
        result="effective",
        note="Three of three answered.",
        next_due_on=date(2018, 3, 1),
        by=manager,
    )
    for rows in (risk.movements.all(), control.tests.all()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(note="Something else")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.delete()


@pytest.mark.both_databases
def test_the_database_refuses_what_no_risk_can_be(manager):
    risk = a_risk(manager)
    for values in (
        {"current_likelihood": 6},
        {"closed_on": date(2017, 6, 1)},
        {"escalated_on": date(2017, 6, 1)},
        {"post": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Risk.objects.filter(pk=risk.pk).update(**values)


def test_two_people_cannot_both_change_it(manager):
    risk = a_risk(manager)
    services.edit_risk(risk, version=1, target=Score(1, 3), by=manager, **words(post="Director"))
    with pytest.raises(SavedMeanwhile):
        services.edit_risk(risk, version=1, target=Score(2, 3), by=manager, **words(post="Principal"))
    risk.refresh_from_db()
    assert (risk.post, risk.target, risk.version) == ("Director", Score(1, 3), 2)
    assert Event.objects.get(what="risk.changed").changes == {"fields": ["post", "target"]}


def test_escalated_taken_back_closed_and_opened_again(manager):
    risk, board = a_risk(manager), a_body()
    services.escalate_risk(
        risk,
        version=1,
        body=board,
        moved_on=date(2017, 6, 1),
        note="The board decides on pay.",
        by=manager,
    )
    risk.refresh_from_db()
    assert (risk.escalated_to, risk.escalated_on) == (board, date(2017, 6, 1))
    with pytest.raises(Refused, match="is with"):
        services.escalate_risk(
            risk, version=2, body=board, moved_on=date(2017, 6, 2), note="Once more for luck.", by=manager
        )
    assert [one.risk for one in queries.escalated(date(2017, 7, 1))] == [risk]
    assert not queries.escalated(date(2017, 5, 15))
    services.take_back_risk(risk, version=2, moved_on=date(2017, 8, 1), note="The board decided.", by=manager)
    assert not queries.escalated(date(2017, 9, 1)) and queries.escalated(date(2017, 7, 1))
    with pytest.raises(Refused, match="without a note"):
        services.close_risk(risk, version=3, moved_on=date(2017, 9, 1), note="", by=manager)
    services.close_risk(risk, version=3, moved_on=date(2017, 9, 1), note="All posts are filled.", by=manager)
    risk.refresh_from_db()
    assert risk.closed_because == "All posts are filled."
    with pytest.raises(Refused, match="closed"):
        moved(risk, manager, (1, 1), date(2017, 10, 1))
    services.reopen_risk(
        risk,
        version=4,
        moved_on=date(2017, 11, 1),
        review_on=date(2018, 2, 1),
        note="Three workers have left.",
        by=manager,
    )
    said = [one.kind for one in reversed(list(risk.movements.all()))]
    assert said == ["entered", "escalated", "returned", "closed", "reopened"]
    told = Event.objects.filter(what__startswith="risk.").order_by("id").values_list("what", flat=True)
    assert list(told) == [
        "risk.entered",
        "risk.escalated",
        "risk.taken_back",
        "risk.closed",
        "risk.reopened",
    ]


def test_the_register_of_a_day_says_what_moved_since_another(manager):
    risk = a_risk(manager)
    a_risk(manager, "K2", on=date(2017, 11, 1), current=(2, 2))
    moved(risk, manager, (4, 5), date(2017, 8, 1), "Two more managers have left.")
    moved(risk, manager, (3, 4), date(2017, 12, 1))
    lines = queries.register(date(2017, 9, 1), since=date(2017, 6, 1))
    assert [(one.risk.ref, one.score.number, one.movement, one.arrow) for one in lines] == [
        ("K1", 20, "up from 16 to 20", "up")
    ]
    lines = queries.register(date(2018, 1, 2), since=date(2017, 10, 1))
    assert [(one.risk.ref, one.movement, one.arrow) for one in lines] == [
        ("K1", "down from 20 to 12", "down"),
        ("K2", "new", ""),
    ]
    assert [one.note for one in lines[0].moved] == [NOTE]
    assert queries.register(date(2018, 1, 2), since=date(2017, 12, 15))[0].movement == "unchanged"
    assert queries.register(date(2018, 1, 2))[0].movement == "down from 20 to 12"


def test_a_closed_risk_is_told_once_and_kept(manager):
    risk = a_risk(manager)
    services.close_risk(risk, version=1, moved_on=date(2017, 9, 1), note="All posts are filled.", by=manager)
    assert queries.register(date(2017, 10, 1), since=date(2017, 8, 1))[0].movement == "closed"
    assert not queries.register(date(2018, 1, 2), since=date(2017, 10, 1))
    kept = queries.register(date(2018, 1, 2), since=date(2017, 10, 1), with_closed=True)
    assert kept[0].closed_on == date(2017, 9, 1)
    assert not queries.register(date(2017, 8, 1))[0].is_closed


def test_the_heat_map_counts_open_risks_in_their_squares(manager):
    a_risk(manager)
    a_risk(manager, "K2")
    a_risk(manager, "K3", current=(1, 5))
    rows = queries.heat(queries.register())
    assert [len(row) for row in rows] == [5] * 5
    assert (rows[0][0].score, rows[4][4].score) == (Score(5, 1), Score(1, 5))
    assert [one.risk.ref for one in rows[1][3].lines] == ["K1", "K2"]
    assert [one.risk.ref for one in rows[4][4].lines] == ["K3"]
    assert sum(len(cell.lines) for row in rows for cell in row) == 3


def test_what_a_report_could_not_say_of_a_risk(manager):
    risk = a_risk(manager, review_on=date(2017, 12, 1))
    assert queries.register()[0].lacks == (
        "no mitigation",
        "a review that is overdue",
        "no movement note for six months",
    )
    services.add_mitigation(
        risk, kind="control", text="Ring round.", post="Head", test_due_on=date(2018, 1, 1), by=manager
    )
    moved(risk, manager, (4, 4), date(2017, 12, 20), "Looked at: nothing has changed.")
    assert queries.register()[0].lacks == ("a review that is overdue", "a control whose test is overdue")
    assert [one.text for one in queries.controls_to_test(date(2018, 1, 2))] == ["Ring round."]
    assert [one.risk for one in queries.lacking()] == [risk]


def test_target_and_appetite_are_compared_with_the_score(manager):
    a_risk(manager, current=(1, 3), target=(2, 3))
    line = queries.register()[0]
    assert line.is_target_above and not line.is_beyond_appetite
    a_risk(manager, "K2", appetite="averse")
    assert queries.register()[0].is_beyond_appetite


def test_a_mitigation_is_an_action_or_a_control_with_a_test(manager):
    risk = a_risk(manager)
    with pytest.raises(Refused, match="tested next"):
        services.add_mitigation(risk, kind="control", text="Ring round.", post="Head", by=manager)
    made = services.add_mitigation(risk, kind="action", text="Recruit.", post="Head", by=manager)
    with pytest.raises(Refused, match="Only a control"):
        services.test_control(
            made,
            tested_on=date(2017, 12, 1),
            result="effective",
            note="It works well.",
            next_due_on=date(2018, 3, 1),
            by=manager,
        )
    services.end_mitigation(made, ended_on=date(2018, 1, 1), by=manager)
    assert Mitigation.objects.get().ended_on == date(2018, 1, 1)
    with pytest.raises(Refused, match="already"):
        services.end_mitigation(made, ended_on=date(2018, 1, 1), by=manager)
    assert Event.objects.filter(what="risk.mitigation_ended").count() == 1


def test_a_control_is_tested_and_tested_again(manager):
    risk = a_risk(manager)
    control = services.add_mitigation(
        risk, kind="control", text="Ring round.", post="Head", test_due_on=date(2017, 12, 1), by=manager
    )
    said = {"mitigation": control, "result": "partly", "note": "One of three answered.", "by": manager}
    with pytest.raises(Refused, match="after this one"):
        services.test_control(**said, tested_on=date(2017, 12, 1), next_due_on=date(2017, 12, 1))
    with pytest.raises(Refused, match="lies ahead"):
        services.test_control(**said, tested_on=date(2018, 1, 3), next_due_on=date(2018, 4, 1))
    services.test_control(**said, tested_on=date(2017, 12, 1), next_due_on=date(2018, 3, 1))
    control.refresh_from_db()
    assert control.test_due_on == date(2018, 3, 1)
    event = Event.objects.get(what="risk.control_tested")
    assert event.changes == {"mitigation": control.pk, "result": "partly"}


def test_an_early_warning_alerts_and_never_moves_the_score(manager, monkeypatch):
    risk = a_risk(manager)
    with pytest.raises(Refused, match="no indicator"):
        services.add_warning(risk, ref="XX-99", because="It would show.", by=manager)
    services.add_warning(risk, ref="WF-02", because="Agency workers leave first.", by=manager)
    with pytest.raises(Refused, match="already"):
        services.add_warning(risk, ref="WF-02", because="Once more.", by=manager)
    monkeypatch.setattr(queries, "alerting", lambda _: frozenset({"WF-02"}))
    line = queries.register()[0]
    assert line.warnings == ("WF-02",) and line.score == Score(4, 4)
    assert Movement.objects.count() == 1
    services.remove_warning(risk.warnings.get(), by=manager)
    assert not queries.register()[0].warnings
    assert Event.objects.filter(what="risk.warning_removed").exists()


def test_who_may_not_keep_risks(manager):
    risk = a_risk(manager)
    with pytest.raises(NotAllowed):
        moved(risk, a_person("board_member"), (1, 1), date(2017, 10, 1))


@pytest.mark.both_databases
def test_the_register_asks_the_database_little(manager, django_assert_max_num_queries):
    for number in range(1, 8):
        a_risk(manager, f"K{number}")
    with django_assert_max_num_queries(7):
        assert len(queries.register(since=date(2017, 10, 1))) == 7
