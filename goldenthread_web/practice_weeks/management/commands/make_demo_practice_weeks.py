"""What did leaders of the demonstration see? Two Practice Weeks and two immediate concerns: invented."""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.units import open_units
from goldenthread_web.concerns.demo_story import tell_story
from goldenthread_web.config.clock import LONDON, today
from goldenthread_web.improvement.queries import action
from goldenthread_web.practice_weeks import learning_services, observation_services, week_services
from goldenthread_web.practice_weeks.models import PracticeWeek, RosterEntry, YouSaid

_ENTRY = ("on", "half", "activity", "post")
_SEEN = ("saw", "strengths", "in_the_way", "themes")
_SAID = ("theme", "audience", "said", "doing", "post", "due_on")


class Command(BaseCommand):
    """`make_demo_practice_weeks`, once the demonstration has its plan."""

    help = "Enter the Practice Weeks and the immediate concerns of the demonstration."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Write them as leaders and the quality assurance lead would; what lies after today is left out."""
        if PracticeWeek.objects.exists():
            self.stdout.write("There are Practice Weeks already: nothing was changed.")
            return
        said = tomllib.loads((files("goldenthread_web.practice_weeks") / "demo.toml").read_text("utf-8"))
        by, told = account_of("qa_lead"), [one for one in said["weeks"] if one["starts_on"] <= today()]
        for one in told:
            _week(one, by)
        concerns = tell_story()
        self.stdout.write(f"{len(told)} Practice Weeks, {concerns} immediate concerns.")


def _week(one: dict[str, Any], by: User) -> None:
    words = {name: one[name] for name in ("theme", "purpose", "plan", "starts_on", "ends_on")}
    week = week_services.plan_week(**words, by=by)
    teams = _teams()
    for row in one["roster"]:
        _entry(week, row, teams, by)
    said = [(row, _said(week, row, by)) for row in one["you_said"]]
    report = one["report"]
    _done(said, up_to=report["on"], by=by)
    if report["on"] <= today():
        texts = {name: report[name] for name in ("strengths", "in_the_way", "follows")}
        learning_services.write_report(week, reported_on=report["on"], **texts, by=by)
    if report["published_on"] <= today():
        learning_services.publish_you_said(week, on=report["published_on"], by=by)
    _done(said, up_to=today(), by=by)


def _entry(week: PracticeWeek, row: dict[str, Any], teams: list[str], by: User) -> None:
    person = account_of(row["role"]) if "role" in row else None
    team = teams[row["team"] % len(teams)] if "team" in row and teams else ""
    words = {name: row[name] for name in _ENTRY}
    entry = week_services.roster(
        week, **words, person=person, team=team, with_whom=row.get("with_whom", ""), by=by
    )
    if "consent_on" in row:
        posts = {"consent_taken_by": "Social worker", "worker_present": "Social worker"}
        entry = week_services.record_consent(
            entry, version=entry.version, consent_on=row["consent_on"], **posts, by=by
        )
    if "cancelled_on" in row:
        because = row["cancelled_because"]
        week_services.cancel_entry(
            entry, version=entry.version, because=because, on=row["cancelled_on"], by=by
        )
    elif row["on"] <= today():
        _seen(entry, row, person or by)


def _seen(entry: RosterEntry, row: dict[str, Any], by: User) -> None:
    fear = None
    if "told" in row:
        fear = {"told_post": row["told"], "told_at": row["told_at"].replace(tzinfo=LONDON)}
    observation_services.write_observation(
        entry,
        version=entry.version,
        held_on=row["on"],
        answers={f"{number}": said for number, said in enumerate(row["answers"])},
        **{name: row[name] for name in _SEEN if name in row},
        fear=fear,
        by=by,
    )


def _said(week: PracticeWeek, row: dict[str, Any], by: User) -> YouSaid:
    linked = action(row["action"]) if "action" in row else None
    return learning_services.add_you_said(week, **{name: row[name] for name in _SAID}, action=linked, by=by)


def _done(said: list[tuple[dict[str, Any], YouSaid]], *, up_to: date, by: User) -> None:
    """What was done by a day, in the order of the days."""
    done = [(row, one) for row, one in said if "did" in row and row["done_on"] <= min(up_to, today())]
    for row, one in sorted(done, key=lambda pair: pair[0]["done_on"]):
        one.refresh_from_db()
        if not one.is_done:
            learning_services.we_did(one, version=one.version, did=row["did"], done_on=row["done_on"], by=by)


def _teams() -> list[str]:
    """The council's teams today, by name."""
    return sorted(set(open_units(Unit.Kind.TEAM, today()).values_list("name", flat=True)))
