"""What would a workbook change in the plan? Everything it would do, before anything is done.

A day that was promised is moved by a body's decision only, and a status is worked out: where a workbook says
another one, that is told and left.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.checking import check_ref
from goldenthread_web.improvement.models import Action, Objective
from goldenthread_web.improvement.queries import all_actions, stages
from goldenthread_web.improvement.status import WORDS
from goldenthread_web.improvement.workbook_reading import Sheet, as_day, columns, lines
from goldenthread_web.improvement.workbook_writing import cells
from goldenthread_web.inspections.models import Recommendation
from goldenthread_web.programme.models import Component, Enabler, Theme

_NUMBERS = re.compile(r"\d+")
_REFS = re.compile(r"\b[A-Z]{2,4}-\d{2}\b")
NEEDED = {"lead_post": "Who?", "due_on": "When?"}
# What is said on the action's own page, for it needs somebody's word, a body's decision or evidence.
_ELSEWHERE = {
    "milestones": "milestones are changed",
    "done_on": "that it is done is said",
    "evidence": "evidence is added",
    "sign_off": "it is signed off",
}
_CHOICES: dict[str, type[TextChoices]] = {"origin": Action.Origin, "confidence": Action.Confidence}


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What becomes of one row: a new action, another text of one there is, or nothing."""

    row: int
    ref: str
    is_new: bool
    values: dict[str, str]  # of the fields that are taken; days as 2017-12-31
    changes: tuple[tuple[str, str, str], ...]  # heading, before, after
    problems: tuple[str, ...] = ()  # nothing is taken over while there is one
    left: tuple[str, ...] = ()  # told, and not taken


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a workbook would do."""

    rows: tuple[Proposed, ...]
    left_out: tuple[str, ...] = field(default=())

    @property
    def new(self) -> list[Proposed]:
        """The actions that are not in the plan yet."""
        return [one for one in self.rows if one.is_new]

    @property
    def changed(self) -> list[Proposed]:
        """The actions that would be said otherwise."""
        return [one for one in self.rows if not one.is_new and one.changes]

    @property
    def problems(self) -> list[str]:
        """What must be put right in the workbook first."""
        return [said for one in self.rows for said in one.problems]

    @property
    def left(self) -> list[str]:
        """What is told and not taken."""
        return [*self.left_out, *(said for one in self.rows for said in one.left)]


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What there is to compare a workbook with."""

    actions: Mapping[str, dict[str, str]]  # as cells
    withdrawn: frozenset[str]
    objectives: frozenset[str]
    themes: frozenset[int]
    recommendations: frozenset[str]
    components: frozenset[str]
    enablers: frozenset[str]
    stages: Mapping[int, date]


@dataclass(frozen=True, kw_only=True)
class Usual:
    """What new actions get whose rows do not say it: their theme, who leads them, the day they are due."""

    theme: Theme | None = None
    lead_post: str = ""
    due_on: date | None = None


def proposal(sheet: Sheet, *, usual: Usual) -> Proposal:
    """What the rows of a sheet would change."""
    known, seen, made = _known(), set(), []
    for texts in sheet.rows:
        one = _proposed(texts, known, usual)
        if one.ref in seen:
            again = f"Row {one.row}: {one.ref} stands in the sheet twice."
            one = _with_problem(one, again)
        seen.add(one.ref)
        made.append(one)
    return Proposal(rows=tuple(made), left_out=sheet.left_out)


def _known() -> _Known:
    return _Known(
        actions=cells(all_actions()),
        withdrawn=frozenset(Action.objects.filter(withdrawn_on__isnull=False).values_list("ref", flat=True)),
        objectives=frozenset(Objective.objects.values_list("ref", flat=True)),
        themes=frozenset(Theme.objects.values_list("number", flat=True)),
        recommendations=frozenset(one.ref for one in Recommendation.objects.all()),
        components=frozenset(str(one) for one in Component.objects.values_list("number", flat=True)),
        enablers=frozenset(str(one) for one in Enabler.objects.values_list("number", flat=True)),
        stages={one.number: one.ends_on for one in stages()},
    )


def _proposed(texts: Mapping[str, str], known: _Known, usual: Usual) -> Proposed:
    row, ref = int(texts["row"]), texts["ref"]
    problems: list[str] = []
    left: list[str] = []
    try:
        check_ref(ref)
    except Refused as refusal:
        problems.append(f"Row {row}: {refusal}")
    found = known.actions.get(ref)
    if ref in known.withdrawn:
        problems.append(f"Row {row}: action {ref} was withdrawn: give this one another reference.")
    values = {name: text for name, text in texts.items() if name != "row" and text}
    _read_days(row, values, known, usual, problems, left)
    _read_lists(row, values, known, left)
    _read_choices(row, values, left)
    if found is None:
        _fill_in(row, values, known, usual, problems, left)
        changes: tuple[tuple[str, str, str], ...] = ()
    else:
        changes = _compared(row, values, found, left)
        values = {name: text for name, text in values.items() if name in {one[0] for one in changes}}
    headings = {column.field: column.heading for column in columns()}
    return Proposed(
        row=row,
        ref=ref,
        is_new=found is None,
        values=values,
        changes=tuple((headings[name], before, after) for name, before, after in changes),
        problems=tuple(problems),
        left=tuple(left),
    )


