"""Settings: which limits, intervals and conventions does this council use?

The parameters and their defaults are data (`parameters.json`, from the specification of the
indicators). A definition refers to one by name with `parameter("icpc_limit_wd")`: an Ibis scalar
that takes its value when figures are worked out, so that every figure can record what it used.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir


class BadSettings(ValueError):
    """The settings file names a parameter that does not exist, or gives it a value of another kind."""


@cache
def defaults() -> dict[str, Any]:
    """Every local parameter with its default value."""
    text = (files("goldenthread") / "parameters.json").read_text("utf-8")
    return {entry["name"]: entry["default"] for entry in json.loads(text)}


# Which scalar of a definition stands for which name: see Settings.bound.
SCALARS: dict[ops.Node, str] = {}

# The parameter that holds a list whose first value is judged, and lists that definitions see as text.
_FIRST_OF_LIST = {"assessment_checkpoint_wd"}


@cache
def parameter(name: str, ref: str | None = None) -> ir.Scalar:
    """The parameter as an Ibis scalar; with `ref`, one that may be set for a single indicator.

    Lists reach definitions as text: `,a,b,` for codes, a pattern for `placeholder_names`.
    """
    default = defaults()[name]
    if name in _FIRST_OF_LIST:
        default = default[0]
    kind = {bool: "boolean", int: "int64", float: "float64"}.get(type(default), "string")
    return _named(kind, f"{name}:{ref}" if ref else name)


@cache
def supplied(what: str) -> ir.BooleanScalar:
    """Whether a table, `table.column` or `table=kind` was supplied, as an Ibis scalar."""
    return _named("boolean", f"supplied:{what}")


@cache
def file_starts_on(table: str) -> ir.DateScalar:
    """The day on which the history of a table starts (rule R11), as an Ibis scalar."""
    return _named("date", f"file_starts_on:{table}")


@cache
def complete_since(what: str) -> ir.DateScalar:
    """The day since which a table, or `table=kind`, is known to hold every record, as an Ibis scalar.

    A record of before that day may be missing only because its source did not ask for it.
    """
    return _named("date", f"complete_since:{what}")


def _named(kind: str, name: str) -> ir.Scalar:
    scalar = ibis.param(kind)
    SCALARS[scalar.op()] = name
    return scalar


@dataclass(frozen=True)
class Settings:
    """The values a council uses; whatever it does not set has its default."""

    parameters: Mapping[str, Any] = field(default_factory=dict)
    # {"AS-02": "due"}: the basis of one indicator in place of its own
    timeliness_basis: Mapping[str, str] = field(default_factory=dict)
    programme_starts_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse what no definition knows, rather than ignore it."""
        for name, value in self.parameters.items():
            if name not in defaults():
                raise BadSettings(f"settings.toml: there is no parameter {name!r}; check its spelling.")
            default = defaults()[name]
            if default is not None and type(value) is not type(default):
                raise BadSettings(
                    f"settings.toml: {name} must be of the same kind as its default {default!r}, "
                    f"not {value!r}."
                )
        for ref, basis in self.timeliness_basis.items():
            if basis not in ("completed", "due"):
                raise BadSettings(
                    f"settings.toml: timeliness_basis of {ref} is completed or due, not {basis!r}."
                )

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """The settings of a store; the defaults where the file is absent. Raises BadSettings."""
        if not path.exists():
            return cls()
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise BadSettings(f"{path.name} cannot be read as TOML: {error}.") from error
        return cls(
            parameters=data.get("parameters", {}),
            timeliness_basis=data.get("timeliness_basis", {}),
            programme_starts_on=data.get("programme_starts_on"),
        )

    def value(self, name: str) -> Any:
        """The value of a parameter as the council set it, else its default."""
        return self.parameters.get(name, defaults()[name])

    def bound(self, name: str) -> Any:
        """The value a definition's scalar takes: `name`, or `name:REF` for a single indicator."""
        name, _, ref = name.partition(":")
        if name == "timeliness_basis":
            return self.timeliness_basis.get(ref) or ""
        value = self.value(name)
        if name in _FIRST_OF_LIST:
            return value[0]
        if name == "placeholder_names":
            return _pattern_of(value)
        if isinstance(value, list):
            return "," + ",".join(str(item) for item in value) + ","
        return value


def _pattern_of(names: Sequence[str]) -> str:
    """A pattern for texts in lower case that hold one of the names as a word; a word is a-z and digits."""
    words = [name.lower() for name in names if name.isascii() and name.isalnum()]
    return "(^|[^a-z0-9])(" + "|".join(words) + ")([^a-z0-9]|$)" if words else "a^"


# The day to whose end everything recorded is in the load: RD of every indicator of a period.
AS_AT_ON = _named("date", "as_at_on")
# The instant that day ends in London, in UTC: for limits in hours.
AS_AT_ENDS_AT = _named("timestamp", "as_at_ends_at")
# The council whose load this is: for what a load says of itself.
AUTHORITY = _named("string", "authority")
