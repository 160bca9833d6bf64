"""Which files were delivered, what became of them, and what is wrong in them?"""
