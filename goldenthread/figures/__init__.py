"""Figures: work out, list, publish, compare; and what may be said of a number."""
