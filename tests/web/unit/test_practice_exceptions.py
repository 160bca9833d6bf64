"""What a board hears of case audits: like with like, as it stood on the day, small numbers hidden."""

from datetime import date, timedelta

import pytest

from goldenthread_web.accounts.models import Restriction
from goldenthread_web.case_audits.models import CaseAuditAction, Learning, LearningOutcome, Themed
from goldenthread_web.config.clock import now
from goldenthread_web.governance import practice_exceptions
from goldenthread_web.governance.standards import standard
from goldenthread_web.ui.together import together
from tests.web.builders import a_person
from tests.web.following_builders import DONE_ON, a_case_audit, a_pro_forma
from tests.web.unit.test_thread_practice import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ON = date(2018, 1, 2)
REASON = {"selection": "targeted", "selection_reason": "The case is about to close."}


def told(on=ON):
    return practice_exceptions.lines(on, together(**practice_exceptions.lists(on)))


def one_called(title):
    (found,) = [one for one in told() if one.title == title]
    return found


@pytest.fixture
def audits():
    """Twelve chosen at random, of which half were good and met the plan’s standard; one for a reason."""
    pro_forma = a_pro_forma()
    in_force(pro_forma.edition, indicators=["SO-02"], statement="Somebody says who does what.")
    weak = {"grade": "requires_improvement", "answers": ("partly", "met"), "pro_forma": pro_forma}
    made = [a_case_audit(pro_forma=pro_forma) for _ in range(6)] + [a_case_audit(**weak) for _ in range(6)]
    return [*made, a_case_audit(**weak, **REASON)]


def test_the_boards_hear_of_practice():
    for body in ("improvement_board", "operational_board"):
        kinds = [one.kind for one in standard(body).items]
        assert kinds.count("practice") == 1
        assert sum(one.minutes for one in standard(body).items) <= standard(body).minutes


def test_each_way_of_choosing_cases_stands_alone(audits):
    said = one_called("Cases chosen at random").text
    assert said.startswith("50% of 12 case audits in the twelve months to 2 January 2018 were good")
    assert "Too few" in one_called("Cases chosen for a reason: often the worrying ones").text


def test_a_small_number_is_hidden(audits):
    for one in audits[:2]:
        one.moderated_grade = "requires_improvement"
        one.save()
    said = one_called("Cases chosen at random").text
    assert "hidden: a small number" in said and "33%" not in said


def test_standards_that_are_rarely_met_are_named(audits):
    found = one_called("Somebody says who does what.")
    assert found.text == "Met in 50% of 12 answers in cases chosen at random."
    assert sum(one.tag == "met least often" for one in told()) == 1, "what is met is no exception"


def test_what_was_known_on_the_day_counts(audits):
    assert told(DONE_ON - timedelta(days=1)) == []
    assert told(DONE_ON), "the day itself is included"


def test_a_restricted_child_is_not_counted():
    for number in range(12):
        a_case_audit(reference=f"r{number}")
    assert one_called("Cases chosen at random").text.startswith("100% of 12 case audits")
    for number in range(8):
        Restriction.objects.create(
            reference=f"r{number}",
            kind="restrict",
            reason="staff",
            proposed_by=a_person("head_of_service"),
            proposed_at=now(),
        )
    assert "Too few" in one_called("Cases chosen at random").text


def test_actions_whose_day_is_over(audits):
    by = a_person("qa_lead")
    for one in audits[:12]:
        CaseAuditAction.objects.create(
            case_audit=one,
            ref=f"{one.ref}.1",
            kind="child",
            text="Visit.",
            owner="Social worker",
            set_on=DONE_ON,
            due_on=DONE_ON if one.grade == "good" else ON,  # due today is not overdue
            set_by=by,
        )
    assert one_called("Actions after case audits whose day is over").text == "6 of 12 actions that are open."
    CaseAuditAction.objects.filter(due_on=DONE_ON).update(completed_on=ON)
    assert "Actions after case audits whose day is over" not in [one.title for one in told()]


def test_learning_that_nobody_answered(audits):
    theme = Learning.objects.create(code="late", title="Minutes come late", domain="recording")
    for one in audits[:6]:
        Themed.objects.create(case_audit=one, learning=theme)
    found = one_called("Minutes come late")
    assert found.text.endswith("Seen in 6 of 12 cases chosen at random.")
    LearningOutcome.objects.create(
        learning=theme,
        kind="training",
        text="A morning on minutes.",
        decided_on=ON,
        decided_by=a_person("qa_lead"),
        decided_at=now(),
    )
    assert "Minutes come late" not in [one.title for one in told()]
    assert "Minutes come late" in [one.title for one in told(ON - timedelta(days=1))], "not decided then"
