"""Golden Thread: from a council's files to every figure, and to the children behind it."""

__version__ = "0.1.0"
