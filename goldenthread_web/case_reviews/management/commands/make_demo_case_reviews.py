"""How was every case of the family support service of the demonstration reviewed in summer 2017? Invented."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread.calendar import is_working_day
from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.units import open_units
from goldenthread_web.case_reviews import services
from goldenthread_web.case_reviews.models import Case, Exercise
from goldenthread_web.concerns import services as concerns
from goldenthread_web.config.clock import LONDON, today
from goldenthread_web.extracts.current import current
from goldenthread_web.sampling.cohorts import candidates
from goldenthread_web.sampling.drawing import rank

SEED = "the demonstration, every case"
NOON = time(12)
_Share = Sequence[tuple[str, float]]


class Command(BaseCommand):
    """`make_demo_case_reviews`, once the demonstration has its load and its accounts."""

    help = "Review every case of the family support service of the demonstration."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Begin it, hand out, review, look up who left, and leave a few to be done."""
        if Exercise.objects.exists():
            self.stdout.write("There is a review of every case already: nothing was changed.")
            return
        if current() is None:
            self.stdout.write("Nothing is loaded, so there is no case to review.")
            return
        said = tomllib.loads((files("goldenthread_web.case_reviews") / "demo.toml").read_text("utf-8"))
        try:
            with transaction.atomic():
                exercise = _reviewed(said, account_of("qa_lead"))
        except Refused as refusal:
            self.stdout.write(f"Nothing was reviewed: {refusal}")
            return
        done = exercise.cases.exclude(reviewed_on=None).count()
        self.stdout.write(f"{done} of {exercise.cases.filter(left_on=None).count()} cases reviewed.")


def _reviewed(said: dict[str, Any], lead: User) -> Exercise:
    exercise = services.begin_exercise(
        **{name: said[name] for name in ("title", "why", "cohort", "frozen_on", "due_on")},
        teams=_teams(said, said["frozen_on"]),
        seed=SEED,
        by=lead,
    )
    _hand_out(exercise, [account_of(role) for role in said["reviewers"]], said["handed_on"], lead)
    cases = list(_to_do(exercise))
    early = cases[: round(len(cases) * said["before_left"])]
    _review(early, said, (said["first_on"], said["left_on"] - timedelta(1)))
    services.note_who_left(exercise, on=min(said["left_on"], today()), by=lead)
    late = _without_the_rest(exercise, said, len(early))
    _review(late, said, (said["left_on"] + timedelta(1), said["last_on"]))
    for reviewer in User.objects.filter(pk__in=_to_do(exercise).exclude(reviewer=None).values("reviewer")):
        services.take_cases_back(exercise, reviewer=reviewer, by=lead)
    services.note_who_left(exercise, by=lead)
    if _to_do(exercise).exists():
        rest = account_of(said["rest"])
        services.hand_out(exercise, reviewer=rest, number=_to_do(exercise).count(), by=lead)
    return exercise


def _to_do(exercise: Exercise) -> Any:
    found = exercise.cases.filter(reviewed_on=None, left_on=None)
    return found.select_related("child", "reviewer").order_by("child__position")


def _teams(said: dict[str, Any], on: date) -> list[str]:
    """The teams of the service that is reviewed, by the names of its day."""
    service_of = dict(open_units(Unit.Kind.TEAM, today()).values_list("name", "service"))
    held = Counter(one.service for one in candidates(said["cohort"], on) if one.team in service_of)
    named = [one for words in said["service_words"] for one in held if words in one]
    if not held:
        raise Refused("No team of today's units held an open case then.")
    service = named[0] if named else held.most_common(1)[0][0]
    return sorted({one.team for one in candidates(said["cohort"], on) if one.service == service})


def _hand_out(exercise: Exercise, reviewers: list[User], on: date, lead: User) -> None:
    """Shared out evenly; what nobody may look at stays with nobody."""
    each = -(-exercise.cases.count() // len(reviewers))
    for reviewer in reviewers:
        if exercise.cases.filter(reviewer=None).exists():
            services.hand_out(exercise, reviewer=reviewer, number=each, handed_on=on, by=lead)


def _without_the_rest(exercise: Exercise, said: dict[str, Any], done: int) -> list[Case]:
    """The cases reviewed in the second half. Left to be done are children whose case is open still."""
    still = {one.reference for one in candidates(said["cohort"], today())}
    to_do = list(_to_do(exercise).exclude(reviewer=None))
    number = round((len(to_do) + done) * said["done"]) - done
    gone = [one for one in to_do if one.child.reference not in still]
    there = [one for one in to_do if one.child.reference in still]
    return [*gone, *there][: max(number, 0)]


def _review(cases: list[Case], said: dict[str, Any], between: tuple[date, date]) -> None:
    """Review the cases one after the other on the working days between two days."""
    days = [day for day in _days(*between) if is_working_day(day) and day <= today()]
    if not cases or not days:
        return
    outcomes = _shared_out(cases, list(said["outcomes"].items()), "outcome")
    answers = {
        code: _shared_out(cases, [("yes", yes), ("unclear", unclear), ("no", 1 - yes - unclear)], code)
        for code, (yes, unclear) in said["answers"].items()
    }
    due = [one for one in said["concerns"] if days[0] <= one["on"] <= days[-1]]
    answering = [account_of(role) for role in said["answered_by"]]
    for place, one in enumerate(cases):
        day = days[place * len(days) // len(cases)]
        chosen = {code: found[one.pk] for code, found in answers.items()}
        if due and due[0]["on"] <= day:
            concern = due.pop(0)
            _save(one, day, "concern", chosen, said["texts"], concern["at"])
            # Whoever raises a concern never answers it.
            _answer_concern(one, day, concern, next(by for by in answering if by != one.reviewer))
        else:
            _save(one, day, outcomes[one.pk], chosen, said["texts"], NOON)


def _save(
    one: Case, day: date, outcome: str, answers: dict[str, str], texts: dict[str, str], at: time
) -> None:
    services.save_review(
        one,
        version=one.version,
        answers=answers,
        outcome=outcome,
        text=texts[outcome],
        concern_text=texts["concern"],
        is_done=True,
        reviewed_on=day,
        at=datetime.combine(day, at, LONDON),
        by=one.reviewer,
    )


def _answer_concern(one: Case, day: date, said: dict[str, Any], by: User) -> None:
    """The concern is taken on within the hour, and the child is safe the same day."""
    one.refresh_from_db()
    made, moment = one.concern, partial(datetime.combine, tzinfo=LONDON)
    made = concerns.acknowledge(made, at=moment(day, said["acknowledged"]), by=by)
    safe = {"is_safe": True, "plan": said["plan"], "at": moment(day, said["safe"])}
    made = concerns.record_safety(made, version=made.version, **safe, by=by)
    at = moment(day + timedelta(1), NOON)
    concerns.resolve(made, version=made.version, resolution=said["resolution"], at=at, by=by)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(number) for number in range((last - first).days + 1)]


def _shared_out(cases: list[Case], shares: _Share, about: str) -> dict[int, str]:
    """To each case one of the codes, each as often as its share says; the same whenever it is made."""
    order = sorted(cases, key=lambda one: rank(SEED, f"{about}|{one.child.reference}"))
    found, until = {}, 0.0
    for code, share in shares:
        first, until = until, until + share
        for one in order[round(first * len(order)) : round(until * len(order))]:
            found[one.pk] = code
    return {one.pk: found.get(one.pk, shares[0][0]) for one in cases}
