"""Who may sign in, what may they do, and whose children may they see?"""
