"""About which child was something said? Read by those who may see the child, and by nobody else."""

from collections.abc import Iterable

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.scopes import scope_or_none
from goldenthread_web.extracts.children import index
from goldenthread_web.trail.recording import record


def typed(person: User, said: str) -> str:
    """The keyed reference of a child whom somebody typed; blank where the person sees no such child."""
    scope, found = scope_or_none(person), index().find(said.strip())
    return found.reference if scope is not None and found is not None and found.is_within(scope) else ""


def named(person: User, references: Iterable[str]) -> dict[str, str]:
    """What a person reads of the children a page is about: their numbers, for whoever need not say why first.

    That they were shown is recorded before they are.
    """
    about, scope = set(references) - {""}, scope_or_none(person)
    if not about or scope is None:
        return {}
    record("children.seen", ("list", "voice.said"), by=person, children=about)
    if person.held_role.needs_reason:
        return {}
    children = index()
    return {one: children.by_reference[one].child_id for one in children.within(about, scope)}
