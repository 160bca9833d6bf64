"""The plan as a workbook: what leaves comes back as it was, and days are read as people write them."""

from datetime import date
from io import BytesIO

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from goldenthread_web.improvement import cycle_services, date_services, plan_services, taking_over_services
from goldenthread_web.improvement.models import Action, Objective
from goldenthread_web.improvement.taking_over import Usual, proposal
from goldenthread_web.improvement.workbook_reading import as_day, read
from goldenthread_web.improvement.workbook_writing import plain, plan_rows, workbook
from tests.web.builders import a_person
from tests.web.plan import (
    a_component,
    a_decision,
    a_piece,
    a_recommendation,
    a_theme,
    an_action,
    an_objective,
)

pytestmark = pytest.mark.django_db
# No NUL: no form takes one, no workbook holds one, and PostgreSQL keeps none.
words = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@'＝\t\r\n |;:“\u200b\u00a0"),
        st.characters(exclude_categories=("Cs",), exclude_characters="\x00"),
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: plain(text))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, words, words, words)
def test_export_then_import_changes_nothing(text, impact, post, step):
    with transaction.atomic():  # each example begins anew
        manager, lead = a_person("programme_manager"), a_person("team_manager")
        objective = Objective.objects.first() or an_objective(by=manager)
        made = an_action(
            confidence="high",
            objective=objective, text=text, intended_impact=impact, lead_post=post[:120], by=manager,
            recommendations=[a_recommendation()], components=[a_component()],
        )  # fmt: skip
        plan_services.set_indicator(made, "CIN-02", target="95%", by=manager)
        said = {"target": "20%", "baseline": "31%", "baseline_on": date(2017, 4, 30)}
        plan_services.set_indicator(made, "WF-02", **said, by=manager)
        plan_services.add_milestone(made, text=step, baseline_on=date(2017, 12, 1), by=manager)
        date_services.report_trouble(made, version=made.version, escalation=impact, recovery=step, by=lead)
        date_services.finish_milestone(made.milestones.get(), on=date(2017, 12, 9), by=lead)
        a_piece(made, text=text, by=lead)
        cycle_services.add_note(made, text=impact, by=lead)
        date_services.finish_action(made, on=date(2017, 12, 20), by=lead)
        date_services.sign_off(made, decision=a_decision(by=manager), by=manager)
        sheet = read(workbook(plan_rows()), "plan.xlsx")
        assert {"evidence", "progress", "sign_off", "origin", "confidence"} <= {
            name for name, value in sheet.rows[0].items() if value
        }
        found = proposal(sheet, usual=Usual())
        assert not found.problems and not found.left and not found.new
        assert [one.changes for one in found.rows] == [()]
        transaction.set_rollback(True)


# The headings of three councils' plans, each with a row as they write it: practice.md, section 1.1.
COUNCILS = {
    "Torbay": (
        (
            *("No.", "What?", "Who?", "How?", "When?", "Success measures", "Current status"),
            "Outcome (report for Q1, Q2, Q3, Q4)",
        ),
        (
            *("1.4", "Assessments are done in time", "Head of Service", "Weekly panel", "Jan 2018"),
            *("45 days: 83%", "COMPLETED", "Q2: 80%"),
        ),
        {
            **{"ref": "1.4", "text": "Assessments are done in time", "lead_post": "Head of Service"},
            **{"milestones": "Weekly panel", "due_on": "2018-01-31", "intended_impact": "45 days: 83%"},
            **{"status": "COMPLETED", "outcome": "Q2: 80%"},
        },
    ),
    "South Gloucestershire": (
        ("Objective", "Progress Report", "BRAG"),
        ("1..1 All children’s views will be recorded", "Guidance is written.", "Amber"),
        {
            **{"ref": "1.1", "text": "All children’s views will be recorded", "status": "Amber"},
            **{"progress": "Guidance is written.", "lead_post": "Head of service", "due_on": "2018-03-31"},
        },
    ),
    "Coventry": (
        (
            "Ref",
            "What we will do",
            "Lead Officer",
            "Timescale",
            "How will we know",
            "Progress to date",
            "RAG",
        ),
        ("1a", "Recruit to every post", "Director", "Ongoing", "Vacancies under 5%", "Two fairs.", "Green"),
        {
            **{"ref": "1a", "text": "Recruit to every post", "lead_post": "Director", "status": "Green"},
            **{"due_on": "2018-03-31", "intended_impact": "Vacancies under 5%", "progress": "Two fairs."},
        },
    ),
}


