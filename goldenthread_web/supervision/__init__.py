"""Are workers supervised, and is what was agreed done? Supervision, preparation, direction at allocation."""
