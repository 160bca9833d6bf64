"""Which dip samples has the demonstration? The letter's own, some drawn twice, one half done: invented."""

import tomllib
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import LONDON, today
from goldenthread_web.dip_samples import design_services, services
from goldenthread_web.dip_samples.models import Answer, Design, DesignVersion, DipSample, Line
from goldenthread_web.dip_samples.results import results_of
from goldenthread_web.extracts.current import current
from goldenthread_web.sampling.cohorts import candidates
from goldenthread_web.sampling.drawing import rank
from goldenthread_web.sampling.leaving_out import never_drawn

SEED = "the demonstration, dip sample {number}"
RARELY = 0.06  # how often an item does not apply
SPREAD = 0.08
NOON = time(12)
TAKEN_OVER_AT = datetime(2017, 10, 30, 9, 0, tzinfo=LONDON)  # before the first of them was drawn


class Command(BaseCommand):
    """`make_demo_dip_samples`, once the demonstration has its load and its accounts."""

    help = "Draw, answer and follow up the dip samples of the demonstration."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Draw what can be drawn from the load; what lies after today is left out."""
        if Design.objects.exists():
            self.stdout.write("There are designs of dip samples already: nothing was changed.")
            return
        lead = account_of("qa_lead")
        design_services.take_over_shipped(made_at=TAKEN_OVER_AT, by=lead)
        if current() is None:
            self.stdout.write(f"{Design.objects.count()} designs; nothing is loaded, so nothing was drawn.")
            return
        said = tomllib.loads((files("goldenthread_web.dip_samples") / "demo.toml").read_text("utf-8"))
        for number, one in enumerate(said["drawn"], 1):
            if one["on"] <= today():
                self._draw(number, one, lead)
        self.stdout.write(f"{Design.objects.count()} designs, {DipSample.objects.count()} dip samples.")

    def _draw(self, number: int, one: dict[str, Any], lead: User) -> None:
        try:
            with transaction.atomic():
                made = _drawn(number, one, lead)
        except Refused as refusal:
            self.stdout.write(f"{one['design']} of {one['on']} was not drawn: {refusal}")
            return
        sampler = made.sampler
        _answer(made, one, sampler)
        if "finished" not in one or one["finished"] > today():
            return
        made.refresh_from_db()
        services.finish(
            made, version=made.version, found=one["found"], finished_on=one["finished"], by=sampler
        )
        made.refresh_from_db()
        is_below = any(result.is_below for result in results_of([made])[made.pk])
        for follow_up in one.get("follow_ups", ()) if is_below else ():
            _follow_up(made, follow_up, lead)


def _drawn(number: int, one: dict[str, Any], lead: User) -> DipSample:
    version = DesignVersion.objects.filter(design__code=one["design"]).first()
    if version is None:
        raise Refused("It does not ship any more.")
    asked: dict[str, Any] = {"seed": SEED.format(number=number), "drawn_on": one["on"]}
    if "longest" in one:
        asked |= {"method": "targeted", "reason": one["reason"]}
        asked["references"] = _longest(version.cohort, one["on"], one["longest"], lead)
    sampler = account_of(one["by"])
    return services.draw_dip_sample(version, sampler=sampler, due_on=one["due"], **asked, by=lead)


def _longest(cohort: str, on: date, number: int, lead: User) -> set[str]:
    """The children whose record began first."""
    never = never_drawn(lead)
    found = [one for one in candidates(cohort, on) if one.day is not None and one.reference not in never]
    found.sort(key=lambda one: (one.day or on, one.reference))
    return {one.reference for one in found[:number]}


def _answer(made: DipSample, one: dict[str, Any], by: User) -> None:
    """Answer as often with yes as the story says; the same answers whenever the demonstration is made."""
    items = list(made.design_version.items.all())
    lines = list(made.lines.select_related("child"))
    lines = lines[: round(len(lines) * one.get("answered", 1))]
    at = datetime.combine(min(one.get("finished", today()), today()), NOON, LONDON)
    said: dict[int, dict[int, str]] = {line.pk: {} for line in lines}
    for item in items:
        share = one["shares"].get(item.code, one["share"] + _more_or_less(made, item.code))
        for line, code in _shared_out(made, lines, item.code, share):
            said[line.pk][item.pk] = code
    for line in lines:
        services.save_line(line, version=1, answers=said[line.pk], saved_at=at, by=by)


def _more_or_less(made: DipSample, code: str) -> float:
    """No two items are answered alike: up to so much more or less, by the seed."""
    return SPREAD * (2 * int(rank(made.sample.seed, code)[:4], 16) / 0xFFFF - 1)


def _shared_out(made: DipSample, lines: list[Line], code: str, share: float) -> list[tuple[Line, str]]:
    """As many yes as the share says, to whom chance gives them."""
    order = sorted(lines, key=lambda line: rank(made.sample.seed, f"{code}|{line.child.reference}"))
    none = round(len(order) * RARELY)
    yes = none + round((len(order) - none) * share)
    found = []
    for place, line in enumerate(order):
        is_yes = Answer.Said.YES if place < yes else Answer.Said.NO
        found.append((line, str(Answer.Said.NOT_APPLICABLE if place < none else is_yes)))
    return found


def _follow_up(made: DipSample, said: dict[str, Any], lead: User) -> None:
    item = made.design_version.items.filter(code=said.get("item", "")).first()
    words = {name: said[name] for name in ("text", "post")}
    follow_up = services.set_follow_up(made, item=item, due_on=said["due"], **words, by=lead)
    if "done" in said and said["done"] <= today():
        services.complete_follow_up(
            follow_up, version=1, text=said["done_text"], done_on=said["done"], by=lead
        )
