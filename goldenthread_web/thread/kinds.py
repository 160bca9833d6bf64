"""Which kinds of things hang on the thread, and who may see each? In the order in which pages list them."""

from goldenthread_web.accounts.models import User
from goldenthread_web.thread import kinds_of_improvement, kinds_of_meetings, kinds_of_practice
from goldenthread_web.thread.kind import Kind

KINDS: tuple[Kind, ...] = (
    *kinds_of_improvement.KINDS,
    *kinds_of_practice.KINDS,
    *kinds_of_meetings.KINDS,
)
BY_CODE: dict[str, Kind] = {one.code: one for one in KINDS}


def kinds_for(person: User) -> dict[str, Kind]:
    """The kinds that a person may see, by their codes."""
    return {code: one for code, one in BY_CODE.items() if person.may(one.permission)}
