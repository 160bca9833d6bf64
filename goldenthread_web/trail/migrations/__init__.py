"""How the trail's tables came to be."""
