"""Practice standards and dip samples: what was found when somebody looked at a case with a question?"""

import ibis.expr.types as ir

from goldenthread.indicators.part import ManyParts, Part, coded, count, holds, proportion
from goldenthread.populations.case_audits import practice_answers
from goldenthread.populations.dip_samples import dip_sample_findings, dip_samples_drawn

_answer = practice_answers.table


def _met(code: str = "", where: ir.BooleanValue | None = None) -> Part:
    """The share of standards met among answers that say met or not."""
    return proportion(
        practice_answers,
        _answer.answer == "met",
        code=code,
        where=where,
        excluded={"The standard does not apply.": _answer.answer == "na"},
        unknown={"The question has no answer.": _answer.answer.isnull()},
        words={"met": "The standard is met.", "not_met": "The standard is not met, or in part only."},
    )


def _tagged(*tags: str) -> ir.BooleanValue:
    """Whether the standard of the question is about one of these."""
    found = holds(_answer.tags.contains(tags[0]))
    for tag in tags[1:]:
        found = found | holds(_answer.tags.contains(tag))
    return found


QA_05 = (
    _met(),
    ManyParts(
        name="<standard>",
        of=practice_answers,
        codes=_answer.standard,
        part=lambda code: _met(code, _answer.standard == code),
    ),
)
QA_06 = _met(where=_tagged("childs_voice"))
QA_07 = _met(where=_tagged("analysis", "smart_plan"))

_found, _sample = dip_sample_findings.table, dip_samples_drawn.table
_at_random = proportion(
    dip_sample_findings,
    _found.result == "pass",
    where=_found.method != "targeted",
    excluded={"The item does not apply.": _found.result == "na"},
    unknown={"No result is recorded.": _found.result.isnull()},
    words={"met": "Found as it should be.", "not_met": "Not found as it should be."},
)
QA_09 = (
    _at_random,
    coded(_at_random, "targeted", where=_found.method == "targeted"),
    count(
        dip_samples_drawn,
        code="random_samples",
        where=_sample.method != "targeted",
        words={"met": "A sample drawn at random."},
    ),
    count(
        dip_samples_drawn,
        code="targeted_samples",
        where=_sample.method == "targeted",
        words={"met": "A sample chosen for a reason."},
    ),
)

PARTS = {"QA-05": QA_05, "QA-06": QA_06, "QA-07": QA_07, "QA-09": QA_09}
