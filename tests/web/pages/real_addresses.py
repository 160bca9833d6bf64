"""Every page of the improvement half and of the practice half with real keys: which are there to open?"""

import inspect
from collections.abc import Callable, Iterable
from itertools import product

from django.urls import reverse

from goldenthread_web.accounts.models import User
from goldenthread_web.case_audits import models as case_audits
from goldenthread_web.case_reviews import models as case_reviews
from goldenthread_web.challenges import models as challenges
from goldenthread_web.clinics import models as clinics
from goldenthread_web.concerns import models as concerns
from goldenthread_web.dip_samples import models as dip_samples
from goldenthread_web.governance import models as governance
from goldenthread_web.improvement import action_acts, rhythm_acts
from goldenthread_web.improvement import models as improvement
from goldenthread_web.inspections import models as inspections
from goldenthread_web.practice_weeks import models as practice_weeks
from goldenthread_web.programme import models as programme
from goldenthread_web.registers import models as registers
from goldenthread_web.reports import models as reports
from goldenthread_web.resources import models as resources
from goldenthread_web.risks import models as risks
from goldenthread_web.sampling import models as sampling
from goldenthread_web.standards import models as standards
from goldenthread_web.supervision import models as supervision
from goldenthread_web.thread.kinds import KINDS, Kind
from goldenthread_web.voice import models as voice
from tests.web.pages.access import addresses

IMPROVEMENT = (
    "governance",
    "improvement",
    "inspections",
    "programme",
    "reports",
    "resources",
    "risks",
    "thread",
)
PRACTICE = (
    "standards",
    "sampling",
    "concerns",
    "case_audits",
    "dip_samples",
    "case_reviews",
    "practice_weeks",
    "supervision",
    "challenges",
    "clinics",
    "voice",
    "registers",
)
Keys = Callable[[], Iterable[object]]


def _of(model: type, name: str = "pk") -> Keys:
    return lambda: model.objects.order_by(name).values_list(name, flat=True)


def _either(*words: str) -> Keys:
    return lambda: words


