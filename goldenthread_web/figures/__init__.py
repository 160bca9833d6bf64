"""What do the figures say, who is behind them, and how are they worked out?"""
