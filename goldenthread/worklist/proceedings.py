"""The courts: pre-proceedings and care proceedings that should conclude."""

from goldenthread.calendar import days_after
from goldenthread.populations.legal import care_proceedings_open, pre_proceedings_open
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_PROCEEDINGS = ("legal_proceedings.started_on", "legal_proceedings.ended_on")

_letter = pre_proceedings_open.table
pre_proceedings = Item(
    code="pre_proceedings",
    label="Pre-proceedings",
    timescale="TS45",
    duties=(
        Duty(
            of=pre_proceedings_open,
            clock_start=_letter.started_on,
            due_on=days_after(_letter.started_on, parameter("plo_days")),
            needs=(*_PROCEEDINGS, "legal_proceedings=pre_proceedings"),
            never="In pre-proceedings since {clock_start}; {plo_days} days are allowed.",
        ),
    ),
)

_case = care_proceedings_open.table
court = Item(
    code="court",
    label="Care proceedings",
    timescale="TS44",
    duties=(
        Duty(
            of=care_proceedings_open,
            clock_start=_case.started_on,
            due_on=days_after(_case.started_on, parameter("court_limit_days")),
            needs=(*_PROCEEDINGS, "legal_proceedings=care_proceedings"),
            never="In care proceedings since {clock_start}; {court_limit_days} days are allowed.",
        ),
    ),
)

ITEMS = (pre_proceedings, court)
