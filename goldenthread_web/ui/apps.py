"""What must hold of the council's look before anything is served?"""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look of the service."""

    name = "goldenthread_web.ui"
    label = "ui"

    def ready(self) -> None:
        """Refuse to start with colours that somebody could not read."""
        from goldenthread_web.ui.council import council

        council()
