"""Which accounts does the demonstration need? One per role, in the team that has most to show."""

from collections import Counter

from django.core.management.base import BaseCommand

from goldenthread.ingest.extract import Refused
from goldenthread.populations.placing import NOT_KNOWN
from goldenthread_web.accounts.demo import make_accounts
from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.units import open_units
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.extracts.day import day

_WORKERS = {"social_worker": "social_worker", "iro": "iro"}  # role of the account: role in the allocation
_SAMPLE = 8  # children handed to the auditor and to the inspector


class Command(BaseCommand):
    """`make_demo_accounts`, once a load is in force."""

    help = "Make or renew the demonstration's accounts, one per role, without passwords."

    def handle(self, *args: object, **options: object) -> None:
        """Find the largest team and its busiest worker, and make the accounts."""
        children = list(index().by_reference.values())
        team = _team(children)
        made = make_accounts(
            team=team,
            workers={role: _busiest(children, held_as, team) for role, held_as in _WORKERS.items()},
            sample=sorted(child.reference for child in children if team in child.teams)[:_SAMPLE],
        )
        for person in made:
            self.stdout.write(f"{person.title} ({person.held_role.title})")


def _team(children: list[Child]) -> str:
    """Of the teams of social workers, the one with the most kinds of duty; of several, with most children.

    Where nobody in it holds a child, as in a small council, another team of its service whose workers do.
    """
    found = day()
    services = dict(open_units(Unit.Kind.TEAM, today()).values_list("name", "service"))
    # By social workers: a team of reviewing officers holds many children and runs no worklist of visits.
    holders = {
        (child.reference, team, worker) for child in children for team, worker in _social_workers(child)
    }
    held = Counter(team for _, team in {(child, team) for child, team, _ in holders} if team in services)
    if found is None or not held:
        raise Refused("No team of today's units holds a child: load an extract first.")
    duties = set(zip(found.lines["team"].to_pylist(), found.lines["item"].to_pylist(), strict=True))
    kinds = Counter(team for team, _ in duties)

    def rank(name: str) -> tuple[int, int, str]:
        return -kinds[name], -held[name], name

    best = min(held, key=rank)
    staffed = {team for _, team, worker in holders if worker != NOT_KNOWN and team in services}
    return min((one for one in staffed if services[one] == services[best]), key=rank, default=best)


def _social_workers(child: Child) -> set[tuple[str, str]]:
    return {(team, worker) for role, team, worker in child.holders if role == "social_worker"}


def _busiest(children: list[Child], role: str, team: str) -> str:
    """The worker who holds most children in that role, within the team if anybody does; blank: nobody."""
    here: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    for child in children:
        for as_role, of_team, worker in child.holders:
            if as_role == role and worker and worker != NOT_KNOWN:
                anywhere[worker] += 1
                here[worker] += of_team == team
    counts = +here or anywhere
    return min(counts, key=lambda worker: (-counts[worker], worker)) if counts else ""
