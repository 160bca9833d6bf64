"""What may be typed about dip samples?"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms

from goldenthread_web.accounts.children import reference_of_typed
from goldenthread_web.accounts.models import User
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.dip_samples.models import Answer, DesignVersion, DipSample, Item
from goldenthread_web.dip_samples.queries import samplers
from goldenthread_web.dip_samples.shipped import DesignSaid, ItemSaid, missed_reasons
from goldenthread_web.sampling.cohorts import choices
from goldenthread_web.sampling.drawing import STRATA
from goldenthread_web.sampling.models import Sample
from goldenthread_web.sampling.sizes import size_rules

NOT_ANSWERED = ("", "Choose")
NO_CHILD = "No names, and nothing by which anybody could be recognised."


def _words(label: str, hint: str = "", rows: int = 3, most: int = 300) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}), max_length=most
    )


def day_field(label: str, hint: str = "") -> forms.DateField:
    """A day, typed or chosen."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


def _how_many() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="How many?", choices=[(code, one.title) for code, one in size_rules().items()]
    )


def _number() -> forms.IntegerField:
    return forms.IntegerField(
        label="Number of children",
        help_text="Only for a fixed number.",
        min_value=1,
        max_value=500,
        required=False,
    )


def _groups() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="What are the groups?",
        help_text="Only where children are drawn within groups.",
        choices=[("", "No groups"), *STRATA.items()],
        required=False,
    )


class DesignForm(forms.Form):
    """A design: one question, from whom, how many, the items, and what happens below the threshold."""

    title = forms.CharField(label="Name", max_length=80, help_text="A few words, for lists.")
    question = _words("Question", "One sentence that ends with a question mark.", rows=2)
    because = _words("Why is it asked?", "Where the question comes from, in a sentence.", rows=2)
    cohort = forms.ChoiceField(label="From whom are children drawn?")
    method = forms.ChoiceField(label="How are they chosen?", choices=Sample.Method.choices)
    strata = _groups()
    size_rule = _how_many()
    size = _number()
    items = _words(
        "Items",
        "One to ten, one a line: a short name, a colon, the question. "
        "For example: Held in time: Was the meeting held within ten working days?",
        rows=10,
        most=4000,
    )
    threshold = forms.IntegerField(
        label="Threshold in percent",
        help_text="Of the cases to which an item applies, so many should be yes.",
        min_value=1,
        max_value=100,
    )
    below = _words("What happens below it?", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].required = False
        self.fields["cohort"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((one.code, f"{one.title}{' (not delivered)' if one.why_not else ''}") for one in choices()),
        ]

    def clean_items(self) -> tuple[ItemSaid, ...]:
        """Each line a short name and a question."""
        found = []
        for number, line in enumerate(
            filter(None, map(str.strip, self.cleaned_data["items"].splitlines())), 1
        ):
            short, colon, text = (part.strip() for part in line.partition(":"))
            if not colon or not short or not text or len(short) > 40 or len(text) > 300:
                raise forms.ValidationError(
                    f"Items: line {number} needs a short name (40 characters), a colon, and a question."
                )
            found.append(ItemSaid(short, text))
        return tuple(found)

    def said(self) -> DesignSaid:
        """The words, as the services take them."""
        return DesignSaid(**self.cleaned_data | {"size": self.cleaned_data["size"] or 0})


def as_initial(version: DesignVersion) -> dict[str, Any]:
    """A design as its form begins."""
    names = [name for name in DesignForm.base_fields if name != "items"]
    items = "\n".join(f"{one.short}: {one.text}" for one in version.items.all())
    return {name: getattr(version, name) for name in names} | {"items": items}