def _read_days(
    row: int, values: dict[str, str], known: _Known, usual: Usual, problems: list[str], left: list[str]
) -> None:
    """Days as 2017-12-31. A row must say when it is due; what else is no day is told and left."""
    for name in ("starts_on", "due_on", "forecast_on", "done_on"):
        if name not in values:
            continue
        day = as_day(values[name], known.stages)
        if day is not None:
            values[name] = day.isoformat()
            continue
        said = f"Row {row}: “{values.pop(name)[:40]}” is no day"
        if name != "due_on":
            left.append(f"{said}: it is not taken.")
        elif usual.due_on is None:
            problems.append(
                f"{said}: write 31/12/2017, or the stage it ends with, or name a day for such rows."
            )
        else:
            left.append(f"{said}: {usual.due_on.isoformat()} stands for it.")


def _read_choices(row: int, values: dict[str, str], left: list[str]) -> None:
    """Where it comes from and how sure its lead is, in the words of the form; others are told and left."""
    for name, choices in _CHOICES.items():
        if name in values and values[name] not in choices.labels:
            left.append(f"Row {row}: “{values.pop(name)[:40]}” is none of: {', '.join(choices.labels)}.")


def _read_lists(row: int, values: dict[str, str], known: _Known, left: list[str]) -> None:
    """Recommendations, components and enablers by number, indicators by reference; else told and left."""
    if "recommendations" in values:
        refs = [f"R{number}" for number in _NUMBERS.findall(values["recommendations"])]
        _keep(row, values, "recommendations", refs, known.recommendations, "recommendation", left)
    if "components" in values:
        numbers = _NUMBERS.findall(values["components"])
        _keep(row, values, "components", numbers, known.components, "component", left)
    if "enablers" in values:
        numbers = _NUMBERS.findall(values["enablers"])
        _keep(row, values, "enablers", numbers, known.enablers, "enabler", left)
    if "indicators" in values:
        for line in lines(values["indicators"]):
            ref = line.partition(":")[0].strip()
            if ref not in catalogue():
                left.append(f"Row {row}: “{line[:60]}” names no indicator of the catalogue.")


def _keep(
    row: int,
    values: dict[str, str],
    name: str,
    said: Iterable[str],
    known: frozenset[str],
    what: str,
    left: list[str],
) -> None:
    wanted = list(dict.fromkeys(said))
    left += [f"Row {row}: there is no {what} {one}." for one in wanted if one not in known]
    values[name] = "; ".join(one for one in wanted if one in known)


def _fill_in(
    row: int,
    values: dict[str, str],
    known: _Known,
    usual: Usual,
    problems: list[str],
    left: list[str],
) -> None:
    """What a new action needs that the row does not say."""
    if usual.lead_post:
        values.setdefault("lead_post", usual.lead_post)
    if usual.due_on:
        values.setdefault("due_on", usual.due_on.isoformat())
    for name, heading in NEEDED.items():
        if name not in values:
            problems.append(f"Row {row}: {heading} is blank: an action has a lead and a day.")
    if "intended_impact" not in values:
        values["intended_impact"] = values["text"]
        left.append(
            f"Row {row}: no intended impact on children: the action’s own words stand there until then."
        )
    if "starts_on" not in values:
        due = values.get("due_on", "")
        values["starts_on"] = min(today().isoformat(), due or today().isoformat())
    _place(row, values, known, usual, problems)
    if "indicators" not in values and (cited := _REFS.findall(values["intended_impact"])):
        values["indicators"] = "\n".join(f"{ref}:" for ref in cited if ref in catalogue())
    for name in ("done_on", "evidence", "sign_off"):
        if values.pop(name, ""):
            left.append(f"Row {row}: {_ELSEWHERE[name]} on the action’s page, not by a workbook.")


def _place(row: int, values: dict[str, str], known: _Known, usual: Usual, problems: list[str]) -> None:
    """The number of its theme: as it says, as its reference begins, or the usual one."""
    number = next(iter(_NUMBERS.findall(values.get("theme", "") or values["ref"])), "")
    if not number or int(number) not in known.themes:
        number = str(usual.theme.number) if usual.theme else ""
    if not number:
        problems.append(f"Row {row}: it names no theme of the plan: choose one for such rows.")
    values["theme"] = number


def _compared(
    row: int, values: Mapping[str, str], now: Mapping[str, str], left: list[str]
) -> tuple[tuple[str, str, str], ...]:
    """What the row says otherwise than the plan, of what a workbook may say otherwise."""
    changes = []
    for name, text in values.items():
        before = now.get(name, "")
        if name == "ref" or _same(text, before) or _is_worked_out(name, text):
            continue
        if name in ("due_on", "starts_on"):
            left.append(f"Row {row}: the day stays {before}: a body’s decision moves it, not a workbook.")
        elif name in _ELSEWHERE:
            if any(not any(_same(one, other) for other in lines(before)) for one in lines(text)):
                left.append(f"Row {row}: {_ELSEWHERE[name]} on the action’s page, not by a workbook.")
        elif name in ("theme", "objective"):
            left.append(f"Row {row}: it stays under {before[:40]}: move it on the action’s page.")
        else:
            changes.append((name, before, text))
    return tuple(changes)


def _is_worked_out(name: str, text: str) -> bool:
    """Whether a cell says a status or an impact as we write it: worked out here, and maybe another now."""
    if name == "status":
        return text in {f"{letter} {word}" for letter, word in WORDS.items()}
    return name == "outcome" and text in Action.Impact.labels


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _with_problem(one: Proposed, problem: str) -> Proposed:
    return Proposed(
        row=one.row,
        ref=one.ref,
        is_new=one.is_new,
        values=one.values,
        changes=one.changes,
        problems=(*one.problems, problem),
        left=one.left,
    )
