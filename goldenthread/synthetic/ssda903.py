"""How does the authority return its looked-after children? The SSDA903 files of the year to 31 March."""

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from goldenthread.standard import native_tables
from goldenthread.synthetic import days
from goldenthread.synthetic.care import ADOPTED
from goldenthread.synthetic.codes import collection_year
from goldenthread.synthetic.people import CarePeriod, Child, Placement
from goldenthread.synthetic.standing import care_leaver, care_period
from goldenthread.synthetic.telling import Told

Row = tuple[Any, ...]
FILES = {
    "header": "header",
    "episodes": "episodes",
    "reviews": "reviews",
    "uasc": "uasc",
    "oc2": "oc2",
    "oc3": "oc3",
    "ad1": "ad1",
    "missing": "missing",
    "placed_for_adoption": "placed_for_adoption",
    "previous_permanence": "previous_permanence",
    "sw_episodes": "social_worker_episodes",
}
SOCIAL_WORKERS_FROM = 2024  # the first year whose return holds them
SEX_FROM = 2025  # the first year whose return holds M and F in place of 1 and 2
SEX = {"M": "1", "F": "2"}
ADOPTERS = (("MF", "L0"), ("MF", "L11"), ("FF", "L0"), ("F1", "L2"), ("MM", "L3"))


