"""The scorecard: every headline figure on one accessible page, and what it says in plain words.

`build` works out what it says, `page` writes it as HTML; the command line prints the same lines.
"""

from goldenthread.figures.scorecard.build import Scorecard, scorecard
from goldenthread.figures.scorecard.lines import Line
from goldenthread.figures.scorecard.page import page

__all__ = ["Line", "Scorecard", "page", "scorecard"]
