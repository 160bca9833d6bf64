"""Commands of case audits."""
