"""What stands in a team's way this week? Performance clinics."""
