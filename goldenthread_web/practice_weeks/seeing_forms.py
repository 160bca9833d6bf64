"""What is asked of a leader about what they saw, and about a child they fear for?"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django import forms

from goldenthread_web.accounts.models import User
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.config.clock import LONDON
from goldenthread_web.extracts.children import Child
from goldenthread_web.practice_weeks import queries
from goldenthread_web.practice_weeks.forms import NO_NAMES, day_field, post_field, words_field
from goldenthread_web.practice_weeks.models import RosterEntry
from goldenthread_web.practice_weeks.wording import ANSWERS

_ANSWER = "answer_"


class ObservationForm(CheckedTexts):
    """What a leader saw. The questions are those of the activity."""

    texts = ("saw", "strengths", "in_the_way", "fear_text")

    held_on = day_field("Held on")
    saw = words_field("What I saw", f"What happened, as it was. {NO_NAMES}", rows=5)
    strengths = words_field("What was strong", required=False)
    in_the_way = words_field("What gets in the way of good practice", required=False)
    themes = forms.MultipleChoiceField(
        label="Themes", widget=forms.CheckboxSelectMultiple, required=False, help_text="As many as fit."
    )
    is_fear = forms.TypedChoiceField(
        label="Did anything make you fear for a child now?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )
    # For those who see children: an immediate concern is raised with the observation.
    fear_child = forms.CharField(
        label="Which child?",
        help_text="The number in the case system. Only if you fear for a child.",
        required=False,
    )
    fear_text = words_field("What do you fear?", "An immediate concern is raised at once.", required=False)
    # For those who see none: whom they told.
    told_post = post_field(
        "Whom did you tell?",
        "The post, for example Team manager. Only if you fear for a child.",
        required=False,
    )
    told_on = day_field("On which day?", required=False)
    told_time = forms.TimeField(
        label="At what time?", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False
    )

    def __init__(
        self, *args: Any, entry: RosterEntry, person: User, find: Callable[[str], Child | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entry, self.find = entry, find
        self.sees_children = person.held_role.sees_children
        for name in (
            ("told_post", "told_on", "told_time") if self.sees_children else ("fear_child", "fear_text")
        ):
            del self.fields[name]
        self.fields["themes"].choices = list(queries.themes().items())  # type: ignore[attr-defined]
        for number, question in enumerate(entry.what.questions):
            self.fields[f"{_ANSWER}{number}"] = forms.ChoiceField(
                label=question, choices=list(ANSWERS.items()), widget=forms.RadioSelect, required=False
            )
        self.order_fields(["held_on", *self.answer_names()])

    def answer_names(self) -> Iterator[str]:
        """The names of the fields of the questions."""
        return (name for name in self.fields if name.startswith(_ANSWER))

    def clean(self) -> dict[str, Any]:
        """Who fears for a child says which, or whom they told."""
        found = super().clean() or {}
        if found.get("is_fear") and self.sees_children:
            self._check_child(found)
        elif found.get("is_fear"):
            for name in ("told_post", "told_on", "told_time"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(
                        name,
                        f"{self.fields[name].label} Tell the worker or their manager now, then say so here.",
                    )
        return found

    def _check_child(self, found: dict[str, Any]) -> None:
        child = self.find(found.get("fear_child", ""))
        found["child"] = child
        if child is None:
            self.add_error(
                "fear_child",
                "Which child? There is no such child on your list. If the number is right, telephone the "
                "child’s manager now.",
            )
        if not found.get("fear_text", "").strip():
            self.add_error("fear_text", "What do you fear? Say it in a sentence.")

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        found = self.cleaned_data
        answers = {name.removeprefix(_ANSWER): found[name] for name in self.answer_names() if found.get(name)}
        words = {name: found[name] for name in ("held_on", "saw", "strengths", "in_the_way", "themes")}
        return words | {"answers": answers, "fear": self._fear()}

    def _fear(self) -> dict[str, Any] | None:
        found = self.cleaned_data
        if not found["is_fear"]:
            return None
        if self.sees_children:
            return {"child": found["child"], "text": found["fear_text"]}
        at = datetime.combine(found["told_on"], found["told_time"], tzinfo=LONDON)
        return {"told_post": found["told_post"], "told_at": at}
