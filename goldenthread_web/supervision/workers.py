"""Which workers are there, whom may a person supervise, and which children does a worker hold?

Read from the load in force: posts and who holds whom. A worker need not have an account.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow.parquet as pq

from goldenthread.store import Load
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Reach
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.accounts.units import teams_of
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.extracts.day import Day, day
from goldenthread_web.supervision.models import Agreement
from goldenthread_web.supervision.rules import frequencies, role_of_post, rules

NOT_KNOWN = "not known"
_COLUMNS = ["worker_id", "team", "role", "is_asye", "started_on", "ended_on"]


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Somebody who may be supervised: by their key in the extract, their account, or both."""

    worker_id: str
    title: str
    team: str
    role: str  # a code of rules.toml: frequency
    since_on: date | None  # in this post
    account: User | None = None

    @property
    def key(self) -> str:
        """How a form names them."""
        return f"account:{self.account.pk}" if self.account else f"worker:{self.worker_id}"

    @property
    def said(self) -> str:
        """Social worker W0051, FSP 1."""
        named = f"{self.title} {self.worker_id}".strip()
        return named if self.team in named else f"{named}, {self.team}"


def reporting_teams(load: Load) -> dict[str, str]:
    """The team under which figures and lists name each team of the extract."""
    path = load.table_path("teams")
    rows = [] if path is None else pq.read_table(path, columns=["team", "reporting_team"]).to_pylist()
    return {row["team"]: row["reporting_team"] or row["team"] for row in rows}


@lru_cache(maxsize=2)
def _posts(of: Day) -> tuple[dict[str, Any], ...]:
    """The posts somebody holds on the day of the load, under the names that lists use."""
    path = of.load.table_path("posts")
    if path is None:
        return ()
    named, on = reporting_teams(of.load), of.load.as_at_on
    return tuple(
        row | {"team": named.get(row["team"], row["team"])}
        for row in pq.read_table(path, columns=_COLUMNS).to_pylist()
        if row["worker_id"] and row["started_on"] <= on and (row["ended_on"] is None or row["ended_on"] > on)
    )


@lru_cache(maxsize=2)
def _held(of: Day) -> dict[str, tuple[Child, ...]]:
    """The children each worker holds, in any role, by the worker's key."""
    found: dict[str, dict[str, Child]] = defaultdict(dict)
    for child in index().by_reference.values():
        for role, _, worker in child.holders:
            if role and worker and worker != NOT_KNOWN:
                found[worker][child.reference] = child
    return {worker: tuple(children.values()) for worker, children in found.items()}


def children_for(agreement: Agreement, scope: ChildScope | None) -> list[Child]:
    """The children of the supervisee within a scope in its person's own right, in the order of numbers."""
    found_on = day()
    if found_on is None or scope is None or not agreement.worker_id:
        return []
    mine = _held(found_on).get(agreement.worker_id, ())
    return sorted((one for one in mine if one.is_own(scope)), key=lambda one: one.child_id)


def held_elsewhere(agreement: Agreement, scope: ChildScope | None) -> list[Child]:
    """The other children of the supervisee: other teams hold them, and nobody who must not know is told."""
    found_on = day()
    if found_on is None or scope is None or not agreement.worker_id:
        return []
    mine = _held(found_on).get(agreement.worker_id, ())
    return [one for one in mine if not one.is_own(scope) and one.reference not in scope.barred]


def may_be_supervised_by(person: User) -> list[Worker]:
    """The workers whom the rules let a person supervise, who have no supervisor yet; by team and title."""
    allowed = rules()["supervises"].get(person.role)
    if allowed is None:
        return []
    teams = set(teams_of(person, today()))
    found = {one.key: one for one in _with_accounts(person, allowed["roles"], teams)}
    known = {one.worker_id for one in found.values() if one.worker_id}
    for one in _of_posts(allowed["posts"], teams):
        if one.worker_id not in known:
            found[one.key] = one
    taken = Agreement.objects.filter(ends_on=None).values_list("worker_id", "supervisee_id")
    keys = {key for key, _ in taken if key}
    accounts = {number for _, number in taken if number}
    free = [
        one
        for one in found.values()
        if one.worker_id not in keys and (one.account is None or one.account.pk not in accounts)
    ]
    return sorted(free, key=lambda one: (one.team, one.title, one.worker_id))


def _with_accounts(person: User, roles: list[str], teams: set[str]) -> list[Worker]:
    """Accounts of these roles, within the person's teams where they have some."""
    people = User.objects.filter(role__in=roles, is_active=True).exclude(pk=person.pk).select_related("unit")
    if person.held_role.reach is not Reach.AUTHORITY:
        people = people.filter(unit__name__in=teams)
    return [_of_account(one) for one in people]


def _of_account(one: User) -> Worker:
    found = by_key(one.worker_id) if one.worker_id else None
    by_account = {"iro": "reviewing_officer", "social_worker": "social_worker"}.get(one.role, "manager")
    worker = found or Worker(worker_id=one.worker_id, title="", team="", role=by_account, since_on=None)
    team = one.unit.name if one.unit else worker.team or one.held_role.title
    title = one.held_role.title if one.title.startswith(one.held_role.title) else one.title
    return replace(worker, title=title, team=team, account=one)


def _of_posts(posts: list[str], teams: set[str]) -> list[Worker]:
    """Whoever holds such a post in one of the teams, and whoever holds a child of one of them."""
    found_on = day()
    if found_on is None or not posts:
        return []
    rows = [row for row in _posts(found_on) if row["role"] in posts]
    found = {row["worker_id"]: _of_post(row, row["team"]) for row in rows if row["team"] in teams}
    elsewhere = {row["worker_id"]: row for row in rows}
    held = found_on.caseloads.select(["worker_id", "team"]).to_pylist()
    for worker, team in ((one["worker_id"], one["team"]) for one in held):
        if team in teams and worker in elsewhere and worker not in found:
            found[worker] = _of_post(elsewhere[worker], team)
    return list(found.values())


def _of_post(row: dict[str, Any], team: str) -> Worker:
    role = role_of_post(row["role"], bool(row["is_asye"]))
    return Worker(
        worker_id=row["worker_id"],
        title=frequencies()[role].title,
        team=team,
        role=role,
        since_on=row["started_on"],
    )


def by_key(worker_id: str) -> Worker | None:
    """Somebody who holds a post, by their key; the post they took up last."""
    found_on = day()
    rows = [] if found_on is None else [row for row in _posts(found_on) if row["worker_id"] == worker_id]
    return _of_post(max(rows, key=lambda row: row["started_on"]), "") if rows else None
