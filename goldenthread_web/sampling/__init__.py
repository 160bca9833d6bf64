"""Which children were chosen, from whom, and how? Samples that can be drawn again."""
