"""What could stop the programme of the demonstration? Thirteen risks and how they moved: invented."""

import tomllib
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.queries import action
from goldenthread_web.programme.models import Body
from goldenthread_web.programme.queries import body, themes
from goldenthread_web.risks import services
from goldenthread_web.risks.models import Mitigation, Risk
from goldenthread_web.risks.scales import Score

ENTERED_ON = date(2017, 5, 11)
_WORDS = ("if_text", "then_text", "cause", "event", "impact", "category", "post", "proximity", "appetite")


class Command(BaseCommand):
    """`make_demo_risks`, once the demonstration has its programme and its plan."""

    help = "Enter the risks of the demonstration, with their movements."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Write them as the programme manager would; what lies after today is left out."""
        if Risk.objects.exists():
            self.stdout.write("There are risks already: nothing was changed.")
            return
        by, day = account_of("programme_manager"), today()
        said = tomllib.loads((files("goldenthread_web.risks") / "demo.toml").read_text("utf-8"))
        for one in said["risks"]:
            risk = _entered(one, by)
            for mitigation in one["mitigations"]:
                _mitigated(risk, mitigation, day, by)
            for warning in one.get("warnings", ()):
                services.add_warning(risk, **warning, by=by)
            _moved(risk, one, day, by)
            _looked_at_again(risk, one, day, by)
        self.stdout.write(f"{len(said['risks'])} risks.")


def _entered(one: dict[str, Any], by: User) -> Risk:
    likelihood, impact, note = one["first"]
    starts = [one[name]["on"] for name in ("escalated",) if name in one]
    return services.enter_risk(
        one["ref"],
        **{name: one[name] for name in (*_WORDS, "review_on")},
        theme=themes().get(number=one["theme"]),
        person=None,
        inherent=Score(*one["inherent"]),
        current=Score(likelihood, impact),
        target=Score(*one["target"]),
        identified_on=min([ENTERED_ON, *starts]),
        note=note,
        by=by,
    )


def _moved(risk: Risk, one: dict[str, Any], day: date, by: User) -> None:
    """Whatever became of it, in the order of the days."""
    steps: list[tuple[date, Callable[..., object], dict[str, Any]]] = []
    for on, likelihood, impact, note in one["movements"]:
        steps.append((on, services.score_risk, {"score": Score(likelihood, impact), "note": note}))
    for name, write in (
        ("escalated", services.escalate_risk),
        ("returned", services.take_back_risk),
        ("close", services.close_risk),
    ):
        if name in one:
            said = {key: value for key, value in one[name].items() if key != "on"}
            if "body" in said:
                said["body"] = _body(said["body"])
            steps.append((one[name]["on"], write, said))
    for on, write, said in sorted(steps, key=lambda step: step[0]):
        if on <= day:
            risk.refresh_from_db()
            write(risk, version=risk.version, moved_on=on, **said, by=by)


def _looked_at_again(risk: Risk, one: dict[str, Any], day: date, by: User) -> None:
    """Once the day of the first review is past, the next one is a day ahead."""
    risk.refresh_from_db()
    if risk.closed_on is not None or one["review_on"] >= day or "reviewed_to" not in one:
        return
    words = {name: getattr(risk, name) for name in (*_WORDS, "theme", "person")}
    services.edit_risk(
        risk, version=risk.version, target=risk.target, review_on=one["reviewed_to"], **words, by=by
    )


def _mitigated(risk: Risk, one: dict[str, Any], day: date, by: User) -> None:
    is_control = one["kind"] == Mitigation.Kind.CONTROL
    tests = [test for test in one.get("tests", ()) if test["on"] <= day]
    made = services.add_mitigation(
        risk,
        kind=one["kind"],
        text=one["text"],
        post=one["post"],
        action=action(one["action"]) if "action" in one else None,
        test_due_on=one["due"] if is_control else None,
        by=by,
    )
    for test in tests:
        services.test_control(
            made,
            tested_on=test["on"],
            result=test["result"],
            note=test["note"],
            next_due_on=test["next"],
            by=by,
        )


def _body(code: str) -> Body:
    found = body(code)
    if found is None:
        raise Refused(f"There is no body {code}: make_demo_programme makes it.")
    return found
