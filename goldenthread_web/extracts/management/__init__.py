"""Commands of the extracts."""
