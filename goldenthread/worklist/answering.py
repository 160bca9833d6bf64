"""Which team answers for a child whom nobody holds? Whoever held them last, else whoever has their referral.

Figures keep to the rule of the specification, by which such a child's team is not known. A list of the
morning needs somebody to act on it: a child without a worker must not be the one whom no manager sees.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import known_since, open_until
from goldenthread.figures.run import Loaded, Run
from goldenthread.periods import PERIOD, Period
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import NOT_KNOWN, placed
from goldenthread.populations.population import first_per
from goldenthread.settings import Settings
from goldenthread.standard import table

_ROLES = ("social_worker", "personal_adviser")  # those who hold a case; a reviewing officer does not
_REFERRAL, _ALLOCATION = 1, 0  # which goes before which


def answering_teams(
    load: Loaded, on: date, settings: Settings, *, compiled_folder: Path | None = None
) -> Mapping[str, str]:
    """By child, the team that answers for them on a day; a child of whom no team can be told is left out.

    The team of the latest allocation, in force or ended; else the team of the open referral.
    """
    run = Run(load, [Period(on, on, on)], settings, compiled_folder=compiled_folder)
    rows = run.read(_answering, key="worklist:answering").to_pylist()
    return {row["child_id"]: row["team"] for row in rows}


def _answering() -> ir.Table:
    told = placed(ibis.union(_allocations(), _referrals()), on="ends_on", role=None)
    order = [_.source, ibis.desc(_.until_on), ibis.desc(_.began_on), _.team]
    found = first_per(told.filter(told.team != NOT_KNOWN), "child_id", order=order)
    return found.select("child_id", "team")


def _allocations() -> ir.Table:
    rows = table("allocations").rows
    rows = rows.filter(rows.role.isin(_ROLES))
    return _begun(
        rows.mutate(began_on=known_since(_.started_on), until_on=open_until(_.ended_on)), _ALLOCATION
    )


def _referrals() -> ir.Table:
    rows = table("referrals").rows
    rows = rows.filter(~rows.is_nfa.fill_null(False))
    found = _begun(rows.mutate(began_on=_.received_on, until_on=open_until(_.closed_on)), _REFERRAL)
    return found.filter(found.until_on > found.ends_on)


def _begun(rows: ir.Table, source: int) -> ir.Table:
    """The rows that had begun by the day, under the same columns whatever their table."""
    rows = with_period(rows, rows.began_on <= PERIOD.ends_on)
    columns = ("period", "ends_on", "authority", "child_id", "team", "began_on", "until_on")
    return rows.select(*columns, source=ibis.literal(source))