@pytest.mark.parametrize("council", COUNCILS)
def test_a_councils_own_headings_are_understood(council):
    headings, cells, expected = COUNCILS[council]
    a_theme(1)
    book, into = Workbook(), BytesIO()
    book.active.append([f"{council}: improvement plan"])
    book.active.append(list(headings))
    book.active.append(list(cells))
    book.save(into)
    sheet = read(into.getvalue(), "plan.xlsx")
    assert all(name for _, name in sheet.mapping)  # no column is lost
    found = proposal(sheet, usual=Usual(lead_post="Head of service", due_on=date(2018, 3, 31)))
    assert not found.problems
    (one,) = found.new
    assert expected.items() <= (one.values | {"ref": one.ref}).items()
    by = a_person("programme_manager")
    assert taking_over_services.take_over(found, by=by) == (1, 0)
    made = Action.objects.get(ref=expected["ref"])
    assert (made.text, made.lead_post) == (expected["text"], expected["lead_post"])
    assert expected["status"] in made.notes.get().text


def test_what_a_workbook_says_of_blockers_and_choices_is_taken_and_proof_is_not():
    by = a_person("programme_manager")
    an_action(objective=an_objective(by=by), by=by)
    (row,) = plan_rows()
    row |= {
        "blocked_because": "No money.", "escalation": "Director", "confidence": "Low", "origin": "Complaint",
        "indicators": "CIN-02: 95% (from 61% on 2017-04-30)", "evidence": "Seen.", "sign_off": "Cabinet",
        "done_on": "2018-01-01", "progress": "Half of it.",
    }  # fmt: skip
    found = proposal(read(workbook([row]), "plan.xlsx"), usual=Usual())
    assert not found.problems
    assert [said.split(": ")[1].split(" on the")[0] for said in found.left] == [
        "that it is done is said", "evidence is added", "it is signed off",
    ]  # fmt: skip
    taking_over_services.take_over(found, by=by)
    made = Action.objects.get()
    assert (made.blocked_because, made.escalation) == ("No money.", "Director")
    assert (made.confidence, made.origin, made.done_on, made.sign_off) == ("low", "complaint", None, None)
    linked = made.indicators.get()
    assert (linked.target, linked.baseline, linked.baseline_on) == ("95%", "61%", date(2017, 4, 30))
    assert made.notes.get().text == "Half of it." and not made.evidence.exists()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("31/12/2017", date(2017, 12, 31)),
        ("31/12/17", date(2017, 12, 31)),
        ("1.2.2018", date(2018, 2, 1)),
        ("2017-12-31", date(2017, 12, 31)),
        ("Dec 2017", date(2017, 12, 31)),
        ("February 2018", date(2018, 2, 28)),
        ("End of March 2018", date(2018, 3, 31)),
        ("Mar-18", date(2018, 3, 31)),
        ("31 March 2018", date(2018, 3, 31)),
        ("1st April 2018", date(2018, 4, 1)),
        ("31 Smarch 2018", None),
        ("Phase 2", date(2018, 3, 31)),
        ("stage 2", date(2018, 3, 31)),
        ("Phase 9", None),
        ("31/02/2018", None),
        ("12/31/2017", None),
        ("ongoing", None),
        ("", None),
    ],
)
def test_a_day_as_people_write_it(said, expected):
    assert as_day(said, {2: date(2018, 3, 31)}) == expected
