"""Commands of dip samples."""
