"""Indicators: the words of each (the catalogue) and the condition each puts to its population."""

from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.indicators.part import Kind, Part, count, mean, proportion, rate, statistic

__all__ = ["Definition", "Kind", "Part", "catalogue", "count", "mean", "proportion", "rate", "statistic"]
