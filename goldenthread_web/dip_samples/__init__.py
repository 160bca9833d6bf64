"""One question, a few children, yes or no. Dip samples and what they found."""
