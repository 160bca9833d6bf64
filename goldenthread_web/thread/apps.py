"""Django's name for the app thread."""

from django.apps import AppConfig


class ThreadConfig(AppConfig):
    """The thread from anything to everything it hangs on; search."""

    name = "goldenthread_web.thread"
    label = "thread"
