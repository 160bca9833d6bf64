"""What does each figure mean in plain English, and what does it count?"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.settings import Settings


@dataclass(frozen=True)
class Entry:
    """One headline figure: what it counts (one, many), and what it means."""

    counts: tuple[str, str]
    means: str

    def said(self, settings: Settings) -> str:
        """What it means, with the parameters this council uses."""
        return self.means.format_map(_Values(settings))


class _Values(dict[str, str]):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def __missing__(self, name: str) -> str:
        value = self._settings.value(name)
        return " and ".join(str(item) for item in value) if isinstance(value, list) else str(value)


@cache
def dictionary() -> dict[str, Entry]:
    """Every indicator's plain words, by its reference."""
    text = (files("goldenthread.figures") / "dictionary.toml").read_text("utf-8")
    return {
        ref: Entry(counts=(entry["counts"][0], entry["counts"][1]), means=entry["means"])
        for ref, entry in tomllib.loads(text).items()
    }
