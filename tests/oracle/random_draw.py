"""Days and values that prefer the edges of the rules, and the rows drawn from them."""

import csv
import random
import re
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import goldenthread
from tests.oracle.conventions import add_months, add_wd, wd

STANDARD = Path(goldenthread.__file__).parent / "standard"

WORKING_DAY_LIMITS = (1, 3, 5, 7, 10, 15, 20, 25, 30, 45, 65)
DAY_LIMITS = (1, 2, 3, 4, 5, 7, 28, 30, 31, 42, 56, 84, 90, 91, 112, 182, 183, 365, 730)
MONTH_LIMITS = (1, 2, 3, 6, 12, 24, 30)
BIRTHDAYS = (0, 1, 3, 4, 5, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 25)
TIMES = ("00:00", "00:30", "01:30", "02:30", "09:00", "09:01", "12:00", "16:59", "23:59")
OPTIONAL_BLANK = 0.15


@cache
def tables(folder: str = "tables") -> dict[str, dict]:
    """The tables of the standard by name, as their files describe them; those of `recorded` where asked."""
    read = (tomllib.loads(path.read_text("utf-8")) for path in sorted((STANDARD / folder).glob("*.toml")))
    return {table["name"]: table for table in read}


@cache
def codes(name: str) -> tuple[str, ...]:
    """Every code of a code set."""
    lines = (STANDARD / "codes" / f"{name}.csv").read_text("utf-8").splitlines()
    return tuple(row["code"] for row in csv.DictReader(lines))


class Draw:
    """Random days and values that prefer the edges of the rules."""

    def __init__(self, seed: int, as_at: date):
        self.random = random.Random(seed)
        self.as_at = as_at
        month_ends = [add_months(as_at.replace(day=1), -n) - timedelta(days=1) for n in range(24)]
        self.anchors = [as_at] * 12 + month_ends
        first = as_at - timedelta(days=913)
        window = [first + timedelta(days=n) for n in range(960)]
        self.window = window
        self.odd_days = [d for d in window if self._is_odd(d)]

    @staticmethod
    def _is_odd(day: date) -> bool:
        """Bank holidays and the days beside them, month ends, 29 February, the days clocks change."""
        closed = day.weekday() < 5 and wd(day - timedelta(days=1), day) == 0
        beside = any(
            near.weekday() < 5 and wd(near - timedelta(days=1), near) == 0
            for near in (day - timedelta(days=1), day + timedelta(days=1))
        )
        last = (day + timedelta(days=1)).day == 1
        clocks = day.weekday() == 6 and day.month in (3, 10) and day.day > 24
        return closed or beside or last or clocks or (day.month, day.day) == (2, 29)

    def chance(self, probability: float) -> bool:
        """True with that probability."""
        return self.random.random() < probability

    def one(self, values):
        """One of the values."""
        return self.random.choice(list(values))

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(low, high)

    def code(self, name: str) -> str:
        """One code of a code set."""
        return self.one(codes(name))

    def flag(self) -> bool:
        """True or false."""
        return self.chance(0.5)

    @staticmethod
    def working_days_from(start: date, number: int) -> date:
        """The day that many working days after `start`, or before it."""
        if number > 0:
            return add_wd(start, number)
        day = start
        while wd(day, start) < -number:
            day -= timedelta(days=1)
        return day

    def at(self, start: date, limits: tuple[str, ...], sign: int = 1) -> date:
        """A day at one of the named limits (45wd, 42d, 6m) from `start`, or one day to either side."""
        number, unit = re.fullmatch(r"(\d+)(wd|d|m)", self.one(limits)).groups()
        count = sign * int(number)
        if unit == "wd":
            day = self.working_days_from(start, count)
        else:
            day = start + timedelta(days=count) if unit == "d" else add_months(start, count)
        return day + timedelta(days=self.one((-1, 0, 0, 1)))

    def before_anchor(self, *limits: str) -> date:
        """A day at one of the named limits before the as-at date or a month end."""
        return self.at(self.one(self.anchors), limits, -1)

    def limit(self, start: date, sign: int = 1) -> date:
        """A day at any limit from `start`, or one day to either side of it."""
        kind = self.number(0, 2)
        if kind == 0:
            day = self.working_days_from(start, sign * self.one(WORKING_DAY_LIMITS))
        elif kind == 1:
            day = start + timedelta(days=sign * self.one(DAY_LIMITS))
        else:
            day = add_months(start, sign * self.one(MONTH_LIMITS))
        return day + timedelta(days=self.one((-1, 0, 0, 0, 1)))

    def day(self) -> date:
        """A day, most often one the rules find difficult."""
        kind = self.random.random()
        if kind < 0.45:
            return self.limit(self.one(self.anchors), -1)
        if kind < 0.60:
            return self.one(self.odd_days)
        if kind < 0.66:
            return self.one(self.anchors)
        if kind < 0.70:
            return self.as_at + timedelta(days=self.number(1, 40))
        if kind < 0.75:
            return add_months(self.as_at, -self.number(30, 72)) - timedelta(days=self.number(0, 40))
        return self.one(self.window)

    def after(self, start: date | None, *limits: str) -> date:
        """A day that follows `start`, half the time at one of the named limits; now and then the same day,
        one before it, or one a long while later."""
        if start is None:
            return self.day()
        kind = self.random.random()
        if kind < 0.08:
            return start
        if kind < 0.16:
            return start - timedelta(days=self.number(1, 60))
        if limits and kind < 0.65:
            return self.at(start, limits)
        if kind < 0.75:
            return start + timedelta(days=self.number(1, 400))
        return self.limit(start)

    def maybe_after(self, start: date | None, probability: float = 0.6, *limits: str) -> date | None:
        """`after`, or nothing."""
        return self.after(start, *limits) if self.chance(probability) else None

    def birth(self) -> str:
        """A day or month of birth, often so that a birthday of the rules falls on an edge."""
        day = add_months(self.day(), -12 * self.one(BIRTHDAYS)) + timedelta(days=self.one((-1, 0, 0, 0, 1)))
        if self.chance(0.06):
            day = date(self.one((1996, 2000, 2004, 2008, 2012)), 2, 29)
        return day.isoformat()[:7] if self.chance(0.12) else day.isoformat()

    def moment(self, day: date | None) -> str | None:
        """A date-time on that day, with or without its time; never a time that did not happen."""
        if day is None:
            return None
        if self.chance(0.35):
            return day.isoformat()
        skipped = day.weekday() == 6 and day.month == 3 and day.day > 24
        times = [t for t in TIMES if not (skipped and t.startswith("01"))]
        return f"{day.isoformat()}T{self.one(times)}"


