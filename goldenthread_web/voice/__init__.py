"""What do children, families, staff and partners say, and what was done about it?"""
