"""How often do processes of the tests look for memory to give back?"""

# Definitions are many small objects that stay: looking through them as often as Python does by itself takes a
# seventh of the time of the tests.
RARELY = (100_000, 20, 50)
