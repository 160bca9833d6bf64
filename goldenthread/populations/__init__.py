"""Populations: the rows indicators count, with the columns their conditions need."""

from goldenthread.populations.population import (
    Population,
    Sequential,
    first_per,
    named,
)

__all__ = ["Population", "Sequential", "first_per", "named"]
