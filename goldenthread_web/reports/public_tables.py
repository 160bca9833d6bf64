"""What do the plan and the board's last meeting give to everybody? In plain words, posts and days only."""

from collections.abc import Callable

from goldenthread.figures.wording import day_said
from goldenthread_web.governance.queries import last_minuted, next_meeting, public_decisions_at
from goldenthread_web.improvement.standing import Standing
from goldenthread_web.programme.models import Decision
from goldenthread_web.reports.documents import Table, Text, plain
from goldenthread_web.reports.frame import Frame
from goldenthread_web.reports.register_tables import cell

BOARD = "improvement_board"


def _plan(frame: Frame) -> Table:
    """Every action of the plan: what, what for, who, by when, how it stands."""
    return Table(
        caption="What we promise, and how each promise stands",
        columns=(
            "What we do",
            "What is to be better for children",
            "Who answers for it",
            "By when",
            "How it stands",
        ),
        rows=tuple(_promise(one) for one in frame.standings),
        key="plan",
        note="A day that was moved says for when it was promised first.",
        empty="No action is entered in the plan.",
    )


def _promise(one: Standing) -> tuple[Text, ...]:
    action = one.action
    by, first = day_said(action.forecast_due_on), day_said(action.baseline_due_on)
    if action.done_on is not None:
        by = f"done on {day_said(action.done_on)}"
    return (
        cell(f"{action.ref} {action.text}", "action", action.ref),
        plain(action.intended_impact),
        plain(action.lead_post),
        plain(by if by == first or action.done_on is not None else f"{by}; promised for {first}"),
        plain(one.status.word),
    )


def _decided(frame: Frame) -> Table:
    """What the improvement board decided at its last meeting, without what is not for the public."""
    board = frame.bodies.get(BOARD)
    met = None if board is None else last_minuted(board, on=frame.on)
    made: list[Decision] = [] if met is None else [one.decision for one in public_decisions_at(met)]
    coming = None if board is None else next_meeting(board, frame.on)
    later = "" if coming is None else f" It meets again on {day_said(coming.on)}."
    return Table(
        caption="What the improvement board decided when it last met",
        columns=("What was put to it", "What became of it", "In its words"),
        rows=tuple((plain(one.proposed), plain(one.get_outcome_display()), plain(one.text)) for one in made),
        key="decided",
        note="" if met is None else f"The board met on {day_said(met.on)}.{later}",
        empty="No minutes of a meeting are there yet."
        if met is None
        else f"The board met on {day_said(met.on)} and decided nothing that stands in public minutes.{later}",
    )


FOR_ALL: dict[str, Callable[[Frame], Table]] = {"plan": _plan, "decided": _decided}
