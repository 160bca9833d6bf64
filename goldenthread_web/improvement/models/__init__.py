"""What is kept of the improvement plan, one module per question."""

from goldenthread_web.improvement.models.evidence import Embedding, Evidence
from goldenthread_web.improvement.models.ledger import Disposition, DispositionStep
from goldenthread_web.improvement.models.plan import (
    Action,
    ActionIndicator,
    DateChange,
    Milestone,
    Objective,
    PlanVersion,
)
from goldenthread_web.improvement.models.rhythm import Challenge, Cycle, NextStep, ProgressNote, Update
from goldenthread_web.improvement.models.stages import GateReview, Stage, StageAim
from goldenthread_web.improvement.models.twelve_weeks import (
    Checkpoint,
    Deliverable,
    FocusTime,
    KeyIndicator,
    TwelveWeekPlan,
    WeeklyNote,
)

__all__ = [
    "Action",
    "ActionIndicator",
    "Challenge",
    "Checkpoint",
    "Cycle",
    "DateChange",
    "Deliverable",
    "Disposition",
    "DispositionStep",
    "Embedding",
    "Evidence",
    "FocusTime",
    "GateReview",
    "KeyIndicator",
    "Milestone",
    "NextStep",
    "Objective",
    "PlanVersion",
    "ProgressNote",
    "Stage",
    "StageAim",
    "TwelveWeekPlan",
    "Update",
    "WeeklyNote",
]