class Rows:
    """The rows of every table, with keys that never repeat and whose text order means nothing."""

    def __init__(self, draw: Draw, described: dict[str, dict] | None = None):
        self.draw = draw
        self.described = described or tables()
        self.of: dict[str, list[dict]] = {name: [] for name in self.described}
        self._keys: dict[str, set] = {name: set() for name in self.described}

    def new_id(self, table: str) -> str:
        """An id not used before in that table; its length and first letter vary."""
        number = self.draw.number(1, 9999)
        prefix = self.draw.one(("", "", "A", "b", "Z-", "0"))
        return f"{prefix}{number}" if f"{prefix}{number}" not in self.ids(table) else self.new_id(table)

    def ids(self, table: str) -> list[str]:
        """The ids in the first key column of a table."""
        first = self.described[table]["key"][0]
        return [row[first] for row in self.of[table]]

    def add(self, table: str, **values) -> dict | None:
        """Add a row, blanking some optional values; nothing is added when its key is taken."""
        described = self.described[table]
        first = described["key"][0]
        values.setdefault(first, self.new_id(table))
        row = {}
        for column in described["columns"]:
            name = column["name"]
            value = values.pop(name, None)
            needed = column.get("required") or name in described["key"]
            row[name] = None if not needed and self.draw.chance(OPTIONAL_BLANK) else value
        if values:
            raise KeyError(f"{table} has no column {sorted(values)}")
        key = tuple(row[name] for name in described["key"])
        if key in self._keys[table]:
            return None
        self._keys[table].add(key)
        self.of[table].append(row)
        return row
