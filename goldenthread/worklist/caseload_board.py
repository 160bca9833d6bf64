"""How much does each worker hold, against the ceiling for their role? Children, families, where all stand."""

from collections import Counter, defaultdict
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
from goldenthread.populations.children import care_leavers, flagged, looked_after, open_at_end, protected
from goldenthread.populations.placing import placed
from goldenthread.populations.workers import with_is_worker
from goldenthread.settings import Settings
from goldenthread.standard import table

NEEDS = ("allocations.worker_id",)
_STANDINGS = {"looked_after": looked_after, "protected": protected, "leaving_care": care_leavers}


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """What one worker holds in one role on a day, and how much of it in one team."""

    worker_id: str
    team: str
    role: str  # social_worker, personal_adviser, iro: the role for the child
    post: str  # code of post_role; blank where no post was supplied
    is_newly_qualified: bool
    fte: Decimal | None
    here: int  # children of this team
    children: int  # of all teams: what the ceiling is for
    families: int  # of all teams; children without a family id count as one family each
    # Of the children of all teams, each under the first of these that holds; the others are in need.
    looked_after: int
    protected: int
    leaving_care: int
    ceiling: int | None  # children; None where the role has none

    @property
    def over(self) -> int:
        """How many children above the ceiling; 0 where there is none or it is not passed."""
        return max(self.children - self.ceiling, 0) if self.ceiling is not None else 0


def caseloads(
    load: Loaded, on: date, settings: Settings, *, compiled_folder: Path | None = None
) -> Sequence[Caseload]:
    """Every worker with children on the day, by team; workers who are a desk or a pool are not listed.

    Whoever holds children of several teams has a line in each, with the whole caseload beside it.
    """
    run = Run(load, [Period(on, on, on)], settings, compiled_folder=compiled_folder)
    posts = {row["worker_id"]: row for row in run.read(_posts, key="worklist:posts").to_pylist()}
    by_worker: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in run.read(_held, key="worklist:held_with_family").to_pylist():
        by_worker[row["worker_id"], row["role"]].append(row)
    found = [
        line
        for (worker_id, role), rows in by_worker.items()
        for line in _lines(worker_id, role, rows, posts.get(worker_id, {}), settings)
    ]
    return sorted(found, key=lambda one: (one.team, one.worker_id, one.role))


def _held() -> ir.Table:
    """Every allocation in force, as the indicators of caseloads count them: a child may have several."""
    rows = table("allocations").rows
    # Annex A does not say when an allocation began.
    began = ibis.coalesce(rows.started_on, ibis.date("1900-01-01"))
    rows = open_at_end(rows.filter(rows.worker_id.notnull()).mutate(started_on=began))
    rows = with_is_worker(placed(rows, on="ends_on", role=None))
    family = table("children").rows.select("authority", "child_id", "family_id")
    rows = rows.filter(rows.is_worker)
    for name, members in _STANDINGS.items():
        rows = flagged(rows, name, members)
    rows = rows.left_join(family, ["authority", "child_id"])
    return rows.select("child_id", "role", "team", "worker_id", "family_id", *_STANDINGS)


def _posts() -> ir.Table:
    """Each worker's post: its kind, its full-time equivalent as social worker, and if newly qualified."""
    rows = open_posts_of_workers.table
    is_social_worker = rows.is_social_worker.fill_null(False)
    is_newly_qualified = is_social_worker & rows.employment.isin(["permanent", "agency"]) & rows.is_asye
    by = rows.group_by("worker_id").aggregate(
        post=rows.role.max(),
        fte=rows.fte.sum(where=is_social_worker),
        is_asye=is_newly_qualified.fill_null(False).any(),
    )
    return by.select("worker_id", "post", "fte", "is_asye")


def _lines(
    worker_id: str, role: str, rows: Sequence[dict[str, Any]], post: dict[str, Any], settings: Settings
) -> list[Caseload]:
    here: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        here[row["team"]].add(row["child_id"])
    is_newly_qualified, fte = bool(post.get("is_asye")), post.get("fte")
    standing = {row["child_id"]: next((one for one in _STANDINGS if row[one]), "") for row in rows}
    by_standing = Counter(standing.values())
    return [
        Caseload(
            worker_id=worker_id,
            team=team,
            role=role,
            post=post.get("post") or "",
            is_newly_qualified=is_newly_qualified,
            fte=fte,
            here=len(children),
            children=len(standing),
            families=len({row["family_id"] or row["child_id"] for row in rows}),
            **{name: by_standing[name] for name in _STANDINGS},
            ceiling=_ceiling(role, is_newly_qualified, fte, settings),
        )
        for team, children in here.items()
    ]


def _ceiling(role: str, is_newly_qualified: bool, fte: Decimal | None, settings: Settings) -> int | None:
    """The most children of the role; of part of a post part of it, where caseloads go by full-time posts."""
    if role != "social_worker":
        return None
    if is_newly_qualified:
        return int(settings.value("asye_caseload"))
    whole = int(settings.value("caseload_threshold"))
    return int(whole * fte) if settings.value("caseload_basis") == "fte" and fte is not None else whole
