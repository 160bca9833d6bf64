"""Who was stepped up or down, and was each picked up by those they were handed to? Nobody may be lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import add_months, add_working_days, with_working_day
from goldenthread.figures.run import Loaded, Run
from goldenthread.periods import Period
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.settings import Settings
from goldenthread.standard import table

PICKED_UP_WITHIN = 10  # working days (practice notes, section 10: the lost-child check)
TO_EARLY_HELP = ("RC9",)  # closed after assessment, referred to early help
_NEVER = ibis.null("date")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One child handed from social care to early help (down) or the other way (up)."""

    direction: str  # up, down
    child_id: str
    key: str
    left_on: date
    reason: str  # code of the end
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
    referrals = table("referrals").rows
    down = referrals.filter(referrals.close_reason.isin(TO_EARLY_HELP))
    down = in_period(down, "closed_on").mutate(
        direction=ibis.literal("down"),
        left_on=ibis._.closed_on,
        key=ibis._.referral_id,
        reason=ibis._.close_reason,
    )
    up = in_period(early_help.filter(early_help.end_reason == "step_up"), "ended_on").mutate(
        direction=ibis.literal("up"), left_on=ibis._.ended_on, key=ibis._.episode_id, reason=ibis._.end_reason
    )
    return ibis.union(
        _picked_up(down, early_help, "started_on"),
        _picked_up(up, referrals, "received_on"),
    )


def _picked_up(rows: ir.Table, others: ir.Table, begins_on: str) -> ir.Table:
    """Add the first day, on or after the child left, on which the other side began."""
    begun = others.select("authority", "child_id", begun_on=others[begins_on])
    pairs = rows.inner_join(
        begun,
        [
            rows.authority == begun.authority,
            rows.child_id == begun.child_id,
            begun.begun_on >= rows.left_on,
            begun.begun_on <= rows.as_at_on,
        ],
    ).select(rows.authority, rows.key, begun.begun_on)
    first = pairs.group_by("authority", "key").aggregate(picked_up_on=pairs.begun_on.min())
    rows = rows.left_join(first, ["authority", "key"]).select(*rows.columns, "picked_up_on")
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
