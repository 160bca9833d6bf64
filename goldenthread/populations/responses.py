"""What people answered: feedback of children and families, and pulse surveys of staff."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import PERIOD_COLUMNS, in_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_feedback = table("feedback_responses").rows
_answers = table("survey_responses").rows

feedback_received = Population(
    name="feedback_received",
    about="Feedback of children and families received in the period.",
    rows=not_placed(
        in_period(_feedback, "received_on").mutate(child_id=ibis.null("string"), key=_.response_id)
    ),
)


def _given() -> ir.Table:
    """Answers given in the period, one row per answer to one item."""
    rows = in_period(_answers, "answered_on")
    key = rows.survey_id + "|" + rows.response_id + "|" + rows.item
    return placed(rows.mutate(child_id=ibis.null("string"), key=key), on="on", role=None)


survey_answers = Population(
    name="survey_answers",
    about="Answers of staff to pulse surveys given in the period.",
    rows=_given(),
)


def _by_survey() -> ir.Table:
    """Each survey with answers in the period: how many people answered, and how many were asked."""
    rows = in_period(_answers, "answered_on").group_by(*PERIOD_COLUMNS, "authority", "survey_id")
    rows = rows.aggregate(responses=_.response_id.nunique(), invited_count=_.invited_count.max())
    return placed(rows.mutate(child_id=ibis.null("string"), key=_.survey_id), on="ends_on", role=None)


surveys_answered = Population(
    name="surveys_answered",
    about="Pulse surveys with answers in the period: how many people answered, and how many were asked.",
    rows=_by_survey(),
)
