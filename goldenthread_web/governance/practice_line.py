"""How does a paper say one thing that a board should hear of practice?"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that a board should hear of."""

    title: str
    text: str
    tag: str = ""
    tone: str = "plain"
