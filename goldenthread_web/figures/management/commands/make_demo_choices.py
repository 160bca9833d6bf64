"""What has the council of the demonstration decided? Targets, owners, notes on charts, neighbours."""

import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.accounts.models import User
from goldenthread_web.figures.models import Target
from goldenthread_web.figures.services import annotate, choose_neighbours, name_owner
from goldenthread_web.figures.target_services import propose_target


class Command(BaseCommand):
    """`make_demo_choices`, once the demonstration has its accounts."""

    help = "Set the targets and name the owners of the demonstration, where nobody has set any."

    def handle(self, *args: object, **options: object) -> None:
        """Write them as the demonstration's performance analyst would."""
        if Target.objects.exists():
            self.stdout.write("Targets are set already: nothing was changed.")
            return
        analyst = account_of("performance_analyst")
        said = tomllib.loads((files("goldenthread_web.figures") / "demo.toml").read_text("utf-8"))
        for ref, target in said["targets"].items():
            _set(ref, target, said, analyst)
        for note in said["notes"]:
            annotate("FD-01", **note, everywhere=True, by=analyst)
        choose_neighbours(said["neighbours"], starts_on=said["starts_on"], by=analyst)
        self.stdout.write(f"{len(said['targets'])} targets set.")


def _set(ref: str, target: dict[str, Any], said: dict[str, Any], by: User) -> None:
    name_owner(ref, post=target["owner"], starts_on=said["starts_on"], by=by)
    numbers = {
        name: Decimal(target[name]) if name in target else None for name in ("value", "tolerance", "stretch")
    }
    propose_target(
        ref,
        **numbers,
        owner=target["owner"],
        starts_on=said["starts_on"],
        because=said["because"],
        by=by,
    )
