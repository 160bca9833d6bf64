"""Which contacts wait for a decision, and since when? With their age in hours, as a front door counts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import ibis.expr.types as ir

from goldenthread.figures.run import Loaded, Run
from goldenthread.periods import Period
from goldenthread.populations.contacts import contacts_undecided
from goldenthread.settings import Settings

NEEDS = ("contacts.received_at", "contacts.decided_at")


@dataclass(frozen=True, kw_only=True)
class WaitingContact:
    """A contact nobody has decided on."""

    child_id: str | None
    contact_id: str
    received_at: datetime
    source: str | None
    team: str
    worker_id: str
    working_days: int | None
    hours: int | None  # to the end of the day of the data; None where the time of day is not known
    is_beyond_limit: bool


def contacts_waiting(
    load: Loaded, on: date, settings: Settings, *, compiled_folder: Path | None = None
) -> Sequence[WaitingContact]:
    """Contacts without a decision at the end of the day, the oldest first."""
    run = Run(load, [Period(on, on, on)], settings, compiled_folder=compiled_folder)
    limit = int(settings.value("contact_decision_wd"))
    midnight = datetime.combine(on + timedelta(1), time(), ZoneInfo("Europe/London"))
    until = midnight.astimezone(UTC).replace(tzinfo=None)
    found = [
        WaitingContact(
            child_id=row["child_id"],
            contact_id=row["contact_id"],
            received_at=row["received_at"],
            source=row["source"],
            team=row["team"],
            worker_id=row["worker_id"],
            working_days=row["waited"],
            hours=int((until - row["at_utc"]).total_seconds() // 3600) if row["is_timed"] else None,
            is_beyond_limit=row["waited"] is not None and row["waited"] > limit,
        )
        for row in run.read(_waiting, key="worklist:contacts_waiting").to_pylist()
    ]
    return sorted(found, key=lambda one: (one.received_at, one.contact_id))


def _waiting() -> ir.Table:
    rows = contacts_undecided.table
    return rows.select(
        "child_id",
        "contact_id",
        "received_at",
        "source",
        "team",
        "worker_id",
        at_utc=rows.received_at_utc,
        is_timed=rows.received_at_is_timed,
        waited=rows.ends_on_working_day - rows.received_on_working_day,
    )
