"""Set up the service for its tests, in each process that runs some."""

from pathlib import Path

import pytest

from tests.web.browser import council
from tests.web.installation import set_up

JOURNEYS = Path(__file__).with_name("browser")


def pytest_configure(config):
    """A process that only hands tests out to others (xdist) sets nothing up.

    Others would find its installation in the environment, and pytest-django reads settings from there before
    they can make one of their own: all of them would write into one folder.
    """
    if hasattr(config, "workerinput") or config.getoption("dist", "no") == "no":
        set_up()


@pytest.fixture(scope="session")
def together(tmp_path_factory, worker_id) -> Path:
    """A folder of all processes of this run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session", autouse=True)
def council_being_made(request, together):
    """Where journeys will be walked, what they need is made from the first test on, beside all others."""
    wanted = any(JOURNEYS in item.path.parents for item in request.session.items)
    begun = council.begun(together) if wanted and not council.running() else None
    yield
    if begun is not None:
        begun.wait()
