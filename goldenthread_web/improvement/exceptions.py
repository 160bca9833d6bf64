"""What does a board have to look at? The plan by exception: what is off track first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from goldenthread_web.config.clock import today
from goldenthread_web.improvement import standing
from goldenthread_web.improvement.models import Challenge
from goldenthread_web.improvement.standing import Standing
from goldenthread_web.ui.together import together
from goldenthread_web.ui.words import day_said

# In the order of an agenda, each with the heading under which it stands.
KINDS = {
    "off_track": "Off track",
    "at_risk": "At risk",
    "fell_back": "Embedded no longer",
    "retest_due": "To be tested again",
    "to_confirm": "Done, impact to be confirmed",
    "test_due": "Too early to say, and the day to test has come",
    "milestone_overdue": "Milestones overdue",
    "decision_overdue": "Waiting for a decision of somebody else",
    "update_missed": "Updates missed",
    "unanswered": "Challenges without an answer",
}
SOON = 28  # days before a test that it is pointed out


@dataclass(frozen=True, kw_only=True)
class PlanException:
    """One thing of the plan that somebody must look at. `href` is the action's page."""

    kind: str  # a key of KINDS
    ref: str  # of the action
    title: str
    why: str
    href: str

    @property
    def kind_said(self) -> str:
        """The kind in words."""
        return KINDS[self.kind]


def lists(day: date) -> "dict[str, QuerySet[Any]]":
    """What `exceptions` reads beside actions and awards, for `together`."""
    unanswered = Challenge.objects.filter(answer="", asked_on__lte=day)
    told = {"action_ref": F("action__ref"), "action_text": F("action__text")}
    return {**standing.lists(day), "challenges": unanswered.annotate(**told)}


def exceptions(on: date | None = None, *, read: Mapping[str, list[Any]] | None = None) -> list[PlanException]:
    """What of the plan a board must look at on a day, in the order of an agenda. Six queries at most.

    `read`: the `lists`, if they were read.
    """
    day = on or today()
    if read is None:
        read = together(**lists(day))
    found = [one for each in standing.live(day, read=read) for one in _of(each, day)]
    found += [
        PlanException(
            kind="unanswered",
            ref=one.action_ref,
            title=one.action_text,
            why=f"Asked on {day_said(one.asked_on)}: {one.question}",
            href=reverse("improvement:action", args=[one.action_ref]),
        )
        for one in read["challenges"]
    ]
    order = list(KINDS)
    return sorted(found, key=lambda one: order.index(one.kind))


def _of(one: Standing, day: date) -> Iterable[PlanException]:
    letter, reasons = one.status.letter, " ".join(one.status.reasons)
    has_fallen = letter == "A" and bool(one.embedding) and one.action.done_on is not None
    if letter == "R":
        yield _exception("off_track", one, f"{reasons} {' '.join(one.status.needs)}".strip())
    elif has_fallen:
        yield _exception("fell_back", one, reasons)
    elif letter == "A":
        yield _exception("at_risk", one, f"{reasons} {' '.join(one.status.needs)}".strip())
    elif letter == "C":
        yield _exception("to_confirm", one, reasons)
    elif letter == "B" and one.embedding and one.embedding.retest_on <= day + timedelta(days=SOON):
        yield _exception(
            "retest_due", one, f"It is to be tested again by {day_said(one.embedding.retest_on)}."
        )
    if one.action.test_on is not None and one.action.test_on <= day:
        said = f"It was to be tested on {day_said(one.action.test_on)} by {one.action.test_ref}."
        yield _exception("test_due", one, said)
    for step in one.overdue:
        late = (day - step.baseline_on).days
        said = f"“{step.text}” was promised for {day_said(step.baseline_on)}: {late} days overdue."
        yield _exception("milestone_overdue", one, said.replace(" 1 days", " 1 day"))
    if one.waits_since is not None:
        said = f"{one.action.outside_body} was to decide by {day_said(one.waits_since)}: "
        yield _exception("decision_overdue", one, said + one.action.outside_decision)
    if one.missed_updates and letter in "GAR":
        said = "One update" if one.missed_updates == 1 else f"{one.missed_updates} updates in a row"
        yield _exception("update_missed", one, f"{said} of {one.action.lead_post} did not come.")


def _exception(kind: str, one: Standing, why: str) -> PlanException:
    action = one.action
    return PlanException(
        kind=kind, ref=action.ref, title=action.text, why=why, href=action.get_absolute_url()
    )
