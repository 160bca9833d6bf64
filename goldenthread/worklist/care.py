"""Looked-after children: visits, reviews and care plans."""

from goldenthread.calendar import days_after, months_after
from goldenthread.populations.care import looked_after_state, looked_after_visited
from goldenthread.populations.care_reviews import looked_after_reviewed
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_PERIODS = ("care_periods.started_on", "care_periods.ended_on")

_visited = looked_after_visited.table
lac_visit = Item(
    code="lac_visit",
    label="Looked-after visit",
    timescale="TS17 to TS22",
    duties=(
        Duty(
            of=looked_after_visited,
            clock_start=_visited.since_on,
            last_done=_visited.last_visit_on,
            due_on=_visited.visit_due_on,
            needs=(*_PERIODS, "placements.started_on", "visits.visited_at", "visits=looked_after"),
            never="Not visited since the placement began on {clock_start}.",
            since="Last visited on {last_done}.",
        ),
    ),
)

_child = looked_after_reviewed.table
_last_review = _child.last_review_on
_by_days = parameter("months_convention") == "days_91_183"
# Where Annex A gives the latest review only, whether it was the first is not known.
_is_second = (_child.reviews_held == 1) & ~_child.is_latest_only
_later = _by_days.ifelse(days_after(_last_review, 183), months_after(_last_review, 6))
_second = _by_days.ifelse(days_after(_last_review, 91), months_after(_last_review, 3))
lac_review = Item(
    code="lac_review",
    label="Looked-after review",
    timescale="TS14 to TS16",
    duties=(
        Duty(
            of=looked_after_reviewed,
            clock_start=_child.started_on,
            last_done=_last_review,
            due_on=_is_second.ifelse(_second, _later),
            within=(_last_review.isnull().ifelse(_child.started_on, None), parameter("first_review_wd")),
            needs=(*_PERIODS, "conferences.held_on", "conferences=looked_after_review"),
            never="Not reviewed since becoming looked after on {clock_start}.",
            since="Last reviewed on {last_done}.",
        ),
    ),
)

_state = looked_after_state.table
care_plan = Item(
    code="care_plan",
    label="Care plan",
    timescale="TS13",
    duties=(
        Duty(
            of=looked_after_state,
            where=_state.first_care_plan_on.isnull(),
            clock_start=_state.started_on,
            within=(_state.started_on, parameter("care_plan_wd")),
            needs=(*_PERIODS, "care_periods.first_care_plan_on"),
            never="Looked after since {clock_start} without a care plan.",
        ),
    ),
)

ITEMS = (lac_visit, lac_review, care_plan)