class Return:
    """The open files of one return; children are added area by area."""

    def __init__(self, folder: Path, as_at: int, open_files: ExitStack) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.year = collection_year(as_at)
        self.last = date(self.year, 3, 31).toordinal()
        self.first = date(self.year - 1, 4, 1).toordinal()
        self._writers: dict[str, Any] = {}
        for name, table in FILES.items():
            if name == "sw_episodes" and self.year < SOCIAL_WORKERS_FROM:
                continue
            file = open_files.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            self._writers[name] = csv.writer(file, lineterminator="\n")
            columns = native_tables()[f"ssda903_{table}"].columns
            self._writers[name].writerow([column.header for column in columns])

    def add(self, told: Told) -> None:
        """Write the children of one area who were looked after in the year, and its care leavers."""
        for child in told.written:
            periods = [p for p in child.care if p.start <= self.last and p.end > self.first]
            periods = [p for p in periods if any(p.start <= at.start < p.end for at in child.placements)]
            for name, row in self._rows(told, child, periods):
                if name in self._writers:
                    self._writers[name].writerow(row)

    def _rows(self, told: Told, child: Child, periods: list[CarePeriod]) -> Iterator[tuple[str, Row]]:
        left = self._left_care(child)
        if not periods and not left:
            return
        born = _uk(child.born)
        yield "header", (child.id, self._sex(child), born, child.family.ethnicity, _upn(child), 0, None)
        for period in periods:
            for row in self._episodes(child, period):
                yield "episodes", row
            yield from self._about(told, child, period, born)
        for held in child.conferences:
            if held.kind == "looked_after_review" and self.first <= held.held <= self.last:
                yield "reviews", (child.id, born, _uk(held.held), held.participation or "PN7")
        for gone in child.missing if periods else ():
            if self.first <= gone.day <= self.last and any(p.start <= gone.day < p.end for p in periods):
                kind = "M" if gone.kind == "missing" else "A"
                yield "missing", (child.id, born, kind, _uk(gone.day), self._by_end(gone.end))
        if left:
            yield "oc3", (child.id, born, *left)

    def _about(self, told: Told, child: Child, period: CarePeriod, born: str) -> Iterator[tuple[str, Row]]:
        """What the return asks beside the episodes."""
        if period.is_uasc:
            ceased = child.eighteenth if child.eighteenth <= self.last else None
            yield "uasc", (child.id, self._sex(child), born, _uk(ceased) if ceased else None)
        if period.start >= self.first and not any(self.first <= p.start < period.start for p in child.care):
            yield "previous_permanence", (child.id, born, "Z1", None, None)
        if period.start <= days.add_months(self.last, -12) and care_period(child, self.last):
            yield "oc2", (child.id, born, *self._health(told, child))
        placed = [p for p in child.placements if p.type[0] == "A" and period.start <= p.start < period.end]
        for placement in placed:
            if placement.start <= self.last and placement.end > self.first:
                yield "placed_for_adoption", (child.id, born, _uk(placement.start), None, None)
        if period.reason in ADOPTED and placed and self.first <= period.end <= self.last:
            matched = _uk(placed[0].start - 20)
            couple, status = ADOPTERS[int(child.id) % len(ADOPTERS)]
            number = 1 if couple.endswith("1") else 2
            yield (
                "ad1",
                (child.id, born, matched, matched, int(placed[0].type == "A5"), number, couple, status),
            )
        for spell in child.spells:
            if spell.role == "social_worker" and spell.worker and spell.end > max(self.first, period.start):
                if spell.start <= self.last and spell.start < period.end:
                    ended = self._by_end(spell.end)
                    yield (
                        "sw_episodes",
                        (child.id, born, spell.worker, _uk(spell.start), ended, ended and "OTHERS"),
                    )

    def _episodes(self, child: Child, period: CarePeriod) -> Iterator[Row]:
        """One row for each stretch of one placement and one legal status."""
        placements = [p for p in child.placements if period.start <= p.start < period.end]
        changes = {p.start for p in placements} | {max(day, period.start) for day, _ in period.statuses}
        starts = sorted(day for day in changes if day < period.end)
        for place, start in enumerate(starts):
            end = starts[place + 1] if place + 1 < len(starts) else period.end
            if start > self.last or end <= self.first:
                continue
            at = max((p for p in placements if p.start <= start), key=lambda p: p.start, default=None)
            if at is None:
                continue
            yield self._episode(child, period, at, start, end)

    def _episode(self, child: Child, period: CarePeriod, at: Placement, start: int, end: int) -> Row:
        status = [code for day, code in period.statuses if day <= start][-1:] or [period.legal_status]
        is_new_status = any(day == start for day, _ in period.statuses)
        new = "S" if start == period.start else "B" if at.start == start and is_new_status else "P"
        if new == "P" and at.start != start:
            new = "L"
        is_over = end <= self.last
        reason = (period.reason if end == period.end else "X1") if is_over else None
        moved = at.reason if is_over and end == at.end and end != period.end else None
        need = "N1" if period.need in ("N0", "N9") else period.need
        urn = f"9{int(at.id[2:]) % 10**6:06d}" if at.type[0] in "KHR" else None
        return (
            child.id, _uk(start), new, status[0], need, at.type, at.provider, _uk(end) if is_over else None,
            reason, moved, None, None, urn,
        )  # fmt: skip

    def _health(self, told: Told, child: Child) -> Row:
        """The outcomes of the year: SDQ, convictions, health, substance misuse."""
        year = [
            check for check in child.health if self.first <= check[0] <= self.last and check[2] == "completed"
        ]
        kinds = {check[1] for check in year}
        scores = [check[3] for check in year if check[1] == "sdq"]
        age = days.age(child.born, self.last)
        asked = 4 <= age <= 16
        misuse = int(age >= 12 and int(child.id) % 31 == 0)
        return (
            scores[-1] if asked and scores else None,
            "SDQ2" if asked and not scores else None,
            int(int(child.id) % 37 == 0) if age >= 10 else None,
            int("iha" in kinds or "rha" in kinds) if age < 5 else None,
            int("immunisations" in kinds),
            int("dental" in kinds),
            int("iha" in kinds or "rha" in kinds),
            misuse,
            misuse if misuse else None,
            0 if misuse else None,
        )

    def _left_care(self, child: Child) -> Row | None:
        """For those whose 17th to 21st birthday fell in the year: in touch, activity, accommodation."""
        birthdays = [days.birthday(child.born, age) for age in range(17, 22)]
        found = [day for day in birthdays if self.first <= day <= self.last]
        status = care_leaver(child, found[0]) if found else None
        if status is None or status.eligibility == "qualifying":
            return None
        home = status.accommodation or "0"
        letter = "0" if home == "0" else f"{home}{1 if status.is_suitable is not False else 2}"
        return (status.in_touch or "NO", status.activity or "0", letter)

    def _sex(self, child: Child) -> str:
        return child.sex if self.year >= SEX_FROM else SEX[child.sex]

    def _by_end(self, day: int | None) -> str | None:
        return _uk(day) if day is not None and day <= self.last else None


def _uk(day: int) -> str:
    """The day as the return writes it."""
    text = days.iso(day) or ""
    return f"{text[8:]}/{text[5:7]}/{text[:4]}"


def _upn(child: Child) -> str:
    """No real pupil has a number here: a code that says why there is none."""
    return "UN1" if int(child.id) % 2 else "UN3"
