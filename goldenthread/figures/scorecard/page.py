"""How is a scorecard written as one HTML page that needs nothing else: no network, no scripts?"""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from goldenthread.figures.public import PublicFigure
from goldenthread.figures.scorecard.build import Scorecard
from goldenthread.figures.scorecard.charts import chart, is_drawn, sparkline
from goldenthread.figures.scorecard.lines import Line, age_said, cases_said, value_said
from goldenthread.figures.scorecard.summary import HEADLINE_TIER
from goldenthread.figures.wording import day_said, period_said
from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import Settings, defaults

_SOURCES = {
    "annex_a": "the Annex A workbook",
    "local_extracts": "local extracts",
    "cin_census": "the children in need census",
    "ssda903": "the return on looked-after children (SSDA903)",
    "workforce_census": "the workforce census",
}
_STATUS = {
    "final": "",
    "provisional": "provisional",
    "partial": "partial",
    "no_cases": "no cases",
    "not_computable": "not computable",
}


def page(card: Scorecard, settings: Settings) -> str:
    """The scorecard as HTML. Whatever comes from files is text in it, never markup."""
    environment = Environment(
        loader=FunctionLoader(_packaged),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["drawn"] = lambda line: line.definition.tier == HEADLINE_TIER and is_drawn(line)
    return environment.get_template(
        "scorecard.html.jinja"
    ).render(
        card=card,
        about=card.about,
        summary=card.summary,
        style=Markup(_packaged("scorecard.css")),  # noqa: S704 - our own file
        changed_parameters=_changed_parameters(settings),
        anchor=_anchor,
        age_said=age_said,
        day_said=day_said,
        period_said=period_said,
        sources=[_SOURCES.get(source, source) for source in card.about.sources],
        margin=settings.value("rag_amber_margin_pp"),
        chart=lambda line: Markup(chart(line)),  # noqa: S704 - drawn by us, its texts escaped by the drawer
        sparkline=lambda line: Markup(sparkline(line)),  # noqa: S704 - drawn by us, its label escaped
        months=_months,
        capitalised=lambda text: text[:1].upper() + text[1:],
    )


def _packaged(name: str) -> str:
    return (files("goldenthread.figures.scorecard") / name).read_text("utf-8")


def _anchor(text: str) -> str:
    """A name for a place on the page."""
    return "".join(letter if letter.isalnum() else "-" for letter in text.lower())


def _months(line: Line) -> list[dict[str, str]]:
    """The table behind a chart: every month, also those without a figure."""
    unusual = line.direction.unusual
    return [_month(line, at, one, at in unusual) for at, one in enumerate(line.shown)]


def _month(line: Line, at: int, one: PublicFigure, is_unusual: bool) -> dict[str, str]:
    is_left_out = one.figure.value is not None and line.direction.values[at] is None
    remarks = [
        _STATUS.get(one.figure.status, one.figure.status),
        "unusual" if is_unusual else "",
        "not used for the direction" if is_left_out else "",
    ]
    return {
        "month": period_said(one.figure.period),
        "value": value_said(one, line.unit),
        "cases": cases_said(one, line.unit, line.definition, line.counts),
        "unknown": str(one.shown("unknown") or ""),
        "remark": ", ".join(remark for remark in remarks if remark),
    }


def _changed_parameters(settings: Settings) -> Mapping[str, Any]:
    """What this council uses in place of the defaults, with what each is used by."""
    changed = {name: value for name, value in settings.parameters.items() if value != defaults()[name]}
    used_by: dict[str, list[str]] = {}
    for ref, definition in catalogue().items():
        for name in definition.parameters:
            used_by.setdefault(name, []).append(ref)
    return {name: {"value": value, "by": ", ".join(used_by.get(name, []))} for name, value in changed.items()}
