"""Who was stepped up or down, and was each picked up by those they were handed to? Nobody may be lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import add_months, add_working_days, days_after, open_until, with_working_day
from goldenthread.figures.run import Loaded, Run
from goldenthread.periods import Period
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.settings import Settings, parameter
from goldenthread.standard import table

NEEDS = (
    *("referrals.received_on", "referrals.closed_on", "referrals.close_reason"),
    *("early_help_episodes.started_on", "early_help_episodes.ended_on"),
)
PICKED_UP_WITHIN = 10  # working days (practice notes, section 10: the lost-child check)
HANDED_DOWN = ("RC9",)  # closed after assessment, referred to early help
# Closed for another reason, or none: a step down only where early help followed (EH-05).
OTHERWISE_DOWN = ("RC7", "RC8")
_KEY = ("authority", "child_id", "key")  # brothers and sisters share the key of a referral


@dataclass(frozen=True, kw_only=True)
class Step:
    """One child handed from social care to early help (down) or the other way (up)."""

    direction: str  # up, down
    child_id: str
    key: str
    left_on: date
    reason: str | None  # code of the end; None where none was recorded
    team: str
    worker_id: str
    picked_up_on: date | None
    working_days: int | None  # until picked up, else until the day of reading

    def is_lost(self, on: date) -> bool:
        """Whether nobody has picked the child up in time."""
        if self.picked_up_on is not None:
            return False
        return on > add_working_days(self.left_on, PICKED_UP_WITHIN)


def steps(
    load: Loaded, on: date, settings: Settings, *, months: int = 12, compiled_folder: Path | None = None
) -> Sequence[Step]:
    """Steps of the months before a day, the latest first."""
    starts_on = add_months(on, -months)
    run = Run(load, [Period(starts_on, on, on)], settings, compiled_folder=compiled_folder)
    rows = run.read(_steps, key="worklist:steps").to_pylist()
    return sorted((Step(**row) for row in rows), key=lambda step: (step.left_on, step.key), reverse=True)


def _steps() -> ir.Table:
    episodes = table("early_help_episodes").rows
    early_help = episodes.filter(episodes.service == "early_help").drop("service")
    early_help = early_help.mutate(began_on=_.started_on, until_on=open_until(_.ended_on))
    referrals = table("referrals").rows
    referrals = referrals.mutate(began_on=_.received_on, until_on=open_until(_.closed_on))
    down = in_period(referrals, "closed_on").mutate(
        direction=ibis.literal("down"), left_on=_.closed_on, key=_.referral_id, reason=_.close_reason
    )
    up = in_period(early_help.filter(early_help.end_reason == "step_up"), "ended_on").mutate(
        direction=ibis.literal("up"), left_on=_.ended_on, key=_.episode_id, reason=_.end_reason
    )
    handed, otherwise = _handed(down), _otherwise(down)
    followed = _taken_over(otherwise, early_help, may_run=False)
    in_time = followed.picked_up_on <= days_after(followed.left_on, parameter("link_days"))
    return ibis.union(
        _picked_up(_taken_over(handed, early_help)),
        _picked_up(followed.filter(in_time)),
        _picked_up(_taken_over(up, referrals)),
    )


def _handed(closed: ir.Table) -> ir.Table:
    return closed.filter(closed.reason.isin(HANDED_DOWN))


def _otherwise(closed: ir.Table) -> ir.Table:
    is_otherwise = closed.reason.isnull() | closed.reason.isin(OTHERWISE_DOWN)
    return closed.filter(is_otherwise & ~closed.is_nfa.fill_null(False))


def _taken_over(rows: ir.Table, others: ir.Table, *, may_run: bool = True) -> ir.Table:
    """Add the first day on which the other side had the child, from the day on which the child left.

    `may_run`: also where the other side began before and goes on, as where a family meets them first.
    """
    theirs = others.select("authority", "child_id", "began_on", "until_on")
    runs = theirs.until_on > rows.left_on if may_run else ibis.literal(False)
    pairs = rows.inner_join(
        theirs,
        [
            rows.authority == theirs.authority,
            rows.child_id == theirs.child_id,
            (theirs.began_on >= rows.left_on) | runs,
            theirs.began_on <= rows.as_at_on,
        ],
    ).select(*_KEY, taken_on=ibis.greatest(theirs.began_on, rows.left_on))
    first = pairs.group_by(*_KEY).aggregate(picked_up_on=pairs.taken_on.min())
    return rows.left_join(first, _KEY).select(*rows.columns, "picked_up_on")


def _picked_up(rows: ir.Table) -> ir.Table:
    """The step, placed where the child left, with the working days until they were picked up or now."""
    rows = with_working_day(placed(rows, on="left_on", role="social_worker"), "left_on", "picked_up_on")
    until = ibis.coalesce(rows.picked_up_on_working_day, rows.as_at_on_working_day)
    return rows.select(
        "direction",
        "child_id",
        "key",
        "left_on",
        "reason",
        "team",
        "worker_id",
        "picked_up_on",
        working_days=until - rows.left_on_working_day,
    )
