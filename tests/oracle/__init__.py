"""A second, plain-Python reading of the indicator rules, against which tests check the real one."""
