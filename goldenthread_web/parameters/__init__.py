"""Which limits and targets does this council use, since when, and who decided it?"""
