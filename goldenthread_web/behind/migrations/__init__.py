"""How the tables of revealed lists and exports came to be."""
