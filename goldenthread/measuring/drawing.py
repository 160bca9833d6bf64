"""Draw the invented data that is measured with."""

from datetime import date
from pathlib import Path
from typing import Any

from goldenthread.synthetic.large import write_large
from goldenthread.synthetic.large_census import write_large_census

AS_AT = date(2024, 3, 31)


def authorities(folder: str, number: int, children: int, together: int) -> dict[str, Any]:
    """Draw that many authorities of that many children, so many together in one folder of this folder."""
    drawn: dict[str, Any] = {"rows": 0, "children": number * children, "folders": []}
    for first in range(1, number + 1, together):
        own = Path(folder) / f"from_{first:03}"
        held = min(together, number + 1 - first)
        rows = write_large(own, first=first, authorities=held, children=children, as_at_on=AS_AT)
        drawn["rows"] += sum(rows.values())
        drawn["folders"].append(str(own))
    return drawn


def census(path: str, children: int) -> dict[str, Any]:
    """Draw a CIN census."""
    return {"bytes": write_large_census(Path(path), children=children)}
