"""What does a report know while it is built: its days, its figures, and which facts it has used?

Figures are those of the public view whoever builds: a report leaves the house.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from django.db.models import F

from goldenthread.figures.dictionary import dictionary
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.periods import Period
from goldenthread_web.config.clock import today
from goldenthread_web.figures.card import CurrentSet, current_set
from goldenthread_web.figures.quoting import Point, Quoted, quoted
from goldenthread_web.improvement import standing
from goldenthread_web.improvement.models import NextStep, ProgressNote
from goldenthread_web.improvement.queries import next_steps, notes_of_days
from goldenthread_web.improvement.standing import Standing, gathered
from goldenthread_web.programme.models import Body, Component, Programme, Theme
from goldenthread_web.programme.queries import bodies, components
from goldenthread_web.reports.forums import Forum
from goldenthread_web.reports.models import Content, Priority
from goldenthread_web.reports.queries import content_before, priorities_of
from goldenthread_web.ui.together import together


class Unresolved(Exception):
    """A reference that names nothing there is; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Headline:
    """One of the figures every report begins with."""

    ref: str
    theme: int
    name: str
    plain: str  # the sentence for everybody, with {} where the figure stands
    is_drawn: bool = False


@cache
def headlines() -> tuple[Headline, ...]:
    """The figures every report begins with, in their order."""
    text = (files("goldenthread_web.reports") / "templates_data" / "headlines.toml").read_text("utf-8")
    return tuple(Headline(ref=ref, **said) for ref, said in tomllib.loads(text).items())


@dataclass(kw_only=True)
class Frame:
    """The report's days and facts. `held` are figures (indicator, last day) that may not be shown
    beside what was released before; `used` are the figures it names, each once, in order.
    """

    content: Content
    forum: Forum
    body: Body | None
    meeting_on: date
    held: frozenset[tuple[str, date]] = frozenset()
    figures: dict[str, Quoted] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)  # also those that have no figure
    used: dict[tuple[str, date], dict[str, Any]] = field(default_factory=dict)

    def want(self, refs: Iterable[str]) -> None:
        """Read these indicators, in one go."""
        missing = {ref for ref in refs if ref in catalogue()} - self.asked
        if missing:
            self.asked |= missing
            self.figures |= quoted(missing, on=self.content.as_at_on, is_public_view=True)

    @cached_property
    def on(self) -> date:
        """The day on which it is built; never later than the meeting it is for."""
        return min(today(), self.meeting_on)

    @cached_property
    def set(self) -> CurrentSet | None:
        """The figures in force."""
        return current_set()

    @cached_property
    def programme(self) -> Any:
        """The aim of the programme."""
        found = next(iter(self._whole_plan["programme"]), None)
        if found is None:
            raise Unresolved("The programme has no aim yet: enter it before a report names it.")
        return found

    @cached_property
    def themes(self) -> list[Theme]:
        """The themes of the plan."""
        return self._whole_plan["themes"]

    @cached_property
    def components(self) -> dict[int, list[Component]]:
        """The components each theme serves, by its number."""
        found: dict[int, list[Component]] = {theme.number: [] for theme in self.themes}
        for one in self._whole_plan["components"]:
            if one.theme_number is not None:
                found[one.theme_number].append(one)
        return found

    @cached_property
    def _whole_plan(self) -> dict[str, list[Any]]:
        """What a report has of the programme. One query; a component is there once for each theme."""
        served = components().annotate(theme_number=F("themes__number"))
        aim = Programme.objects.all()
        return together(programme=aim, themes=Theme.objects.all(), components=served)

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """Every body by its code."""
        return {body.code: body for body in bodies()}

    @cached_property
    def before(self) -> Content | None:
        """The content of the period before."""
        return content_before(self.content)

    @cached_property
    def promised(self) -> list[Priority]:
        """What the report before said this period was for."""
        return [] if self.before is None else priorities_of(self.before)

    @cached_property
    def priorities(self) -> list[Priority]:
        """What this report says the next period is for."""
        return priorities_of(self.content)

    @cached_property
    def standings(self) -> list[Standing]:
        """The actions of the plan as they stand on the report's day."""
        return gathered(on=self.on, read=self._of_plan).standings

    @cached_property
    def notes(self) -> dict[str, ProgressNote]:
        """What was written last of each action in the period, by the action's reference."""
        return {one.action_ref: one for one in self._of_plan["notes"]}

    @cached_property
    def next_steps(self) -> list[NextStep]:
        """What the plan says comes next and has not come, theme by theme."""
        return self._of_plan["next_steps"]

    @cached_property
    def _of_plan(self) -> dict[str, list[Any]]:
        return together(
            **standing.lists(self.on),
            notes=notes_of_days(self.content.starts_on, self.on),
            next_steps=next_steps(on=self.on).filter(outcome=""),
        )

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it: letters that are not public stay out of it."""
        return self.forum.is_public or (self.body is not None and self.body.is_public)

    @property
    def age_in_days(self) -> int:
        """How old the figures are at the meeting."""
        return (self.meeting_on - self.content.as_at_on).days

    def quoted(self, ref: str) -> Quoted:
        """An indicator as it stood at the report's day; Unresolved where there is no figure."""
        if ref not in catalogue():
            raise Unresolved(f"There is no indicator {ref}: look it up under Definitions.")
        self.want([ref])
        found = self.figures.get(ref)
        if found is None:
            raise Unresolved(f"{ref} has no figure up to {self.content.as_at_on}: leave it out.")
        return found

    def point(self, ref: str, month: date | None = None, *, is_named: bool = True) -> Point:
        """One month of an indicator, noted as used; Unresolved where there is nothing to say of it.

        `is_named`: it stands in a sentence or a table, not only in a chart.
        """
        one = self.quoted(ref)
        found = one.at(month or one.ends_on)
        if found is None or found.said == "Not computable":
            when = f"{month or one.ends_on:%B %Y}"
            raise Unresolved(f"{ref} has no figure for {when}: name a month that has one.")
        kept = self.used.setdefault((ref, found.ends_on), frozen(self, one, found))
        kept["is_named"] = kept.get("is_named", False) or is_named
        return found

    def is_hidden(self, ref: str, point: Point) -> bool:
        """Whether the numbers of a month may not be shown."""
        return (ref, point.ends_on) in self.held or (
            point.number is None and "c" in (point.said, point.cases[:1])
        )


