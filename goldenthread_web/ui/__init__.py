"""How a page looks: its frame, its components, its colours. It knows no data and has no models."""
