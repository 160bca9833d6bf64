"""An invented authority, told from a seed and written in the formats in which councils deliver their records.

Nothing here is derived from a real record and nobody has a name. `east` and `park` are two ready stories
whose figures come out to the decimal; any other code is a plausible authority of no particular story.
"""

from goldenthread.synthetic.authority import write

__all__ = ["write"]
