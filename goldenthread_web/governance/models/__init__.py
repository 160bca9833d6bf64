"""Who meets, what was minuted, and what must come back? The tables of governance."""

from goldenthread_web.governance.models.countdown import Countdown, CountdownItem
from goldenthread_web.governance.models.following import (
    Ask,
    AskAnswer,
    Challenge,
    MeetingAction,
    SafeguardingAction,
    SafeguardingReview,
)
from goldenthread_web.governance.models.knowing import (
    Election,
    GovernanceVisit,
    MemberDevelopment,
    PartnerEngagement,
    PlannedEvent,
)
from goldenthread_web.governance.models.meeting import (
    AgendaItem,
    Attendance,
    ItemDecision,
    Meeting,
    Membership,
    Minute,
    Pack,
)
from goldenthread_web.governance.models.self_evaluation import Statement, StatementEvidence

__all__ = [
    "AgendaItem",
    "Ask",
    "AskAnswer",
    "Attendance",
    "Challenge",
    "Countdown",
    "CountdownItem",
    "Election",
    "GovernanceVisit",
    "ItemDecision",
    "Meeting",
    "MeetingAction",
    "MemberDevelopment",
    "Membership",
    "Minute",
    "Pack",
    "PartnerEngagement",
    "PlannedEvent",
    "SafeguardingAction",
    "SafeguardingReview",
    "Statement",
    "StatementEvidence",
]
