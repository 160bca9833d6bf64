"""How are the standards of the demonstration told? Edition 1 of August 2017, and what the visit set going."""

import tomllib
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.config.clock import today
from goldenthread_web.standards import services, standard_services
from goldenthread_web.standards.models import Edition, Question, Standard
from goldenthread_web.standards.queries import standards_of

_FIELDS = ("section", "statement", "expectations", "inadequate", "requires_improvement", "good")
_FIELDS += ("outstanding", "statute", "clock", "indicators", "tags", "training", "domain")


def tell() -> list[Edition]:
    """Write the editions whose days have come, as the quality assurance lead and the director would."""
    said = tomllib.loads((files("goldenthread_web.standards") / "demo.toml").read_text("utf-8"))
    made = []
    if said["first"]["drafted_on"] <= today():
        made.append(_adopted(_drafted(said["first"]), said["first"]))
    if said["second"]["drafted_on"] <= today():
        edition = _drafted(said["second"])
        _written(edition, said["second"])
        made.append(_adopted(edition, said["second"]))
    return made


def at_work(day: date, hour: int = 10) -> datetime:
    """A moment of a working day."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def _drafted(said: dict[str, Any]) -> Edition:
    return services.begin_edition(
        about=said["about"], by=account_of("qa_lead"), at=at_work(said["drafted_on"])
    )


def _adopted(edition: Edition, said: dict[str, Any]) -> Edition:
    """Proposed and adopted where those days have come."""
    edition.refresh_from_db()
    if said["proposed_on"] <= today():
        edition = services.propose_edition(
            edition, version=edition.version, by=account_of("qa_lead"), at=at_work(said["proposed_on"])
        )
    if said["adopted_on"] <= today():
        edition = services.adopt_edition(
            edition,
            version=edition.version,
            in_force_on=said.get("in_force_on", said["adopted_on"]),
            by=account_of("director"),
            at=at_work(said["adopted_on"], 9),
        )
    return edition


def _written(edition: Edition, said: dict[str, Any]) -> None:
    by = account_of("qa_lead")
    there = {one.code: one for one in standards_of(edition)}
    for change in said["changes"]:
        one = there[change["code"]]
        words = _words(one) | {change["field"]: change["text"]}
        words["expectations"] = [*one.expectations, *([change["also"]] if "also" in change else [])]
        standard_services.change_standard(one, version=one.version, by=by, **words)
    for more in said["questions"]:
        standard_services.add_question(
            there[more["standard"]], text=more["text"], cohorts=more["cohorts"], by=by
        )
    for other in said["asked_otherwise"]:
        question = Question.objects.select_related("standard__edition").get(
            standard__edition=edition, code=other["question"]
        )
        standard_services.change_question(
            question, version=question.version, text=other["text"], cohorts=question.cohorts, by=by
        )
    for new in said["standards"]:
        questions = new.pop("questions")
        made = standard_services.add_standard(edition, new.pop("code"), by=by, **new)
        for text in questions:
            standard_services.add_question(made, text=text, by=by)


def _words(one: Standard) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS}
