"""What was challenged in the demonstration’s year? Few and late at first, more and in time later."""

import tomllib
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.challenges import queries, raising_services, services
from goldenthread_web.challenges.models import Answer, Challenge
from goldenthread_web.challenges.raising_services import Raised
from goldenthread_web.challenges.rules import stages
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import Child

NOON = time(12, 0, tzinfo=UTC)
POSITIONS = {"upheld": "agreed", "partly": "partly", "not_upheld": "not_agreed"}
WILL_DO = "The team manager sees to it with the worker this week, and the service manager looks at it after."
ANSWERS = {
    "agreed": "You are right, and we should have seen it ourselves.",
    "partly": "Part of it is right; for the rest we have asked for longer.",
    "not_agreed": "The team has thought about it and sees it otherwise.",
}


class Command(BaseCommand):
    """`make_demo_challenges`, once the demonstration has its load and its accounts."""

    help = "Enter the challenges of the demonstration's reviewing officers and conference chairs."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Write them as the reviewing officer and the managers would; what lies after today is left out."""
        if Challenge.objects.exists():
            self.stdout.write("There are challenges already: nothing was changed.")
            return
        said = tomllib.loads((files("goldenthread_web.challenges") / "demo.toml").read_text("utf-8"))
        officer = account_of("iro")
        children = queries.chaired_by(officer)
        if not children:
            self.stdout.write("The demonstration's reviewing officer chairs no child: nothing was written.")
            return
        on = today()
        own, others = _of_the_team(children)
        for place, one in enumerate(one for one in said["challenge"] if one["on"] <= on):
            # Two of three are of the demonstration’s team, as are those still open: its managers see them.
            among = own if place % 3 or "resolved" not in one else others
            _tell(one, among[place % len(among)], officer, on)
        for place, one in enumerate(one for one in said["good_practice"] if one["on"] <= on):
            child = own[-1 - place % len(own)]
            noted = {"theme": one["theme"], "text": one["text"], "noted_on": one["on"]}
            raising_services.note_good_practice(child, **noted, noted_at=_at(one["on"]), by=officer)
        self.stdout.write(f"{Challenge.objects.count()} challenges.")


def _of_the_team(children: list[Child]) -> tuple[list[Child], list[Child]]:
    """The children held by the demonstration's team, and the others; all of them where one has none."""
    team = account_of("team_manager").unit
    own = [one for one in children if team is not None and queries.holder_of(one)[0] == team.name]
    others = [one for one in children if one not in own]
    return own or children, others or children


def _tell(one: dict[str, Any], child: Child, officer: User, on: date) -> None:
    """A challenge from the day it is raised to the day it is resolved."""
    said = Raised(
        raised_as=one["as"],
        concern_type=one["type"],
        theme=one["theme"],
        text=one["text"],
        wanted=one["wanted"],
        childs_view=one.get("view", ""),
        no_view_because=one.get("no_view", ""),
    )
    challenge = raising_services.raise_challenge(
        child,
        said,
        raised_on=one["on"],
        raised_at=_at(one["on"]),
        by=officer,
    )
    steps: list[tuple[date, int, Any]] = [(day, 0, None) for day in one.get("answered", ())]
    steps += [(day, 1, (stage, reason)) for stage, day, reason in one.get("up", ())]
    for day, _, up in sorted(steps, key=lambda step: step[:2]):
        challenge.refresh_from_db()
        if day > on:
            continue
        if up is None:
            _answer(challenge, POSITIONS.get(one.get("outcome", "partly"), "agreed"), day)
        else:
            further = {"stage": up[0], "reason": up[1], "escalated_on": day}
            services.escalate(challenge, version=challenge.version, **further, by=officer)
    _end(challenge, one, officer, on)


def _answer(challenge: Challenge, position: str, day: date) -> None:
    """The manager whose stage it is answers, or the first above who may see the child."""
    for role in stages()[challenge.stage].answered_by:
        manager = account_of(role)
        if queries.visible_to(manager).filter(pk=challenge.pk).exists():
            services.answer_challenge(
                challenge,
                version=challenge.version,
                position=Answer.Position(position),
                text=ANSWERS[position],
                will_do="" if position == "not_agreed" else WILL_DO,
                answered_on=day,
                answered_at=_at(day),
                by=manager,
            )
            return
    raise Refused(f"No account of the demonstration answers {challenge.ref}.")


def _end(challenge: Challenge, one: dict[str, Any], officer: User, on: date) -> None:
    """In the child's record, and how it ended."""
    challenge.refresh_from_db()
    if one["on"] >= date(2017, 9, 1):
        services.mark_on_file(challenge, version=challenge.version, marked_at=_at(one["on"]), by=officer)
        challenge.refresh_from_db()
    if "resolved" in one and one["resolved"] <= on:
        ended = {"outcome": one["outcome"], "text": one["said"], "resolved_on": one["resolved"]}
        services.resolve(challenge, version=challenge.version, **ended, by=officer)


def _at(day: date) -> datetime:
    return datetime.combine(day, NOON)
