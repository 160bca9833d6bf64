"""Set up the service for its tests, in each process that runs some."""

from tests.web.installation import set_up


def pytest_configure(config):
    """A process that only hands tests out to others (xdist) sets nothing up.

    Others would find its installation in the environment, and pytest-django reads settings from there before
    they can make one of their own: all of them would write into one folder.
    """
    if hasattr(config, "workerinput") or config.getoption("dist", "no") == "no":
        set_up()
