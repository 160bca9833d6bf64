"""The tests of Golden Thread."""
