"""How the tables of changed parameters came to be."""
