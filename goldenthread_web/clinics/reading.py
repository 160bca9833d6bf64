"""What is exceptional in a team on a day? Read from the lists of the morning, and from earlier clinics."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.worklist.watched import watches
from goldenthread_web.accounts.children import reference
from goldenthread_web.clinics.kinds import kinds
from goldenthread_web.extracts.day import Day
from goldenthread_web.extracts.found_wrong import FoundWrong, by_rule
from goldenthread_web.worklist import morning
from goldenthread_web.worklist.weeks import counted_rows

# What an exception is about, the same in every clinic: the duty, the child, else the worker.
Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """How often a clinic of the last months saw the same, and when first."""

    clinics: int
    first_on: date


@dataclass(frozen=True, kw_only=True)
class Found:
    """One exception as it was read."""

    kind: str
    item: str
    label: str
    reference: str = ""
    worker_id: str = ""
    due_on: date | None = None
    working_days: int | None = None
    why: str = ""

    @property
    def key(self) -> Key:
        """What it is about."""
        return self.item, self.reference, "" if self.reference else self.worker_id


def exceptions(
    day: Day, team: str, *, wrong: FoundWrong | None, seen: Mapping[Key, Seen], restricted: Iterable[str]
) -> list[Found]:
    """Every exception of a team, each once; within a kind the gravest first.

    `restricted` are children whom only named people see: their exceptions are no matter for a clinic.
    """
    hidden = frozenset(restricted)
    found = [*_due(day, team, seen), *_drifting(day, team), *_caseloads(day, team)]
    if wrong is not None:
        found += _wrong(wrong, team)
    unique = {(one.kind, one.key): one for one in found if one.reference not in hidden}
    return list(unique.values())


def chosen(found: Iterable[Found]) -> tuple[list[Found], dict[str, int]]:
    """What one clinic can look at, in the order in which it goes; and of each kind how many are left."""
    by_kind: dict[str, list[Found]] = {}
    for one in found:
        by_kind.setdefault(one.kind, []).append(one)
    taken = [one for code, kind in kinds().items() for one in by_kind.get(code, [])[: kind.most]]
    left = {code: len(rows) - kinds()[code].most for code, rows in by_kind.items()}
    return taken, {code: number for code, number in left.items() if number > 0}


def _due(day: Day, team: str, seen: Mapping[Key, Seen]) -> Iterator[Found]:
    rows = counted_rows(day)
    rows = rows.filter(pc.equal(rows["team"], team))
    duties = sorted((morning.duty_of(row) for row in rows.to_pylist()), key=morning.urgency)
    for duty in duties:
        if not (duty.is_overdue or duty.is_soon):
            continue
        one = Found(
            kind="due_soon",
            item=duty.item,
            label=duty.label,
            reference=duty.reference,
            worker_id=duty.worker_id,
            due_on=duty.next_due,
            working_days=duty.working_days,
            why=duty.why,
        )
        if duty.is_overdue:
            one = _as(one, "repeat" if one.key in seen else "new")
        yield one


def _as(one: Found, kind: str) -> Found:
    return Found(**{**one.__dict__, "kind": kind})


def _drifting(day: Day, team: str) -> Iterator[Found]:
    codes = [code for code, watch in watches().items() if watch.list == "drift"]
    rows = day.watched
    rows = rows.filter(
        pc.and_(pc.equal(rows["team"], team), pc.is_in(rows["code"], pa.array(codes, pa.string())))
    )
    told = sorted(rows.to_pylist(), key=lambda row: (-watches()[row["code"]].weight, row["child_id"] or ""))
    for row in told:
        if row["child_id"]:
            yield Found(
                kind="drift",
                item=row["code"],
                label=watches()[row["code"]].title,
                reference=reference(row["child_id"]),
                worker_id=row["worker_id"],
                why=row["why"],
            )


def _caseloads(day: Day, team: str) -> Iterator[Found]:
    rows = day.caseloads.filter(pc.equal(day.caseloads["team"], team)).to_pylist()
    over = [row for row in rows if row["ceiling"] is not None and row["children"] > row["ceiling"]]
    for row in sorted(over, key=lambda row: (row["ceiling"] - row["children"], row["worker_id"])):
        yield Found(
            kind="caseload",
            item=f"caseload_{row['role']}",
            label="Caseload",
            worker_id=row["worker_id"],
            why=f"{row['children']} children; the ceiling is {row['ceiling']}.",
        )


def _wrong(wrong: FoundWrong, team: str) -> Iterator[Found]:
    for rule in by_rule(wrong.only(team=team, severity="error")):
        times = "place" if rule.findings == 1 else "places"
        why = f"{rule.findings} {times}. {rule.advice}"
        yield Found(kind="data_quality", item=f"{rule.rule}"[:60], label=rule.title[:200], why=why)


def as_rows(found: Iterable[Found], seen: Mapping[Key, Seen], monday: date) -> list[dict[str, Any]]:
    """The values of the rows that keep them, in the order given."""
    rows = []
    for position, one in enumerate(found, 1):
        before = seen.get(one.key)
        rows.append(
            {
                **one.__dict__,
                "position": position,
                "clinics": 1 + (before.clinics if before else 0),
                "first_seen_on": before.first_on if before else monday,
            }
        )
    return rows
