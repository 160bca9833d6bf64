"""Reviews of looked-after children: when each fell due, and which was held."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, months_after, open_until, with_nth_working_day, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.children import looked_after, looked_after_at
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.settings import parameter
from goldenthread.standard import table

SHORT_BREAKS = ["V3", "V4"]  # legal status of a series of short breaks: not looked after for these rules

_care_periods = table("care_periods").rows
_conferences = table("conferences").rows


def in_care(care_periods: ir.Table) -> ir.BooleanValue:
    """Whether a period of care is more than a series of short breaks."""
    return ~care_periods.legal_status.isin(SHORT_BREAKS).fill_null(False)


review_days = (
    _conferences.filter(_conferences.kind == "looked_after_review")
    .select("authority", "child_id", reviewed_on=_.held_on)
    .distinct()  # two reviews on one date count once
)


def _anchors() -> ir.Table:
    """The start of each period of care (number 0), and each review held in it (1, 2, ...)."""
    periods = _care_periods.filter(in_care(_care_periods)).select(
        "authority",
        "child_id",
        "care_period_id",
        "started_on",
        "ended_on",
        "permanence_plan_on",
        "team",
        "worker_id",
    )
    held = periods.inner_join(
        review_days,
        [
            periods.authority == review_days.authority,
            periods.child_id == review_days.child_id,
            review_days.reviewed_on >= periods.started_on,
            (review_days.reviewed_on <= open_until(periods.ended_on)),
        ],
    ).select(*[periods[c] for c in periods.columns], anchor_on=review_days.reviewed_on, is_start=False)
    starts = periods.mutate(anchor_on=periods.started_on, is_start=True)
    anchors = ibis.union(starts, held)
    order = ibis.window(
        group_by=["authority", "care_period_id"], order_by=[anchors.anchor_on, ibis.desc(anchors.is_start)]
    )
    return anchors.mutate(number=ibis.row_number().over(order), next_on=anchors.anchor_on.lead().over(order))


def _with_due() -> ir.Table:
    """Each anchor with the day by which the next review is due."""
    rows = with_working_day(_anchors(), "anchor_on")
    rows = with_nth_working_day(rows, "first_due_on", "anchor_on", parameter("first_review_wd"))
    by_days = parameter("months_convention") == "days_91_183"

    def due(months: int, days: int) -> ir.DateValue:
        return by_days.ifelse(days_after(rows.anchor_on, days), months_after(rows.anchor_on, months))

    due_on = ibis.cases(
        (rows.number == 0, rows.first_due_on), (rows.number == 1, due(3, 91)), else_=due(6, 183)
    )
    return rows.mutate(due_on=due_on).drop("first_due_on")


care_review_anchors = Population(
    name="care_review_anchors",
    about="Starts of care and the reviews held in it, each with the day the next review falls due.",
    rows=_with_due(),
)


def _due_in_period() -> ir.Table:
    rows = in_period(care_review_anchors.table, "due_on")
    rows = rows.filter(open_until(rows.ended_on) > rows.due_on)
    return rows.mutate(key=rows.care_period_id + "|" + rows.due_on.cast("string"))


_UNIT = (
    "period",
    "starts_on",
    "ends_on",
    "as_at_on",
    "authority",
    "child_id",
    "key",
    "on",
    "anchor_on",
    "next_on",
    "due_on",
    "is_due_in_time",
    "number",
    "anchor_on_working_day",
    "next_on_working_day",
    "as_at_on_working_day",
    "team",
    "worker_id",
    "service",
)


def _judged_due() -> ir.Table:
    rows = with_working_day(_due_in_period(), "next_on")
    return rows.mutate(is_due_in_time=(rows.next_on <= rows.due_on).fill_null(False))


_by_child_level = parameter("lac_review_level") == "child"


def _by_review() -> ir.Table:
    return placed(_judged_due(), on="on", role="social_worker", prefer="allocation").select(*_UNIT)


def _children_in_care() -> ir.Table:
    """lac(RD), and RD of an indicator of a period is the as-at date, whatever the period is."""
    at = PERIOD.filter(_by_child_level).select(
        "period", "starts_on", ends_on=_.as_at_on, ends_on_working_day=_.as_at_on_working_day
    )
    return looked_after_at(at).select(
        "period",
        "starts_on",
        "authority",
        "child_id",
        as_at_on=_.ends_on,
        own_team=_.team,
        own_worker=_.worker_id,
    )


def _deciding() -> ir.Table:
    """Of each child's reviews due in the period, one not held, else one late, else one in time."""
    rows = _judged_due().filter(_by_child_level)
    rank = ibis.cases(
        (rows.next_on.isnull() & (rows.as_at_on > rows.due_on), 0),
        (rows.next_on.notnull() & ~rows.is_due_in_time, 1),
        (rows.is_due_in_time, 2),
        else_=3,
    )
    return first_per(rows, "period", "authority", "child_id", order=[rank, _.due_on, _.care_period_id])


