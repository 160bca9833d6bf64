"""What does the record of a session ask? Its forms, as one: what was to be done, each child, what is next.

What is typed is kept as it was posted; the same forms show it again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.extracts.children import Child
from goldenthread_web.supervision.about_children import Named, words
from goldenthread_web.supervision.forms import day_field, words_field
from goldenthread_web.supervision.models import Action, Review, Session
from goldenthread_web.supervision.reading import Followed
from goldenthread_web.supervision.rules import choices, parts, rules
from goldenthread_web.supervision.said import Discussed, NewAction, Reviewed, Said

_LINES = "lines"  # how many lines for new actions the form has
MOST_LINES = 30
SHORT = 60
_NOT_SAID = {"csrfmiddlewaretoken", "version", "keep", "complete", "more"}


class PriorForm(CheckedTexts):
    """What became of one action of an earlier session."""

    texts = ("reason",)
    outcome = forms.ChoiceField(
        label="What became of it?", choices=Review.Outcome.choices, widget=forms.RadioSelect, required=False
    )
    done_on = day_field("Done on", "If it is done.", required=False)
    reason = words_field("Why not?", "If it is not done, in a sentence.", rows=2, required=False)
    replaced_by = forms.ChoiceField(label="Replaced by", help_text="If another replaces it.", required=False)

    def __init__(self, *args: Any, action: Action, others: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        self.fields["replaced_by"].choices = [("", "Choose"), *others]  # type: ignore[attr-defined]

    def said(self) -> Reviewed | None:
        """As the service takes it; None: nothing was said."""
        found = self.cleaned_data
        if not found["outcome"]:
            return None
        return Reviewed(action=self.action.pk, **found)


class ChildForm(CheckedTexts):
    """What was decided about one child."""

    texts = ("direction",)
    decision = forms.ChoiceField(label="Decision", required=False)
    direction = words_field(
        "Direction to the worker", "What is to be done, by when, and why.", required=False
    )

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child
        decided = list(choices("decisions").items())
        self.fields["decision"].choices = [("", "Not discussed"), *decided]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A decision comes with a direction, and the other way round."""
        found = super().clean()
        if found.get("decision") and not found.get("direction") and "direction" not in self.errors:
            self.add_error("direction", "Direction to the worker: say what is to be done, by when, and why.")
        if found.get("direction") and not found.get("decision"):
            self.add_error("decision", "Decision: choose one, or take the direction out.")
        return found

    def said(self) -> Discussed | None:
        """As the service takes it; None: the child was not discussed."""
        found = self.cleaned_data
        return Discussed(reference=self.child.reference, **found) if found["decision"] else None


class ActionForm(CheckedTexts):
    """One line for something to be done."""

    texts = ("text",)
    text = words_field("What is to be done?", rows=2, required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    reference = forms.ChoiceField(label="Child", required=False)
    owner = forms.ChoiceField(label="Who does it?", choices=Action.Owner.choices[:2], required=False)
    due_on = day_field("Due on", required=False)

    def __init__(self, *args: Any, children: Sequence[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds, named = list(choices("action_kinds").items()), [(c.reference, c.child_id) for c in children]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["reference"].choices = [("", "None"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A line with words has a day, and a child where it is for one."""
        found = super().clean()
        if found.get("text"):
            if not found.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", "Due on: enter the day by which it is done.")
            if found.get("kind") == "child" and not found.get("reference"):
                self.add_error("reference", "Child: choose whom it is for, or another kind.")
        return found

    def said(self) -> NewAction | None:
        """As the service takes it; None: the line is blank."""
        return NewAction(**self.cleaned_data) if self.cleaned_data.get("text") else None


class NotesForm(CheckedTexts):
    """Wellbeing, workload, learning; and when they meet again."""

    texts = tuple(parts())
    next_on = day_field("You meet again on", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, part in parts().items():
            self.fields[code] = words_field(part.title, part.hint, rows=4, required=False)
        self.order_fields([*parts(), "next_on", "is_checked"])


class Writing:
    """All forms of one record, with what was posted, or with what was kept."""

    def __init__(
        self,
        session: Session,
        prior: Sequence[Followed],
        children: Sequence[Child],
        seen: Mapping[str, Named],
        *,
        posted: Mapping[str, str] | None = None,
        kept: Mapping[str, str] | None = None,
    ) -> None:
        given = posted if posted is not None else kept or {}
        self.lines = _lines(given)
        self._posted, self._kept = posted, kept or {}
        others = [(f"new:{n}", f"New action, line {n + 1}") for n in range(self.lines)]
        to_look_at = [one.action for one in prior]
        carried = [(f"action:{one.pk}", f"{one.ref} {words(one, seen, SHORT)}") for one in to_look_at]
        self.prior = [
            self._form(
                PriorForm,
                f"a{one.pk}",
                {"outcome": "done", "done_on": one.done_on} if one.done_on else {},
                action=one,
                others=[*others, *(other for other in carried if other[0] != f"action:{one.pk}")],
            )
            for one in to_look_at
        ]
        self.children = [self._form(ChildForm, f"c{one.reference}", {}, child=one) for one in children]
        first = {"owner": Action.Owner.SUPERVISEE}
        self.actions = [
            self._form(ActionForm, f"n{number}", first, children=children) for number in range(self.lines)
        ]
        self.notes = self._form(NotesForm, "s", {"next_on": session.next_on})

    def _form(self, form: Any, prefix: str, first: Mapping[str, Any], **more: Any) -> Any:
        kept = {
            name.removeprefix(f"{prefix}-"): value
            for name, value in self._kept.items()
            if name.startswith(f"{prefix}-")
        }
        return form(self._posted, prefix=prefix, initial={**first, **kept}, **more)

    @property
    def forms(self) -> list[Any]:
        """In the order in which the page shows them."""
        return [*self.prior, self.notes, *self.children, *self.actions]

    def is_valid(self) -> bool:
        """Whether every form is; each is asked, so that each shows its own errors."""
        return all([form.is_valid() for form in self.forms])

    def said(self) -> Said:
        """The whole record, as the service takes it. Blank lines between new actions close up."""
        notes = dict(self.notes.cleaned_data)
        told = [(number, one.said()) for number, one in enumerate(self.actions)]
        places = {number: place for place, (number, one) in enumerate(t for t in told if t[1] is not None)}
        return Said(
            next_on=notes.pop("next_on"),
            notes=notes,
            reviews=[_placed(one, places) for form in self.prior if (one := form.said()) is not None],
            discussions=[one for form in self.children if (one := form.said()) is not None],
            actions=[one for _, one in told if one is not None],
        )


def _placed(one: Reviewed, places: Mapping[int, int]) -> Reviewed:
    """The same, with the place among the new actions instead of the line of the form."""
    where, _, number = one.replaced_by.partition(":")
    if where != "new":
        return one
    place = places.get(int(number))
    named = "" if place is None else f"new:{place}"
    return Reviewed(
        action=one.action, outcome=one.outcome, done_on=one.done_on, reason=one.reason, replaced_by=named
    )


def to_keep(posted: Mapping[str, str], more: int = 0) -> dict[str, str]:
    """What is kept of what was posted: the fields of the forms, without buttons and blanks."""
    kept = {name: value for name, value in posted.items() if name not in _NOT_SAID and value.strip()}
    return kept | {_LINES: str(min(_lines(posted) + more, MOST_LINES))}


def _lines(given: Mapping[str, str]) -> int:
    said = given.get(_LINES, "")
    first: int = rules()["new_actions"]
    return min(max(int(said), first), MOST_LINES) if said.isdecimal() else first
