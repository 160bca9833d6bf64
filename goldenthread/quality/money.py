"""Budget lines and recruitment campaigns: do the numbers follow from each other?"""

from functools import partial

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import months_after
from goldenthread.populations.population import Population
from goldenthread.quality.rule import Rule
from goldenthread.standard import table

_lines = table("budget_lines").rows
_campaigns = table("recruitment_campaigns").rows


def _checked() -> ir.Table:
    """Budget lines with the month before of the same line and financial year."""
    starts = (_lines.month.month() >= 4).ifelse(_lines.month.year(), _lines.month.year() - 1)
    rows = _lines.mutate(financial_year=starts)
    order = ibis.window(group_by=["authority", "line_id", "financial_year"], order_by=rows.month)
    return rows.mutate(
        previous_month=rows.month.lag().over(order),
        previous_spend=rows.spend_to_date_amount.lag().over(order),
        previous_budget=rows.budget_amount.lag().over(order),
        previous_service=rows.service_line.lag().over(order),
    )


_checked_lines = Population(
    name="checked_budget_lines", about="Budget lines with the month before.", rows=_checked()
)
_b = _checked_lines.table
_line = partial(Rule, table="budget_lines", rows=_b)
_campaign = partial(Rule, table="recruitment_campaigns", rows=_campaigns)
_SHOWN = ("line_id", "month")

RULES = (
    _line(
        code="spend-to-date-fell",
        title="Spend of the year to date is lower than the month before",
        advice="Check for a correction of an earlier month; if there was none, correct the figure.",
        fails=_b.spend_to_date_amount < _b.previous_spend,
        shows=(*_SHOWN, "previous_spend", "spend_to_date_amount"),
        needs=("budget_lines.spend_to_date_amount", "budget_lines.month"),
    ),
    _line(
        code="forecast-below-spend",
        title="Forecast of the whole year is lower than what has been spent already",
        advice="Correct the forecast, or the spend.",
        fails=(_b.forecast_amount < _b.spend_to_date_amount) & (_b.spend_to_date_amount > 0),
        shows=(*_SHOWN, "spend_to_date_amount", "forecast_amount"),
        needs=("budget_lines.forecast_amount", "budget_lines.spend_to_date_amount"),
    ),
    _line(
        code="month-of-budget-missing",
        title="Budget line skips a month",
        advice="Add the missing month.",
        fails=_b.month > months_after(_b.previous_month, 1),
        shows=(*_SHOWN, "previous_month"),
        needs=("budget_lines.month",),
    ),
    _line(
        code="spend-without-forecast",
        title="Budget line has spend and no forecast",
        advice="Ask the budget holder for the forecast of the whole year.",
        fails=_b.spend_to_date_amount.notnull() & _b.forecast_amount.isnull(),
        shows=(*_SHOWN, "spend_to_date_amount"),
        needs=("budget_lines.forecast_amount", "budget_lines.spend_to_date_amount"),
    ),
    _line(
        code="agency-spend-without-equivalent",
        title="Agency spend has no cost of the same cover by employees",
        advice="Ask finance for the cost of the same hours at the grade of the post.",
        fails=(_b.category == "staffing_agency")
        & (_b.spend_to_date_amount > 0)
        & _b.permanent_equivalent_amount.isnull(),
        shows=(*_SHOWN, "spend_to_date_amount"),
        needs=("budget_lines.permanent_equivalent_amount", "budget_lines.category"),
    ),
    _line(
        code="equivalent-of-other-spend",
        title="Cost of the same cover by employees is given for a line that is not agency staff",
        advice="Correct the category of the line, or take the amount out.",
        fails=(_b.category != "staffing_agency") & (_b.permanent_equivalent_amount != 0),
        shows=(*_SHOWN, "category", "permanent_equivalent_amount"),
        needs=("budget_lines.permanent_equivalent_amount", "budget_lines.category"),
    ),
    _line(
        code="budget-line-changes-service",
        title="Budget line belongs to another service than the month before",
        advice="Keep a line in one service through the year, or give the new one an id of its own.",
        fails=_b.service_line != _b.previous_service,
        shows=(*_SHOWN, "previous_service", "service_line"),
        needs=("budget_lines.service_line", "budget_lines.month"),
    ),
    _campaign(
        code="more-shortlisted-than-applied",
        title="More people were shortlisted than applied",
        advice="Check both numbers.",
        fails=_campaigns.shortlisted > _campaigns.applications,
        shows=("campaign_id", "applications", "shortlisted"),
        needs=("recruitment_campaigns.shortlisted", "recruitment_campaigns.applications"),
    ),
    _campaign(
        code="more-offers-than-shortlisted",
        title="More offers were made than people shortlisted",
        advice="Check both numbers.",
        fails=_campaigns.offers > _campaigns.shortlisted,
        shows=("campaign_id", "shortlisted", "offers"),
        needs=("recruitment_campaigns.offers", "recruitment_campaigns.shortlisted"),
    ),
    _campaign(
        code="more-starters-than-offers",
        title="More people started than were offered a post",
        advice="Check both numbers.",
        fails=_campaigns.starters > _campaigns.offers,
        shows=("campaign_id", "offers", "starters"),
        needs=("recruitment_campaigns.starters", "recruitment_campaigns.offers"),
    ),
)
