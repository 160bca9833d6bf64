"""Commands of voice."""
