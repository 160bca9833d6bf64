"""How far are programmes, as a person may see it? Small numbers are hidden from the public view."""

from collections.abc import Mapping

from goldenthread_web.case_audits.queries import Progress
from goldenthread_web.worklist.small_numbers import shown_numbers

HIDDEN = "c"
PARTS = ("handed_out", "completed", "still_open", "overdue")


def how_far(of: Mapping[int, Progress], *, is_public_view: bool) -> dict[int, dict[str, str]]:
    """For each programme, or round, its numbers as they may be shown: `c` where one is hidden."""
    found = {key: {part: getattr(one, part) for part in PARTS} for key, one in of.items()}
    if not is_public_view:
        return {
            key: {part: f"{number:,}" for part, number in numbers.items()} for key, numbers in found.items()
        }
    cells = {(str(key), part): number for key, numbers in found.items() for part, number in numbers.items()}
    on_time = {(str(key), "on_time"): one["still_open"] - one["overdue"] for key, one in found.items()}
    sums = []
    for key in map(str, found):
        sums.append(((key, "handed_out"), [(key, "completed"), (key, "still_open")]))
        sums.append(((key, "still_open"), [(key, "overdue"), (key, "on_time")]))
    look_up = shown_numbers(cells | on_time, sums)
    return {key: {part: _said(look_up((str(key), part))) for part in PARTS} for key in found}


def _said(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"
