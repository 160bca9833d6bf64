"""Rows in the columns of outputs.md, and the register of the rules that make them."""

from collections.abc import Callable
from datetime import date

from tests.oracle.days import days, is_negative, on
from tests.oracle.extracts import Data, Record
from tests.oracle.placing import place
from tests.oracle.specs import CATALOGUE, PARAMETERS

Row = dict  # one line of `rows`: the keys of COLUMNS, None where blank
COLUMNS = (
    "ref part period_start period_end child_id key team worker_id clock_start clock_stop working_days days "
    "status counted in_numerator numerator denominator met reason"
).split()

RULES: dict[str, Callable] = {}  # ref -> rule(data, p0, p1, as_at, parameters) -> list[Row], every part
STATISTICS: dict[tuple[str, str], Callable] = {}  # (ref, part) -> value of the counted rows (medians)
MEANS: dict[tuple[str, str], int] = {}  # (ref, part) whose value is numerator / denominator / this
PART_NEEDS: dict[tuple[str, str], list[tuple]] = {}  # (ref, part) -> [(table, column or None, kind or None)]
PARTIAL: dict[str, Callable] = {}  # ref -> partial(data, p0, p1, as_at, parameters) -> bool, by its rule
PARTIAL_PARTS: dict[tuple[str, str], Callable] = {}  # (ref, part) -> the same, where it concerns one figure
DISTINCT: set[tuple[str, str]] = set()  # (ref, part) that counts distinct children or workers, not rows
DENOMINATORS: dict[tuple[str, str], Callable] = {}  # (ref, part) -> denominator(asked), for every team alike


def oracle(ref: str):
    """Register the rule of an indicator: a function (data, p0, p1, as_at, parameters) -> list[Row]."""

    def register(rule):
        RULES[ref] = rule
        return rule

    return register


def partial(*refs: str):
    """Register when the rule of an indicator says that its result is partial."""

    def register(test):
        PARTIAL.update(dict.fromkeys(refs, test))
        return test

    return register


def statistic(ref: str, part: str = ""):
    """Register the value of a part whose numerator is blank: a function of its counted rows."""

    def register(value):
        STATISTICS[ref, part] = value
        return value

    return register


def partial_part(ref: str, part: str):
    """Register when one figure of an indicator is partial and the others need not be."""

    def register(test):
        PARTIAL_PARTS[ref, part] = test
        return test

    return register


def distinct(ref: str, *parts: str) -> None:
    """Say that these parts count distinct children (workers: distinct keys), for the whole and by team."""
    DISTINCT.update((ref, part) for part in parts)


def denominator(ref: str, part: str):
    """Register the denominator of a part that is no sum over its rows: a function of Asked."""

    def register(count):
        DENOMINATORS[ref, part] = count
        return count

    return register


def means(ref: str, *parts: str, divisor: int = 1) -> None:
    """Say that the value of these parts is numerator / denominator (a mean), not a percentage.

    `divisor` turns days into weeks where the catalogue gives the mean in weeks.
    """
    MEANS.update(((ref, part), divisor) for part in parts)


def part_needs(ref: str, part: str, *needs: tuple) -> None:
    """Say what a part reads beyond the headline: (table, column) or (table, column, kind)."""
    PART_NEEDS[ref, part] = [(*need, None)[:3] for need in needs]


