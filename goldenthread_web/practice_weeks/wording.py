"""Which activities and themes does a Practice Week know, and who may do which? Read from data."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission

REPORT_WORKING_DAYS = 20  # after the last day of the week
ANSWERS = {"yes": "Yes", "partly": "Partly", "no": "No", "not_seen": "Not seen"}
AUDIENCES = {
    "staff": "Staff",
    "students": "Students and newly qualified workers",
    "families": "Children and families",
    "partners": "Partners",
}


class Access(StrEnum):
    """What an activity opens."""

    CASE_RECORD = "case_record"
    FAMILY_PRESENT = "family_present"
    NO_CASE_RECORD = "no_case_record"

    @property
    def words(self) -> str:
        """In words."""
        return _said()["access"][self]

    @property
    def brief(self) -> str:
        """In a few words."""
        return _said()["access_in_brief"][self]


@dataclass(frozen=True, kw_only=True)
class Activity:
    """Something a leader does for half a day."""

    code: str
    title: str
    about: str
    access: Access
    is_observation: bool
    questions: tuple[str, ...]


@cache
def activities() -> dict[str, Activity]:
    """Every activity by its code, in the order of the file."""
    return {
        one["code"]: Activity(**one | {"access": Access(one["access"]), "questions": tuple(one["questions"])})
        for one in _said()["activities"]
    }


@cache
def shipped_themes() -> dict[str, str]:
    """The themes that come with the service, by code."""
    return dict(tomllib.loads((_here() / "themes.toml").read_text("utf-8")))


def may_open_records(person: User | None) -> bool:
    """Whether somebody may take part in what opens a child's record: an account whose role sees children.

    Elected members and every other role that is aggregate-only have none; nor has anybody without an account.
    """
    return person is not None and person.held_role.sees_children and person.may(Permission.OBSERVE_PRACTICE)


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads((_here() / "activities.toml").read_text("utf-8"))


def _here() -> Any:
    return files("goldenthread_web.practice_weeks")
