# ruff: noqa: F401 - the names below are offered to the modules of rules
"""The conventions of indicators.json in plain Python: import from here to write a rule of the oracle.

A rule is a function registered by `@oracle("FD-02")` with the signature
`(data, p0, p1, as_at, parameters) -> list[Row]`, for every part of the indicator. It usually begins with
`asked = Asked(ref, data, p0, p1, as_at, parameters)`, which holds P, RD and the as-at view, and builds rows.
"""

from tests.oracle.cases import (
    age,
    allocation_on,
    care_leaver,
    cin_child,
    countable_referrals,
    cpp,
    earliest,
    is_age_unknown,
    is_open,
    is_placeholder,
    is_placeholder_text,
    is_unborn,
    is_worker,
    lac,
    latest,
    open_case,
    open_date,
    open_episode,
    open_rows,
    past_assessment,
    referrals_sorted,
    school_age,
    status_on,
    status_rows,
    words,
)
from tests.oracle.days import (
    Moment,
    add_days,
    add_months,
    add_wd,
    birthday,
    completed_years,
    days,
    is_negative,
    on,
    wd,
)
from tests.oracle.extracts import Data, Record, View, event_on
from tests.oracle.figures import figures, figures_from, half_away, needs_met, part_met, quartile, rows
from tests.oracle.placing import NOT_KNOWN, attribution, open_row, place, reporting_team
from tests.oracle.results import (
    COLUMNS,
    RULES,
    Asked,
    Row,
    denominator,
    distinct,
    has_denominator,
    means,
    oracle,
    part_needs,
    partial,
    partial_part,
    statistic,
)
from tests.oracle.specs import CATALOGUE, PARAMETERS
