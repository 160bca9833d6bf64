"""An invented authority whose dates sit on and around every limit, to compare the oracle with the library.

Everything in it is synthetic and drawn from a seed. It is clean (no row is quarantined) and hostile:
ends before starts, several open rows at once, links to nothing, workers in no post, teams out of force.
"""

import csv
import json
from collections.abc import Collection
from datetime import date
from pathlib import Path

from tests.oracle import random_care as care
from tests.oracle import random_need as need
from tests.oracle import random_staff as staff
from tests.oracle.conventions import add_months
from tests.oracle.random_draw import Draw, Rows, codes, tables


def fill(rows: Rows, draw: Draw, children: int) -> None:
    """Make every table: staff and teams first, then each child's journey, then money and complaints."""
    staff.add_teams(rows, draw)
    staff.add_campaigns(rows, draw)
    staff.add_posts(rows, draw)
    staff.add_training(rows, draw)
    staff.add_supervisions(rows, draw)
    ids = _children(rows, draw, children)
    for child_id in ids:
        _journey(rows, draw, child_id)
    staff.add_heavy_caseloads(rows, draw, ids)
    _every_kind(rows, draw, ids)
    staff.add_complaints(rows, draw)
    staff.add_budget(rows, draw)


def _children(rows: Rows, draw: Draw, count: int) -> list[str]:
    """Months of birth, unborn children, no date of birth, siblings; two ids are in no children.csv."""
    ids = []
    for n in range(count):
        child_id = draw.one((str(n), f"0{n}", f"C{n:03}", f"c{n}"))
        ids.append(child_id)
        rows.add(
            "children",
            child_id=child_id,
            born_on=draw.birth(),
            is_unborn=draw.chance(0.06),
            expected_birth_on=draw.limit(draw.as_at) if draw.chance(0.1) else None,
            sex=draw.code("sex"),
            ethnicity=draw.code("ethnicity"),
            has_disability=draw.flag(),
            locality=draw.one(("NW", "NE", "SW", "SE")),
            family_id=f"F{draw.number(1, max(2, count // 2))}" if draw.chance(0.7) else None,
        )
    return [*ids, "not listed 1", "not listed 2"]


def _journey(rows: Rows, draw: Draw, child_id: str) -> None:
    """One child: some of everything, with dates that follow one another at the limits of the rules."""
    starts = [draw.day() for _ in range(draw.number(1, 3))]
    need.add_front_door(rows, draw, child_id, starts)
    need.add_protection(rows, draw, child_id, starts)
    need.add_need(rows, draw, child_id, starts)
    care.add_care(rows, draw, child_id, starts)
    care.add_leaving_care(rows, draw, child_id)
    care.add_early_help(rows, draw, child_id)
    care.add_missing(rows, draw, child_id)
    care.add_private_fostering(rows, draw, child_id)
    care.add_exploitation(rows, draw, child_id)
    care.add_escalations(rows, draw, child_id, starts)
    need.add_allocations(rows, draw, child_id, starts)
    need.add_oversight_and_visits(rows, draw, child_id, starts)


def _every_kind(rows: Rows, draw: Draw, ids: list[str]) -> None:
    """One row at least of every kind, so that most indicators can be worked out."""
    for kind in ("initial", "transfer_in", "review", "looked_after_review"):
        need.add_conference(rows, draw, draw.one(ids), draw.day(), kind)
    for kind in ("core_group", "cin_review", "cin_meeting"):
        need.add_meeting(rows, draw, draw.one(ids), draw.day(), kind)
    for kind in ("cp", "cin", "looked_after", "assessment", "private_fostering", "care_leaver", "other"):
        need.add_visit(rows, draw, draw.one(ids), draw.day(), kind)


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _manifest(draw: Draw, as_at: date) -> dict:
    """The as-at date; for some seeds also where a file starts and which kinds it holds."""
    files: dict[str, dict] = {}
    for name, table in tables().items():
        entry: dict = {}
        if draw.chance(0.15):
            entry["covers_from_on"] = add_months(as_at, -draw.one((3, 6, 12, 24, 36))).isoformat()
        kind = table.get("kind_column")
        if kind and draw.chance(0.4):
            described = next(c for c in table["columns"] if c["name"] == kind)
            entry["kinds_supplied"] = list(codes(described["codes"]))
        if entry:
            files[f"{name}.csv"] = entry
    return {"as_at_on": as_at.isoformat(), "la_code": "999", "files": files}


def write(folder: Path, *, seed: int, as_at: date, children: int = 40, drop: Collection[str] = ()) -> None:
    """Write the CSV files and manifest of one authority; `drop` names files or file.column to leave out."""
    left_out = {name.removesuffix(".csv") for name in drop}
    draw = Draw(seed, as_at)
    rows = Rows(draw)
    fill(rows, draw, children)
    manifest = _manifest(draw, as_at)
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables().items():
        if name in left_out:
            manifest["files"].pop(f"{name}.csv", None)
            continue
        columns = [c["name"] for c in table["columns"] if f"{name}.{c['name']}" not in left_out]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([_text(row[column]) for column in columns] for row in rows.of[name])
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