def _by_child() -> ir.Table:
    """With lac_review_level=child: children in care, for whom every review due in the period is in time."""
    children, due = _children_in_care(), _deciding()
    of_the_review = [name for name in due.columns if name not in children.columns]
    rows = children.left_join(due, ["period", "authority", "child_id"]).select(
        *children.columns, *of_the_review
    )
    is_due = rows.due_on.notnull()
    rows = rows.mutate(
        key=ibis.literal(""),
        on=ibis.coalesce(rows.due_on, rows.as_at_on),
        team=is_due.ifelse(rows.team, rows.own_team),
        worker_id=is_due.ifelse(rows.worker_id, rows.own_worker),
    ).drop("own_team", "own_worker")
    return placed(rows, on="on", role="social_worker", prefer="allocation").select(*_UNIT)


care_reviews_due = Population(
    name="care_reviews_due",
    about="Reviews of looked-after children that fell due in the period (or the children, by setting).",
    rows=ibis.union(_by_review().filter(~_by_child_level), _by_child().filter(_by_child_level)),
)


def with_last_review(rows: ir.Table, since: str) -> ir.Table:
    """Add the last review at RD since a day, and how many review days there were since it."""
    held = rows.select("period", "authority", "child_id", "ends_on", since_on=rows[since])
    held = held.inner_join(
        review_days,
        [
            held.authority == review_days.authority,
            held.child_id == review_days.child_id,
            review_days.reviewed_on.between(held.since_on, held.ends_on),
        ],
    ).select("period", "authority", "child_id", reviewed_on=review_days.reviewed_on)
    found = held.group_by("period", "authority", "child_id").aggregate(
        last_review_on=_.reviewed_on.max(), reviews_held=_.count()
    )
    return rows.left_join(found, ["period", "authority", "child_id"]).select(
        *rows.columns, "last_review_on", "reviews_held"
    )


def _permanence() -> ir.Table:
    """The day by which each period of care needs a permanence plan: the second review, or 4 months."""
    starts = care_review_anchors.table.filter(_.number == 0)
    second = care_review_anchors.table.filter(_.number == 2).select(
        "authority", "care_period_id", second_review_on=_.anchor_on
    )
    rows = starts.left_join(second, ["authority", "care_period_id"]).select(
        *starts.columns, "second_review_on"
    )
    four_months = months_after(rows.started_on, 4)
    is_held = (rows.second_review_on <= four_months).fill_null(False)
    rows = rows.mutate(limit_on=is_held.ifelse(rows.second_review_on, four_months))
    rows = in_period(rows, "limit_on")
    return rows.filter(open_until(rows.ended_on) > rows.limit_on).mutate(key=rows.care_period_id)


permanence_due = Population(
    name="permanence_due",
    about="Periods of care whose permanence plan fell due in the period, still open then.",
    rows=placed(_permanence(), on="on", role="social_worker", prefer="allocation"),
)


def _next_reviews() -> ir.Table:
    """Looked-after children with their reviews; where Annex A gives the latest only, that is said."""
    rows = with_last_review(looked_after.table, "started_on")
    latest = _conferences.filter(
        (_conferences.kind == "looked_after_review") & (_conferences.from_source == "annex_a")
    )
    latest = latest.select("authority", "child_id", last_review_on=_.held_on).distinct()
    latest = latest.mutate(is_latest_only=True)
    joined = rows.left_join(latest, ["authority", "child_id", "last_review_on"])
    joined = joined.select(*rows.columns, "is_latest_only")
    return joined.mutate(
        reviews_held=joined.reviews_held.fill_null(0), is_latest_only=joined.is_latest_only.fill_null(False)
    )


looked_after_reviewed = Population(
    name="looked_after_reviewed",
    about="lac(RD) with the last review of the period of care, and how many there were.",
    rows=_next_reviews(),
)
