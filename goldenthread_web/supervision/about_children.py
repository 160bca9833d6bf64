"""Which children that a record is about may its reader see? Those barred from them are never told of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.scopes import ChildScope, scope_or_none
from goldenthread_web.extracts.children import index
from goldenthread_web.supervision.models import Action

NOT_TOLD = "about a child whom you may not see"
SUPERVISION = "supervision"  # the reason, of behind/reasons.toml, by which these children are seen


@dataclass(frozen=True, kw_only=True)
class Named:
    """A child as a record names them to its reader."""

    reference: str
    child_id: str  # blank: no longer on the reader's list
    may_open: bool  # whether the child's page opens to the reader


def scope_of(person: User) -> ChildScope | None:
    """Whose children the person may see, those lent to them too; None for roles that see figures only."""
    return scope_or_none(person, with_assigned=True)


def named(references: Iterable[str], scope: ChildScope | None) -> dict[str, Named]:
    """The children of a record by keyed reference; those whom the reader may not see are left out."""
    if scope is None:
        return {}
    return {one: _named(one, scope) for one in references if one and one not in scope.barred}


def _named(reference: str, scope: ChildScope) -> Named:
    child = index().by_reference.get(reference)
    is_seen = child is not None and child.is_within(scope)
    return Named(
        reference=reference,
        child_id=child.child_id if child is not None and is_seen else "",
        may_open=child is not None and child.is_own(scope),
    )


def words(action: Action, seen: Mapping[str, Named], longest: int = 0) -> str:
    """What an action says to this reader, shortened where asked; not what is about a child barred to them."""
    if action.reference and action.reference not in seen:
        return NOT_TOLD
    text = action.text
    return text if not longest or len(text) <= longest else f"{text[:longest].rstrip()}…"


def reason_for(person: User) -> str:
    """The reason that is recorded for those who see every child and must say why."""
    return SUPERVISION if person.held_role.needs_reason else ""
