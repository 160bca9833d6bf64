"""What stands in these supervision files? Read together, in one query, however many there are.

Who may open which is not asked here: callers hand in agreements that `queries` gave them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet

from goldenthread_web.supervision.models import (
    Action,
    Agreement,
    CarriedAnswer,
    OtherFrequency,
    Review,
    Session,
    Supervising,
)
from goldenthread_web.supervision.rules import rules
from goldenthread_web.ui.together import together

Lists = dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class Followed:
    """An action with what was said of it since."""

    action: Action  # with its session
    reviews: tuple[Review, ...]  # in the order of sessions
    answers: tuple[CarriedAnswer, ...]  # each with `by`, the post of who answered
    replaced_by: Action | None = None

    @property
    def times_carried(self) -> int:
        """How many sessions said that it is not done."""
        return sum(one.outcome == Review.Outcome.NOT_DONE for one in self.reviews)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.action.state == Action.State.OPEN

    @property
    def is_with_manager(self) -> bool:
        """Whether it was carried so often, since the manager last spoke, that it is theirs to answer."""
        answered = max((one.carried for one in self.answers), default=0)
        again: int = rules()["carried_to_manager"]
        return self.is_open and self.times_carried - answered >= again

    @property
    def lacks_outcome(self) -> bool:
        """Whether the next session opens with it: open, or reported as done and not looked at since."""
        told = any(one.outcome == Review.Outcome.DONE for one in self.reviews)
        return self.is_open or (self.action.state == Action.State.DONE and not told)

    @property
    def last_reason(self) -> str:
        """Why it was not done when it was looked at last."""
        return self.reviews[-1].reason if self.reviews else ""


@dataclass(frozen=True, kw_only=True)
class File:
    """One worker's supervision file."""

    agreement: Agreement
    supervisors: tuple[Supervising, ...] = ()  # the latest first, each with `title`, the post
    others: tuple[OtherFrequency, ...] = ()
    sessions: tuple[Session, ...] = ()  # the latest first, each with `supervisor_title`
    actions: tuple[Followed, ...] = ()  # what is due first

    def supervisor_on(self, day: date) -> Supervising | None:
        """Who supervises on a day."""
        for one in self.supervisors:
            if one.starts_on <= day and (one.ends_on is None or one.ends_on >= day):
                return one
        return None

    def is_in_force(self, on: date) -> bool:
        """Whether the agreement holds on a day."""
        return self.agreement.starts_on <= on and (
            self.agreement.ends_on is None or self.agreement.ends_on >= on
        )

    @cached_property
    def completed(self) -> tuple[Session, ...]:
        """The completed sessions, the earliest first."""
        return tuple(one for one in reversed(self.sessions) if one.is_completed)

    @property
    def under_way(self) -> Session | None:
        """The session that is being written."""
        return next((one for one in self.sessions if one.state == Session.State.UNDER_WAY), None)

    @property
    def to_do(self) -> tuple[Followed, ...]:
        """What is still to be done."""
        return tuple(one for one in self.actions if one.is_open)

    def prior(self, session: Session | None = None) -> tuple[Followed, ...]:
        """What a session opens with: actions of earlier ones whose outcome none of them has told."""
        number = None if session is None else session.pk
        return tuple(one for one in self.actions if one.lacks_outcome and one.action.session_id != number)


@dataclass(frozen=True, kw_only=True)
class Read:
    """Files, and whatever else was read with them."""

    files: tuple[File, ...]
    also: Lists = field(default_factory=dict)


def read(found: "QuerySet[Agreement]", **also: "QuerySet[Any]") -> Read:
    """The files of these agreements. `also` are other lists, read in the same query."""
    numbers = found.order_by().values("pk")
    of_session = {"session__agreement__in": numbers}
    of_action = {"action__session__agreement__in": numbers}
    lists = together(
        agreements=found,
        supervisors=Supervising.objects.filter(agreement__in=numbers).annotate(title=F("person__title")),
        others=OtherFrequency.objects.filter(agreement__in=numbers),
        sessions=Session.objects.filter(agreement__in=numbers)
        .exclude(state=Session.State.DROPPED)
        .annotate(supervisor_title=F("supervisor__title"), supervisor_key=F("supervisor__worker_id")),
        actions=Action.objects.filter(**of_session),
        reviews=Review.objects.filter(**of_action).order_by("id"),
        answers=CarriedAnswer.objects.filter(**of_action).annotate(by=F("answered_by__title")),
        **also,
    )
    return Read(files=_files(lists), also={name: lists[name] for name in also})


def file_of(agreement: Agreement) -> File:
    """The file of one agreement, for services that have checked who asks."""
    (one,) = read(Agreement.objects.filter(pk=agreement.pk)).files
    return one


def all_files() -> tuple[File, ...]:
    """Every file, for figures without a word of what was said."""
    return read(Agreement.objects.all()).files


def _files(lists: Lists) -> tuple[File, ...]:
    sessions = {one.pk: one for one in lists["sessions"]}
    followed = _followed(lists, sessions)
    supervisors = _by(lists["supervisors"], "agreement_id")
    others, held = _by(lists["others"], "agreement_id"), _by(lists["sessions"], "agreement_id")
    made = []
    for agreement in lists["agreements"]:
        for session in held[agreement.pk]:
            session.agreement = agreement
        made.append(
            File(
                agreement=agreement,
                supervisors=tuple(supervisors[agreement.pk]),
                others=tuple(others[agreement.pk]),
                sessions=tuple(held[agreement.pk]),
                actions=tuple(followed[agreement.pk]),
            )
        )
    return tuple(made)


def _followed(lists: Lists, sessions: dict[int, Session]) -> dict[int, list[Followed]]:
    """Actions with what was said of them, by agreement."""
    actions = {one.pk: one for one in lists["actions"]}
    reviews, answers = _by(lists["reviews"], "action_id"), _by(lists["answers"], "action_id")
    made: dict[int, list[Followed]] = defaultdict(list)
    for action in lists["actions"]:
        session = sessions.get(action.session_id)
        if session is None:
            continue  # of a session that did not take place
        action.session = session
        told = [one for one in reviews[action.pk] if one.session_id in sessions]
        for one in told:
            one.action, one.session = action, sessions[one.session_id]
        made[session.agreement_id].append(
            Followed(
                action=action,
                reviews=tuple(sorted(told, key=lambda one: (one.session.held_on, one.pk))),
                answers=tuple(answers[action.pk]),
                replaced_by=actions.get(action.superseded_by_id),
            )
        )
    return made


def _by(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for one in rows:
        found[getattr(one, name)].append(one)
    return found
