"""What was learnt from the case audits of the demonstration, and what became of it? Invented."""

from datetime import date
from typing import Any

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.case_audits import learning_services, results_services
from goldenthread_web.case_audits.demo_writing import pick
from goldenthread_web.case_audits.grading import grades
from goldenthread_web.case_audits.models import CaseAudit, Learning
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.queries import action as plan_action_of


def tell(said: dict[str, Any]) -> int:
    """Code every completed case audit, decide what is done about themes, use results; how many outcomes.

    `said` is what demo_following.toml says.
    """
    lead = account_of("qa_lead")
    learning_services.begin_themes(by=lead)
    themes = {one.code: one for one in Learning.objects.all()}
    for one in CaseAudit.objects.filter(state=CaseAudit.State.COMPLETED).select_related("auditor"):
        found = [themes[code] for code in _codes(one, said["themes"])]
        if found:
            learning_services.code_with(one, found, by=one.auditor)
    number = 0
    for outcome in said["outcomes"]:
        number += _decide(outcome, themes, lead)
    for piece in said["evidence"]:
        _use(piece, themes)
    return number


def _codes(case_audit: CaseAudit, themes: dict[str, dict[str, str]]) -> list[str]:
    """The themes that a case audit shows: of its weakest domains, or of a strong one."""
    by_domain = case_audit.domain_grades
    if not by_domain:
        return []
    worst = max(grades().index(one) for one in by_domain.values())
    weak = sorted(code for code, one in by_domain.items() if grades().index(one) == worst)
    found = []
    if worst >= grades().index("requires_improvement"):
        found += [themes["weak"][code] for code in weak if code in themes["weak"]]
        found = sorted(found, key=lambda code: str(pick(range(97), case_audit.ref, code)))[:2]
    strong = [code for code in themes["strong"] if by_domain.get(code) in ("good", "outstanding")]
    if strong and pick(range(2), case_audit.ref, "strong"):
        found.append(themes["strong"][pick(strong, case_audit.ref)])
    return found


def _decide(outcome: dict[str, Any], themes: dict[str, Learning], lead: Any) -> int:
    on: date = outcome["on"]
    action = plan_action_of(outcome["action"]) if "action" in outcome else None
    if on > today() or ("action" in outcome and (action is None or not action.is_live)):
        return 0
    learning_services.decide_outcome(
        themes[outcome["theme"]],
        kind=outcome["kind"],
        text=outcome["text"],
        action=action,
        on=on,
        by=lead,
    )
    return 1


def _use(piece: dict[str, Any], themes: dict[str, Learning]) -> None:
    """A result as evidence; left out where too few case audits were completed to show anything."""
    action = plan_action_of(piece["action"])
    if action is None or not action.is_live or piece["on"] > today():
        return
    try:
        results_services.use_as_evidence(
            action,
            starts_on=piece["from"],
            ends_on=piece["to"],
            selection="random",
            result=piece["result"],
            learning=themes[piece["theme"]] if "theme" in piece else None,
            received_on=piece["on"],
            by=account_of("qa_lead"),
        )
    except Refused:
        return
