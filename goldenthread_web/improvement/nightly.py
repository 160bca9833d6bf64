"""What is put in order each night, and after new figures: embedded actions that are embedded no longer."""

from typing import Any

from django.urls import reverse

from goldenthread_web.accounts.telling import tell
from goldenthread_web.improvement.evidence_services import fall_back
from goldenthread_web.improvement.reverting import falls


def fall_back_by_themselves(_load: Any = None, *, by: None = None) -> int:
    """Write down every award that no longer holds, and tell who must know; how many there were."""
    fallen = falls()
    for award, fall in fallen.values():
        fall_back(award, fall, by=by)
    if fallen:
        many = "An action is" if len(fallen) == 1 else f"{len(fallen)} actions are"
        tell(
            ("programme_manager", "director", "qa_lead"),
            what="action.fell_back",
            subject="An action fell back",
            sentence=f"{many} embedded no longer. Look at what changed:",
            path=reverse("improvement:plan"),
        )
    return len(fallen)
