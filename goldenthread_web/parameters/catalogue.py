"""Which parameters are there, of what kind, and which indicators read each?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import Settings
from goldenthread_web.figures.parameter_words import choice_said, parameter_said, value_said

BASIS = "timeliness_basis"
BASES = {"completed": "those completed in the period", "due": "those due in the period"}
# Values with a shape of their own are changed in the settings file, by whoever looks after the service.
NOT_HERE = frozenset({"mandatory_courses", "key_fields", "extra_non_working_days"})


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One local parameter."""

    name: str
    words: str
    kind: str  # switch, number, decimal, choice, list, text
    default: Any
    note: str
    used_by: tuple[str, ...]
    choices: tuple[str, ...] = ()

    @property
    def is_changed_here(self) -> bool:
        """Whether a page can change it."""
        return self.name not in NOT_HERE

    @property
    def area(self) -> str:
        """The area of the first indicator that reads it; blank: it is for all of them."""
        return catalogue()[self.used_by[0]].area if self.used_by else ""

    def said(self, value: Any) -> str:
        """A value of it in words, with its unit."""
        return BASES[value] if self.name.startswith(f"{BASIS}:") else value_said(self.name, value)

    def choices_said(self) -> list[tuple[str, str]]:
        """What can be chosen, each with its words."""
        if self.name.startswith(f"{BASIS}:"):
            return list(BASES.items())
        return [(one, choice_said(self.name, one)) for one in self.choices]

    def now(self, local: Settings) -> Any:
        """The value in force."""
        if self.name.startswith(f"{BASIS}:"):
            return local.timeliness_basis.get(self.name.partition(":")[2], self.default)
        return local.value(self.name)


@cache
def parameters() -> Mapping[str, Parameter]:
    """Every parameter by name: those of parameters.json, and the basis of each indicator that has one."""
    entries = json.loads((files("goldenthread") / "parameters.json").read_text("utf-8"))
    found = {entry["name"]: _parameter(entry) for entry in entries if entry["name"] != BASIS}
    for ref, definition in catalogue().items():
        if definition.default_basis:
            name = f"{BASIS}:{ref}"
            found[name] = Parameter(
                name=name,
                words=f"Which cases {ref} counts",
                kind="choice",
                default=definition.default_basis,
                note=definition.title,
                used_by=(ref,),
                choices=tuple(BASES),
            )
    return found


def _parameter(entry: Mapping[str, Any]) -> Parameter:
    default, note = entry["default"], entry.get("note", "")
    choices = _choices(note) if isinstance(default, str) else ()
    return Parameter(
        name=entry["name"],
        words=parameter_said(entry["name"]),
        kind=_kind(default, choices),
        default=default,
        note="" if choices else note,
        used_by=tuple(ref for ref in entry["used_by"] if ref in catalogue()),
        choices=choices,
    )


def _choices(note: str) -> tuple[str, ...]:
    """The values a note lists as `one | other`."""
    found = tuple(part.strip().split(" ")[0] for part in note.split("|")) if "|" in note else ()
    return found if all(one.replace("_", "").isalnum() for one in found) else ()


def _kind(default: Any, choices: tuple[str, ...]) -> str:
    if isinstance(default, bool):
        return "switch"
    if isinstance(default, int):
        return "number"
    if isinstance(default, float):
        return "decimal"
    if isinstance(default, list):
        return "list"
    return "choice" if choices else "text"
