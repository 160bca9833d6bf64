"""What may be typed about meetings?"""

from datetime import datetime
from typing import Any

from django import forms

from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import LONDON, london
from goldenthread_web.governance.agenda import COMES_BACK
from goldenthread_web.governance.models import (
    AgendaItem,
    Meeting,
    MemberDevelopment,
    Membership,
    PartnerEngagement,
    PlannedEvent,
    SafeguardingReview,
)
from goldenthread_web.governance.standards import standard, topics
from goldenthread_web.programme.models import Body, Decision
from goldenthread_web.ui.words import capitalised, day_said

NO_CHILD = "No child’s name or number."
POST = "A post, not a person’s name."


def choices(enum: Any) -> list[tuple[str, str]]:
    """The choices of a field with a capital first letter."""
    return [(code, capitalised(str(words))) for code, words in enum.choices]


def sentences(label: str, hint: str = NO_CHILD, *, rows: int = 3, required: bool = True) -> forms.CharField:
    """A field for sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, required=required, max_length=8000)


def a_post(label: str, hint: str = POST, *, required: bool = True) -> forms.CharField:
    """A field for a post."""
    return forms.CharField(label=label, help_text=hint, required=required, max_length=120)


def a_line(label: str, hint: str = "", *, required: bool = False, most: int = 200) -> forms.CharField:
    """A field for a few words."""
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most)


def a_day(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, required=required)


class _Moment(forms.Form):
    """A day and a time of the day, put together as clocks in England show them."""

    on = a_day("Day")
    at = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    @property
    def starts_at(self) -> datetime:
        """Both together."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], LONDON)


class SeriesForm(_Moment):
    """One meeting, or those of the body's rhythm until a day."""

    until = a_day("Until", "Blank: this one meeting alone.", required=False)
    place = a_line("Place")
    minutes_allotted = forms.IntegerField(label="Minutes", min_value=10, max_value=600)
    field_order = ("on", "until", "at", "place", "minutes_allotted")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        usual = standard(body.code)
        kwargs.setdefault("initial", {"at": usual.time, "minutes_allotted": usual.minutes})
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "First day"
        self.fields["until"].help_text = (
            f"The body meets {body.get_rhythm_display()}; meetings are planned until this day, never on a "
            "weekend or a bank holiday. Blank: one meeting alone."
        )


class MoveForm(_Moment):
    """Another day, place, length or focus of one meeting."""

    place = a_line("Place")
    minutes_allotted = forms.IntegerField(label="Minutes", min_value=10, max_value=600)
    note = sentences("Focus of the meeting", "What it is to be about above all. " + NO_CHILD, required=False)

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """What stands there now."""
        return {
            "on": meeting.on,
            "at": london(meeting.starts_at).time(),
            "place": meeting.place,
            "minutes_allotted": meeting.minutes_allotted,
            "note": meeting.note,
        }


class CancelForm(forms.Form):
    """Why a meeting is not held."""

    because = sentences("Why is it cancelled?", rows=2)


class NothingForm(forms.Form):
    """Nothing is asked but the deed itself."""


class ExemptForm(forms.Form):
    """Whether an item is kept from the public, by which paragraph of the law, and why."""

    exempt_under = forms.ChoiceField(
        label="Kept from the public",
        help_text="A paragraph of Schedule 12A to the Local Government Act 1972. Its title stands on the "
        "public agenda: say nothing there that is to be kept. Of a paper that is open but for an appendix, "
        "the appendix is an item of its own.",
        choices=[
            ("", "No: open to the public"),
            *((code, f"Paragraph {code}: {words}") for code, words in AgendaItem.Exempt.choices),
        ],
        required=False,
    )
    exempt_because = a_line(
        "Why the public interest lies in keeping it back", "Everybody reads this reason.", most=300
    )

    def clean(self) -> dict[str, Any]:
        """What is kept back says why, and nothing else does."""
        found = super().clean() or {}
        if "exempt_under" in self.fields:
            if found.get("exempt_under") and not found.get("exempt_because"):
                self.add_error("exempt_because", "Say why the public interest lies in keeping it back.")
            if found.get("exempt_because") and not found.get("exempt_under"):
                self.add_error("exempt_under", "Choose the paragraph by which it is kept back.")
        return found


