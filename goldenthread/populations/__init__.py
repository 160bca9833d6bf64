"""Populations: the rows indicators count, with the columns their conditions need."""

from goldenthread.populations.population import Population, first_per, materialised_in_order

__all__ = ["Population", "first_per", "materialised_in_order"]
