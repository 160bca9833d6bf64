"""What may be typed of months, stages, versions, next steps and twelve weeks?"""

from datetime import timedelta
from typing import Any

from django import forms

from goldenthread_web.config.clock import today
from goldenthread_web.improvement.forms import PlanForm, day, indicator, line, ticks, words
from goldenthread_web.improvement.models import (
    Action,
    Challenge,
    Deliverable,
    FocusTime,
    GateReview,
    NextStep,
    StageAim,
    TwelveWeekPlan,
)
from goldenthread_web.improvement.models.twelve_weeks import WEEKS
from goldenthread_web.improvement.queries import actions
from goldenthread_web.inspections.queries import findings
from goldenthread_web.programme.models import Decision, Theme
from goldenthread_web.programme.queries import decisions, in_favour


def one_action(label: str = "Action", *, required: bool = True) -> forms.ModelChoiceField:
    """A live action, by reference and text."""
    return _ActionField(queryset=actions(), label=label, required=required)


class _ActionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Action) -> str:
        return f"{obj.ref} {obj.text[:80]}"


class CycleForm(PlanForm):
    """A month of keeping the plan."""

    name = line("Month", "For example January 2018.", max_length=60)
    opened_on = day("Opened", is_today=True)
    updates_due_on = day("Updates due")
    freeze_on = day("Frozen")
    challenge_on = day("Challenged")
    board_on = day("At the board")


class UpdateForm(PlanForm):
    """What an owner reports."""

    action = one_action()
    text = words("How it goes on", rows=5)
    forecast_on = day("Expected by")


class ChallengeForm(PlanForm):
    """A question put to an action."""

    action = one_action()
    question = words("What is asked")


class AnswerForm(PlanForm):
    """Its answer."""

    challenge = forms.ModelChoiceField(queryset=Challenge.objects.none(), label="Question", empty_label=None)
    answer = words("Answer")

    def choose(self) -> None:
        """What has no answer."""
        self.fields["challenge"].queryset = self.about.challenges.filter(answer="").select_related("action")
        self.fields["challenge"].label_from_instance = lambda one: f"{one.action.ref}: {one.question[:90]}"


class FreezeForm(PlanForm):
    """Nothing but the word."""


class VersionForm(PlanForm):
    """A version of the plan."""

    decision = forms.ModelChoiceField(
        queryset=Decision.objects.none(),
        label="The decision that approves it",
        required=False,
        empty_label="None",
    )
    summary = words("What is new in it", "")

    def choose(self) -> None:
        """Decisions that agree."""
        self.fields["decision"].queryset = in_favour()


class NextStepForm(PlanForm):
    """A priority of the next months."""

    theme = forms.ModelChoiceField(queryset=Theme.objects.all(), label="Theme", empty_label="Choose")
    text = words("What comes next", rows=2)
    due_on = day("By")
    action = one_action("Action it belongs to", required=False)


class NextStepClosedForm(PlanForm):
    """What became of it."""

    outcome = forms.ChoiceField(
        label="What became of it", choices=NextStep.Outcome.choices, widget=forms.RadioSelect
    )
    said = words("In words")


class StageForm(PlanForm):
    """A stage."""

    name = line("Name")
    starts_on = day("Starts")
    ends_on = day("Ends")
    statement = words("Where the council stands at its end", "", required=False)


class AimForm(PlanForm):
    """What a stage is to reach."""

    text = words("What the stage is to reach", "", rows=2)
    progress = words("Progress and outcome", required=False)
    actions = ticks("Actions for it", Action.objects.none())
    ref = indicator("Indicator that shows it", required=False)
    target = line("Where it is to be", required=False)

    def choose(self) -> None:
        """Live actions."""
        self.fields["actions"].queryset = actions()
        self.fields["actions"].label_from_instance = lambda one: f"{one.ref} {one.text[:80]}"


