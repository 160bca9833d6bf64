"""Commands of the worklist."""
