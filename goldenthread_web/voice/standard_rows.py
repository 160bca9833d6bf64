"""Which rows do voices give to the standard? Answers of staff without names, feedback of families."""

from collections.abc import Iterator
from typing import Any

from goldenthread_web.config.clock import today
from goldenthread_web.voice.models import Asking, Feedback, Survey
from goldenthread_web.voice.queries import told_answers

FAMILIES = ("child", "parent", "carer")


def survey_responses() -> Iterator[dict[str, Any]]:
    """Each answer to each item of the pulse surveys of staff that have closed, as far as they tell of nobody.

    While a survey is open nothing of it is handed over: one answer more would tell what it was. Then all of
    it is dated the day it closed, so that no period holds the answers of few, and a team is named only where
    the survey's own page names it.
    """
    for survey in Survey.objects.filter(kind="staff_pulse", closes_on__lt=today()).order_by("pk"):
        yield from _responses(survey)


def _responses(survey: Survey) -> Iterator[dict[str, Any]]:
    """As many responses as came. Which answers to several items are one person's is not handed over."""
    same = {
        "survey_id": str(survey.pk),
        "answered_on": survey.closes_on,
        "invited_count": survey.invited,
    }
    came, given = survey.responses.count(), 0
    for item, by_team in told_answers(survey).items():
        for team, answers in sorted(by_team.items()):
            for answer in sorted(answers):
                numbered = {"response_id": str(given % came + 1), "item": item}
                yield same | numbered | {"team": team or None, "answer": answer}
                given += 1
    for number in range(given, came):  # counted as a response, with nothing said
        yield same | {"response_id": str(number + 1), "item": survey.items[0], "team": None, "answer": None}


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
