"""How good is the practice? Case audits from the sample to the moderated grade and the re-audit."""
