"""Which children are there today, who holds them, and which of them may a person see?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc
from django.http import Http404

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.extracts.day import Day, day

_AROUND_A_WORD = ".,;:!?()[]'\"‘’“”"


@dataclass(frozen=True)
class Child:
    """A child of the load in force, with everybody who holds them."""

    child_id: str
    reference: str
    holders: tuple[tuple[str, str, str], ...]  # role, team, worker_id; role blank: from what is due

    @property
    def teams(self) -> frozenset[str]:
        """The teams that hold the child or have something to do for them."""
        return frozenset(team for _, team, _ in self.holders)

    @property
    def workers(self) -> frozenset[str]:
        """The workers who hold the child or have something to do for them."""
        return frozenset(worker for _, _, worker in self.holders)

    def is_within(self, scope: ChildScope) -> bool:
        """Whether the scope covers the child."""
        is_opened = self.reference in scope.references and self.reference not in scope.barred
        return is_opened or self.is_own(scope)

    def is_own(self, scope: ChildScope) -> bool:
        """Whether it covers the child in the person's own right: not lent, and not in an emergency."""
        return self.reference not in scope.barred and (
            scope.everyone
            or bool(scope.teams & self.teams)
            or bool(scope.worker_id and scope.worker_id in self.workers)
        )


@dataclass(frozen=True)
class ChildIndex:
    """Every child held today, or on a list of the morning, by keyed reference."""

    by_reference: dict[str, Child]
    _ids_of_team: dict[str, frozenset[str]] = field(repr=False)

    def child(self, of: str, scope: ChildScope) -> Child:
        """The child of a keyed reference; 404 where there is none or the scope does not cover them."""
        found = self.by_reference.get(of)
        if found is None or not found.is_within(scope):
            raise Http404("There is no such child on your list.")
        return found

    def within(self, references: Iterable[str], scope: ChildScope) -> frozenset[str]:
        """Which of these children the person may open."""
        found = {one: self.by_reference.get(one) for one in references}
        return frozenset(one for one, child in found.items() if child is not None and child.is_within(scope))

    def find(self, typed: str) -> Child | None:
        """The child of a typed id or keyed reference, whoever holds them: for break-glass and the trail."""
        return self.by_reference.get(typed) or self.by_reference.get(reference(typed))

    def ids_within(self, scope: ChildScope) -> frozenset[str]:
        """Ids of the children the scope covers."""
        if scope.everyone:
            return frozenset(child.child_id for child in self.by_reference.values() if child.is_within(scope))
        ids = set().union(*(self._ids_of_team.get(team, frozenset()) for team in scope.teams))
        if scope.worker_id or scope.references:
            ids |= {child.child_id for child in self.by_reference.values() if child.is_within(scope)}
        barred = {self.by_reference[one].child_id for one in scope.barred if one in self.by_reference}
        return frozenset(ids - barred)


def unbarred(table: pa.Table, scope: ChildScope, *columns: str) -> pa.Table:
    """The rows without those of children whom the scope bars, held by somebody or not; by `child_id` unless
    other columns are named. Rows of no child stay."""
    for column in columns or ("child_id",):
        if scope.barred and column in table.column_names:
            ids = [
                one for one in pc.unique(table[column]).to_pylist() if one and reference(one) in scope.barred
            ]
            table = table.filter(pc.invert(pc.is_in(table[column], pa.array(ids, pa.string()))))
    return table


def naming_nobody_barred(table: pa.Table, scope: ChildScope, *columns: str) -> pa.Table:
    """The rows whose texts name no child whom the scope bars, as a sentence about one child may name another.

    Every word is tried, as nobody knows the ids of children whom no list holds.
    """
    for column in columns:
        if scope.barred:
            texts = [
                one for one in pc.unique(table[column]).to_pylist() if one and _may_name(one) & scope.barred
            ]
            table = table.filter(pc.invert(pc.is_in(table[column], pa.array(texts, pa.string()))))
    return table


@lru_cache(maxsize=50_000)
def _may_name(text: str) -> frozenset[str]:
    """The references of everything in a text that may be a child's id: each word, and what follows a name."""
    parts = [part.rpartition(": ")[2].strip() for part in (text, *text.split(";"))]
    words = {bare for word in (*parts, *text.split()) for bare in (word, word.strip(_AROUND_A_WORD))}
    return frozenset(reference(word) for word in words if word)


def index() -> ChildIndex:
    """The children of the load in force, today; an empty index before anything was loaded."""
    found = day()
    return ChildIndex({}, {}) if found is None else _index(found)


def _with_something_due(day: Day) -> list[dict[str, str]]:
    """Who stands on a list of the morning, held by somebody or not: due, watched, waiting, not picked up."""
    lost = day.steps.filter(pc.is_null(day.steps["picked_up_on"]))
    columns = ["child_id", "team", "worker_id"]
    rows = pa.concat_tables([one.select(columns) for one in (day.lines, day.watched, day.contacts, lost)])
    return rows.group_by(columns).aggregate([]).to_pylist()


@lru_cache(maxsize=2)
def _index(day: Day) -> ChildIndex:
    holders: dict[str, dict[tuple[str, str, str], None]] = defaultdict(dict)
    held = day.held
    for child, role, team, worker in zip(
        *(held[name].to_pylist() for name in ("child_id", "role", "team", "worker_id")), strict=True
    ):
        holders[child][(role, team, worker)] = None
    for row in _with_something_due(day):
        if row["child_id"] is not None:
            holders[row["child_id"]][("", row["team"], row["worker_id"])] = None
    of_team: dict[str, set[str]] = defaultdict(set)
    for child, found in holders.items():
        for _, team, _ in found:
            of_team[team].add(child)
    return ChildIndex(
        {reference(child): Child(child, reference(child), tuple(found)) for child, found in holders.items()},
        {team: frozenset(ids) for team, ids in of_team.items()},
    )
