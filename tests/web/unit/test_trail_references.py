"""References are given out one after the other, also to those who ask at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from goldenthread_web.practice_weeks.models import PracticeWeek
from goldenthread_web.registers import services
from goldenthread_web.registers.models import Home
from goldenthread_web.trail.references import next_ref
from tests.web.builders import a_person
from tests.web.own_installation import OwnInstallation

EACH = 20
PEOPLE = """
from tests.web.builders import a_person
answer = a_person("programme_manager").pk
"""
# All begin with no home there at all, and as nearly at the same moment as processes can.
ADD = f"""
import time
from pathlib import Path
from goldenthread_web.accounts.models import User
from goldenthread_web.registers.services import add_home
by = User.objects.get(pk=%(by)s)
here = Path(%(folder)r)
(here / "ready-%(of)s").touch()
while len(list(here.glob("ready-*"))) < %(processes)s:
    time.sleep(0.001)
answer = [add_home(name=f"Home %(of)s {{number}}", by=by).ref for number in range({EACH})]
"""


@pytest.mark.both_databases
def test_processes_that_ask_at_once_all_get_one_of_their_own(tmp_path):
    installation, processes = OwnInstallation(tmp_path), 3
    by = installation.python(PEOPLE)
    said = {"by": by, "folder": str(tmp_path), "processes": processes}
    with ThreadPoolExecutor(processes) as pool:
        found = list(pool.map(lambda of: installation.python(ADD % (said | {"of": of})), range(processes)))
    given = [ref for each in found for ref in each]
    assert sorted(given) == sorted(f"H{number}" for number in range(1, processes * EACH + 1))


@pytest.mark.django_db
def test_the_next_follows_the_latest_of_its_own_kind():
    by = a_person("programme_manager")
    assert [services.add_home(name=name, by=by).ref for name in ("Home A", "Home B")] == ["H1", "H2"]
    Home.objects.filter(ref="H2").update(ref="H9")
    assert (next_ref(Home, "H"), next_ref(PracticeWeek, "W")) == ("H10", "W1")
