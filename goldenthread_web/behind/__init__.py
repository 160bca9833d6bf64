"""Who is behind a number, and who may take a list of them away?"""
