"""The rows that case audits give to the tables of records fit them, and say what indicators read."""

from datetime import date

import pytest

from goldenthread.records_writing import write_records
from goldenthread_web.case_audits import following_services, standard_rows
from goldenthread_web.case_audits.models import CaseAudit
from tests.web.builders import a_person
from tests.web.following_builders import DONE_ON, TODAY, a_case_audit

pytestmark = pytest.mark.django_db


def fits(tmp_path, table, rows):
    """The rows, once they were written as a table of records: the child's id in place of the reference."""
    said = [
        {("child_id" if name == "reference" else name): value for name, value in row.items()} for row in rows
    ]
    write_records(tmp_path, table, said, authority="991")
    return list(rows)


def test_case_audits_as_rows(tmp_path):
    first = a_case_audit("inadequate", reference="a" * 20, worker_id="W1", selection="stratified")
    CaseAudit.objects.filter(pk=first.pk).update(
        moderated_grade="requires_improvement",
        moderated_on=date(2017, 12, 1),
        remedial_completed_on=date(2017, 11, 24),
    )
    again = a_case_audit(
        state="under_way", kind="re_audit", re_audit_of=first, selection="targeted", selection_reason="Weak."
    )
    a_case_audit(state="withdrawn")
    seen = a_case_audit("good", kind="observation")
    one, two, three = fits(tmp_path, "audits", list(standard_rows.audits()))
    assert one == {
        "audit_id": first.ref,
        "kind": "case_audit",
        "reference": "a" * 20,
        "team": "FSP 1",
        "worker_id": "W1",
        "selection": "stratified",
        "scheduled_on": date(2017, 11, 1),
        "due_on": date(2017, 11, 24),
        "completed_on": DONE_ON,
        "grade": "inadequate",
        "moderated_grade": "requires_improvement",
        "moderated_on": date(2017, 12, 1),
        "remedial_completed_on": date(2017, 11, 24),
        "reaudit_of_audit_id": None,
        "exercise": None,
    }
    assert (two["audit_id"], two["reaudit_of_audit_id"]) == (again.ref, first.ref)
    assert (two["grade"], two["completed_on"]) == (None, None)  # what is not completed has no grade
    assert (three["audit_id"], three["kind"], three["reference"]) == (seen.ref, "observation", None)


def test_answers_as_rows(tmp_path):
    done = a_case_audit("good", answers=("partly", "na"))
    a_case_audit("good", answers=("met",))
    a_case_audit("good", state="under_way")
    rows = fits(tmp_path, "audit_items", list(standard_rows.audit_items()))
    assert [(row["audit_id"] == done.ref, row["answer"]) for row in rows] == [
        (True, "not_met"),
        (True, "na"),
        (False, "met"),
    ]
    assert rows[0]["item"] == rows[2]["item"] != rows[1]["item"]
    assert rows[0]["standard"] == "plan-says-who" and rows[0]["tags"] == ["smart_plan"]


def test_actions_as_rows(tmp_path):
    lead = a_person("qa_lead")
    done = a_case_audit("good")
    action = following_services.set_action(
        done, kind="system", text="Change it.", owner="Head", due_on=date(2018, 2, 1), by=lead
    )
    (row,) = fits(tmp_path, "audit_actions", list(standard_rows.audit_actions()))
    assert row == {
        "action_id": action.ref,
        "audit_id": done.ref,
        "due_on": date(2018, 2, 1),
        "completed_on": None,
    }
    following_services.complete_system_action(
        action, version=1, outcome="Changed.", completed_on=TODAY, by=lead
    )
    assert next(standard_rows.audit_actions())["completed_on"] == TODAY
