"""Which reports are there, for whom, with which sections, and who must sign which of them? Read from data."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread_web.accounts.roles import Role, roles

_DATA = files("goldenthread_web.reports") / "templates_data"
_ORDER = (
    *("cabinet", "cabinet_short", "best_value_board", "scrutiny", "improvement_board"),
    *("audit_committee", "dfe_six_monthly", "briefing", "twelve_week_mid_point", "public_summary"),
    *("board_update", "plan"),
)
THEMES = "themes"  # stands for one section for each theme of the plan


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section a report may have. `is_fixed`: nobody writes in it, it says what is recorded."""

    code: str
    title: str
    hint: str = ""
    text: str = ""
    is_fixed: bool = False


@dataclass(frozen=True, kw_only=True)
class Forum:
    """The form of a report for one forum."""

    code: str
    title: str
    forum: str
    body: str  # the code of a body; blank: everybody
    asks_to: str
    recommendations: tuple[str, ...]
    sections: tuple[str, ...]
    requires: tuple[str, ...]  # references that must stand somewhere in it
    signed_by: dict[str, str]  # section -> the role that signs it
    front: dict[str, str]
    stale_after_days: int
    is_public: bool
    is_one_page: bool

    def signs(self, section: str) -> Role | None:
        """Who must sign a section; None: nobody."""
        code = self.signed_by.get(section)
        return None if code is None else roles()[code]

    def has(self, section: str) -> bool:
        """Whether a section stands in it."""
        return section in self.sections or (section.startswith("theme_") and THEMES in self.sections)

    def parts(self, themes: Iterable[tuple[int, str]]) -> list[Part]:
        """Its sections in order, one for each theme (number, title) where the themes go."""
        found = []
        for code in self.sections:
            if code == THEMES:
                found += [theme_part(number, title) for number, title in themes]
            else:
                found.append(parts()[code])
        return found


@cache
def parts() -> dict[str, Part]:
    """Every section but those of the themes, by its code."""
    data = tomllib.loads((_DATA / "sections.toml").read_text("utf-8"))
    return {
        code: Part(code=code, **{**said, "text": said.get("text", "").strip()}) for code, said in data.items()
    }


def theme_part(number: int, title: str) -> Part:
    """The section of one theme."""
    return Part(
        code=f"theme_{number}",
        title=f"Theme {number}: {title}",
        hint="What was done, what it changed for children, and what remains.",
    )


@cache
def forums() -> dict[str, Forum]:
    """Every form of a report by its code."""
    return {code: _forum(code) for code in _ORDER}


def _forum(code: str) -> Forum:
    said = tomllib.loads((_DATA / f"{code}.toml").read_text("utf-8"))
    return Forum(
        code=code,
        title=said["title"],
        forum=said["forum"],
        body=said.get("body", ""),
        asks_to=said["asks_to"],
        recommendations=tuple(said["recommendations"]),
        sections=tuple(said["sections"]),
        requires=tuple(said["requires"]),
        signed_by=said.get("signed_by", {}),
        front=said.get("front", {}),
        stale_after_days=said["stale_after_days"],
        is_public=said.get("is_public", False),
        is_one_page=said.get("is_one_page", False),
    )
