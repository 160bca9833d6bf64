"""What did the council of the demonstration publish before it changed a limit? Figures for its board."""

import tomllib
from dataclasses import replace
from importlib.resources import files

from django.core.management.base import BaseCommand

from goldenthread.figures.publication import Asked, publication_names
from goldenthread.figures.work_out import figures
from goldenthread.periods import Every, periods
from goldenthread_web.accounts.demo import account_of
from goldenthread_web.extracts.current import local_settings, store
from goldenthread_web.figures.publication_services import publish_figures


class Command(BaseCommand):
    """`make_demo_publication`, before the figures are worked out a last time."""

    help = "Publish figures as they were under an earlier limit: today some of them would be others."

    def handle(self, *args: object, **options: object) -> None:
        """Publish as the demonstration's performance analyst would have."""
        said = tomllib.loads((files("goldenthread_web.figures") / "demo.toml").read_text("utf-8"))
        asked, kept = said["publication"], store()
        if kept is None or kept.current() is None:
            self.stdout.write("Nothing is loaded: nothing was published.")
            return
        if asked["name"] in publication_names(kept.path):
            self.stdout.write(f"{asked['name']} was published already.")
            return
        now = local_settings()
        then = replace(now, parameters={**now.parameters, **asked["parameters"]})
        last = asked["on"]
        series = periods(as_at_on=last, every=Every.MONTH, ends_on=last)
        found = list(figures(kept, series, then, refs=asked["refs"]))
        made = publish_figures(
            asked["name"],
            found,
            Asked(on=last, every=Every.MONTH.value, indicators=tuple(asked["refs"])),
            kept.loads(),
            local=then,
            by=account_of("performance_analyst"),
        )
        self.stdout.write(f"{made.manifest['figures']} figures published as {made.name}.")
