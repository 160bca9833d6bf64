"""What do leaders see when they sit with the frontline? Practice Weeks."""
