"""What happened in the twelve-week plans of the demonstration?"""

from datetime import date, timedelta
from typing import Any

from goldenthread_web.config.clock import today
from goldenthread_web.improvement import twelve_week_services
from goldenthread_web.improvement.figures_kept import kept
from goldenthread_web.improvement.models import Deliverable, TwelveWeekPlan


def twelve_weeks(telling: Any, number: int, one: dict[str, Any]) -> None:
    """Twelve weeks: begun, and what happened in them."""

    def plan() -> TwelveWeekPlan:
        return TwelveWeekPlan.objects.get(number=number)

    telling.at(one["starts_on"], lambda: _begin(telling, number, one))
    for _, text, _, _, done_on, result in one["deliverables"]:
        if done_on:
            telling.at(
                done_on,
                lambda text=text, on=done_on, result=result: _deliver(telling, number, text, on, result),
            )
    for week, on, decided in one["checkpoints"]:
        telling.at(on, lambda week=week, on=on, decided=decided: twelve_week_services.hold_checkpoint(
            plan(), week, decided=decided, held_on=on, by=telling.manager))  # fmt: skip
    for on, text in one["notes"]:
        telling.at(on, lambda on=on, text=text: twelve_week_services.write_weekly_note(
            plan(), text=text, on=on, by=telling.director))  # fmt: skip
    on, text = one["halfway"]
    telling.at(on, lambda: twelve_week_services.sum_up_halfway(plan(), text=text, on=on, by=telling.manager))
    closed_on, learning = one["closed"]
    telling.at(closed_on, lambda: _close(telling, plan(), one, closed_on, learning))


def _deliver(telling: Any, number: int, text: str, on: date, result: str) -> None:
    """A deliverable is there."""
    found = Deliverable.objects.get(plan__number=number, text=text)
    twelve_week_services.finish_deliverable(found, on=on, result=result, by=telling.lead)


def _begin(telling: Any, number: int, one: dict[str, Any]) -> None:
    """Begin twelve weeks, with their deliverables and the indicators there are figures of."""
    plan = twelve_week_services.begin(
        title=one["title"],
        cause=one["cause"],
        starts_on=one["starts_on"],
        follows=TwelveWeekPlan.objects.filter(number=number - 1, closed_on__isnull=False).first(),
        by=telling.manager,
    )
    for ref, text, post, week, _, _ in one["deliverables"]:
        twelve_week_services.add_deliverable(
            plan, action=telling.action_of(ref), text=text, lead_post=post, week_due=week, by=telling.manager
        )
    there = kept([ref for ref, _ in one["indicators"]], on=one["starts_on"] - timedelta(days=1))
    for ref, target in one["indicators"]:
        if ref in there:
            twelve_week_services.watch_indicator(plan, ref, target=target, by=telling.manager)
    for ref, team, on, task, result in one.get("focus", ()):
        if on <= today():
            twelve_week_services.set_focus_time(
                telling.action_of(ref),
                team=team,
                on=on,
                task=task,
                plan=plan,
                result=result,
                by=telling.manager,
            )


def _close(telling: Any, plan: Any, one: dict[str, Any], on: date, learning: str) -> None:
    """Close twelve weeks: what was not done is carried or dropped, as the story says."""
    said = {text: result for _, text, _, _, done_on, result in one["deliverables"] if not done_on}
    outcomes = {}
    for deliverable in plan.deliverables.filter(done_on__isnull=True):
        outcome, _, because = said.get(deliverable.text, "dropped: It stands in the plan.").partition(": ")
        outcomes[deliverable.pk] = (outcome, because)
    twelve_week_services.close(plan, outcomes=outcomes, learning=learning, on=on, by=telling.manager)