class Asked:
    """One indicator asked for one period: P, RD, the view, and the builders of its rows."""

    def __init__(self, ref: str, data: Data, p0: date, p1: date, as_at: date, parameters: dict | None = None):
        self.ref, self.data, self.p0, self.as_at = ref, data, p0, as_at
        self.entry = CATALOGUE[ref]
        self.p1 = min(p1, as_at)
        self.rd = as_at if self.entry["measure_type"] == "period" else self.p1
        self.parameters = {**PARAMETERS, **(parameters or {})}
        self.view = data.view(self.rd, self.parameters)

    def __getitem__(self, name: str):
        """A parameter."""
        return self.parameters[name]

    def in_period(self, d) -> bool:
        """P0 <= date(d) <= P1; False where d is null."""
        return d is not None and self.p0 <= on(d) <= self.p1

    @property
    def basis(self) -> str | None:
        """completed or due: timeliness_basis for this indicator if set, else its default_basis."""
        chosen = self["timeliness_basis"]
        chosen = chosen.get(self.ref) if isinstance(chosen, dict) else chosen
        return chosen or self.entry.get("default_basis") if self.entry.get("default_basis") else None

    def timely(self, start, stop, within: Callable) -> str:
        """TIMELY: the status at RD; `within(start, end)` says if the limit is kept on that day."""
        if start is None:
            return "unknown"
        if stop is None:
            return "not_due" if within(start, self.rd) else "overdue"
        if is_negative(start, stop):
            return "unknown"
        return "in_time" if within(start, stop) else "late"

    def row(
        self,
        record: Record | None = None,
        *,
        child: str | None = None,
        key: str | None = None,
        part: str = "",
        status: str | None = None,  # None: met, not_met or blank, as met
        counted: bool,
        in_numerator: bool,
        numerator=0,
        denominator=0,
        met: bool | None = None,
        start=None,
        stop=None,
        unit: str = "",  # of the limit: "wd" fills working_days, "days" fills days
        reason: str = "",
        placed: tuple | None = None,  # (team, worker_id) where the rule places the row itself
        **where,  # due=, at= of place()
    ) -> Row:
        """One line of rows; the builders below are its usual cases."""
        key = key if key is not None else (record.key if record is not None else "")
        child = child or (record or {}).get("child_id")
        if placed is None:
            placed = place(
                self.view,
                self.ref,
                record,
                child=child,
                part=part,
                p0=self.p0,
                p1=self.p1,
                counted=counted,
                **where,
            )
        end = on(stop) if stop is not None else self.rd
        clock = start is not None
        return {
            "ref": self.ref,
            "part": part,
            "period_start": self.p0,
            "period_end": self.p1,
            "child_id": child,
            "key": key,
            "team": placed[0],
            "worker_id": placed[1],
            "clock_start": start,
            "clock_stop": stop,
            "working_days": self.view.wd(on(start), end) if clock and unit == "wd" else None,
            "days": days(on(start), end) if clock and unit == "days" else None,
            "status": status or {True: "met", False: "not_met", None: None}[met],
            "counted": counted,
            "in_numerator": in_numerator,
            "numerator": numerator,
            "denominator": denominator,
            "met": met,
            "reason": reason,
        }

    def _met(self, in_numerator: bool) -> bool:
        return in_numerator != (self.entry["polarity"] == "low")

    def judged(self, record, in_numerator: bool, **more) -> Row:
        """A row of the denominator that counts 1, in the numerator or not."""
        more.setdefault("numerator", int(in_numerator))
        more.setdefault("denominator", 1)
        met = self._met(in_numerator)
        return self.row(record, counted=True, in_numerator=in_numerator, met=met, **more)

    def timed(self, record, status: str, **more) -> Row:
        """A row of an indicator with a default_basis, by its status and the basis in force."""
        if status in ("not_due", "excluded", "unknown") or (
            status == "overdue" and self.basis == "completed"
        ):
            return self.left_out(record, status, **more)
        return self.judged(record, status == "in_time", status=status, **more)

    def left_out(self, record, status: str, **more) -> Row:
        """A row that is not_due, excluded or unknown: outside numerator and denominator."""
        if not self.has_denominator(more.get("part", "")):
            more.setdefault("denominator", None)
        return self.row(record, status=status, counted=False, in_numerator=False, **more)

    def unknown_in(self, record, **more) -> Row:
        """An unknown row that stays in the denominator, outside the numerator."""
        return self.judged(record, False, status="unknown", **more)

    def count(self, record=None, *, numerator=1, **more) -> Row:
        """A row of a count or rate that has no denominator."""
        more.setdefault("met", self._met(True))
        return self.row(
            record, counted=True, in_numerator=True, numerator=numerator, denominator=None, **more
        )

    def measured(self, record, **more) -> Row:
        """A row of a median: in the denominator, no numerator, not judged."""
        return self.row(
            record, counted=True, in_numerator=False, numerator=None, denominator=1, met=None, **more
        )

    def has_denominator(self, part: str = "") -> bool:
        """True unless the part is a count or rate without a denominator."""
        return has_denominator(self.ref, part)


def listed_part(ref: str, part: str) -> dict | None:
    """The entry of `parts` for a code; a dynamic code matches the entry that holds <...>."""
    listed = CATALOGUE[ref].get("parts", [])
    exact = [p for p in listed if p["code"] == part]
    return (exact or [p for p in listed if "<" in p["code"]] or [None])[0]


def has_denominator(ref: str, part: str = "") -> bool:
    """False for rates, for headlines that are '(a count)' and where the denominator is none."""
    entry = CATALOGUE[ref]
    if part:
        text = listed_part(ref, part)["denominator"]
        return not (text == "none" or text.startswith("rate"))
    if "rate" in entry["unit"] or "(a count)" in entry.get("headline", ""):
        return False
    return not entry["rule"].get("denominator", "").startswith("none")
