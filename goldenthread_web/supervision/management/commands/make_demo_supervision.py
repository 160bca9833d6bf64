"""How is the demonstration's team supervised? A year of sessions, and direction at allocation: invented."""

from datetime import UTC, datetime, time, timedelta

from django.core.management.base import BaseCommand
from django.db import transaction

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.config.clock import today
from goldenthread_web.supervision import action_services, directions_services, opening_services
from goldenthread_web.supervision.demo import Year, story
from goldenthread_web.supervision.directions_queries import handed
from goldenthread_web.supervision.models import Agreement, Session
from goldenthread_web.supervision.queries import files_visible_to, sessions
from goldenthread_web.supervision.reading import read
from goldenthread_web.supervision.workers import may_be_supervised_by

MANAGERS = {"service_manager": 0, "head_of_service": 1, "director": 3}  # and whose rhythm they have


class Command(BaseCommand):
    """`make_demo_supervision`, once the demonstration has its load and its accounts."""

    help = "Enter the supervision of the demonstration's team, with direction at allocation."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Write them as the supervisors would; what lies after today is left out."""
        if Agreement.objects.exists():
            self.stdout.write("There is supervision already: nothing was changed.")
            return
        manager = account_of("team_manager")
        workers = may_be_supervised_by(manager)
        workers.sort(key=lambda one: (one.account is None, one.worker_id))
        on, held = today(), 0
        chosen = workers[: story()["workers"]]
        for place, worker in enumerate(chosen):
            special = "carried" if place == min(1, len(chosen) - 1) else "answered" if place == 2 else ""
            held += Year(worker, manager, place, on, special).tell()
        for role, place in MANAGERS.items():
            for worker in may_be_supervised_by(account_of(role)):
                if worker.account is not None:
                    held += Year(worker, account_of(role), place, on).tell()
        _answer(account_of("service_manager"))
        _open(account_of("head_of_service"), account_of("auditor"))
        given = _direct(manager)
        people = Agreement.objects.count()
        self.stdout.write(f"{people} people supervised, {held} sessions, {given} directions at allocation.")


def _answer(manager: User) -> None:
    """The service manager has answered for one of the two actions carried twice; the other waits."""
    said = story()["answered"]
    for file in read(files_visible_to(manager)).files:
        for one in file.actions:
            if not one.is_with_manager or one.action.text != said["text"]:
                continue
            action_services.answer_carried(
                one.action,
                version=one.action.version,
                answer=said["answer"],
                text=said["said"],
                by_on=said["by_on"],
                answered_on=said["answered_on"],
                answered_at=datetime.combine(said["answered_on"], time(9, 15), UTC),
                by=manager,
            )


def _open(head: User, auditor: User) -> None:
    """One session of the team is open to the case auditor."""
    said = story()["openings"]
    found = sessions().filter(state=Session.State.COMPLETED, agreement__supervisee__role="social_worker")
    last = found.first()
    if last is not None:
        opening_services.open_session(
            last,
            person=auditor,
            case_audit=said["case_audit"],
            reason=said["reason"],
            ends_on=today() + timedelta(days=said["days"]),
            by=head,
        )


def _direct(manager: User) -> int:
    """Most children were handed over with a direction; of those of the autumn fewer, and later."""
    texts, given = story()["words"]["first"], 0
    for place, one in enumerate(handed(child_scope(manager))):
        is_lately = one.allocation.on >= story()["kept_since_on"]
        if place % (6 if is_lately else 2) == 1:
            continue
        on = min(one.allocation.on + timedelta(days=place % 3 if is_lately else place % 6), today())
        directions_services.give_direction(
            one,
            given_on=on,
            first=texts[place % len(texts)],
            first_by_on=on + timedelta(days=5),
            first_visit_by_on=max(on, one.allocation.on) + timedelta(days=7),
            recorded_at=datetime.combine(on, time(16, 0), UTC),
            by=manager,
        )
        given += 1
    return given
