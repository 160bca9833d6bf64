"""Registers: homes inspected, partners trained, the case system up, small numbers hidden."""

from goldenthread.indicators.part import proportion
from goldenthread.populations.outages import days_of_service
from goldenthread.populations.registers import agencies_trained, cells_published, homes_inspected
from goldenthread.settings import parameter

_home = homes_inspected.table
QA_13 = proportion(
    homes_inspected,
    _home.judgement.isin(["good", "outstanding"]),
    excluded={"It has had no full inspection.": ~_home.is_full_inspection},
    unknown={"The judgement is not recorded.": _home.judgement.isnull()},
    words={
        "met": "Judged good or outstanding at its latest full inspection.",
        "not_met": "Not judged good or outstanding at its latest full inspection.",
    },
)

_agency = agencies_trained.table
GOV_07 = proportion(
    agencies_trained,
    _agency.trained_count > 0,
    numerator=_agency.trained_count,
    denominator=_agency.target_count,
    told={"trained": _agency.trained_count, "target": _agency.target_count},
    words={"met": "{trained} of {target} trained.", "not_met": "Nobody of {target} trained."},
)

_day = days_of_service.table
GOV_08 = proportion(
    days_of_service,
    _day.hours_served > 0,
    numerator=_day.hours_served,
    denominator=_day.hours_to_serve,
    told={
        "served": _day.hours_served.cast("float64").round(1),
        "wanted": _day.hours_to_serve.cast("float64").round(1),
    },
    words={"met": "Up for {served} of {wanted} hours.", "not_met": "Out for the whole day."},
)

_cell = cells_published.table
_is_small = (_cell.value >= 1) & (_cell.value < parameter("suppress_below"))
DQ_05 = proportion(
    cells_published,
    _cell.is_suppressed,
    where=_is_small.fill_null(False) | _cell.is_secondary,
    words={"met": "Hidden.", "not_met": "Shown, though it is small or protects one that is."},
)

PARTS = {"QA-13": QA_13, "GOV-07": GOV_07, "GOV-08": GOV_08, "DQ-05": DQ_05}
