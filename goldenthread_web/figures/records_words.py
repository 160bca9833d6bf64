"""How fresh are figures of what people write? A sentence for pages that show some."""

from goldenthread_web.figures.card import CurrentSet
from goldenthread_web.figures.recorded import readers
from goldenthread_web.ui.words import moment_said


def records_said(found: CurrentSet, ref: str = "") -> str:
    """As at when records were read; blank where an indicator reads none, or none were ever read."""
    read_at = found.worked_out.records_at
    if read_at is None or (ref and ref not in readers()):
        return ""
    return f"Records kept in this service as at {moment_said(read_at)}."
