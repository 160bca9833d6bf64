"""What were the inspections of the demonstration's council? Entered as its programme manager would have."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any

from goldenthread.papers.reading import read_text
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.inspections import intervention_services, letter_services, services
from goldenthread_web.inspections.marking import place_of
from goldenthread_web.inspections.models import (
    Finding,
    Inspection,
    Letter,
    Paragraph,
    Recommendation,
    Visit,
)
from goldenthread_web.programme.queries import components, themes

_MARK = re.compile(r"<(\d+)>(.*?)</\1>", re.DOTALL)


@dataclass
class Told:
    """How many of each were entered."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, number: int = 1) -> None:
        """Count some."""
        self.counts[what] = self.counts.get(what, 0) + number


def enter(*, on: date, manager: User) -> Told:
    """Enter everything that is known on a day; what lies ahead of it only as far as it is planned."""
    said = tomllib.loads((files("goldenthread_web.inspections") / "demo.toml").read_text("utf-8"))
    told = Told()
    _inspections(said["inspections"], on, manager, told)
    visits = _visits(said["visits"], on, manager, told)
    for one in said["letters"]:
        if one["received_on"] <= on:
            _letter(one, visits[one["visit"]], on, manager, told)
    _intervention(said["intervention"], on, manager, told)
    for one in said["engagements"]:
        if one["starts_on"] <= on:
            _engagement(one, on, manager)
            told.add("engagements")
    for one in said["homes"]:
        if (one.get("published_on") or one["inspected_on"]) <= on:
            services.enter_setting_inspection(**one, by=manager)
            told.add("homes")
    return told


def _inspections(said: Iterable[dict[str, Any]], on: date, manager: User, told: Told) -> None:
    for one in said:
        if one["ends_on"] > on:
            continue
        grades, recommended = one.pop("grades"), one.pop("recommendations", [])
        submitted = one.pop("plan_submitted_on", None)
        if one["published_on"] > on:
            one |= {"published_on": None, "overall_grade": ""}
        made = services.enter_inspection(**one, by=manager)
        told.add("inspections")
        if made.published_on is None:
            continue
        for area, grade in grades.items():
            services.judge(made, area, grade, by=manager)
        for each in recommended:
            services.set_recommendation(made, **each, by=manager)
            told.add("recommendations")
        if submitted and submitted <= on:
            services.change_inspection(made, version=made.version, plan_submitted_on=submitted, by=manager)


def _visits(said: Iterable[dict[str, Any]], on: date, manager: User, told: Told) -> dict[int, Visit]:
    made = {}
    for one in said:
        # A visit is known once it is announced, or once the letter before it says what comes next.
        if one.pop("known_on", one["announced_on"]) > on:
            continue
        if one["announced_on"] > on:
            one["announced_on"] = None
        one["lead_inspector"] = "Lead inspector, Her Majesty’s Inspector"
        number = one.pop("number")
        made[number] = services.set_visit(number, **one, by=manager)
        told.add("visits")
    return made


def _letter(said: dict[str, Any], visit: Visit, on: date, manager: User, told: Told) -> None:
    text, about = said["text"], said["findings"]
    quotes = {int(number): " ".join(words.split()) for number, words in _MARK.findall(text)}
    if sorted(quotes) != list(range(1, len(about) + 1)):
        raise Refused(f"The letter of visit {visit.number} in demo.toml: its marks and findings differ.")
    paper = read_text(re.sub(r"</?\d+>", "", text), f"letter-of-visit-{visit.number}.txt")
    made = letter_services.enter_letter(
        paper,
        of=visit,
        dated_on=said["dated_on"],
        received_on=said["received_on"],
        is_public=said["is_public"],
        is_copied_to_dfe=said["is_copied_to_dfe"],
        by=manager,
    )
    told.add("letters")
    published = said.get("published_on")
    if published and published <= on:
        letter_services.publish_letter(made, published_on=published, url=said["url"], by=manager)
    _findings(made, quotes, about, manager, told)


def _findings(
    letter: Letter, quotes: dict[int, str], about: list[dict[str, Any]], manager: User, told: Told
) -> None:
    by_theme = {one.number: one for one in themes()}
    by_component = {one.number: one for one in components()}
    first = Inspection.objects.order_by("starts_on").first()
    by_number = {one.number: one for one in Recommendation.objects.filter(inspection=first)}
    earlier = {one.ref: one for one in Finding.objects.select_related("paragraph__letter")}
    paragraphs = list(Paragraph.objects.filter(letter=letter).select_related("letter__visit"))
    for number, said in enumerate(about, start=1):
        paragraph = next((one for one in paragraphs if quotes[number] in one.text), None)
        if paragraph is None:
            raise Refused(f"{letter} in demo.toml: finding {number} stands in no paragraph.")
        start, end = place_of(paragraph, quotes[number])
        letter_services.mark_finding(
            paragraph,
            start=start,
            end=end,
            quote=paragraph.text[start:end],
            valence=said["is"],
            title=said["title"],
            practice_area=said["area"],
            team=said.get("team", ""),
            theme=by_theme.get(said["theme"]),
            component=by_component.get(said["component"]),
            recommendation=by_number.get(said["r"]),
            repeat_of=earlier[said["repeat"]] if "repeat" in said else None,
            by=manager,
        )
        told.add("findings")


def _intervention(said: dict[str, Any], on: date, manager: User, told: Told) -> None:
    if said["issued_on"] > on:
        return
    conditions, reviews, ended = said.pop("conditions"), said.pop("reviews"), said.pop("ended_on")
    made = intervention_services.enter_intervention(**said, by=manager)
    for one in conditions:
        states = one.pop("states")
        condition = intervention_services.add_condition(made, **one, by=manager)
        told.add("conditions")
        for state in states:
            if state["on"] <= on:
                intervention_services.set_condition_state(condition, **state, by=manager)
    for at, one in enumerate(reviews):
        # The first is known from the notice, each later one from the review before.
        if at and reviews[at - 1]["planned_on"] > on:
            break
        held = {name: one.pop(name) for name in ("said", "source", "next_on") if name in one}
        review = intervention_services.plan_review(made, **one, by=manager)
        if review.planned_on <= on:
            intervention_services.hold_review(
                review, held_on=review.planned_on, reviewer=review.reviewer, **held, by=manager
            )
        told.add("reviews")
    if ended <= on:
        intervention_services.end_intervention(made, ended_on=ended, version=made.version, by=manager)


def _engagement(said: dict[str, Any], on: date, manager: User) -> None:
    for name in ("ends_on", "reported_on", "shared_with_dfe_on"):
        if said.get(name) and said[name] > on:
            said[name] = None
    intervention_services.keep_engagement(**said, by=manager)