class GateForm(PlanForm):
    """The review at the end of a stage; of every aim, what became of it."""

    held_on = day("Held on", is_today=True)
    decision = forms.ModelChoiceField(
        queryset=Decision.objects.none(),
        label="The body’s decision",
        required=False,
        empty_label="None",
    )
    outcome = forms.ChoiceField(label="Outcome", choices=GateReview.Outcome.choices, widget=forms.RadioSelect)
    because = words("Why")

    def choose(self) -> None:
        """One question for each aim."""
        self.fields["decision"].queryset = decisions()
        for aim in self.about.aims.all():
            self.fields[f"aim-{aim.pk}"] = forms.ChoiceField(
                label=f"Aim: {aim.text}", choices=StageAim.Outcome.choices, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        """The answers by aim."""
        found = super().clean() or {}
        found["outcomes"] = {
            int(name.removeprefix("aim-")): found.pop(name) for name in list(found) if name.startswith("aim-")
        }
        return found


class TwelveWeeksForm(PlanForm):
    """Twelve weeks, begun."""

    title = line("What they are for", max_length=200)
    cause = words("What made them needed")
    finding = forms.ModelChoiceField(
        queryset=None, label="Finding that made them needed", required=False, empty_label="None"
    )
    starts_on = day("Starts on Monday")
    follows = forms.ModelChoiceField(
        queryset=TwelveWeekPlan.objects.none(),
        label="Follows the twelve weeks",
        required=False,
        empty_label="None",
    )

    def choose(self) -> None:
        """Findings that stand; plans that nothing follows yet; the next Monday."""
        self.fields["finding"].queryset = findings()
        self.fields["follows"].queryset = TwelveWeekPlan.objects.filter(followed_by__isnull=True)
        self.fields["starts_on"].initial = today() + timedelta(days=(-today().weekday()) % 7)


class DeliverableForm(PlanForm):
    """A deliverable."""

    action = one_action("Action it is drawn from")
    text = words("What will be there", rows=2)
    lead_post = line("Lead", "A post.")
    week_due = forms.IntegerField(label="Due in week", min_value=1, max_value=WEEKS)


class DeliverableDoneForm(PlanForm):
    """A deliverable that is there."""

    deliverable = forms.ModelChoiceField(
        queryset=Deliverable.objects.none(), label="Deliverable", empty_label=None
    )
    on = day("Done on", is_today=True)
    result = words("What came of it", "It becomes evidence at the action. No child’s name or number.")

    def choose(self) -> None:
        """What is open."""
        self.fields["deliverable"].queryset = self.about.deliverables.filter(done_on__isnull=True)
        self.fields["deliverable"].label_from_instance = lambda one: f"Week {one.week_due}: {one.text[:90]}"


class WatchForm(PlanForm):
    """A key indicator."""

    ref = indicator("Indicator")
    target = line("Where it is to be in week 12")
    cadence = line("How often it is worked out", "For example monthly, weekly or daily.", max_length=40)


class CheckpointForm(PlanForm):
    """A checkpoint."""

    week = forms.TypedChoiceField(
        label="Week", coerce=int, choices=[(week, f"Week {week}") for week in range(2, WEEKS + 1, 2)]
    )
    decided = words("What was decided")


class TextForm(PlanForm):
    """Some sentences."""

    text = words("In words", rows=5)


class CloseForm(PlanForm):
    """The close: of every open deliverable, carried or dropped, and why."""

    learning = words("What was learnt", "It opens the next twelve weeks.", rows=5)

    def choose(self) -> None:
        """Two questions for each deliverable that is open."""
        choices = [one for one in Deliverable.Outcome.choices if one[0] != Deliverable.Outcome.ACHIEVED]
        for one in self.about.deliverables.filter(done_on__isnull=True):
            self.fields[f"outcome-{one.pk}"] = forms.ChoiceField(
                label=one.text, choices=choices, widget=forms.RadioSelect
            )
            self.fields[f"because-{one.pk}"] = line(f"Why “{one.text[:60]}” was not achieved", max_length=400)

    def clean(self) -> dict[str, Any]:
        """The answers by deliverable."""
        found = super().clean() or {}
        keys = [name.removeprefix("outcome-") for name in found if name.startswith("outcome-")]
        found["outcomes"] = {
            int(key): (found.pop(f"outcome-{key}"), found.pop(f"because-{key}", "")) for key in keys
        }
        return {name: value for name, value in found.items() if not name.startswith("because-")}


class FocusForm(PlanForm):
    """Time given to a team."""

    action = one_action()
    team = line("Team")
    on = day("On")
    task = words("For what", rows=2)


class FocusResultForm(PlanForm):
    """What came of it."""

    focus = forms.ModelChoiceField(queryset=FocusTime.objects.none(), label="Time given", empty_label=None)
    result = words("What came of it")

    def choose(self) -> None:
        """Times without a result."""
        self.fields["focus"].queryset = self.about.focus_times.filter(result="")
