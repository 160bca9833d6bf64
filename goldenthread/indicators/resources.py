"""Money and sufficiency: what is spent, and are there enough good places for children?"""

import ibis

from goldenthread.indicators.part import count, mean, proportion
from goldenthread.populations.budget import budget_lines_latest, placements_paid
from goldenthread.populations.care import care_started, looked_after_state
from goldenthread.populations.placements import FOSTER, TEMPORARY, placements_ended, placements_made
from goldenthread.populations.registers import foster_places
from goldenthread.settings import parameter

_line = budget_lines_latest.table
_is_programme = _line.category == "improvement_programme"
_named = {"words": {"counted": "A budget line.", "excluded": "The amount is not recorded."}}


def _amounts(column: str, where: ibis.Value) -> dict[str, object]:
    """A line without the amount is left out of both sums, and the figure is partial."""
    missing = _line[column].isnull()
    text = column.removesuffix("_amount").replace("_", " ")
    return {
        "where": where,
        "excluded": {f"The {text} of this line is not recorded.": missing},
        "partial": {f"a line without {text} is left out": missing & where},
        "is_judged": False,
        **_named,
    }


FIN_01 = proportion(
    budget_lines_latest,
    _line.line_id.notnull(),
    numerator=_line.forecast_amount - _line.budget_amount,
    denominator=_line.budget_amount,
    **_amounts("forecast_amount", ~_is_programme),
)
FIN_02 = tuple(
    proportion(
        budget_lines_latest,
        _line.line_id.notnull(),
        code=code,
        numerator=_line[column],
        denominator=_line.budget_amount,
        **_amounts(column, _is_programme),
    )
    for code, column in (("", "spend_to_date_amount"), ("forecast", "forecast_amount"))
)
_is_agency = _line.category == "staffing_agency"
_is_staffing = _is_agency | (_line.category == "staffing_permanent")
_has_both = _line.spend_to_date_amount.notnull() & _line.permanent_equivalent_amount.notnull()
FIN_04 = (
    proportion(
        budget_lines_latest,
        _is_agency,
        numerator=_line.spend_to_date_amount,
        denominator=_line.spend_to_date_amount,
        **_amounts("spend_to_date_amount", _is_staffing),
    ),
    count(
        budget_lines_latest,
        code="premium",
        where=_is_agency,
        excluded={"Spend or permanent equivalent is not recorded.": ~_has_both},
        numerator=_line.spend_to_date_amount - _line.permanent_equivalent_amount,
        partial={"a line without spend or permanent equivalent is left out": ~_has_both & _is_agency},
        is_judged=False,
        needs=("budget_lines.permanent_equivalent_amount",),
        **_named,
    ),
)

_paid = placements_paid.table
FIN_03 = mean(
    placements_paid,
    total=_paid.weekly_cost.cast("float64") * _paid.days / 7,
    over=_paid.days / 7,
    unknown={"The weekly cost is not recorded.": _paid.weekly_cost.isnull()},
    words={"counted": "A placement in force in the period."},
)

_made = placements_made.table
_short_notice = (_made.notice_hours < parameter("short_notice_hours")).fill_null(False)
_ended = placements_ended.table
_disrupted = ["CREQB", "CREQO", "ALLEG", "STAND", "APPRR", "CLOSE", "CHILD"]
SUF_01 = (
    proportion(
        placements_made,
        _made.arrangement.isin(["unplanned", "emergency"]).fill_null(False) | _short_notice,
        where=~_made.placement_type.isin(TEMPORARY),
        unknown={
            "How it was made and the notice are not recorded.": _made.arrangement.isnull()
            & _made.notice_hours.isnull()
        },
        words={"met": "Planned.", "not_met": "Unplanned, an emergency or at short notice."},
    ),
    proportion(
        placements_ended,
        _ended.end_reason.isin(_disrupted),
        code="disruption",
        where=~_ended.placement_type.isin(TEMPORARY),
        unknown={"Why it ended is not recorded.": _ended.end_reason.isnull()},
        needs=("placements.end_reason",),
        words={"met": "Ended as planned.", "not_met": "Disrupted."},
    ),
)

_child = looked_after_state.table
_places = foster_places.table
SUF_03 = (
    proportion(
        looked_after_state,
        _child.provider == "PR1",
        where=_child.placement_type.isin(FOSTER),
        unknown={"The provider is not recorded.": _child.provider.isnull()},
        words={"met": "With the council's own foster carers.", "not_met": "With carers of another provider."},
    ),
    proportion(
        foster_places,
        _places.occupied_places.notnull(),
        code="occupancy",
        numerator=_places.occupied_places,
        denominator=_places.approved_places,
        needs=("fostering_capacity",),
        told={"occupied": _places.occupied_places, "approved": _places.approved_places},
        is_judged=False,
        words={"counted": "{occupied} of {approved} approved places are taken."},
    ),
)

_start = care_started.table
_age_unknown = {"The child's date of birth is not known.": _start.born_on.isnull() & ~_start.is_unborn}
SUF_04 = tuple(
    proportion(
        care_started,
        _start.age >= years,
        code=code,
        unknown=_age_unknown,
        words={"met": f"Aged {years} or over.", "not_met": f"Under {years}."},
    )
    for code, years in (("", 13), ("age16", 16))
)

_is_unregistered = (~_child.is_registered).fill_null(False)
_is_supported = _child.placement_type.isin(["H5", "K3"]).fill_null(False)
SUF_05 = count(
    looked_after_state,
    _is_unregistered | (_is_supported & (_child.age < 16).fill_null(False)),
    unknown={
        "The child's date of birth is not known.": ~_is_unregistered
        & _is_supported
        & _child.age.isnull()
        & ~_child.is_not_yet_born
    },
    words={"met": "In a registered placement.", "not_met": "In an unregistered or unregulated placement."},
)

PARTS = {
    "FIN-01": FIN_01,
    "FIN-02": FIN_02,
    "FIN-03": FIN_03,
    "FIN-04": FIN_04,
    "SUF-01": SUF_01,
    "SUF-03": SUF_03,
    "SUF-04": SUF_04,
    "SUF-05": SUF_05,
}
