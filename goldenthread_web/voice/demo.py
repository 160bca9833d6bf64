"""What did people say in the demonstration? Told over the year, and asked in surveys; nobody is real."""

import tomllib
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.accounts.units import open_units
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import index
from goldenthread_web.improvement.queries import actions
from goldenthread_web.voice import demo_answers, services
from goldenthread_web.voice.models import Feedback, Response

FIRST = date(2017, 1, 9)


@cache
def said() -> dict[str, Any]:
    """The story, as data."""
    return tomllib.loads((files("goldenthread_web.voice") / "demo.toml").read_text("utf-8"))


def tell() -> tuple[int, int]:
    """Write it; how many voices and how many answers there are."""
    lead = account_of("qa_lead")
    teams = sorted(open_units(Unit.Kind.TEAM, today()).values_list("name", flat=True))
    rounds = [
        services.begin_asking(**one, by=lead) for one in said()["askings"] if one["starts_on"] <= today()
    ]
    _voices(rounds, teams, lead)
    _replies(lead)
    for one in said()["told"]:
        if one["told_on"] <= today():
            services.note_told(**one, by=lead)
    for one in said()["surveys"]:
        if one["opens_on"] <= today():
            _survey(one, teams, lead)
    return Feedback.objects.count(), Response.objects.count()


def _voices(rounds: list[Any], teams: list[str], lead: User) -> None:
    """Each sentence some weeks apart, those that are positive more often towards the end of the year.

    What is about one child is about one of the team manager's, so that whoever looks around can read it.
    """
    manager = account_of("team_manager")
    children = sorted(index().ids_within(child_scope(manager)))
    for number, one in enumerate(said()["said"]):
        days = 70 if one["positive"] == "no" else 52
        day = FIRST + timedelta(days=7 * (number % 8) + (120 if one["positive"] == "yes" else 0))
        while day <= today():
            asking = next(
                (r for r in rounds if r.audience == one["audience"] and r.starts_on <= day <= r.ends_on), None
            )
            roll = _roll(f"{number}{day}")
            child = children[roll % len(children)] if children and one.get("about_a_child") else ""
            services.record_feedback(
                audience=one["audience"],
                channel=one["channel"],
                received_on=day,
                text=one["text"],
                themes=one["themes"],
                is_positive=one["positive"] == "yes",
                team=manager.unit.name if child else teams[roll % len(teams)] if teams else "",
                reference=reference(child) if child else "",
                asking=asking,
                by=lead,
            )
            day += timedelta(days=days + _roll(f"{day}{number}") % 21)


def _replies(lead: User) -> None:
    by_ref = {one.ref: one for one in actions()}
    for one in said()["replies"]:
        made = services.begin_reply(
            audience=one["audience"],
            theme=one["theme"],
            said=one["said"],
            owner=one["owner"],
            due_on=one["due_on"],
            action=by_ref.get(one["action"]),  # none where the demonstration has no plan
            by=lead,
        )
        if "did" in one and one["done_on"] <= today():
            services.finish_reply(made, did=one["did"], done_on=one["done_on"], version=1, by=lead)


def _survey(one: dict[str, Any], teams: list[str], lead: User) -> None:
    names = ("title", "kind", "audience", "opens_on", "closes_on", "invited", "asks_team")
    survey = services.open_survey(**{name: one[name] for name in names}, items=list(one["agree"]), by=lead)
    days = (one["closes_on"] - one["opens_on"]).days
    for number in range(one["answers"]):
        answers = {
            code: demo_answers.answer(share, _roll(f"{one['title']}{code}{number}"))
            for code, share in one["agree"].items()
        }
        team = teams[_roll(f"{number}{one['title']}") % len(teams)] if teams else ""
        services.take_over_answers(
            survey, answers=answers, team=team, on=one["opens_on"] + timedelta(days=number % days), by=lead
        )


def _roll(text: str) -> int:
    """A number under a hundred that is the same each time."""
    return int(sha256(text.encode()).hexdigest(), 16) % 100
