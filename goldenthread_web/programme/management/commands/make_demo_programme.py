"""What does the council of the demonstration aim at? Its aim, themes, components and bodies: invented."""

import tomllib
from importlib.resources import files

from django.core.management.base import BaseCommand

from goldenthread_web.accounts.demo import account_of
from goldenthread_web.programme.enablers import usual_enablers
from goldenthread_web.programme.models import Programme
from goldenthread_web.programme.services import add_body, set_aim, set_component, set_enabler, set_theme


class Command(BaseCommand):
    """`make_demo_programme`, once the demonstration has its accounts."""

    help = "Enter the aim, the themes, the components and the bodies of the demonstration."

    def handle(self, *args: object, **options: object) -> None:
        """Write them as the demonstration's director would."""
        if Programme.objects.exists():
            self.stdout.write("There is a programme already: nothing was changed.")
            return
        director = account_of("director")
        said = tomllib.loads((files("goldenthread_web.programme") / "demo.toml").read_text("utf-8"))
        set_aim(**said["aim"], by=director)
        made = {one["number"]: set_component(**one, by=director) for one in said["components"]}
        for number, enabler in enumerate(usual_enablers(), start=1):
            set_enabler(number, **enabler, by=director)
        for theme in said["themes"]:
            serves = [made[number] for number in theme.pop("components")]
            set_theme(**theme, components=serves, by=director)
        for body in said["bodies"]:
            add_body(**body, by=director)
        self.stdout.write(
            f"{len(said['themes'])} themes, {len(made)} components, {len(said['bodies'])} bodies."
        )
