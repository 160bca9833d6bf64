"""What does it cost, and is it worth it?"""
