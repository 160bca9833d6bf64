"""Which figure is meant? Its period, part and team in words."""

from datetime import date

from goldenthread.figures.wording import period_said
from goldenthread.periods import Period
from goldenthread_web.figures.definition import part_said
from goldenthread_web.ui.words import capitalised


def figure_said(starts_on: date, ends_on: date, part: str, team: str) -> str:
    """December 2017, part up to m3, FSP NE 1."""
    period = capitalised(period_said(Period(starts_on, ends_on, ends_on)))
    return ", ".join(filter(None, (period, f"part {part_said(part)}" if part else "", team)))
