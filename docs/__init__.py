"""The documentation of Golden Thread, and the module that generates its reference pages."""
