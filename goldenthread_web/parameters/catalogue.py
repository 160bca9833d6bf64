"""Which parameters are there, of what kind, and which indicators read each?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread.indicators.catalogue import catalogue
from goldenthread.settings import Settings

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
        words=_words(entry["name"]),
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


_ABBREVIATIONS = {
    "wd": "(working days)", "pp": "(percentage points)", "days": "(days)", "months": "(months)",
    "hours": "(hours)",
    "cp": "child protection", "cin": "child in need", "lac": "looked after", "icpc": "initial conference",
    "pep": "education plan", "iha": "initial health assessment", "rhi": "return home interview",
    "pf": "private fostering", "eha": "early help assessment", "plo": "pre-proceedings",
    "asye": "newly qualified",
    "fte": "full-time equivalent", "rag": "rating", "2yr": "two years", "n": "(number)",
}  # fmt: skip


def _words(name: str) -> str:
    """A name in words: icpc_limit_wd is "Initial conference limit (working days)"."""
    said = " ".join(_ABBREVIATIONS.get(part, part) for part in name.split("_"))
    return said[:1].upper() + said[1:]
