"""Extracts into standard tables: one module per kind of source, all yielding an `Extract`."""
