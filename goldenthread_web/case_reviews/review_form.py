"""What is asked of each case in the review of a whole service? An exercise keeps the form it began with."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class ReviewForm:
    """Questions, answers and outcomes, each by its code in words."""

    questions: Mapping[str, str]
    answers: Mapping[str, str]
    outcomes: Mapping[str, str]
    concerns: frozenset[str]  # outcomes that are an immediate concern

    def as_json(self) -> dict[str, Any]:
        """The form as an exercise keeps it."""
        return {
            "questions": dict(self.questions),
            "answers": dict(self.answers),
            "outcomes": dict(self.outcomes),
            "concerns": sorted(self.concerns),
        }


def kept_form(said: Mapping[str, Any]) -> ReviewForm:
    """The form that an exercise began with."""
    return ReviewForm(said["questions"], said["answers"], said["outcomes"], frozenset(said["concerns"]))


@cache
def form_of_today() -> ReviewForm:
    """The form with which an exercise begins now."""
    data = tomllib.loads((files("goldenthread_web.case_reviews") / "review_form.toml").read_text("utf-8"))
    return ReviewForm(
        questions={one["code"]: one["text"] for one in data["questions"]},
        answers=dict(data["answers"]),
        outcomes={one["code"]: one["words"] for one in data["outcomes"]},
        concerns=frozenset(one["code"] for one in data["outcomes"] if one.get("is_concern")),
    )
