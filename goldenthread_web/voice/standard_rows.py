"""Which rows do voices give to the standard? Answers of staff without names, feedback of families."""

from collections.abc import Iterator
from typing import Any

from goldenthread_web.config.clock import today
from goldenthread_web.voice.models import Asking, Feedback, Response

FAMILIES = ("child", "parent", "carer")


def survey_responses() -> Iterator[dict[str, Any]]:
    """Each answer to each item of the pulse surveys of staff that have closed.

    While a survey is open nothing of it is handed over: one answer more would tell what it was.
    """
    found = Response.objects.filter(survey__kind="staff_pulse", survey__closes_on__lt=today())
    for one in found.select_related("survey"):
        for item, answer in one.answers.items():
            yield {
                "survey_id": str(one.survey_id),
                "response_id": str(one.pk),
                "answered_on": one.week,
                "team": one.team or None,
                "item": item,
                "answer": answer,
                "invited_count": one.survey.invited,
            }


def feedback_responses() -> Iterator[dict[str, Any]]:
    """What children, parents and carers said, each once; how many were asked where they were."""
    invited = dict(Asking.objects.values_list("pk", "invited"))
    for one in Feedback.objects.filter(audience__in=FAMILIES).order_by("pk"):
        yield {
            "response_id": str(one.pk),
            "received_on": one.received_on,
            "is_positive": one.is_positive,
            "invited_count": invited.get(one.asking_id) if one.asking_id else None,
        }
