"""Commands of clinics."""
