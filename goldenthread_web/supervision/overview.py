"""How does the supervision of several workers stand today? One line each, read together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Reach
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.supervision.directions_queries import handed
from goldenthread_web.supervision.due import Due, due
from goldenthread_web.supervision.models import Action, Agreement, Direction, Session
from goldenthread_web.supervision.queries import sessions, supervisor_of


@dataclass(frozen=True, kw_only=True)
class Line:
    """One worker: when they met last, when the next session is due, what is to be done."""

    agreement: Agreement
    supervisor: User | None
    due: Due
    agreed_on: date | None  # the day on which they said they meet again
    under_way: Session | None
    to_do: int
    overdue: int  # of what is to be done

    @property
    def order(self) -> tuple[date, str]:
        """Who waits longest comes first; who is away last."""
        return self.due.next_on or date.max, self.agreement.said


def lines(found: Iterable[Agreement], on: date) -> list[Line]:
    """A line for each agreement, who waits longest first. Two queries, however many there are."""
    agreements = list(found)
    if not agreements:
        return []
    numbers = [one.pk for one in agreements]
    held: dict[int, list[Session]] = defaultdict(list)
    for one in sessions().filter(agreement__in=numbers):
        held[one.agreement_id].append(one)
    to_do: dict[int, list[Action]] = defaultdict(list)
    rows = Action.objects.filter(session__agreement__in=numbers, state=Action.State.OPEN)
    for action in rows.select_related("session"):
        to_do[action.session.agreement_id].append(action)
    made = [_line(one, held[one.pk], to_do[one.pk], on) for one in agreements]
    return sorted(made, key=lambda line: line.order)


def _line(agreement: Agreement, held: list[Session], to_do: list[Action], on: date) -> Line:
    completed = [one for one in held if one.is_completed]
    return Line(
        agreement=agreement,
        supervisor=supervisor_of(agreement),
        due=due(agreement, held, on),
        agreed_on=completed[0].next_on if completed else None,
        under_way=next((one for one in held if one.state == Session.State.UNDER_WAY), None),
        to_do=len(to_do),
        overdue=sum(one.due_on < on for one in to_do),
    )


def my_directions(person: User) -> list[Direction]:
    """What a worker was told to do first for children handed to them lately."""
    if person.held_role.reach is not Reach.OWN or not person.worker_id:
        return []
    found = handed(child_scope(person), worker_id=person.worker_id)
    return [one.direction for one in found if one.direction is not None]
