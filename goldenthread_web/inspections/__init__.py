"""What did inspectors find?"""
