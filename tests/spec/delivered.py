"""Read a delivery of local extracts as the rules R02 to R07 say, and count a few figures by hand.

Written for the tests of the synthetic authority: plain Python over the CSV files, sharing nothing with the
library but the calendar, so that a figure of the story is counted twice, by two roads.
"""

import csv
import re
from collections import defaultdict
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from goldenthread.calendar import add_months, age_on, calendar_years
from goldenthread.calendar import working_days_between as counted_between
from goldenthread.standard import code_labels, standard_tables

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?")
PLACEHOLDERS = {"duty", "unallocated", "team", "pool"}


def working_days_between(start: date, stop: date) -> int:
    """Working days; from before the bank holidays that are held, at least so many."""
    return counted_between(max(start, date(calendar_years()[0], 1, 1)), stop)


@lru_cache(maxsize=200_000)
def value(kind: str, codes: str | None, text: str):
    """The value of a cell; ValueError where it is not one of its type."""
    text = text.strip()
    if not text:
        return None
    if kind in ("date", "date_or_month"):
        return date.fromisoformat(text)
    if kind == "datetime":
        return date.fromisoformat(MOMENT.fullmatch(text)[1]) if MOMENT.fullmatch(text) else _refuse(text)
    if kind == "boolean":
        return {"true": True, "false": False}[text.lower()]
    if kind == "code":
        return text if text in code_labels(codes) else _refuse(text)
    if kind == "integer":
        return int(text)
    return float(text) if kind == "decimal" else text


def _refuse(text: str):
    raise ValueError(text)


