"""Which challenges may a person see, and how do they stand? Read within the children they may see.

A reviewing officer sees their own and those of children they chair; a manager those of the team or service;
whoever answers for the authority all of them. Nobody sees one about a child they are barred from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from goldenthread.calendar import working_days_between
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope, child_scope, scope_or_none
from goldenthread_web.challenges.models import Answer, Challenge, GoodPractice, Step
from goldenthread_web.challenges.rules import stage_after, stages
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.ui.together import together

CHAIRS = "iro"  # the role in an allocation of whoever reviews or chairs


def challenges() -> "QuerySet[Challenge]":
    """Every challenge, with whether its stage is answered. Who may see which, `visible_to` says."""
    answers = Answer.objects.filter(challenge=OuterRef("pk"), stage=OuterRef("stage"))
    found = Challenge.objects.select_related("raised_by", "on_file_by")
    return found.annotate(is_answered=Exists(answers))


def visible_to(person: User) -> "QuerySet[Challenge]":
    """The challenges a person may open."""
    return within(scope_or_none(person), person)


def within(scope: ChildScope | None, person: User) -> "QuerySet[Challenge]":
    """The challenges within the person's scope, where that is known already."""
    return challenges().none() if scope is None else _within(challenges(), scope, Q(raised_by=person))


def good_practice(scope: ChildScope | None, person: User) -> "QuerySet[GoodPractice]":
    """What was noted as done well, within the person's scope."""
    found = GoodPractice.objects.select_related("noted_by")
    return found.none() if scope is None else _within(found, scope, Q(noted_by=person))


@dataclass(frozen=True, kw_only=True)
class History:
    """What happened with a challenge: each step, each answer with `by`, the post of who gave it."""

    steps: tuple[Step, ...]
    answers: tuple[Answer, ...]


def history(challenge: Challenge) -> History:
    """The steps and answers of a challenge, in one query."""
    told = together(
        steps=Step.objects.filter(challenge=challenge),
        answers=Answer.objects.filter(challenge=challenge).annotate(by=F("answered_by__title")),
    )
    return History(steps=tuple(told["steps"]), answers=tuple(told["answers"]))


def _within(found: "QuerySet[Any]", scope: ChildScope, own: Q) -> "QuerySet[Any]":
    found = found.exclude(reference__in=scope.barred)
    if scope.everyone:
        return found
    mine = Q(team__in=scope.teams) | Q(reference__in=scope.references)
    if scope.worker_id:
        mine |= own | Q(reference__in=_held_by(scope.worker_id))
    return found.filter(mine)


def _held_by(worker_id: str) -> list[str]:
    """References of the children whom a worker holds or chairs."""
    children = index().by_reference.values()
    return [one.reference for one in children if any(w == worker_id for role, _, w in one.holders if role)]


def chaired_by(person: User) -> list[Child]:
    """The children whose reviews or conferences a person chairs, whom they may see; by number."""
    scope = child_scope(person)
    if not person.worker_id:
        return []
    mine = (
        one
        for one in index().by_reference.values()
        if one.is_within(scope)
        and any(role == CHAIRS and worker == person.worker_id for role, _, worker in one.holders)
    )
    return sorted(mine, key=lambda one: one.child_id)


def holder_of(child: Child) -> tuple[str, str]:
    """The team and the worker who answer for a child: of the lead social worker, else of whoever else."""
    order = {"social_worker": 0, "personal_adviser": 1}
    held = sorted(
        (one for one in child.holders if one[0] != CHAIRS), key=lambda one: (order.get(one[0], 2), one)
    )
    return (held[0][1], held[0][2]) if held else ("not known", "")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a challenge stands on a day."""

    on: date
    working_days: int  # since it was raised, or until it was resolved
    is_in_time: bool  # resolved within the whole, or still inside it
    is_answered: bool  # at its present stage
    is_answer_late: bool  # nobody answered its stage in time


def standing(challenge: Challenge, on: date | None = None) -> Standing:
    """How a challenge stands at the end of a day."""
    day = on or today()
    until = challenge.resolved_on or day
    answered = _is_answered(challenge)
    return Standing(
        on=day,
        working_days=working_days_between(challenge.raised_on, max(until, challenge.raised_on)),
        is_in_time=until <= challenge.due_on,
        is_answered=answered,
        is_answer_late=challenge.is_open and not answered and day > challenge.stage_due_on,
    )


def _is_answered(challenge: Challenge) -> bool:
    """Whether its present stage is answered: read with it, or asked now."""
    known = getattr(challenge, "is_answered", None)
    return challenge.answers.filter(stage=challenge.stage).exists() if known is None else bool(known)


def may_answer(person: User, challenge: Challenge) -> bool:
    """Whether the person answers at the stage it is at; the caller has found it among those they see."""
    return (
        challenge.is_open
        and person.may(Permission.ANSWER_CHALLENGES)
        and person.role in stages()[challenge.stage].answered_by
        and person.pk != challenge.raised_by_id
    )


def may_raise(person: User, challenge: Challenge) -> bool:
    """Whether the person may take it further: whoever raised it, or chairs the child now."""
    if not person.may(Permission.RAISE_CHALLENGES):
        return False
    child = index().by_reference.get(challenge.reference)
    chairs = child is not None and any(
        role == CHAIRS and worker == person.worker_id for role, _, worker in child.holders
    )
    return person.pk == challenge.raised_by_id or (chairs and bool(person.worker_id))


def waiting_for_the_clock(on: date) -> list[Challenge]:
    """Open ones whose stage nobody answered in time, that can go further up."""
    found = challenges().filter(resolved_on=None, stage_due_on__lt=on)
    return [one for one in found if standing(one, on).is_answer_late and stage_after(one.stage) is not None]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One place among challenges that is about a child."""

    what: str  # challenge, answer, good_practice
    on: date
    text: str


def mentions(reference: str) -> list[Mention]:
    """Every place that is about a child, for whoever answers a request for access to what is held."""
    found: list[Mention] = []
    for one in challenges().filter(reference=reference):
        said = " ".join(filter(None, (one.text, one.wanted, one.childs_view, one.outcome_text)))
        found.append(Mention(what="challenge", on=one.raised_on, text=said))
        found += [
            Mention(what="answer", on=answer.answered_on, text=f"{answer.text} {answer.will_do}".strip())
            for answer in history(one).answers
        ]
    noted: Iterable[GoodPractice] = GoodPractice.objects.filter(reference=reference)
    found += [Mention(what="good_practice", on=one.noted_on, text=one.text) for one in noted]
    return sorted(found, key=lambda one: (one.on, one.what))
