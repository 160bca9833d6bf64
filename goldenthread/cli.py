"""The command line: the same steps from a terminal, for analysts and for regions.

Exit codes: 0 done, 1 findings, 2 refused (with one sentence on standard error).
"""

import typer

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

app = typer.Typer(
    help="From a council's files to every figure, and to the children behind it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for commands in (reference, loading, checking, figures, worklist, publishing, scorecard, measuring, papers):
    commands.register(app)