class Delivery:
    """The rows of every file that take part, quarantined ones left out."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.quarantined = defaultdict(set)  # file: lines
        self._tables = {}
        self._known = {}

    def __getitem__(self, name: str) -> list[dict]:
        if name not in self._tables:
            self._tables[name] = self._read(name)
        return self._tables[name]

    def by_child(self, name: str) -> dict[str, list[dict]]:
        """The rows of a table by child."""
        key = f"{name} by child"
        if key not in self._tables:
            self._tables[key] = defaultdict(list)
            for row in self[name]:
                self._tables[key][row["child_id"]].append(row)
        return self._tables[key]

    def known(self, on: date) -> "Known":
        """The children as known on a day, worked out once."""
        if on not in self._known:
            self._known[on] = Known(self, on)
        return self._known[on]

    def _read(self, name: str) -> list[dict]:
        table = standard_tables()[name]
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader)
            assert header == list(table.column)
            lines = list(enumerate(reader, 2))
        kept = []
        for line, cells in lines:
            row = self._row(table, header, cells) if len(cells) == len(header) else None
            if row is None:
                self.quarantined[name].add(line)
            else:
                kept.append((line, row))
        return self._without_conflicts(name, table, kept)

    def _row(self, table, header, cells) -> dict | None:
        row = {}
        for name, text in zip(header, cells, strict=True):
            column = table.column[name]
            try:
                row[name] = value(column.type, column.codes, text)
            except (ValueError, KeyError, TypeError):
                row[name] = None
            if row[name] is None and name in table.required:
                return None
        return row

    def _without_conflicts(self, name, table, kept) -> list[dict]:
        by_key = defaultdict(list)
        for line, row in kept:
            by_key[tuple(row[column] for column in table.key)].append((line, row))
        found = []
        for rows in by_key.values():
            if all(row == rows[0][1] for _, row in rows):
                found.append(rows[0][1])
            else:
                self.quarantined[name].update(line for line, _ in rows)
        return found


class Known:
    """The children as known on a day: who is open, looked after, in need, by the terms of the catalogue."""

    def __init__(self, delivery: Delivery, on: date):
        self.delivery, self.on = delivery, on
        self.children = {row["child_id"]: row for row in delivery["children"]}

    def open_rows(self, table: str) -> dict[str, dict]:
        """The open row of every child, the latest started where there are several."""
        found = {}
        for row in self.delivery[table]:
            if is_open(row, self.on):
                best = found.get(row["child_id"])
                key = next(c for c in standard_tables()[table].key)
                if not best or (row["started_on"], row[key]) > (best["started_on"], best[key]):
                    found[row["child_id"]] = row
        return found

    @cached_property
    def episodes(self) -> dict[str, dict]:
        found = {}
        for row in self.delivery["referrals"]:
            if is_open(row, self.on, "received_on", "closed_on") and row["is_nfa"] is not True:
                best = found.get(row["child_id"])
                if not best or (row["received_on"], row["referral_id"]) < (
                    best["received_on"],
                    best["referral_id"],
                ):
                    found[row["child_id"]] = row
        return found

    @cached_property
    def cp(self) -> dict[str, dict]:
        return self.open_rows("cp_plans")

    @cached_property
    def cin_plans(self) -> dict[str, dict]:
        return self.open_rows("cin_plans")

    @cached_property
    def looked_after(self) -> dict[str, dict]:
        found = {}
        for row in self.delivery["care_periods"]:
            born = self.children[row["child_id"]]["born_on"]
            if is_open(row, self.on) and row["legal_status"] not in ("V3", "V4") and self._is_under_18(born):
                best = found.get(row["child_id"])
                mine = (row["started_on"], row["care_period_id"])
                if not best or mine > (best["started_on"], best["care_period_id"]):
                    found[row["child_id"]] = row
        return found

    def _is_under_18(self, born: date | None) -> bool:
        return born is None or born > self.on or age_on(born, self.on) < 18

    @cached_property
    def care_leavers(self) -> dict[str, dict]:
        latest = {}
        for row in self.delivery["care_leaver_statuses"]:
            if row["recorded_on"] <= self.on:
                best = latest.get(row["child_id"])
                if not best or (row["recorded_on"], row["status_id"]) > (
                    best["recorded_on"],
                    best["status_id"],
                ):
                    latest[row["child_id"]] = row
        return {c: r for c, r in latest.items() if r["is_service_open"] and r["eligibility"] != "eligible"}

    @cached_property
    def open_cases(self) -> set[str]:
        started = self.delivery.by_child("assessments")
        found = set(self.cp) | set(self.cin_plans)
        found |= {row["child_id"] for row in self.delivery["care_periods"] if is_open(row, self.on)}
        for child, episode in self.episodes.items():
            received = episode["received_on"]
            if working_days_between(received, self.on) > 45 or any(
                received <= a["started_on"] <= self.on for a in started[child]
            ):
                found.add(child)
        return found

    def open_date(self, child: str) -> date:
        """The day from which the case has been open."""
        if child in self.episodes:
            return self.episodes[child]["received_on"]
        tables = ("cin_plans", "cp_plans", "care_periods")
        rows = (row for table in tables for row in self.delivery.by_child(table)[child])
        return min(row["started_on"] for row in rows if is_open(row, self.on))

    def in_need_past_assessment(self) -> list[str]:
        """Children in need of whom a plan is expected."""
        others = set(self.looked_after) | set(self.cp) | set(self.care_leavers)
        return [child for child in self.open_cases - others if self._is_past_assessment(child)]

    def _is_past_assessment(self, child: str) -> bool:
        opened = self.open_date(child)
        if working_days_between(opened, self.on) > 45:
            return True
        if any(opened <= p["started_on"] <= self.on for p in self.delivery.by_child("cin_plans")[child]):
            return True
        return any(
            opened <= a["started_on"] and a["authorised_on"] and a["authorised_on"] <= self.on
            for a in self.delivery.by_child("assessments")[child]
            if a["is_services_required"]
        )


def is_open(row: dict, on: date, start: str = "started_on", end: str = "ended_on") -> bool:
    """Whether the row is open on the day; one that ends before it starts never is."""
    if row[end] is not None and row[end] < row[start]:
        return False
    return row[start] <= on and (row[end] is None or row[end] > on)


def contacts_decided(delivery: Delivery, first: date, last: date, as_at: date) -> tuple[int, int]:
    """FD-02: decided within one working day, of contacts received."""
    met = total = 0
    for row in delivery["contacts"]:
        received, decided = row["received_at"], row["decided_at"]
        if not first <= received <= last:
            continue
        decided = decided if decided and decided <= as_at else None
        if decided is None and working_days_between(received, as_at) <= 1:
            continue
        total += 1
        met += decided is not None and decided >= received and working_days_between(received, decided) <= 1
    return met, total


def assessments_in_time(delivery: Delivery, first: date, last: date) -> tuple[int, int]:
    """AS-02: authorised within 45 working days, of assessments authorised."""
    rows = [r for r in delivery["assessments"] if r["authorised_on"] and first <= r["authorised_on"] <= last]
    met = [r for r in rows if 0 <= working_days_between(r["started_on"], r["authorised_on"]) <= 45]
    return len(met), len(rows)


def overseen(delivery: Delivery, on: date, known: Known) -> dict[str, bool]:
    """SO-01: for every open case that is due, whether a manager looked at it in the last 56 days."""
    entries = defaultdict(list)
    for row in delivery["management_oversights"]:
        if row["kind"] != "iro_midpoint" and row["overseen_on"] <= on:
            entries[row["child_id"]].append(row["overseen_on"])
    found = {}
    for child in known.open_cases:
        opened = known.open_date(child)
        since = [day for day in entries[child] if day >= opened]
        if since or (on - opened).days > 56:
            found[child] = bool(since) and (on - max(since)).days <= 56
    return found


def with_plan(known: Known) -> tuple[int, int]:
    """CIN-02: children in need with a plan, of those past assessment."""
    expected = known.in_need_past_assessment()
    return sum(child in known.cin_plans for child in expected), len(expected)


def plans_reviewed(delivery: Delivery, known: Known) -> tuple[int, int]:
    """CIN-03: plans reviewed in the last six months."""
    met = total = 0
    for child, plan in known.cin_plans.items():
        if child in known.looked_after or child in known.cp:
            continue
        held = [
            m["held_on"]
            for m in delivery.by_child("plan_meetings")[child]
            if m["kind"] == "cin_review" and plan["started_on"] <= m["held_on"] <= known.on
        ]
        total += 1
        met += known.on <= add_months(max(held, default=plan["started_on"]), 6)
    return met, total


def pathway_plans(delivery: Delivery, known: Known) -> tuple[int, int]:
    """CL-01: care leavers with a pathway plan."""
    met = total = 0
    for child, status in known.care_leavers.items():
        born = known.children[child]["born_on"]
        if status["eligibility"] not in ("relevant", "former_relevant") or age_on(born, known.on) >= 25:
            continue
        if status["in_touch"] in ("DIED", "RHOM"):
            continue
        total += 1
        plans = delivery.by_child("pathway_plans")[child]
        met += any(p["kind"] != "needs_assessment" and p["done_on"] <= known.on for p in plans)
    return met, total


def education_plans(delivery: Delivery, known: Known) -> tuple[int, int]:
    """LAC-09: looked-after children of school age with a plan not older than 183 days."""
    met = total = 0
    begins = date(known.on.year if known.on.month >= 9 else known.on.year - 1, 8, 31)
    for child, period in known.looked_after.items():
        born, start = known.children[child]["born_on"], period["started_on"]
        if not born or born > begins or not 5 <= age_on(born, begins) <= 15:
            continue
        if working_days_between(start, known.on) <= 20:
            continue
        total += 1
        held = [p["held_on"] for p in delivery.by_child("peps")[child] if start <= p["held_on"] <= known.on]
        met += bool(held) and (known.on - max(held)).days <= 183
    return met, total


def looked_after_visited(delivery: Delivery, known: Known) -> tuple[int, int]:
    """LAC-04: looked-after children whose next visit is not overdue."""
    placements = known.open_rows("placements")
    met = total = 0
    for child, period in known.looked_after.items():
        if (known.on - period["started_on"]).days <= 7:
            continue
        placement = placements.get(child)
        since = placement["started_on"] if placement else period["started_on"]
        total += 1
        met += known.on <= _visit_due(delivery, known, child, placement, since)
    return met, total


def _visit_due(delivery: Delivery, known: Known, child: str, placement: dict | None, since: date) -> date:
    made = [
        v["visited_at"]
        for v in delivery.by_child("visits")[child]
        if v["kind"] == "looked_after" and v["is_seen"] is not False and since <= v["visited_at"] <= known.on
    ]
    if not made:
        return days_on(since, 7)
    rule = placement and placement["visit_rule"]
    if rule in ("reg19", "reg24_or_ico_home"):
        reviewed = any(
            c["kind"] == "looked_after_review" and since <= c["held_on"] <= known.on
            for c in delivery.by_child("conferences")[child]
        )
        return days_on(max(made), {"reg19": 42, "reg24_or_ico_home": 28}[rule] if reviewed else 7)
    if (
        placement
        and rule in (None, "standard")
        and placement["is_long_term"]
        and known.on >= add_months(since, 12)
    ):
        return add_months(max(made), 3)
    return days_on(max(made), 42)


def days_on(day: date, number: int) -> date:
    return date.fromordinal(day.toordinal() + number)


def posts_open(delivery: Delivery, on: date) -> list[dict]:
    """The social work posts of the day, vacant ones included."""
    return [row for row in delivery["posts"] if is_open(row, on) and row["is_social_worker"]]


def over_25(delivery: Delivery, on: date) -> tuple[int, int]:
    """WF-06: social workers holding more than 25 children, of those holding any."""
    held = defaultdict(set)
    for row in delivery["allocations"]:
        worker = row["worker_id"]
        if row["role"] == "social_worker" and worker and is_open(row, on) and not _is_placeholder(worker):
            held[worker].add(row["child_id"])
    social_workers = {row["worker_id"] for row in posts_open(delivery, on)}
    held = {worker: children for worker, children in held.items() if worker in social_workers}
    return sum(len(children) > 25 for children in held.values()), len(held)


def _is_placeholder(worker: str) -> bool:
    return bool(PLACEHOLDERS & set(re.findall(r"[a-z0-9]+", worker.lower())))
