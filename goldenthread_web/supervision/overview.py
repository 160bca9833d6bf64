"""How does the supervision of several workers stand today? One line each, who waits longest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Reach
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.supervision.directions_queries import handed
from goldenthread_web.supervision.due import Due, due
from goldenthread_web.supervision.models import Agreement, Direction, Session
from goldenthread_web.supervision.reading import File


@dataclass(frozen=True, kw_only=True)
class Line:
    """One worker: when they met last, when the next session is due, what is to be done."""

    agreement: Agreement
    supervisor: str  # the post; blank: nobody supervises
    due: Due
    agreed_on: date | None  # the day on which they said they meet again
    under_way: Session | None
    to_do: int
    overdue: int  # of what is to be done

    @property
    def order(self) -> tuple[date, str]:
        """Who waits longest comes first; who is away last."""
        return self.due.next_on or date.max, self.agreement.said


def lines(found: Iterable[File], on: date) -> list[Line]:
    """A line for each file."""
    return sorted((line(one, on) for one in found), key=lambda one: one.order)


def line(file: File, on: date) -> Line:
    """One worker's line."""
    supervising = file.supervisor_on(on)
    last = file.completed[-1] if file.completed else None
    return Line(
        agreement=file.agreement,
        supervisor=supervising.title if supervising else "",  # type: ignore[attr-defined]
        due=due(file, on),
        agreed_on=last.next_on if last and last.next_on and last.next_on >= on else None,
        under_way=file.under_way,
        to_do=len(file.to_do),
        overdue=sum(one.action.due_on < on for one in file.to_do),
    )


def my_directions(person: User, scope: ChildScope | None) -> list[Direction]:
    """What a worker was told to do first for children handed to them lately."""
    if scope is None or person.held_role.reach is not Reach.OWN or not person.worker_id:
        return []
    found = handed(scope, worker_id=person.worker_id)
    return [one.direction for one in found if one.direction is not None]
