"""What happened, who did it and who saw it? Append-only, chained, without names and without free text."""
