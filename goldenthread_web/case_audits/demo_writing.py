"""What do the auditors of the demonstration write? Words and answers that fit a grade."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread_web.case_audits import kinds
from goldenthread_web.case_audits.doing_form import Said, initial_of
from goldenthread_web.case_audits.grading import grades
from goldenthread_web.case_audits.models import CaseAudit
from goldenthread_web.case_audits.sections import sections_of

GRADES = {"O": "outstanding", "G": "good", "R": "requires_improvement", "I": "inadequate"}
_LETTER = {grade: letter for letter, grade in GRADES.items()}
_TONE = {"O": "good", "G": "good", "R": "middle", "I": "weak"}
_ANSWERS = {
    "O": ("met",),
    "G": ("met", "met", "met", "partly"),
    "R": ("met", "partly", "partly", "not_met"),
    "I": ("partly", "not_met", "not_met", "partly"),
}
# How far a domain lies below (1) or above (-1) the whole. Oversight was where it was weakest.
_STEPS = {"": (0, 0, 0, 1, -1), "oversight": (0, 1, 1, 0)}
WEAK_PLAN = "P"  # judged good, with a plan that would not protect: a limit holds it down
_PILOTS_FAMILY = 3  # the family is spoken with in one of so many


@cache
def told() -> dict[str, Any]:
    """The file."""
    return tomllib.loads((files("goldenthread_web.case_audits") / "demo.toml").read_text("utf-8"))


def pick(options: Sequence[Any], *key: object) -> Any:
    """One of them, always the same for the same key."""
    said = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return options[int.from_bytes(said[:4], "big") % len(options)]


def whole(case_audit: CaseAudit, letter: str) -> Said:
    """Everything that a case audit asks, said as of this grade."""
    has_weak_plan = letter == WEAK_PLAN
    letter = "G" if has_weak_plan else letter
    domains = _domain_grades(case_audit, letter, has_weak_plan)
    answers = _answers(case_audit, domains)
    applies = {
        section.code: any(answers[one.pk][0] != "na" for one in section.questions)
        for section in sections_of(case_audit)
    }
    graded = {code: grade for code, grade in domains.items() if applies.get(code)}
    return Said(own=_own(case_audit, letter), answers=answers, domain_grades=graded)


def half(case_audit: CaseAudit, letter: str) -> Said:
    """The first half of it: the look, and some of the answers."""
    said = whole(case_audit, letter)
    kept = dict(list(said.answers.items())[: len(said.answers) // 2])
    rest = dict.fromkeys(list(said.answers)[len(kept) :], ("", "", ""))
    own = {name: said.own[name] for name in ("looked_from_on", "looked_to_on", "with_practitioner")}
    return Said(own=own, answers=kept | rest, domain_grades={})


def typed(case_audit: CaseAudit) -> dict[str, str]:
    """What stands in the form of one that is under way, with a sentence more that is not saved yet."""
    sections = sections_of(case_audit)
    answers = {one.question_id: one for one in case_audit.answers.all()}
    saved = initial_of(case_audit, sections, answers)
    fields = {name: str(value) for name, value in saved.items() if value not in (None, "")}
    text = "lived_experience" if kinds.rules_of(case_audit.kind).about_child else "strengths"
    return fields | {text: pick(told()["texts"]["middle_lived"], case_audit.ref, "kept")}


def _own(case_audit: CaseAudit, letter: str) -> dict[str, Any]:
    texts, ref = told()["texts"], case_audit.ref
    tone = _TONE[letter]
    said = {
        "looked_from_on": _months_before(case_audit.scheduled_on, 7),
        "looked_to_on": case_audit.scheduled_on,
        "with_practitioner": pick((True, True, False), ref, "with"),
        "judged_grade": GRADES[letter],
        "grade_text": pick(texts[f"{letter}_why"], ref, "why"),
        "strengths": pick(texts["strengths"], ref, "strengths"),
        "to_improve": pick(texts["to_improve"], ref, "improve"),
        "reflection": pick((*texts["reflection"], "", ""), ref, "reflection"),
    }
    if not kinds.rules_of(case_audit.kind).about_child:
        return said
    return said | {
        "family_contacted": pick((True, *[False] * (_PILOTS_FAMILY - 1)), ref, "family"),
        "lived_experience": pick(texts[f"{tone}_lived"], ref, "lived"),
        "judged_impact": _step(GRADES[letter], pick((0, 0, 0, 1, -1), ref, "impact")),
        "impact_text": pick(texts[f"{tone}_impact"], ref, "impact_text"),
        "is_unsafe": False,
    }


def _domain_grades(case_audit: CaseAudit, letter: str, has_weak_plan: bool) -> dict[str, str]:
    found = {}
    for section in sections_of(case_audit):
        steps = _STEPS.get(section.code, _STEPS[""])
        found[section.code] = _step(GRADES[letter], pick(steps, case_audit.ref, section.code))
    if has_weak_plan:
        found["plan" if "plan" in found else "assessment"] = GRADES["I"]
    return {code: grade for code, grade in found.items() if code != "impact"}


def _answers(case_audit: CaseAudit, domains: Mapping[str, str]) -> dict[int, tuple[str, str, str]]:
    texts, found = told()["texts"], {}
    for section in sections_of(case_audit):
        letter = _LETTER[domains.get(section.code, GRADES["R"])]
        for place, question in enumerate(section.questions):
            key = (case_audit.ref, section.code, place)
            one_in = 4 if section.code == "challenge" else 14
            if pick(range(one_in), *key, "applies") == 0:
                found[question.pk] = ("na", "", "")
                continue
            answer = pick(_ANSWERS[letter], *key)
            seen = pick(texts["seen"][section.code][answer], *key, "seen")
            found[question.pk] = (answer, seen, pick(texts["where"], *key, "where"))
    return found


def _step(grade: str, by: int) -> str:
    place = grades().index(grade) + by
    return grades()[min(max(place, 0), len(grades()) - 1)]


def _months_before(day: date, months: int) -> date:
    return day - timedelta(days=30 * months)
