"""Answers: what do families and staff say, and do managers look at the figures?"""

from goldenthread.indicators.part import ManyParts, coded, proportion
from goldenthread.populations.responses import feedback_received, survey_answers, surveys_answered
from goldenthread.populations.service_use import team_managers_with_account

_said = feedback_received.table
QA_12 = proportion(
    feedback_received,
    _said.is_positive,
    excluded={"Whether it was positive is not recorded.": _said.is_positive.isnull()},
    words={"met": "Positive on the whole.", "not_met": "Not positive on the whole."},
)

_answer, _survey = survey_answers.table, surveys_answered.table
_agrees = proportion(
    survey_answers,
    _answer.answer.isin(["agree", "strongly_agree"]),
    excluded={"The item was not answered.": _answer.answer.isnull()},
    words={"met": "Agrees.", "not_met": "Does not agree."},
)
WF_15 = (
    _agrees,
    ManyParts(
        name="<item>",
        of=survey_answers,
        codes=_answer.item,
        part=lambda code: coded(_agrees, code, where=_answer.item == code),
    ),
    proportion(
        surveys_answered,
        _survey.responses > 0,
        code="response_rate",
        numerator=_survey.responses,
        denominator=_survey.invited_count,
        unknown={"How many people were asked is not recorded.": _survey.invited_count.isnull()},
        told={"responses": _survey.responses, "invited": _survey.invited_count},
        words={"met": "{responses} of {invited} people answered."},
    ),
)

_manager = team_managers_with_account.table
_DAYS = 7
SO_07 = proportion(
    team_managers_with_account,
    (_manager.days < _DAYS).fill_null(False),
    words={
        "met": "Opened their daily dashboard in the last seven days.",
        "not_met": "Did not open their daily dashboard in the last seven days.",
    },
)

PARTS = {"QA-12": QA_12, "WF-15": WF_15, "SO-07": SO_07}
