"""What is due for which child this morning?"""
