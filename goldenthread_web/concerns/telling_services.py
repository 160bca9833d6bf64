"""What is written of telling: who was told of a concern at which step, and which posts nobody holds."""

from datetime import datetime
from functools import partial

from django.db import transaction

from goldenthread_web.accounts.protecting import service
from goldenthread_web.concerns.clocks import Step, clocks, counted
from goldenthread_web.concerns.models import Concern, Notice
from goldenthread_web.concerns.posts import Told, to_tell
from goldenthread_web.concerns.telling import send
from goldenthread_web.trail.recording import record


@service(None)
def tell(concern: Concern, steps: tuple[Step, ...], *, at: datetime, by: None) -> list[Notice]:
    """Tell the people of these steps. Where that reaches nobody, the next step is taken at once.

    The caller holds the concern, so that no other worker tells the same people; mails go out afterwards.
    """
    made = [notice for step in steps for notice in _tell(concern, step, counted(at))]
    while not _reached(made) and concern.acknowledged_at is None and (following := _next(concern)):
        made += _tell(concern, following, counted(at))
    told = [notice.pk for notice in made if notice.person_id is not None]
    transaction.on_commit(partial(send, told, at=at), robust=True)
    changes = {
        "steps": sorted({notice.step for notice in made}),
        "told": len(told),
        "nobody": len(made) - len(told),
    }
    record("concern.told", concern, by=by, changes=changes)
    return made


def _reached(made: list[Notice]) -> bool:
    return any(notice.person_id is not None for notice in made)


def _next(concern: Concern) -> Step | None:
    """The first step on the way up that was not taken."""
    done = set(concern.notices.values_list("step", flat=True))
    return next((step for step in clocks().steps if step.step not in done), None)


def _tell(concern: Concern, step: Step, at: datetime) -> list[Notice]:
    """One step, with a line for each person told and for each post that nobody could be told for."""
    return [
        Notice.objects.create(
            concern=concern,
            step=step.step,
            person=one.person,
            nobody=one.nobody,
            post=one.post,
            instead_of=one.instead_of,
            told_at=at,
        )
        for one in [*to_tell(concern, step.roles, at), *_since_away(concern, step, at)]
    ]


def _since_away(concern: Concern, step: Step, at: datetime) -> list[Told]:
    """Stand-ins for people of earlier steps who are away by now and were not when they were told."""
    earlier = [one for one in clocks().steps if one.after < step.after]
    told = set(concern.notices.filter(person__isnull=False).values_list("person", flat=True))
    told |= {one.person.pk for one in to_tell(concern, step.roles, at) if one.person is not None}
    standing_in = to_tell(concern, [role for one in earlier for role in one.roles], at) if earlier else []
    return [
        one
        for one in standing_in
        if one.instead_of is not None and one.person is not None and one.person.pk not in told
    ]
