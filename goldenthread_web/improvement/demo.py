"""How is the plan of the demonstration told? Day by day, as it would have been written, up to its today."""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from django.db import transaction

from goldenthread.calendar import is_working_day
from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import today
from goldenthread_web.improvement import (
    cycle_services,
    date_services,
    evidence_services,
    plan_services,
    stage_services,
)
from goldenthread_web.improvement.demo_twelve_weeks import twelve_weeks
from goldenthread_web.improvement.figures_kept import kept
from goldenthread_web.improvement.models import (
    Action,
    Cycle,
    Evidence,
    Objective,
    Stage,
)
from goldenthread_web.improvement.queries import action as the_action
from goldenthread_web.improvement.queries import actions, embeddings
from goldenthread_web.improvement.reverting import falls
from goldenthread_web.inspections.models import Recommendation
from goldenthread_web.programme.models import Component, Decision, Enabler, Theme
from goldenthread_web.programme.queries import body, decisions
from goldenthread_web.programme.services import record_decision

Told = tuple[date, int, Callable[[], object]]
FIRST = date(2017, 6, 12)  # when the plan was written
_RATINGS = ("impact_rating", "impact_later")
RETEST_AFTER = timedelta(days=240)


class Telling:
    """The story of the plan, told in the order of its days."""

    def __init__(self) -> None:
        self.said: dict[str, Any] = tomllib.loads(
            (files("goldenthread_web.improvement") / "demo.toml").read_text("utf-8")
        )
        self.manager = account_of("programme_manager")
        self.lead = account_of("head_of_service")
        self.verifier = account_of("qa_lead")
        self.director = account_of("director")
        self.steps: list[Told] = []
        self.refused: list[str] = []

    def tell(self) -> int:
        """Write everything whose day has come; how much there was."""
        self._write_plan()
        self._write_rhythm()
        told = sorted((one for one in self.steps if one[0] <= today()), key=lambda one: one[:2])
        with transaction.atomic():
            for _, _, do in told:
                do()
        return len(told)

    def at(self, on: date, do: Callable[[], object]) -> None:
        """Do something on a day, after what comes before it; not before the plan was written."""
        self.steps.append((max(on, FIRST), len(self.steps), do))

    def _write_plan(self) -> None:
        for one in self.said["objectives"]:
            self.at(FIRST, lambda one=one: self.objective(one))
        for one in self.said["stages"]:
            self.at(FIRST, lambda one=one: self.stage(one))
        for one in self.said["actions"]:
            self.at(one.get("since", FIRST), lambda one=one: self.action(one))
        for one in self.said["stages"]:
            self.at(FIRST, lambda one=one: self.aims(one))
            self.at(one["gate"]["held_on"], lambda one=one: self.gate(one))
        for one in self.said["actions"]:
            self.happenings(one)
        for one in self.said["versions"]:
            self.at(one["decided_on"], lambda one=one: self.version(one))

    def _write_rhythm(self) -> None:
        for month in _months(date(2017, 7, 1), today()):
            self.month(month)
        for one in self.said["challenges"]:
            self.at(one["asked_on"], lambda one=one: self.challenge(one))
        for one in self.said["next_steps"]:
            self.at(one["set_on"], lambda one=one: self.next_step(one))
        for number, one in enumerate(self.said["twelve_weeks"], start=1):
            twelve_weeks(self, number, one)

    def action_of(self, ref: str) -> Action:
        """The action of a reference, which the story has entered by now."""
        return _action(ref)

    # --- the plan

    def objective(self, one: dict[str, Any]) -> None:
        """An objective."""
        plan_services.add_objective(
            one["ref"],
            theme=Theme.objects.get(number=one["theme"]),
            text=one["text"],
            components=Component.objects.filter(number__in=one["components"]),
            by=self.manager,
        )

    def action(self, one: dict[str, Any]) -> None:
        """An action with its indicators and milestones."""
        ref = one["ref"]
        objective = Objective.objects.get(ref=f"O{ref.rpartition('.')[0]}")
        decided, who, due, _ = one.get("outside", ("", "", None, None))
        made = plan_services.add_action(
            ref,
            objective=objective,
            text=one["text"],
            intended_impact=one["impact"],
            lead_post=one["lead"],
            place=self.said["actions"].index(one) + 1,
            starts_on=one["starts_on"],
            baseline_due_on=one["due_on"],
            recommendations=Recommendation.objects.filter(number__in=one["recommendations"]),
            components=objective.components.all(),
            enablers=Enabler.objects.filter(number__in=one["enablers"]),
            delivery_post=one.get("delivery", ""),
            partner=one.get("partner", ""),
            cost_line=one.get("cost_line", ""),
            confidence=one.get("confidence", ""),
            origin=one.get("origin", Action.Origin.FINDING),
            outside_decision=decided,
            outside_body=who,
            outside_due_on=due,
            is_expected_to_worsen_first=one.get("worsens_first", False),
            by=self.manager,
        )
        for indicator, target, baseline, on in one["indicators"]:
            plan_services.set_indicator(
                made, indicator, target=target, baseline=baseline, baseline_on=on or None, by=self.manager
            )
        for text, baseline_on, _ in one["milestones"]:
            plan_services.add_milestone(made, text=text, baseline_on=baseline_on, by=self.manager)

    def happenings(self, one: dict[str, Any]) -> None:
        """What happened to an action, each on its day."""
        ref = one["ref"]

        def act(day: date, service: Callable[..., object], /, *given: Any, **said: Any) -> None:
            self.at(day, lambda: service(_action(ref), *given, **said, by=self.lead))

        for text, _, done_on in one["milestones"]:
            self.at(done_on, lambda text=text, on=done_on: self.finish(ref, text, on))
        for on, to, because in one.get("forecasts", ()):
            act(on, date_services.move_forecast, to=to, because=because, on=on)
        for on, text in one.get("notes", ()):
            act(on, cycle_services.add_note, text=text, on=on)
        if "outside" in one:
            on = one["outside"][3]
            self.at(on, lambda: self.decided_outside(ref, on))
        if "rebaseline" in one:
            on, to, because, version = one["rebaseline"]
            self.at(on, lambda: self.rebaseline(ref, to, because, version, on))
        for kind, text, result, about_on, where in (*one["evidence"], *one.get("later", ())):
            came_on = about_on + timedelta(days=3)
            given = (ref, kind, text, result, about_on, came_on, where)
            self.at(came_on, lambda given=given: self.evidence(*given))
        self.trouble(one)
        for impact, on, because, *test in (one[name] for name in _RATINGS if name in one):
            said = dict(zip(("test_on", "test_ref"), test, strict=False))
            act(on, evidence_services.judge_impact, impact, because=because, on=on, **said)
        last = max(about_on for _, _, _, about_on, _ in one["evidence"][:1]) + timedelta(days=3)
        act(max(one["done_on"], last), date_services.finish_action, on=one["done_on"])
        self.embedding(one)

    def embedding(self, one: dict[str, Any]) -> None:
        """When it was said to be embedded, fell back and was embedded again."""
        ref = one["ref"]
        if "embedded_on" in one:
            self.at(one["embedded_on"], lambda: self.embed(ref, one["embedded_on"], one.get("embedded_by")))
        if "again_on" in one:
            self.at(one["again_on"], lambda: self.embed_again(ref, one["failed"][1], one))
        if "failed" in one:
            about_on, came_on, text = one["failed"]
            self.at(came_on, lambda: self.evidence(ref, "case_audit", text, "against", about_on, came_on, ""))

    def trouble(self, one: dict[str, Any]) -> None:
        """What stood in the way, and when it no longer did."""
        if "blocked" in one:
            on, until, because, escalation = one["blocked"]
            self.at(on, lambda: self.say_trouble(one["ref"], blocked_because=because, escalation=escalation))
            self.at(until, lambda: self.say_trouble(one["ref"], escalation=escalation))
        said = {name: one[name][1] for name in ("recovery", "escalation") if name in one}
        if said:
            on = max(one[name][0] for name in said)
            self.at(on, lambda: self.say_trouble(one["ref"], **said))

    def say_trouble(self, ref: str, **said: str) -> None:
        """What stands in the way now."""
        found = _action(ref)
        date_services.report_trouble(found, version=found.version, **said, by=self.lead)

    def finish(self, ref: str, text: str, on: date) -> None:
        """A milestone is done."""
        found = _action(ref).milestones.get(text=text)
        date_services.finish_milestone(found, on=on, by=self.lead)

    def decided_outside(self, ref: str, on: date) -> None:
        """Somebody else made the decision that the action waits for."""
        found = _action(ref)
        plan_services.change_action(
            found,
            version=found.version,
            objective=found.objective,
            recommendations=found.recommendations.all(),
            components=found.components.all(),
            outside_decided_on=on,
            by=self.manager,
        )

    def rebaseline(self, ref: str, to: date, because: str, version: int, on: date) -> None:
        """Another day promised, by the decision on the second version of the plan."""
        said = self.said["versions"][version]
        date_services.move_baseline(
            _action(ref), to=to, because=because, decision=self.decision(said), on=on, by=self.manager
        )

    def evidence(
        self, ref: str, kind: str, text: str, result: str, about_on: date, came_on: date, where: str
    ) -> Evidence | None:
        """A piece of evidence; case audits and feedback are verified by somebody else.

        Of an indicator `where` is the reference; without figures there is nothing to freeze.
        """
        if kind == Evidence.Kind.INDICATOR and where not in kept([where], on=about_on):
            return None
        is_figure = kind == Evidence.Kind.INDICATOR
        made = evidence_services.add_evidence(
            _action(ref),
            kind=kind,
            text=text,
            result=result,
            about_on=about_on,
            received_on=came_on,
            where="" if is_figure else where,
            ref=where if is_figure else "",
            by=self.lead,
        )
        if kind in ("case_audit", "feedback"):
            evidence_services.verify_evidence(made, by=self.verifier)
        return made

    def embed(self, ref: str, on: date, by: str | None) -> None:
        """Somebody other than its owner says that it is embedded; what still speaks against it is told."""
        found = _action(ref)
        kinds = ("case_audit", "feedback", "indicator")
        pieces = found.evidence.filter(result="for", kind__in=kinds, expires_on__gte=on)
        try:
            evidence_services.award_embedded(
                found,
                evidence=pieces,
                retest_on=on + RETEST_AFTER,
                on=on,
                by=self.director if by == "director" else self.verifier,
            )
        except Refused as refusal:
            self.refused.append(f"{ref}: {refusal}")

    def embed_again(self, ref: str, fell_on: date, one: dict[str, Any]) -> None:
        """What fell back on a day, as each night would have written down, is embedded again."""
        for award, fall in falls(on=fell_on, of=[_action(ref).pk]).values():
            evidence_services.fall_back(award, fall, by=None)
        self.embed(ref, one["again_on"], one.get("embedded_by"))

    def version(self, one: dict[str, Any]) -> None:
        """A version that a body approved."""
        cycle_services.approve_version(self.decision(one), summary=one["summary"], by=self.manager)

    def decision(self, one: dict[str, Any]) -> Decision:
        """The decision of a body on a day, recorded where the body's own story does not tell it."""
        its_body, on = body(one["body"]), one.get("decided_on") or one["held_on"]
        found = [one for one in decisions(of=its_body, to=on) if one.decided_on == on and one.is_in_favour]
        named = [each for each in found if each.minute == one["minute"]]
        if named or (found and not one.get("is_own")):
            return (named or found)[0]
        return record_decision(
            its_body,
            decided_on=on,
            proposed=one["proposed"],
            outcome="agreed",
            text=one.get("text") or one["because"],
            minute=one["minute"],
            by=self.director,
        )

    # --- stages

    def stage(self, one: dict[str, Any]) -> None:
        """A stage."""
        said = {name: one[name] for name in ("name", "starts_on", "ends_on", "statement")}
        stage_services.set_stage(one["number"], **said, by=self.manager)

    def aims(self, one: dict[str, Any]) -> None:
        """What a stage is to reach."""
        stage = Stage.objects.get(number=one["number"])
        is_begun = one["starts_on"] <= today()
        for text, progress, refs, indicator, target, _ in one["aims"]:
            stage_services.add_aim(
                stage,
                text=text,
                progress=progress if is_begun else "",
                actions=actions().filter(ref__in=refs),
                ref=indicator,
                target=target,
                by=self.manager,
            )

    def gate(self, one: dict[str, Any]) -> None:
        """The review at the end of a stage; aims carried into it are met by then."""
        stage = Stage.objects.get(number=one["number"])
        said = {text: outcome for text, *_, outcome in one["aims"]}
        gate = one["gate"]
        stage_services.hold_gate(
            stage,
            held_on=gate["held_on"],
            decision=self.decision(gate),
            outcome=gate["outcome"],
            because=gate["because"],
            outcomes={aim.pk: said.get(aim.text, "met") for aim in stage.aims.all()},
            by=self.manager,
        )

    # --- months

    def month(self, first: date) -> None:
        """A month of the plan: opened on the 1st, reported by the 14th, frozen on the 18th."""
        name = f"{first:%B %Y}"
        days = {
            "opened_on": first,
            "updates_due_on": first.replace(day=14),
            "freeze_on": first.replace(day=18),
            "challenge_on": first.replace(day=20),
            "board_on": _working_day(first.replace(day=26)),
        }
        self.at(first, lambda: cycle_services.open_cycle(name, **days, by=self.manager))
        self.at(first.replace(day=13), lambda: self.updates(name, first.replace(day=13)))
        self.at(first.replace(day=18), lambda: self.freeze(name, first.replace(day=18)))

    def updates(self, name: str, on: date) -> None:
        """What owners report: the next step, or that it goes on."""
        cycle = Cycle.objects.get(name=name)
        missing = {one["ref"] for one in self.said["actions"] if name in one.get("missed", ())}
        for action in actions().filter(done_on__isnull=True, starts_on__lte=on):
            if action.ref in missing:
                continue
            step = action.milestones.filter(done_on__isnull=True).first()
            text = (
                f"Next: {step.text[:1].lower()}{step.text[1:]}." if step else "The work goes on as planned."
            )
            cycle_services.report(
                cycle, action, text=text, forecast_on=action.forecast_due_on, on=on, by=self.lead
            )

    def freeze(self, name: str, on: date) -> None:
        """A month is frozen."""
        cycle_services.freeze(Cycle.objects.get(name=name), on=on, by=self.manager)

    def challenge(self, one: dict[str, Any]) -> None:
        """A question, and its answer where there was one by now."""
        made = cycle_services.put_challenge(
            Cycle.objects.get(name=one["cycle"]),
            _action(one["action"]),
            question=one["question"],
            on=one["asked_on"],
            by=self.manager,
        )
        if "answer" in one and one["answer"][0] <= today():
            on, text = one["answer"]
            cycle_services.answer_challenge(made, answer=text, on=on, by=self.lead)

    def next_step(self, one: dict[str, Any]) -> None:
        """A priority, and what became of it."""
        made = cycle_services.set_next_step(
            Theme.objects.get(number=one["theme"]),
            text=one["text"],
            due_on=one["due_on"],
            action=_action(one["action"]),
            on=one["set_on"],
            by=self.manager,
        )
        if "outcome" in one and one["outcome"][1] <= today():
            outcome, on, said = one["outcome"]
            cycle_services.close_next_step(made, outcome=outcome, said=said, on=on, by=self.lead)


def retest_what_is_due(telling: Telling) -> int:
    """Test again what is embedded and due, on fresh evidence; how much there was."""
    count = 0
    for award in embeddings().filter(reverted_at__isnull=True):
        while award.retest_on <= today():
            on, ref = award.retest_on, award.action.ref
            pieces = [
                telling.evidence(ref, kind, text, "for", on - timedelta(days=5), on, "")
                for kind, text in (
                    ("case_audit", "Tested again: it holds in nineteen of twenty records."),
                    ("feedback", "Asked again: they say the same as last time."),
                )
            ]
            by = telling.director if award.awarded_by_id == telling.director.pk else telling.verifier
            evidence_services.retest(award, evidence=pieces, retest_on=on + RETEST_AFTER, on=on, by=by)
            count += 1
    return count


def _action(ref: str) -> Action:
    found = the_action(ref)
    if found is None:
        raise Refused(f"The story names action {ref}, which it has not entered.")
    return found


def _working_day(day: date) -> date:
    """That day, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(1)
    return day


def _months(first: date, last: date) -> list[date]:
    found = []
    while first <= last:
        found.append(first)
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return found
