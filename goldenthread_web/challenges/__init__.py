"""What do reviewing officers and conference chairs challenge, and is it resolved in time?"""
