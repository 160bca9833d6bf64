"""Which rows of the standard do reviews of whole services give?"""

from collections.abc import Iterable
from typing import Any

from goldenthread_web.case_reviews.models import Case

KIND = "case_review"  # a code of the code set of kinds


def case_review_cohorts() -> Iterable[dict[str, Any]]:
    """One row per exercise and child of its frozen cohort."""
    for case in _cases():
        yield {
            "exercise": case.exercise.ref,
            "reference": case.child.reference,
            "frozen_on": case.exercise.frozen_on,
            "closed_on": case.left_on,
        }


def audits() -> Iterable[dict[str, Any]]:
    """One row per case that was handed to somebody and had not gone: each is a review of a case."""
    for case in _cases().exclude(reviewer=None).filter(left_on=None):
        yield {
            "audit_id": f"{case.exercise.ref}.{case.pk}",
            "kind": KIND,
            "reference": case.child.reference,
            "team": case.child.team,
            "worker_id": case.child.worker_id or None,
            "selection": None,  # every case is reviewed: nobody was chosen
            "scheduled_on": case.handed_on,
            "due_on": case.exercise.due_on,
            "completed_on": case.reviewed_on,
            "grade": None,
            "moderated_grade": None,
            "moderated_on": None,
            "remedial_completed_on": None,
            "reaudit_of_audit_id": None,
            "exercise": case.exercise.ref,
        }


def _cases() -> Any:
    return Case.objects.select_related("exercise", "child").order_by("id")
