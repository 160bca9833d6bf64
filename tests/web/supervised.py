"""Who is supervised and who chairs, for tests: the small council of the morning, with a reviewing officer.

W1 holds c1 and c2 in FSP 1, W2, newly qualified, c3 since 20 December 2017; W3 holds c4 in FSP 2. W9 chairs
c1 and c4.
"""

import shutil
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from django.test import override_settings

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.models import Restriction, User
from goldenthread_web.config.clock import now
from goldenthread_web.supervision import agreement_services, completing_services, session_services
from goldenthread_web.supervision.models import Agreement, Session
from goldenthread_web.supervision.said import NewAction, Reviewed, Said
from goldenthread_web.supervision.workers import may_be_supervised_by
from tests.web.builders import a_person, a_unit
from tests.web.deliveries import a_load
from tests.web.morning import FILES

WORDS = "Visit at home and see the child alone."
_FILES = FILES | {
    "allocations": FILES["allocations"].replace(
        "a3,c3,FSP 1,W2,social_worker,2017-01-09", "a3,c3,FSP 1,W2,social_worker,2017-12-20"
    )
    + "a8,c1,Reviewing,W9,iro,2017-01-09,\na9,c4,Reviewing,W9,iro,2017-01-09,\n",
    "teams": FILES["teams"] + "Reviewing,Quality,2015-04-01\n",
    "supervisions": "supervision_id,worker_id,kind,held_on\nv1,W1,one_to_one,2017-10-02\n",
    "supervision_actions": "action_id,supervision_id,child_id,due_on,completed_on\nv1a,v1,c1,2017-10-16,\n",
}


@cache
def _made() -> Path:
    """The council in a folder of its own, with its load worked out."""
    from django.conf import settings

    from goldenthread_web.config.clock import today
    from goldenthread_web.extracts import day
    from goldenthread_web.extracts.current import current, local_settings

    folder = Path(tempfile.mkdtemp(prefix="goldenthread-supervised-"))
    a_load(folder, **_FILES)
    installation = replace(settings.INSTALLATION, folder=folder, store=folder / "store")
    with override_settings(INSTALLATION=installation):
        day.of(current(), today(), local_settings())
    return folder


def a_council(settings, tmp_path: Path) -> Path:
    """The council in a folder of the test's own, with its units; the folder."""
    folder = tmp_path / "council"
    shutil.copytree(_made(), folder)
    settings.INSTALLATION = replace(settings.INSTALLATION, folder=folder, store=folder / "store")
    teams = {"FSP 1": "Family Support", "FSP 2": "Family Support", "MASH": "Front Door"}
    for team, service in teams.items():
        a_unit(team, service=service)
    return folder


def a_manager(team="FSP 1") -> User:
    """The manager of a team."""
    return a_person("team_manager", unit=a_unit(team))


def a_worker(worker_id="W1", team="FSP 1") -> User:
    """A social worker with an account."""
    return a_person("social_worker", unit=a_unit(team), worker_id=worker_id)


def an_agreement(manager: User, worker_id="W1", *, starts_on=date(2017, 9, 1), **said) -> Agreement:
    """The manager supervises a worker of theirs."""
    worker = next(one for one in may_be_supervised_by(manager) if one.worker_id == worker_id)
    said = {"role": worker.role} | said
    return agreement_services.agree_to_supervise(
        worker, supervisor=manager, starts_on=starts_on, by=manager, **said
    )


def an_action(text=WORDS, *, due_on=date(2017, 12, 20), child="", kind="practice", owner="supervisee"):
    """Something to be done."""
    ref = reference(child) if child else ""
    return NewAction(text=text, kind="child" if child else kind, owner=owner, due_on=due_on, reference=ref)


def a_session(agreement: Agreement, held_on: date, *actions, by=None, completed_at=None, **said) -> Session:
    """A completed session in which these actions were agreed."""
    supervisor = by or agreement.supervisors.get(ends_on=None).person
    kind = said.pop("kind", "one_to_one")
    session = session_services.begin_session(agreement, kind=kind, held_on=held_on, by=supervisor)
    return completing_services.complete_session(
        session,
        version=session.version,
        said=Said(actions=actions, **said),
        completed_at=completed_at,
        by=supervisor,
    )


def not_done(action, reason="The family was away that week.") -> Reviewed:
    """It was not done."""
    return Reviewed(action=action.pk, outcome="not_done", reason=reason)


def done(action, on: date) -> Reviewed:
    """It was done on a day."""
    return Reviewed(action=action.pk, outcome="done", done_on=on)


def restricted(child: str, *viewers: User) -> None:
    """Only these people see a child."""
    made = Restriction.objects.create(
        reference=reference(child),
        kind="restrict",
        reason="staff",
        proposed_by=a_person("head_of_service"),
        proposed_at=now(),
        decided_by=a_person("data_protection_officer"),
        decided_at=now(),
        is_approved=True,
    )
    made.viewers.set(viewers)