def frozen(frame: Frame, one: Quoted, point: Point) -> dict[str, Any]:
    """A figure with all that it rests on, as it is kept with the report. Nothing hidden is in it."""
    definition: Definition = catalogue()[one.ref]
    is_latest, hidden = point.ends_on == one.ends_on, frame.is_hidden(one.ref, point)
    worked_out = None if frame.set is None else frame.set.worked_out
    means = dictionary().get(one.ref)
    return {
        "ref": one.ref,
        "title": one.title,
        "month": f"{point.ends_on:%B %Y}",
        "starts_on": point.ends_on.replace(day=1).isoformat(),
        "ends_on": point.ends_on.isoformat(),
        "value": "c" if hidden else point.said,
        "number": None if hidden or point.number is None else str(point.number),
        "cases": "" if hidden else point.cases,
        "numerator": None if hidden or point.numerator is None else str(point.numerator),
        "denominator": None if hidden or point.denominator is None else str(point.denominator),
        "target": one.target,
        "letter": "" if hidden else point.letter,
        "direction": one.direction if is_latest and not hidden else "",
        "polarity": one.polarity,
        "is_provisional": one.is_provisional and is_latest,
        "is_hidden": hidden,
        "as_at_on": one.as_at_on.isoformat(),
        "version": definition.version,
        "means": means.said(frame.set.settings) if means and frame.set else definition.purpose,
        "load": "" if worked_out is None else worked_out.load_hash,
        "figures": "" if worked_out is None else worked_out.key,
    }


def month_of(kept: dict[str, Any]) -> Period:
    """The month of a figure that was kept."""
    first, last = date.fromisoformat(kept["starts_on"]), date.fromisoformat(kept["ends_on"])
    return Period(first, last, last)
