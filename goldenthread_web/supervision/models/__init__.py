"""What is kept of supervision: agreements, sessions, actions, who else may read, direction at allocation."""

from goldenthread_web.supervision.models.actions import Action, CarriedAnswer, Review
from goldenthread_web.supervision.models.agreements import Agreement, OtherFrequency, Supervising
from goldenthread_web.supervision.models.directions import Direction
from goldenthread_web.supervision.models.opening import Opening
from goldenthread_web.supervision.models.sessions import Discussion, Draft, Session

__all__ = [
    "Action",
    "Agreement",
    "CarriedAnswer",
    "Direction",
    "Discussion",
    "Draft",
    "Opening",
    "OtherFrequency",
    "Review",
    "Session",
    "Supervising",
]
