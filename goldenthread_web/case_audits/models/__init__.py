"""What is kept of case audits: what is asked, the case audits, moderation, and what follows."""

from goldenthread_web.case_audits.models.doing import Answer, CaseAudit, Draft
from goldenthread_web.case_audits.models.following import CaseAuditAction, Learning, LearningOutcome, Themed
from goldenthread_web.case_audits.models.moderating import Moderation
from goldenthread_web.case_audits.models.planning import AuditProgramme, ProForma, ProFormaQuestion, Round

__all__ = [
    "Answer",
    "AuditProgramme",
    "CaseAudit",
    "CaseAuditAction",
    "Draft",
    "Learning",
    "LearningOutcome",
    "Moderation",
    "ProForma",
    "ProFormaQuestion",
    "Round",
    "Themed",
]