# What stands in the place of an argument of an address: the keys of a model, or words. By the start of the
# name of a page; the longest start that fits says it.
_ARGUMENTS: dict[str, dict[str, Keys]] = {
    "governance": {"number": _of(governance.Meeting), "code": _of(programme.Body, "code")},
    "governance:ask": {"number": _of(governance.Ask)},
    "governance:judge": {"number": _of(governance.AskAnswer)},
    "governance:close_action": {"number": _of(governance.MeetingAction)},
    "governance:answer_challenge": {"number": _of(governance.Challenge)},
    "governance:decision": {"number": _of(programme.Decision)},
    "governance:item": {"number": _of(governance.AgendaItem)},
    "governance:speak": {"number": _of(governance.Meeting), "what": _either("ask", "challenge")},
    "governance:readiness": {"number": _of(inspections.Visit, "number")},
    "governance:add_readiness_item": {"number": _of(inspections.Visit, "number")},
    "governance:add_evidence": {"number": _of(inspections.Visit, "number")},
    "governance:add_interview": {"number": _of(inspections.Visit, "number")},
    "governance:tick_readiness_item": {"number": _of(inspections.ReadinessItem)},
    "governance:hand_over": {"number": _of(inspections.EvidenceItem)},
    "governance:statement": {"number": _of(governance.Statement)},
    "governance:review_statement": {"number": _of(governance.Statement)},
    "governance:add_statement_evidence": {"number": _of(governance.Statement)},
    "governance:end_statement": {"number": _of(governance.Statement)},
    "governance:countdown": {"number": _of(governance.Countdown)},
    "governance:move_day_zero": {"number": _of(governance.Countdown)},
    "governance:close_countdown": {"number": _of(governance.Countdown)},
    "governance:add_countdown_item": {"number": _of(governance.Countdown)},
    "governance:change_countdown_item": {"number": _of(governance.CountdownItem)},
    "improvement": {"ref": _of(improvement.Action, "ref")},
    "improvement:change_objective": {"ref": _of(improvement.Objective, "ref")},
    "improvement:close_next_step": {"number": _of(improvement.NextStep)},
    "improvement:report": {"ref": _of(improvement.Action, "ref"), "what": _either(*action_acts.REPORT)},
    "improvement:edit": {"ref": _of(improvement.Action, "ref"), "what": _either(*action_acts.EDIT)},
    "improvement:verify": {"ref": _of(improvement.Action, "ref"), "what": _either(*action_acts.VERIFY)},
    "improvement:edit_stage": {
        "number": _of(improvement.Stage, "number"),
        "what": _either(*rhythm_acts.STAGE_EDIT),
    },
    "improvement:change_aim": {"number": _of(improvement.StageAim)},
    "improvement:version": {"number": _of(improvement.PlanVersion, "number")},
    "improvement:cycle": {"number": _of(improvement.Cycle)},
    "improvement:edit_cycle": {
        "number": _of(improvement.Cycle),
        "what": _either(*rhythm_acts.CYCLE_EDIT),
    },
    "improvement:report_in_cycle": {
        "number": _of(improvement.Cycle),
        "what": _either(*rhythm_acts.CYCLE_REPORT),
    },
    "improvement:twelve_weeks": {"number": _of(improvement.TwelveWeekPlan, "number")},
    "improvement:edit_twelve_weeks": {
        "number": _of(improvement.TwelveWeekPlan, "number"),
        "what": _either(*rhythm_acts.WEEKS_EDIT),
    },
    "improvement:report_twelve_weeks": {
        "number": _of(improvement.TwelveWeekPlan, "number"),
        "what": _either(*rhythm_acts.WEEKS_REPORT),
    },
    "improvement:note_twelve_weeks": {"number": _of(improvement.TwelveWeekPlan, "number")},
    "improvement:answer": {"number": _of(inspections.Finding)},
    "inspections": {"number": _of(inspections.Inspection)},
    "inspections:change_recommendation": {"number": _of(inspections.Recommendation)},
    "inspections:visit": {"number": _of(inspections.Visit, "number")},
    "inspections:change_visit": {"number": _of(inspections.Visit, "number")},
    "inspections:letter": {"number": _of(inspections.Letter)},
    "inspections:mark": {"number": _of(inspections.Letter)},
    "inspections:publish": {"number": _of(inspections.Letter)},
    "inspections:finding": {"number": _of(inspections.Finding)},
    "inspections:change_finding": {"number": _of(inspections.Finding)},
    "inspections:repeat": {"number": _of(inspections.Finding)},
    "inspections:withdraw": {"number": _of(inspections.Finding)},
    "inspections:move": {"number": _of(inspections.Intervention)},
    "inspections:end": {"number": _of(inspections.Intervention)},
    "inspections:add_condition": {"number": _of(inspections.Intervention)},
    "inspections:plan_review": {"number": _of(inspections.Intervention)},
    "inspections:judge_condition": {"number": _of(inspections.Condition)},
    "inspections:hold_review": {"number": _of(inspections.Review)},
    "inspections:change_engagement": {"number": _of(inspections.Engagement)},
    "programme": {"code": _of(programme.Body, "code")},
    "programme:theme": {"number": _of(programme.Theme, "number")},
    "programme:component": {"number": _of(programme.Component, "number")},
    "programme:enabler": {"number": _of(programme.Enabler, "number")},
    "reports": {"number": _of(reports.Report)},
    "reports:content": {"number": _of(reports.Content)},
    "reports:priorities": {"number": _of(reports.Content)},
    "reports:draft_file": {"number": _of(reports.Report), "kind": _either("html", "docx")},
    "reports:release": {"number": _of(reports.Release)},
    "reports:release_it": {"number": _of(reports.Report)},
    "reports:release_file": {"number": _of(reports.Release), "kind": _either("html", "docx")},
    "reports:compare": {"number": _of(reports.Release), "other": _of(reports.Release)},
    "reports:public_release": {"number": _of(reports.Release)},
    "reports:public_file": {"number": _of(reports.Release), "kind": _either("html", "docx")},
    "reports:sign": {"number": _of(reports.Report), "section": _of(reports.Section, "code")},
    "reports:section": {"number": _of(reports.Content), "code": _of(reports.Section, "code")},
    "reports:draft": {"number": _of(reports.Content), "code": _of(reports.Section, "code")},
    "reports:quotes": {"number": _of(reports.Content), "code": _of(reports.Section, "code")},
    "resources": {"ref": _of(resources.InvestmentLine, "ref")},
    "resources:quarter": {
        "year": _of(resources.SignOff, "year"),
        "number": _either("1", "2", "3", "4"),
    },
    "resources:post": {"pk": _of(resources.Post)},
    "resources:review": {"pk": _of(resources.ProcessReview)},
    "risks": {"ref": _of(risks.Risk, "ref")},
    "risks:test": {"number": _of(risks.Mitigation)},
    "standards": {
        "number": _of(standards.Edition, "number"),
        "code": _of(standards.Standard, "code"),
        "question": _of(standards.Question, "code"),
    },
    "sampling": {"number": _of(sampling.Sample)},
    "concerns": {"ref": _of(concerns.Concern, "ref"), "number": _of(concerns.Absence)},
    "case_audits": {
        "ref": _of(case_audits.CaseAudit, "ref"),
        "code": _of(case_audits.ProForma, "code"),
        "number": _of(case_audits.ProForma, "number"),
    },
    "case_audits:cite_standard": {"number": _of(case_audits.ProFormaQuestion)},
    "case_audits:programme": {"number": _of(case_audits.AuditProgramme)},
    "case_audits:edit_programme": {"number": _of(case_audits.AuditProgramme)},
    "case_audits:begin_round": {"number": _of(case_audits.AuditProgramme)},
    "case_audits:round": {"number": _of(case_audits.Round)},
    "case_audits:hand_out_left": {"number": _of(case_audits.Round), "place": _either("1", "2")},
    "case_audits:moderation": {"ref": _of(case_audits.Moderation, "case_audit__ref")},
    "case_audits:name_moderator": {"ref": _of(case_audits.Moderation, "case_audit__ref")},
    "case_audits:told": {"ref": _of(case_audits.Moderation, "case_audit__ref")},
    "case_audits:complete": {"ref": _of(case_audits.CaseAuditAction, "ref")},
    "case_audits:take_into_plan": {"ref": _of(case_audits.CaseAuditAction, "ref")},
    "case_audits:themes": {"ref": _of(case_audits.CaseAudit, "ref")},
    "case_audits:theme": {"code": _of(case_audits.Learning, "code")},
    "case_audits:decide_outcome": {"code": _of(case_audits.Learning, "code")},
    "dip_samples": {"ref": _of(dip_samples.DipSample, "ref"), "code": _of(dip_samples.Design, "code")},
    "dip_samples:follow_up_done": {"number": _of(dip_samples.FollowUp)},
    "dip_samples:line": {"ref": _of(dip_samples.DipSample, "ref"), "number": _of(dip_samples.Line)},
    "dip_samples:concern": {"ref": _of(dip_samples.DipSample, "ref"), "number": _of(dip_samples.Line)},
    "case_reviews": {"ref": _of(case_reviews.Exercise, "ref"), "number": _of(case_reviews.Case)},
    "practice_weeks": {"ref": _of(practice_weeks.PracticeWeek, "ref")},
    "practice_weeks:entry": {"number": _of(practice_weeks.RosterEntry)},
    "practice_weeks:change_entry": {"number": _of(practice_weeks.RosterEntry)},
    "practice_weeks:cancel_entry": {"number": _of(practice_weeks.RosterEntry)},
    "practice_weeks:consent": {"number": _of(practice_weeks.RosterEntry)},
    "practice_weeks:observe": {"number": _of(practice_weeks.RosterEntry)},
    "practice_weeks:code": {"number": _of(practice_weeks.RosterEntry)},
    "practice_weeks:change_said": {"number": _of(practice_weeks.YouSaid)},
    "practice_weeks:we_did": {"number": _of(practice_weeks.YouSaid)},
    "supervision": {"number": _of(supervision.Agreement)},
    "supervision:compliance_file": {"what": _either("sessions", "actions")},
    "supervision:direct": {"reference": _of(supervision.Direction, "reference")},
    "supervision:session": {"number": _of(supervision.Session)},
    "supervision:write": {"number": _of(supervision.Session)},
    "supervision:action_done": {"number": _of(supervision.Action)},
    "supervision:carried": {"number": _of(supervision.Action)},
    "challenges": {"ref": _of(challenges.Challenge, "ref")},
    "clinics": {"number": _of(clinics.Clinic)},
    "clinics:answer": {"escalation": _of(clinics.Escalation)},
    "voice": {"number": _of(voice.Survey)},
    "voice:code": {"number": _of(voice.Feedback)},
    "voice:did": {"number": _of(voice.Reply)},
    "registers": {"ref": _of(registers.Home, "ref")},
    "registers:correct_inspection": {"number": _of(registers.HomeInspection)},
    "registers:correct_training": {"number": _of(registers.Training)},
    "registers:change_outage": {"number": _of(registers.Outage)},
}


