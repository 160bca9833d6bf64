"""Children living with others, missing or exploited: visits, return interviews and reassessments."""

import ibis

from goldenthread.calendar import days_after, months_after
from goldenthread.populations.missing import at_risk_of_exploitation, returns_without_interview
from goldenthread.populations.private_fostering import arrangements_open
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_arrangement = arrangements_open.table
_last_visit = _arrangement.last_visit_on
_soon = days_after(_last_visit, parameter("pf_year1_days"))
_is_past_first_year = _soon >= months_after(_arrangement.notified_on, 12)
pf_visit = Item(
    code="pf_visit",
    label="Private fostering visit",
    timescale="TS34 to TS36",
    duties=(
        Duty(
            of=arrangements_open,
            clock_start=_arrangement.notified_on,
            last_done=_last_visit,
            due_on=_is_past_first_year.ifelse(days_after(_last_visit, parameter("pf_later_days")), _soon),
            within=(_last_visit.isnull().ifelse(_arrangement.notified_on, None), parameter("pf_visit_wd")),
            needs=(
                "private_fostering_arrangements.notified_on",
                "private_fostering_arrangements.ended_on",
                "visits.visited_at",
                "visits=private_fostering",
            ),
            never="Not visited since the arrangement was notified on {clock_start}.",
            since="Last visited on {last_done}; every {pf_year1_days} days in the first year, "
            "then every {pf_later_days}.",
        ),
    ),
)

_back = returns_without_interview.table
return_interview = Item(
    code="return_interview",
    label="Return home interview",
    timescale="TS33",
    duties=(
        Duty(
            of=returns_without_interview,
            clock_start=_back.ended_on,
            due_on=(_back.ended_at + parameter("rhi_hours").as_interval("h")).cast("date"),
            needs=("missing_episodes.ended_at", "missing_episodes.rhi_completed_at"),
            never="Back on {clock_start} after being missing, and not interviewed; "
            "{rhi_hours} hours are allowed.",
        ),
    ),
)

_flagged = at_risk_of_exploitation.table
_is_high = (_flagged.risk_level == "high").fill_null(False)
_interval = _is_high.ifelse(parameter("exploitation_days_high"), parameter("exploitation_days"))
exploitation = Item(
    code="exploitation",
    label="Exploitation reassessment",
    duties=(
        Duty(
            of=at_risk_of_exploitation,
            clock_start=ibis.coalesce(_flagged.assessed_on, _flagged.flagged_on),
            last_done=_flagged.assessed_on,
            due_on=_flagged.assessed_on.isnull().ifelse(
                days_after(_flagged.flagged_on, parameter("exploitation_first_days")),
                days_after(_flagged.assessed_on, _interval),
            ),
            needs=(
                "exploitation_records.done_on",
                "exploitation_records.risk_level",
                "exploitation_records=flag_opened",
            ),
            never="Flagged as at risk of exploitation since {clock_start}, and never assessed.",
            since="The risk of exploitation was last assessed on {last_done}.",
        ),
    ),
)

ITEMS = (pf_visit, return_interview, exploitation)
