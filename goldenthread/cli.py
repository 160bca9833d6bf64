"""The command line: the same steps from a terminal, for analysts and for regions.

Exit codes: 0 done, 1 findings, 2 refused (with one sentence on standard error).
"""

from typing import Any

import typer
from typer.core import TyperGroup

from goldenthread.commands import (
    checking,
    figures,
    loading,
    measuring,
    papers,
    publishing,
    reference,
    scorecard,
    worklist,
)
from goldenthread.commands.printing import refuse


class _Commands(TyperGroup):
    """The commands; what the machine refuses of a file or folder is said in one sentence, wherever it is."""

    def invoke(self, ctx: Any) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except OSError as problem:
            if problem.filename is None:  # of no file: whoever reads the output has gone, for example
                raise
            refuse(f"{problem.filename} cannot be used: {problem.strerror}.")


app = typer.Typer(
    cls=_Commands,
    help="From a council's files to every figure, and to the children behind it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for commands in (reference, loading, checking, figures, worklist, publishing, scorecard, measuring, papers):
    commands.register(app)
