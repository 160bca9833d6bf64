"""How does the plan leave as a workbook? Values only, in columns councils know; it comes back as it was."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db.models import F, QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from goldenthread_web.config.clock import today
from goldenthread_web.improvement.models import Action, ActionIndicator, Evidence, Milestone, ProgressNote
from goldenthread_web.improvement.queries import actions
from goldenthread_web.improvement.standing import Standing, by_action, gathered, lists
from goldenthread_web.improvement.workbook_reading import columns, joined
from goldenthread_web.ui.csv_files import neutralised
from goldenthread_web.ui.together import together

_NO_DAY = datetime(2000, 1, 1)  # in the properties: a file does not say when it was made, or by whom
# What a workbook cannot hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDE = {"text", "intended_impact", "milestones", "progress", "objective", "indicators", "evidence"}
_NUMBERED = ("components", "enablers")  # named by their numbers
# What a cell says as it was typed.
_AS_TYPED = (
    *("text", "intended_impact", "lead_post", "delivery_post", "partner", "cost_line"),
    *("blocked_because", "escalation", "recovery"),
)


def plan_rows() -> list[dict[str, str]]:
    """Every live action as texts by field. Six queries at most and those of figures."""
    return list(cells(actions()).values())


def cells(wanted: "QuerySet[Action]") -> dict[str, dict[str, str]]:
    """Actions as the cells of a workbook say them, by reference: a text for each field."""
    found = list(wanted.select_related("sign_off__body").prefetch_related("recommendations"))
    keys = [one.pk for one in found]
    read = together(
        **lists(today(), keys),
        linked=ActionIndicator.objects.filter(action__in=keys),
        pieces=Evidence.objects.filter(action__in=keys),
        notes=ProgressNote.objects.filter(action__in=keys).order_by("on", "id"),
        **{name: _numbers(name, keys) for name in _NUMBERED},
    )
    linked, pieces = by_action(read["linked"]), by_action(read["pieces"])
    numbered = {name: by_action(read[name]) for name in _NUMBERED}
    latest = {one.action_id: one for one in read["notes"]}
    return {
        one.action.ref: _texts(one)
        | {
            "indicators": joined(_indicator(each) for each in linked.get(one.action.pk, ())),
            "evidence": joined(_piece(each) for each in pieces.get(one.action.pk, ())),
            "progress": _note(latest.get(one.action.pk)),
            **{
                name: "; ".join(map(str, sorted(each.number for each in rows.get(one.action.pk, ()))))
                for name, rows in numbered.items()
            },
        }
        for one in gathered(of=found, read=read).standings
    }


def _numbers(name: str, keys: list[int]) -> "QuerySet[Any]":
    """By which numbers actions name components, or enablers."""
    field: Any = Action._meta.get_field(name)
    through = field.remote_field.through.objects.filter(action__in=keys)
    return through.annotate(number=F(f"{field.m2m_reverse_field_name()}__number"))


def _texts(standing: Standing) -> dict[str, str]:
    """What an action itself says, and how it stands."""
    action, status = standing.action, standing.status
    theme, agreed = action.objective.theme, action.sign_off
    return {
        "ref": action.ref,
        "theme": f"{theme.number} {theme.title}",
        "objective": f"{action.objective.ref} {plain(action.objective.text)}",
        **{name: plain(getattr(action, name)) for name in _AS_TYPED},
        "milestones": joined(_milestone(one) for one in standing.milestones),
        "starts_on": action.starts_on.isoformat(),
        "due_on": action.baseline_due_on.isoformat(),
        "forecast_on": action.forecast_due_on.isoformat(),
        "done_on": action.done_on.isoformat() if action.done_on else "",
        "recommendations": "; ".join(one.ref for one in action.recommendations.all()),
        "origin": action.get_origin_display(),
        "confidence": action.get_confidence_display(),
        "status": f"{status.letter} {status.word}",
        "outcome": "" if action.impact is None else action.get_impact_display(),
        "sign_off": f"{agreed.body.name}, {agreed.decided_on.isoformat()} {agreed.minute}".strip()
        if agreed
        else "",
    }


def _milestone(one: Milestone) -> str:
    """Its words and the day promised; then the day it was done, or another expected."""
    said = f"{plain(one.text)} | {one.baseline_on.isoformat()}"
    if one.done_on:
        return f"{said} | done {one.done_on.isoformat()}"
    return said if one.forecast_on == one.baseline_on else f"{said} | expected {one.forecast_on.isoformat()}"


def _indicator(one: ActionIndicator) -> str:
    """Its reference and target, and where it stood."""
    said = f"{one.ref}: {plain(one.target)}".strip()
    if not one.baseline:
        return said
    on = f" on {one.baseline_on.isoformat()}" if one.baseline_on else ""
    return f"{said} (from {plain(one.baseline)}{on})"


def _piece(one: Evidence) -> str:
    said = f"{one.about_on.isoformat()} {one.get_kind_display()}: {plain(one.text)}"
    return f"{said} ({one.get_result_display()}{'' if one.verified_by_id is None else ', verified'})"


def _note(one: ProgressNote | None) -> str:
    return "" if one is None else f"{one.on.isoformat()}: {plain(one.text)}"


def plain(text: str) -> str:
    """A text as a cell can hold it."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    """An Excel file of one sheet: the plan, one line an action."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    sheet.freeze_panes = "B2"
    for number, column in enumerate(columns(), start=1):
        width = 44 if column.field in _WIDE else 18
        sheet.column_dimensions[get_column_letter(number)].width = width
    heads = [WriteOnlyCell(sheet, value=column.heading) for column in columns()]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_cell(sheet, row.get(column.field, "")) for column in columns()])
    book.properties.creator = "Golden Thread"
    book.properties.created = book.properties.modified = _NO_DAY
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.value = neutralised(text) if text else None
    if text:
        cell.data_type = "s"  # a text, whatever it begins with
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