def real_addresses(apps: Iterable[str], most: int = 0):
    """Pairs of a page's name and an address of it, of some apps; `most` of each page, spread over what there
    is (0: all).

    An argument that the table does not know is an error: whoever adds a page says what may stand in it.
    """
    for name, view, arguments in sorted(addresses(), key=lambda one: one[0]):
        app = name.split(":")[0]
        if app not in apps or not (getattr(view, "is_page", False) or getattr(view, "is_open", False)):
            continue
        if not _can_be_opened(view):
            continue
        filled = list(_filled(name, arguments or {}))
        for at in _spread(len(filled), most):
            yield name, reverse(name, kwargs=filled[at] or None)


def _can_be_opened(view):
    """Whether a view answers GET: what its decorator of methods lets through."""
    while view is not None:
        methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if methods is not None:
            return "GET" in methods
        view = getattr(view, "__wrapped__", None)
    return True


def _filled(name, arguments):
    if name == "thread:of":
        for kind in KINDS:
            yield from ({"kind": kind.code, "key": key} for key in _keys_of(kind))
        return
    start = max((one for one in _ARGUMENTS if name.startswith(one)), key=len, default="")
    known = _ARGUMENTS.get(start, {})
    names = list(arguments)
    for values in product(*(list(dict.fromkeys(known[one]())) for one in names)):
        yield dict(zip(names, values, strict=True))


def _keys_of(kind: Kind) -> Iterable[object]:
    if kind.code == "indicator":
        return improvement.ActionIndicator.objects.order_by("ref").values_list("ref", flat=True).distinct()
    if kind.rows is None:
        return kind.listed()
    everything = User(role="programme_manager", is_active=True)
    return kind.rows(everything).order_by(kind.key).values_list(kind.key, flat=True)


def _spread(count: int, most: int) -> Iterable[int]:
    if not most or count <= most:
        return range(count)
    return sorted({round(at * (count - 1) / (most - 1)) for at in range(most)}) if most > 1 else [0]
