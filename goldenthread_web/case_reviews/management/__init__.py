"""Commands of reviews of whole services."""
