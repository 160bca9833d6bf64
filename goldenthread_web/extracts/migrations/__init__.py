"""How the tables of deliveries and loads came to be."""
