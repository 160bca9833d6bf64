"""What may stand in a log? Where something happened and of which kind; never what was typed or read.

Exceptions and the messages of others hold values: an e-mail address, a cell of an extract, a name. So of an
exception its kind and its places in the code are kept, and of others' messages their template alone.
"""

import logging
from types import TracebackType

OURS = ("goldenthread",)
_DEEPEST = 12  # places per exception, the last ones


class WithoutValues(logging.Formatter):
    """One line per record, and one per place for an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as it may stand in a log."""
        head = f"{self.formatTime(record)} {record.levelname} {record.name}"
        lines = [f"{head} {_printable(_said(record))}"]
        if record.exc_info:
            lines += _kept(record.exc_info[1])
        return "\n".join(lines)


def _said(record: logging.LogRecord) -> str:
    if record.name.startswith(OURS):
        return record.getMessage()
    request = getattr(record, "request", None)
    if request is not None:
        # The route says which page it was; the path could hold what somebody typed into it.
        match = getattr(request, "resolver_match", None)
        route = match.route if match else "no page"
        return f"{getattr(record, 'status_code', '')} {getattr(request, 'method', '')} /{route}".strip()
    if record.args:
        return str(record.msg)
    return f"said something at line {record.lineno} of {record.module}"


def _kept(problem: BaseException | None) -> list[str]:
    """The kinds of an exception and of what caused it, each with its places."""
    lines: list[str] = []
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        lines.append(f"    {type(problem).__module__}.{type(problem).__qualname__}")
        lines += _places(problem.__traceback__)
        problem = problem.__cause__ or problem.__context__
    return lines


def _places(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"        {code.co_filename}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return found[-_DEEPEST:]


def _printable(text: str) -> str:
    """Signs that would begin a line of their own, or colour a terminal, are shown as what they are."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
