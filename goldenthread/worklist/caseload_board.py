"""How much does each worker hold, against the ceiling for their role? Children and families, labelled."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from goldenthread.figures.run import Loaded, Run
from goldenthread.periods import Period
from goldenthread.populations.caseloads import open_posts_of_workers
from goldenthread.populations.placing import holders, placed
from goldenthread.populations.workers import with_is_worker
from goldenthread.settings import Settings
from goldenthread.standard import table

NEWLY_QUALIFIED = "newly qualified"


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """What one worker holds in one role on a day."""

    worker_id: str
    team: str
    role: str  # social_worker, personal_adviser, iro: the role for the child
    post: str  # code of post_role; blank where no post was supplied
    is_newly_qualified: bool
    fte: Decimal | None
    children: int
    families: int  # children without a family id count as one family each
    ceiling: int | None  # children; None where the role has none

    @property
    def over(self) -> int:
        """How many children above the ceiling; 0 where there is none or it is not passed."""
        return max(self.children - self.ceiling, 0) if self.ceiling is not None else 0


def caseloads(
    load: Loaded, on: date, settings: Settings, *, compiled_folder: Path | None = None
) -> Sequence[Caseload]:
    """Every worker with children on the day, by team; workers who are a desk or a pool are not listed."""
    run = Run(load, [Period(on, on, on)], settings, compiled_folder=compiled_folder)
    posts = {row["worker_id"]: row for row in run.read(_posts, key="worklist:posts").to_pylist()}
    held: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in run.read(_held, key="worklist:held_with_family").to_pylist():
        held[row["team"], row["worker_id"], row["role"]].append(row)
    return [_caseload(*key, rows, posts.get(key[1], {}), settings) for key, rows in sorted(held.items())]


def _held() -> ir.Table:
    rows = holders.table
    family = table("children").rows.select("authority", "child_id", "family_id")
    rows = rows.left_join(family, ["authority", "child_id"]).select(*rows.columns, "family_id")
    rows = with_is_worker(rows)
    return rows.filter(rows.is_worker & (rows.worker_id != "not known")).select(
        "child_id", "role", "team", "worker_id", "family_id"
    )


def _posts() -> ir.Table:
    rows = placed(open_posts_of_workers.table.mutate(child_id=ibis.null("string")), on="ends_on", role=None)
    by = rows.group_by("worker_id").aggregate(
        post=rows.role.max(), fte=rows.fte.sum(), is_asye=rows.is_asye.fill_null(False).any()
    )
    return by.select("worker_id", "post", "fte", "is_asye")


def _caseload(
    team: str,
    worker_id: str,
    role: str,
    rows: Sequence[dict[str, Any]],
    post: dict[str, Any],
    settings: Settings,
) -> Caseload:
    is_newly_qualified = bool(post.get("is_asye"))
    ceiling = None
    if role == "social_worker":
        name = "asye_caseload" if is_newly_qualified else "caseload_threshold"
        ceiling = int(settings.value(name))
    return Caseload(
        worker_id=worker_id,
        team=team,
        role=role,
        post=post.get("post") or "",
        is_newly_qualified=is_newly_qualified,
        fte=post.get("fte"),
        children=len({row["child_id"] for row in rows}),
        families=len({row["family_id"] or row["child_id"] for row in rows}),
        ceiling=ceiling,
    )
