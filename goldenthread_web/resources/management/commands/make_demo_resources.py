"""What does the programme of the demonstration cost? Its money, posts and reviews: invented."""

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.queries import action
from goldenthread_web.programme.models import Decision
from goldenthread_web.programme.queries import body
from goldenthread_web.programme.services import record_decision
from goldenthread_web.resources import post_services, services
from goldenthread_web.resources.models import InvestmentLine
from goldenthread_web.resources.quarters import Quarter
from goldenthread_web.resources.queries import posts

_WORDS = ("title", "about", "source", "starts_on", "post", "benefit", "benefit_test_on", "kind")


class Command(BaseCommand):
    """`make_demo_resources`, once the demonstration has its programme and its plan."""

    help = "Enter the money, the posts and the reviews of processes of the demonstration."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Write them as the programme manager would; what lies after today is left out."""
        if InvestmentLine.objects.exists():
            self.stdout.write("There is money already: nothing was changed.")
            return
        by, day = account_of("programme_manager"), today()
        said = tomllib.loads((files("goldenthread_web.resources") / "demo.toml").read_text("utf-8"))
        decisions = {one["code"]: _decided(one, by) for one in said["decisions"] if one["on"] <= day}
        lines = {one["ref"]: _entered(one, decisions, day, by) for one in said["lines"]}
        for one in said["sign_offs"]:
            if one["on"] <= day:
                services.sign_off(
                    Quarter(one["year"], one["quarter"]),
                    statement=one["statement"],
                    by=account_of("section_151_officer"),
                )
        for one in said["service_spends"]:
            _cost(one, day, by)
        for one in said["reviews"]:
            _reviewed(one, lines, day, by)
        for one in said["posts"]:
            if one["since"] <= day:
                post_services.add_post(**one, by=by)
        for one in (one for one in said["changes"] if one["on"] <= day):
            post = posts().get(title=one["title"])
            post_services.change_post(
                post,
                version=post.version,
                status="permanent",
                since=one["on"],
                expected_on=None,
                note=one["note"],
                by=by,
            )
        self.stdout.write(f"{len(lines)} lines of money, {len(said['posts'])} posts.")


def _decided(one: dict[str, Any], by: User) -> Decision:
    found = body(one["body"])
    if found is None:
        raise Refused(f"There is no body {one['body']}: make_demo_programme makes it.")
    return record_decision(
        found,
        decided_on=one["on"],
        proposed=one["proposed"],
        outcome=Decision.Outcome.AGREED,
        text=one["text"],
        minute=one["minute"],
        by=by,
    )


def _entered(one: dict[str, Any], decisions: dict[str, Decision], day: date, by: User) -> InvestmentLine:
    line = services.add_line(
        one["ref"],
        **{name: one[name] for name in _WORDS},
        ends_on=one.get("ends_on"),
        is_programme_cost=one.get("is_programme_cost", False),
        indicator=one["indicator"],
        action=action(one["action"]) if "action" in one else None,
        exit_plan=one.get("exit_plan", ""),
        person=None,
        by=by,
    )
    for each in one["approvals"]:
        if each["decision"] in decisions:
            decision = decisions[each["decision"]]
            services.approve(line, amount=Decimal(each["amount"]), decision=decision, by=by)
    amounts = {
        Quarter(int(year), number): Decimal(amount)
        for year, planned in one["plan"].items()
        for number, amount in enumerate(planned, 1)
    }
    for each in (each for each in one.get("budgets", ()) if each["on"] <= day):
        amounts |= {Quarter(each["year"], at): Decimal(sum_) for at, sum_ in enumerate(each["amounts"], 1)}
    services.plan_line(line, amounts=amounts, by=by)
    for each in (each for each in one["spends"] if each["on"] <= day):
        services.enter_spend(
            line, spent_on=each["on"], amount=Decimal(each["amount"]), note=each["note"], by=by
        )
    for each in (each for each in one.get("forecasts", ()) if each["on"] <= day):
        services.forecast_line(
            line, made_on=each["on"], amount=Decimal(each["amount"]), because=each["because"], by=by
        )
    for each in (each for each in one.get("evidence", ()) if each["on"] <= day):
        services.add_evidence(
            line,
            about_on=each["on"],
            shows=each["shows"],
            text=each["text"],
            with_figure=each["with_figure"],
            test_again_on=each.get("again"),
            by=by,
        )
    return line


def _cost(one: dict[str, Any], day: date, by: User) -> None:
    quarters = {
        Quarter(int(year), number): Decimal(amount)
        for year, amounts in one["amounts"].items()
        for number, amount in enumerate(amounts, 1)
    }
    for quarter in (each for each in quarters if each.ends_on < day):
        services.enter_service_spend(
            one["service"], quarter=quarter, amount=quarters[quarter], source=one["source"], by=by
        )


def _reviewed(one: dict[str, Any], lines: dict[str, InvestmentLine], day: date, by: User) -> None:
    live_on = one.get("live_on")
    is_live = live_on is not None and live_on <= day
    said = one | {
        "line": lines[one["line"]],
        "live_on": live_on if is_live else None,
        "effect": one.get("effect", "") if is_live else "",
    }
    post_services.add_review(**said, by=by)