class ItemForm(ExemptForm):
    """An item of an agenda."""

    kind = forms.ChoiceField(label="Kind")
    title = a_line("Title", required=True)
    number = forms.IntegerField(label="Place in the agenda", min_value=1, max_value=99, required=False)
    minutes_allotted = forms.IntegerField(label="Minutes", min_value=0, max_value=300, initial=10)
    presenter = a_post("Who presents it", required=False)
    witnesses = sentences("Witnesses", "One post a line.", rows=2, required=False)
    enquiry = sentences(
        "Key lines of enquiry", "One a line, agreed before the meeting. " + NO_CHILD, rows=3, required=False
    )
    verb = a_line("What the body is asked to do", "To endorse, agree, note, note and comment on.", most=60)
    sought = sentences("Decision sought", "To be read after that verb. " + NO_CHILD, rows=2, required=False)
    paper = sentences("Paper", NO_CHILD, rows=6, required=False)
    reference = a_line("Reference of a paper or report kept elsewhere")
    late_because = a_line("Why it comes late")
    field_order = tuple(
        "kind title number minutes_allotted presenter witnesses enquiry verb sought paper".split()
    )

    def __init__(
        self,
        *args: Any,
        is_late: bool = False,
        is_fixed: bool = False,
        may_be_exempt: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_exempt:
            del self.fields["exempt_under"], self.fields["exempt_because"]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [one for one in choices(AgendaItem.Kind) if one[0] not in COMES_BACK]
        if is_fixed:
            del self.fields["kind"]
        if not is_late:
            del self.fields["late_because"]
        else:
            self.fields["late_because"].required = True

    def clean_number(self) -> int | None:
        """Blank: at the end."""
        return self.cleaned_data["number"] or None


class MinuteForm(forms.Form):
    """What was said on an item."""

    text = sentences("Minute", rows=5)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class DecisionForm(forms.Form):
    """What was decided on an item."""

    proposed = sentences("What was proposed", rows=2)
    outcome = forms.ChoiceField(label="Outcome", choices=choices(Decision.Outcome))
    text = sentences(
        "As decided", "A decision is never changed; a later one takes its place. " + NO_CHILD, rows=2
    )


class ActionForm(forms.Form):
    """What somebody is to do after the meeting."""

    text = sentences("What is to be done", rows=2)
    post = a_post("Who does it")
    agency = a_line("Agency", "Blank: the council itself.", most=120)
    due_on = a_day("Due")


class OutcomeForm(forms.Form):
    """What came of something."""

    outcome = sentences("What came of it", rows=2)


class SafeguardingForm(forms.Form):
    """A safeguarding action that every later meeting looks at."""

    text = sentences("What is to be done", rows=2)
    post = a_post("Who does it")
    due_on = a_day("Due")


class ReviewForm(forms.Form):
    """What the meeting made of a safeguarding action."""

    result = forms.ChoiceField(label="Outcome", choices=choices(SafeguardingReview.Result))
    text = sentences("What the meeting heard", rows=2)
    evidence = a_line(
        "Evidence, where it is closed", "A case audit, a figure, a letter: where it can be checked."
    )


class ChallengeForm(forms.Form):
    """Who challenged what."""

    text = sentences("What was challenged", rows=2)
    post = a_post("Who challenged")
    agency = a_line("Agency", "Blank: the council itself.", most=120)
    answer = sentences("Answer", rows=2, required=False)
    outcome = sentences("What came of it", rows=2, required=False)
    evidence = a_line("Where that can be checked")


class ChallengeAnswerForm(forms.Form):
    """The answer to a challenge."""

    answer = sentences("Answer", rows=3)
    outcome = sentences(
        "What came of it", "What is done differently because of it. " + NO_CHILD, required=False
    )
    evidence = a_line("Where that can be checked")


class AskForm(forms.Form):
    """What somebody asked at the meeting."""

    text = sentences("What was asked", rows=2)
    post = a_post("Who asked")
    to_post = a_post("Who is to answer")


class MemberAskForm(forms.Form):
    """What a member asks with their own account."""

    text = sentences("What do you ask?", "It stands first in every pack until it is answered. " + NO_CHILD)
    to_post = a_post("Who is to answer")


class MemberChallengeForm(forms.Form):
    """What a member challenges with their own account."""

    text = sentences("What do you challenge?", "The answer and what came of it are kept with it. " + NO_CHILD)


class AnswerForm(forms.Form):
    """An answer to an ask."""

    text = sentences("Answer", rows=5)
    post = a_post("Who answers")
    evidence = a_line("Evidence", "Where it can be checked: an indicator (CIN-02), a paper, a case audit.")
    report = a_line("Report that answers", "Its reference, if a report does.")


class JudgeForm(forms.Form):
    """Whether an answer is accepted."""

    verdict = forms.ChoiceField(
        label="Is the ask answered?",
        choices=[("accepted", "Yes: accept the answer"), ("back", "No: send it back")],
        widget=forms.RadioSelect,
    )
    because = sentences(
        "What does it lack?", "Needed where it is sent back. " + NO_CHILD, rows=2, required=False
    )

    @property
    def is_accepted(self) -> bool:
        """Yes or no."""
        return self.cleaned_data["verdict"] == "accepted"


class RecordedJudgeForm(JudgeForm):
    """The same, said at a meeting and written down by whoever keeps it."""

    post = a_post("Who said so")


class MemberForm(forms.Form):
    """A post that joins a body."""

    post = a_post("Post")
    agency = a_line("Agency", "Blank: the council itself.", most=120)
    role = forms.ChoiceField(label="Role", choices=choices(Membership.Role), initial=Membership.Role.MEMBER)
    person = forms.ModelChoiceField(
        label="Account", queryset=User.objects.none(), required=False, empty_label="No account"
    )
    starts_on = a_day("Since")
    is_voting = forms.BooleanField(label="Votes, and counts for the quorum", required=False, initial=True)
    is_councillor = forms.BooleanField(label="Is an elected councillor", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = User.objects.filter(is_active=True)


class EndForm(forms.Form):
    """When a membership ends."""

    ends_on = a_day("Last day")


class _Planned(forms.ModelChoiceField):
    """A choice among events that were planned, each with its day."""

    def label_from_instance(self, obj: Any) -> str:
        topic = dict(_topic_choices()).get(obj.topic, obj.topic)
        return f"{day_said(obj.planned_on)}: {obj.get_kind_display()}, {topic}"


class DevelopmentForm(forms.Form):
    """Who took part in what."""

    kind = forms.ChoiceField(label="Kind", choices=choices(MemberDevelopment.Kind))
    topic = forms.ChoiceField(label="Topic")
    held_on = a_day("Day")
    planned = _Planned(
        label="Planned as",
        queryset=PlannedEvent.objects.filter(held_on__isnull=True),
        required=False,
        empty_label="The event planned for that day, if one was",
    )
    posts = forms.MultipleChoiceField(label="Who took part", widget=forms.CheckboxSelectMultiple)
    note = sentences("Note", NO_CHILD, rows=2, required=False)

    def __init__(self, *args: Any, councillors: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic, posts = self.fields["topic"], self.fields["posts"]
        assert isinstance(topic, forms.ChoiceField) and isinstance(posts, forms.ChoiceField)
        topic.choices = _topic_choices()
        posts.choices = [(one, one) for one in councillors]


class PlannedEventForm(forms.Form):
    """An event for councillors, planned for a day."""

    kind = forms.ChoiceField(label="Kind", choices=choices(MemberDevelopment.Kind))
    topic = forms.ChoiceField(label="Topic")
    planned_on = a_day("Planned for")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ChoiceField)
        topic.choices = _topic_choices()


def _topic_choices() -> list[tuple[str, str]]:
    return [(one.code, one.title) for one in topics().values()]


class ElectionForm(forms.Form):
    """An election."""

    held_on = a_day("Day of the election")
    note = a_line("Note")


class VisitForm(forms.Form):
    """Who visited which team, and what they found."""

    visited_on = a_day("Day")
    post = a_post("Who visited")
    team = a_line("Team", required=True, most=120)
    focus = a_line("Focus")
    findings = sentences("What they found", rows=4)
    action = sentences("What is to be done", "Blank: nothing. " + NO_CHILD, rows=2, required=False)
    action_post = a_post("Who does it", required=False)
    due_on = a_day("By when", required=False)

    def clean(self) -> dict[str, Any]:
        """Whatever is to be done has somebody who does it, and a day."""
        found = super().clean() or {}
        if found.get("action"):
            for name in ("action_post", "due_on"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, f"{self.fields[name].label}: say it, as something is to be done.")
        return found


class EngagementForm(forms.Form):
    """What was done with a school or an agency."""

    agency = a_line("School or agency", required=True, most=120)
    kind = forms.ChoiceField(label="Kind", choices=choices(PartnerEngagement.Kind))
    held_on = a_day("Day")
    about = sentences("What it was about")
    outcome = sentences("What came of it", rows=2, required=False)
    post = a_post("Who of ours")
    next_on = a_day("Next step on", required=False)
