"""How many are drawn from so many? The rules are in sizes.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CHOSEN = "Chosen one by one"


@dataclass(frozen=True, kw_only=True)
class SizeRule:
    """One rule: the fewest of what it says, and never more than there are."""

    code: str
    title: str
    words: str
    most: int = 0  # 0: no limit
    share: int = 0  # of a hundred; 0: all
    least: int = 0
    is_fixed: bool = False

    def number(self, of: int, size: int = 0) -> int:
        """How many are drawn from so many."""
        wanted = size if self.is_fixed else -(-of * self.share // 100) if self.share else of
        wanted = max(wanted, self.least)
        return min(wanted, self.most or wanted, of)

    def said(self, size: int = 0) -> str:
        """The rule in words."""
        return self.words.format(size=size)


@cache
def size_rules() -> Mapping[str, SizeRule]:
    """Every rule by its code, in the order of the file."""
    data = tomllib.loads((files("goldenthread_web.sampling") / "sizes.toml").read_text("utf-8"))
    return {code: SizeRule(code=code, **entry) for code, entry in data.items()}
