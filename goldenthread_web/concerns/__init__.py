"""Is a child in danger now? Immediate concerns, and who was told by when."""
