"""Data quality: what is wrong in the records, for whom, and what to do about it on Monday."""
