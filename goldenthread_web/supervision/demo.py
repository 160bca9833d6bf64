"""What does a year of supervision look like? Days, actions and words of the demonstration, worker by worker.

Until December sessions were written on paper: the demonstration enters them as they were, and that is where
actions were not looked at. From December on the service asks for an outcome of each.
"""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.supervision import (
    action_services,
    agreement_services,
    completing_services,
    session_services,
)
from goldenthread_web.supervision.about_children import scope_of
from goldenthread_web.supervision.models import Action, Agreement, Session
from goldenthread_web.supervision.reading import Followed, file_of
from goldenthread_web.supervision.said import Discussed, NewAction, Reviewed, Said
from goldenthread_web.supervision.workers import Worker, children_for

EVENING = time(17, 30, tzinfo=UTC)


@cache
def story() -> dict[str, Any]:
    """What demo.toml says."""
    return tomllib.loads((files("goldenthread_web.supervision") / "demo.toml").read_text("utf-8"))


class Year:
    """The supervision of one worker through the year."""

    def __init__(self, worker: Worker, supervisor: User, place: int, on: date, special: str = "") -> None:
        self.supervisor, self.on, self.special = supervisor, on, special
        self.worker = worker
        self._texts = count(place * 3)
        self._counted = count(place)
        since = max(worker.since_on or story()["starts_on"], story()["starts_on"])
        rhythms = story()["rhythm"]
        days = rhythms[place % len(rhythms)]["days"]
        self.days = [day for day in days if since < day <= on]
        self.agreement = self._agreed(since)
        self.children = [one.reference for one in children_for(self.agreement, scope_of(supervisor))]

    def _agreed(self, since: date) -> Agreement:
        kept: date = story()["kept_since_on"]
        return agreement_services.agree_to_supervise(
            self.worker,
            supervisor=self.supervisor,
            role=self.worker.role,
            starts_on=since,
            kept_since_on=max(since, kept),
            made_at=datetime.combine(max(since, kept), EVENING),
            by=self.supervisor,
        )

    def tell(self) -> int:
        """Enter every session up to the day; how many."""
        for number, day in enumerate(self.days):
            at = datetime.combine(day, EVENING)
            if day < self.agreement.kept_since_on:
                completing_services.enter_from_paper(
                    self.agreement,
                    held_on=day,
                    kind=Session.Kind.ONE_TO_ONE,
                    said=self._said(number, day, on_paper=True),
                    completed_at=at,
                    by=self.supervisor,
                )
            else:
                self._recorded(number, day, at)
        self._report()
        return len(self.days)

    def _report(self) -> None:
        """Two of three that were due by now are reported as done before the next session."""
        by = self.agreement.supervisee or self.supervisor
        due = (one for one in file_of(self.agreement).to_do if one.action.due_on <= self.on)
        for place, one in enumerate(due):
            if place % 3 != 2 and not one.reviews:
                action, done_on = one.action, one.action.due_on
                action_services.report_done(action, version=action.version, done_on=done_on, by=by)

    def _recorded(self, number: int, day: date, at: datetime) -> None:
        session = session_services.begin_session(
            self.agreement, kind=Session.Kind.ONE_TO_ONE, held_on=day, by=self.supervisor
        )
        said = self._said(number, day, on_paper=False)
        completing_services.complete_session(
            session, version=session.version, said=said, completed_at=at, by=self.supervisor
        )
        if self.children:
            discussion = session.discussions.first()
            if discussion is not None and number % 2 == 0:
                session_services.mark_copied(discussion, by=self.supervisor)

    def _said(self, number: int, day: date, *, on_paper: bool) -> Said:
        words = story()["words"]
        notes = {} if on_paper else {name: _of(words[name], number) for name in _NOTES}
        discussions = [] if on_paper else list(self._discussed(number))
        return Said(
            notes=notes,
            reviews=list(self._reviewed(day, on_paper)),
            discussions=discussions,
            actions=list(self._new(number, day)),
            next_on=None if on_paper else day + timedelta(weeks=4),
        )

    def _discussed(self, number: int) -> Iterator[Discussed]:
        words = story()["words"]
        for place, reference in enumerate(self.children[:2]):
            yield Discussed(
                reference=reference,
                decision=_of(words["decisions"], number + place),
                direction=_of(words["directions"], number + place),
            )

    def _new(self, number: int, day: date) -> Iterator[NewAction]:
        if self.special and number == max(len(self.days) - 3, 0):
            yield self._action(story()[self.special], day, 0)
        texts = [one for one in story()["action"] if self.children or one["kind"] != "child"]
        for _ in range(1 + number % 2):
            place = next(self._texts)
            yield self._action(_of(texts, place), day, place)

    def _action(self, said: dict[str, Any], day: date, place: int) -> NewAction:
        is_for_child = said["kind"] == "child" and bool(self.children)
        return NewAction(
            text=said["text"],
            kind=said["kind"] if is_for_child or said["kind"] != "child" else "other",
            owner=Action.Owner.SUPERVISOR if place % 7 == 6 else Action.Owner.SUPERVISEE,
            due_on=day + timedelta(days=said["days"]),
            reference=self.children[place % len(self.children)] if is_for_child else "",
        )

    def _reviewed(self, day: date, on_paper: bool) -> Iterator[Reviewed]:
        rule = story()["looked_at"]
        every = rule["before"] if day <= rule["until"] else rule["after"]
        for one in file_of(self.agreement).prior():
            place = next(self._counted)
            special = story()[self.special] if self.special else {}
            if special and one.action.text == special["text"]:
                yield _not_done(one.action, _of(special["reasons"], len(one.reviews)))
            elif not on_paper or place % every == 0:
                yield _outcome(one, place, day)


_NOTES = ("wellbeing", "workload", "learning")


def _outcome(one: Followed, place: int, day: date) -> Reviewed:
    """Mostly done, some of it late; every fifth is carried on, unless it was before."""
    action = one.action
    if place % 5 == 4 and not one.reviews:
        return _not_done(action, _of(story()["words"]["reasons"], place))
    late = 6 if place % 3 == 2 else -2
    done_on = min(max(action.due_on + timedelta(days=late), action.session.held_on), day)
    return Reviewed(action=action.pk, outcome="done", done_on=done_on)


def _not_done(action: Action, reason: str) -> Reviewed:
    return Reviewed(action=action.pk, outcome="not_done", reason=reason)


def _of(rows: list[Any], place: int) -> Any:
    return rows[place % len(rows)]
