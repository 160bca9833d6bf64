"""Figures from the rows: sums, values, statuses and which lines there are, as outputs.md says."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from math import ceil
from pathlib import Path

from tests.oracle.days import add_months
from tests.oracle.extracts import Data
from tests.oracle.placing import NOT_KNOWN, attribution
from tests.oracle.results import (
    DENOMINATORS,
    DISTINCT,
    MEANS,
    PART_NEEDS,
    PARTIAL,
    PARTIAL_PARTS,
    RULES,
    STATISTICS,
    Asked,
    Row,
    has_denominator,
    listed_part,
)
from tests.oracle.specs import CATALOGUE, PARAMETERS


def needs_met(data: Data, ref: str) -> bool:
    """True if the local extracts supply every required column and kind of the indicator; where its only
    route is native, if the native tables do."""
    routes = {r["profile"]: r for r in CATALOGUE[ref]["routes"]}
    profile = "local_extracts" if "local_extracts" in routes else "native"
    route = routes.get(profile)
    if route is None or not all(s == profile and data.supplies(t, c) for s, t, c in route["required"]):
        return False
    kinds = route.get("kinds_any_of", {})
    return all(any(data.supplies(table, kind=k) for k in listed) for table, listed in kinds.items())


def part_met(data: Data, ref: str, part: str) -> bool:
    """True if what the part reads beyond the headline is supplied."""
    return all(data.supplies(*need) for need in PART_NEEDS.get((ref, part), []))


def part_order(ref: str, part: str) -> tuple:
    """Headline first, then the order of `parts`, dynamic codes in text order."""
    listed = CATALOGUE[ref].get("parts", [])
    return (0, "") if not part else (1 + listed.index(listed_part(ref, part)), part)


def _rule(ref: str):
    """The rule of an indicator; the module that holds it registers it on import."""
    if ref not in RULES:
        folder = Path(__file__).parent
        modules = [m for m in folder.glob("*.py") if not m.name.startswith(("test_", "random_"))]
        holding = [m for m in modules if f'@oracle("{ref}")' in m.read_text(encoding="utf-8")]
        for module in sorted(holding or modules):
            import_module(f"tests.oracle.{module.stem}")
    return RULES[ref]


def rows(ref: str, data: Data, p0: date, p1: date, as_at: date, parameters: dict | None = None) -> list[Row]:
    """The rows of an indicator in the order of outputs.md; none where it is not computable."""
    if p0 > as_at or not needs_met(data, ref):
        return []
    found = _rule(ref)(data, p0, p1, as_at, {**PARAMETERS, **(parameters or {})})
    for listed in CATALOGUE[ref].get("parts", []):
        if listed.get("same_as_headline"):
            found += [{**row, "part": listed["code"]} for row in found if not row["part"]]
    found = [row for row in found if part_met(data, ref, row["part"])]
    return sorted(found, key=lambda r: (part_order(ref, r["part"]), *(r[c] or "" for c in _SORT)))


_SORT = ("team", "worker_id", "child_id", "key")


def half_away(value, places: int = 1) -> Decimal | None:
    """Rounded half away from zero."""
    if value is None:
        return None
    exact = Fraction(value) * 10**places
    whole = (abs(exact) + Fraction(1, 2)).__floor__()
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places)


def quartile(values, share: Fraction):
    """The value at position ceil(share * n) in ascending order; None where there is none."""
    values = sorted(values)
    return values[ceil(share * len(values)) - 1] if values else None


def _exact(numbers):
    return sum((Fraction(n) for n in numbers if n is not None), Fraction(0))


def _value(ref: str, part: str, group: list[Row], numerator, denominator):
    unit = CATALOGUE[ref]["unit"]
    if (ref, part) in STATISTICS:
        return half_away(STATISTICS[ref, part]([row for row in group if row["counted"]]))
    if (ref, part) in MEANS:
        return half_away(numerator / denominator / MEANS[ref, part])
    if "%" in unit and denominator:
        return half_away(numerator / denominator * 100)
    return numerator


AUTHORITY = "999"  # the area of the estimates of the whole authority


def is_rate(ref: str, part: str) -> bool:
    """True where the value is per 10,000 children if the population is held."""
    text = listed_part(ref, part)["denominator"] if part else ""
    return "rate" in CATALOGUE[ref]["unit"] and (not part or text.startswith("rate"))


def population_0_17(asked: Asked) -> Fraction | None:
    """The mid-year estimate of the calendar year before that of P1; None where it is not held."""
    for row in asked.data.tables.get("reference_population", []):
        if row["area"] == AUTHORITY and row["year"] == asked.p1.year - 1:
            return Fraction(row["population_0_17"])
    return None


def rate(asked: Asked, number, children) -> Decimal:
    """Per 10,000 children; of a period that is no full year times 365 / days(P)."""
    found = Fraction(number) * 10_000 / children
    is_full_year = add_months(asked.p0, 12) == asked.p1 + timedelta(days=1)
    if asked.entry["measure_type"] == "period" and not is_full_year:
        found = found * 365 / ((asked.p1 - asked.p0).days + 1)
    return half_away(found)


def figures_from(
    ref: str,
    part: str,
    group: list[Row],
    *,
    asked: Asked | None = None,
    is_whole=True,  # of a team or a worker no population is held
    provisional=False,
    is_partial=False,
) -> dict:
    """numerator, denominator, unknown, value and status of the rows of one part (and team)."""
    measured = (ref, part) in STATISTICS
    numerator = None if measured else _exact(row["numerator"] for row in group)
    denominator = (
        _exact(row["denominator"] for row in group) if has_denominator(ref, part) or measured else None
    )
    if (ref, part) in DISTINCT:
        numerator = Fraction(len({row["child_id"] or row["key"] for row in group if row["counted"]}))
    if (ref, part) in DENOMINATORS and asked:
        denominator = Fraction(DENOMINATORS[ref, part](asked))
    if is_rate(ref, part) and asked and is_whole:
        denominator = population_0_17(asked)
    is_count = "count" in CATALOGUE[ref]["unit"] and not measured and (ref, part) not in MEANS
    is_count = is_count and ref != "WF-10"  # outputs.md: no_cases with its numerator
    empty = denominator == 0 and not is_count
    status = "final"
    if empty:
        status = "no_cases"
        numerator = numerator if numerator is None or ref == "WF-10" else Fraction(0)
    elif provisional or is_partial:
        status = "provisional" if provisional else "partial"
    value = None if empty else _value(ref, part, group, numerator, denominator)
    if is_rate(ref, part) and asked and denominator:
        value = rate(asked, numerator, denominator)
    return {
        "numerator": numerator,
        "denominator": denominator,
        "unknown": sum(row["status"] == "unknown" for row in group),
        "value": value,
        "status": status,
    }


def _is_partial(ref: str, data: Data, p0: date, p1: date, as_at: date, parameters: dict | None) -> bool:
    asked = Asked(ref, data, p0, p1, as_at, parameters)
    if ref in PARTIAL and PARTIAL[ref](data, p0, p1, as_at, asked.parameters):
        return True
    for look in CATALOGUE[ref].get("look_back", []):
        starts = data.starts_on(look["table"])
        if starts and starts > look_back_from(look["from"], asked):
            return True
    rule = attribution(ref) or {}
    tables = rule.get("table") or []
    bound = asked.rd if CATALOGUE[ref]["measure_type"] == "snapshot" else p0
    covers = [data.covers_from_on(t) for t in ([tables] if isinstance(tables, str) else tables)]
    return any(c is not None and c > bound for c in covers)


def look_back_from(text: str, asked: Asked) -> date:
    """The day named in look_back: add_months(P0,-12), add_months(RD,-24) or RD - 90 days."""
    anchors = {"P0": asked.p0, "P1": asked.p1, "RD": asked.rd}
    if text.startswith("add_months("):
        anchor, months = text[len("add_months(") : -1].split(",")
        return add_months(anchors[anchor.strip()], int(months))
    anchor, number, _ = text.replace("- ", "-").split()
    return anchors[anchor] + timedelta(days=int(number))


def figures(
    ref: str, data: Data, p0: date, p1: date, as_at: date, parameters: dict | None = None, by: tuple = ()
) -> list[dict]:
    """The lines of figures for one period: ref, part, the breakdown, the period, then figures_from.

    A dynamic part has a line for each code that a row has; where what it reads is not supplied no code can
    be told, and its one line bears the code as `parts` lists it. With `by` ("team", "worker_id") a line is
    given for each value with a row counted, in the numerator or unknown in that part.
    """
    _rule(ref)  # what a rule says of its parts and of partial is registered with it
    asked = Asked(ref, data, p0, p1, as_at, parameters)
    head = {"ref": ref, "period_start": p0, "period_end": asked.p1}
    blank = dict.fromkeys(("numerator", "denominator", "unknown", "value"))
    if p0 > as_at or (by and attribution(ref) is None):
        return []
    if not needs_met(data, ref):
        return [{**head, "part": "", **dict.fromkeys(by), **blank, "status": "not_computable"}]
    found = rows(ref, data, p0, p1, as_at, parameters)
    listed = [p["code"] for p in CATALOGUE[ref].get("parts", [])]
    static = ["", *(code for code in listed if "<" not in code or not part_met(data, ref, code))]
    whole_partial = _is_partial(ref, data, p0, p1, as_at, parameters)
    lines = []
    for part in sorted({*static, *(row["part"] for row in found)}, key=lambda p: part_order(ref, p)):
        if not part_met(data, ref, part):
            lines.append({**head, "part": part, **dict.fromkeys(by), **blank, "status": "not_computable"})
            continue
        group = [row for row in found if row["part"] == part]
        of_part = PARTIAL_PARTS.get((ref, part))
        is_partial = whole_partial or bool(of_part and of_part(data, p0, asked.p1, as_at, asked.parameters))
        marks = {"asked": asked, "provisional": p1 > as_at, "is_partial": is_partial}
        shown = [r for r in group if r["counted"] or r["in_numerator"] or r["status"] == "unknown"]
        values = sorted({tuple(row[b] or NOT_KNOWN for b in by) for row in shown}) if by else [()]
        for value in values:
            own = [row for row in group if tuple(row[b] or NOT_KNOWN for b in by) == value]
            figure = figures_from(ref, part, own, is_whole=not by, **marks)
            lines.append({**head, "part": part, **dict(zip(by, value, strict=True)), **figure})
    return lines
