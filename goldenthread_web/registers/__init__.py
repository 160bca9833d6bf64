"""What else do figures need that no system holds? Homes, training of partners, outages."""
