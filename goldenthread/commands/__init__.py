"""The commands of the command line, by the step of the work they belong to."""