class DrawForm(forms.Form):
    """Who looks at which children, chosen how."""

    sampler = forms.ModelChoiceField(
        queryset=None,
        label="Who looks at the cases?",
        help_text="Cases of theirs, of their teams, and those they had a part in are left out.",
    )
    due_on = day_field("To be done by")
    method = forms.ChoiceField(label="How are children chosen?", choices=Sample.Method.choices)
    strata = _groups()
    size_rule = _how_many()
    size = _number()
    teams = forms.MultipleChoiceField(
        label="Only these teams",
        help_text="None: all teams.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    children = forms.CharField(
        label="Children",
        help_text="Only where they are chosen for a reason: the number of each child, one a line.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        max_length=4000,
    )
    reason = forms.CharField(
        label="Why these?",
        help_text="Only where they are chosen for a reason. " + NO_CHILD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )
    seed = forms.CharField(
        label="Seed",
        help_text="Leave it blank: one is made and kept. An earlier seed draws the same children.",
        required=False,
        max_length=40,
    )

    def __init__(self, *args: Any, teams: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_sampler(self)
        self.fields["teams"].choices = [(one, one) for one in sorted(teams)]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What the service takes."""
        said = dict(self.cleaned_data)
        typed = said.pop("children").split()
        return said | {"references": {reference_of_typed(one) for one in typed}, "size": said["size"] or 0}


class GiveForm(forms.Form):
    """Somebody else looks at the cases."""

    sampler = forms.ModelChoiceField(queryset=None, label="Who looks at the cases now?")
    due_on = day_field("To be done by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_sampler(self)


def _choose_sampler(form: forms.Form) -> None:
    field = form.fields["sampler"]
    field.queryset = samplers()  # type: ignore[attr-defined]
    field.empty_label = "Choose"  # type: ignore[attr-defined]
    field.label_from_instance = _person_said  # type: ignore[attr-defined]


def _person_said(person: User) -> str:
    return f"{person.title} ({person.email})"


class WithdrawForm(CheckedTexts):
    """Why a dip sample is withdrawn."""

    texts = ("because",)
    because = _words("Why is it withdrawn?", rows=2)


class LineForm(forms.Form):
    """What was found in one case."""

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[field_of(item)] = forms.ChoiceField(
                label=item.short,
                help_text=item.text,
                choices=[NOT_ANSWERED, *Answer.Said.choices],
                required=False,
            )
        self.fields["missed"] = forms.ChoiceField(
            label="Could the case not be looked at?",
            choices=[("", "Looked at"), *missed_reasons().items()],
            required=False,
        )

    def answers(self) -> dict[int, str]:
        """The answers by the key of the item."""
        return {item.pk: self.cleaned_data[field_of(item)] for item in self.items}


def field_of(item: Item) -> str:
    """The name of an item's field."""
    return f"item-{item.pk}"


class FinishForm(CheckedTexts):
    """What was found, in words."""

    texts = ("found",)
    found = _words(
        "What did you find?",
        "What is done well, what is not, and what it means for children. " + NO_CHILD,
        rows=6,
        most=4000,
    )


class ConcernForm(CheckedTexts):
    """Why somebody fears for a child now."""

    texts = ("text",)
    text = _words("What makes you fear for the child now?", NO_CHILD, rows=4, most=4000)


class FollowUpForm(CheckedTexts):
    """What is done about what was found."""

    texts = ("text",)
    item = forms.ModelChoiceField(queryset=None, label="About which item?", required=False)
    text = _words("What is done?", NO_CHILD, rows=3, most=2000)
    post = forms.CharField(label="Post that does it", help_text="Not a person’s name.", max_length=120)
    due_on = day_field("Done by")

    def __init__(self, *args: Any, dip_sample: DipSample, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        field.queryset = dip_sample.design_version.items.all()  # type: ignore[attr-defined]
        field.empty_label = "All of it"  # type: ignore[attr-defined]
        field.label_from_instance = lambda item: item.short  # type: ignore[attr-defined]


class DoneForm(CheckedTexts):
    """What was done."""

    texts = ("text",)
    text = _words("What was done?", "So that somebody else can see it. " + NO_CHILD, rows=3, most=2000)
    done_on = day_field("On")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].initial = today
