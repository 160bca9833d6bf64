"""The shared specifications the oracle reads: where they are, and a loud skip where they are not."""

import json
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SPECS = REPOSITORY.parent / "shared" / "specs"
TABLES = REPOSITORY / "goldenthread" / "standard" / "tables"
RECORDED = TABLES.parent / "recorded"


@cache
def specification(name: str) -> dict:
    """One JSON file of ../shared/specs; tests that need it are skipped where it is absent."""
    path = SPECS / name
    if not path.exists():
        import pytest

        pytest.skip(f"the oracle reads ../shared/specs/{name}, which is absent", allow_module_level=True)
    return json.loads(path.read_text(encoding="utf-8"))


# What we show beside the specification: the words of these parts are in goldenthread/indicators/words.
ADDED_PARTS = {
    "QA-02": [
        {
            "code": "targeted",
            "numerator": "final grade good or outstanding, chosen for a reason",
            "denominator": "those chosen for a reason",
        }
    ],
}


def _catalogue() -> dict[str, dict]:
    found = {entry["id"]: entry for entry in specification("indicators.json")["indicators"]}
    for ref, parts in ADDED_PARTS.items():
        found[ref] = {**found[ref], "parts": [*found[ref].get("parts", []), *parts]}
    return found


CATALOGUE = _catalogue()  # ref -> the entry of indicators.json, in catalogue order
PARAMETERS = {p["name"]: p["default"] for p in specification("indicators.json")["parameters"]}
