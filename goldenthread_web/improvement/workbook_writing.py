"""How does the plan leave as a workbook? Values only, in columns councils know; it comes back as it was."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from goldenthread_web.config.clock import today
from goldenthread_web.improvement.models import ActionIndicator
from goldenthread_web.improvement.queries import actions
from goldenthread_web.improvement.standing import Standing, gathered, lists
from goldenthread_web.improvement.workbook_reading import columns, joined
from goldenthread_web.ui.csv_files import neutralised
from goldenthread_web.ui.together import together

_NO_DAY = datetime(2000, 1, 1)  # in the properties: a file does not say when it was made, or by whom
# What a workbook cannot hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDE = {"text", "intended_impact", "milestones", "status", "outcome", "objective", "indicators"}


def plan_rows() -> list[dict[str, str]]:
    """Every live action as texts by field. Six queries at most and those of figures."""
    found = list(actions().prefetch_related("recommendations", "components"))
    keys = [one.pk for one in found]
    read = together(**lists(today(), keys), linked=ActionIndicator.objects.filter(action__in=keys))
    linked: dict[int, list[ActionIndicator]] = {}
    for one in read["linked"]:
        linked.setdefault(one.action_id, []).append(one)
    stand = gathered(of=found, read=read).standings
    return [texts_of(one, linked.get(one.action.pk, ())) for one in stand]


def texts_of(standing: Standing, linked: Iterable[ActionIndicator]) -> dict[str, str]:
    """An action with its indicators as the cells of a workbook say it."""
    action, status = standing.action, standing.status
    theme = action.objective.theme
    return {
        "ref": action.ref,
        "theme": f"{theme.number} {theme.title}",
        "objective": f"{action.objective.ref} {plain(action.objective.text)}",
        "text": plain(action.text),
        "intended_impact": plain(action.intended_impact),
        "lead_post": plain(action.lead_post),
        "delivery_post": plain(action.delivery_post),
        "partner": plain(action.partner),
        "milestones": joined(
            f"{plain(one.text)} | {one.baseline_on.isoformat()}" for one in standing.milestones
        ),
        "starts_on": action.starts_on.isoformat(),
        "due_on": action.baseline_due_on.isoformat(),
        "forecast_on": action.forecast_due_on.isoformat(),
        "recommendations": "; ".join(one.ref for one in action.recommendations.all()),
        "components": "; ".join(str(one.number) for one in action.components.all()),
        "indicators": joined(f"{one.ref}: {plain(one.target)}".strip() for one in linked),
        "cost_line": plain(action.cost_line),
        "status": f"{status.letter} {status.word}",
        "outcome": "" if action.impact is None else action.get_impact_display(),
    }


def plain(text: str) -> str:
    """A text as a cell can hold it."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    """An Excel file of one sheet: the plan, one line an action."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    sheet.freeze_panes = "B2"
    for number, column in enumerate(columns()):
        width = 44 if column.field in _WIDE else 18
        sheet.column_dimensions[chr(ord("A") + number)].width = width
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
