"""Which reasons are there to see the children behind a figure?"""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def reasons() -> dict[str, str]:
    """The words of each reason by its code, in the order of the form."""
    return tomllib.loads((files("goldenthread_web.behind") / "reasons.toml").read_text("utf-8"))
