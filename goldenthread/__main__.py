"""Run the command line with `python -m goldenthread`."""

from goldenthread.cli import app

app()
