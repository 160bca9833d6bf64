"""What is aimed at, and who decides?"""
