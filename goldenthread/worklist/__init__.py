"""The worklist: for each child and worker, what was last done, what is due next, and what is overdue."""
