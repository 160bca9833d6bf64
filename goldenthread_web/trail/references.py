"""Which reference does the next row of a register carry? A1, A2: given out one after the other."""

from django.db import models

from goldenthread_web.trail.recording import take_turn


def next_ref(kind: type[models.Model], letters: str) -> str:
    """The reference after the latest of a kind: its letters and a number, within a transaction.

    Nobody else takes one until the transaction ends, also where there is no row yet. Whoever takes one
    records an Event too and would wait for the same turn: one lock for both cannot become a deadlock.
    """
    take_turn()
    last = kind._default_manager.order_by("-pk").values_list("ref", flat=True).first()
    return f"{letters}{int(last.removeprefix(letters)) + 1 if last else 1}"
