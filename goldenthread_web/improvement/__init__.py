"""What is done about it, and does it work?"""
