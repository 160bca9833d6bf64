"""What hangs on what between standards, case audits, what they teach, what people say, and the plan?"""

from typing import Any

from django.db.models import QuerySet

from goldenthread_web.case_audits.models import LearningOutcome, ProFormaQuestion, Round
from goldenthread_web.practice_weeks import queries as practice_weeks
from goldenthread_web.standards.models import Question
from goldenthread_web.standards.queries import standards_in_force
from goldenthread_web.thread.edge import Edge
from goldenthread_web.thread.kinds_of_practice import replies


def _into_standards() -> "QuerySet[Any]":
    """What was learned and became a standard that is in force, in whichever edition it was written first."""
    return LearningOutcome.objects.filter(standard__code__in=standards_in_force().values("code"))


EDGES: tuple[Edge, ...] = (
    Edge(
        upper="standard",
        lower="indicator",
        rows=lambda person: standards_in_force(),
        lower_key="indicators",
        has_list=True,
    ),
    Edge(
        upper="standard",
        lower="question",
        rows=lambda person: Question.objects.filter(standard__in=standards_in_force()),
        upper_path="standard__",
    ),
    Edge(
        upper="question",
        lower="case_audit_programme",
        rows=lambda person: ProFormaQuestion.objects.all(),
        upper_path="question__",
        lower_path="pro_forma__programmes__",
    ),
    Edge(
        upper="case_audit_programme",
        lower="case_audit_round",
        rows=lambda person: Round.objects.all(),
        upper_path="programme__",
    ),
    Edge(
        upper="learning",
        lower="action",
        rows=lambda person: LearningOutcome.objects.all(),
        upper_path="learning__",
        lower_path="action__",
    ),
    Edge(
        upper="learning",
        lower="training",
        rows=lambda person: LearningOutcome.objects.filter(kind=LearningOutcome.Kind.TRAINING),
        upper_path="learning__",
    ),
    Edge(
        upper="learning",
        lower="standard",
        rows=lambda person: _into_standards(),
        upper_path="learning__",
        lower_path="standard__",
    ),
    Edge(
        upper="week_said",
        lower="action",
        rows=lambda person: practice_weeks.published(),
        lower_path="action__",
    ),
    Edge(
        upper="feedback_theme",
        lower="reply",
        rows=replies,
        upper_key="theme",
    ),
    Edge(
        upper="reply",
        lower="action",
        rows=replies,
        lower_path="action__",
    ),
)
