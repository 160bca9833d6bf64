"""Two processes that record at once keep one chain."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.own_installation import OwnInstallation

EACH = 40
RECORD = f"""
from goldenthread_web.trail.recording import record
from django.db import transaction
child = "0" * 20
for number in range({EACH}):
    with transaction.atomic():
        record("child.seen", by=None, changes={{"of": %d, "number": number}}, children=[child])
answer = "done"
"""
VERIFY = """
from goldenthread_web.trail.chain import verify
from goldenthread_web.trail.models import Event, Seen
found = verify()
links = set(Event.objects.values_list("previous"))
answer = [found.events, found.first_broken, Seen.objects.count(), len(links)]
"""


@pytest.mark.both_databases
def test_one_chain_whoever_writes(tmp_path):
    installation = OwnInstallation(tmp_path)
    with ThreadPoolExecutor(3) as processes:
        assert list(processes.map(lambda of: installation.python(RECORD % of), range(3))) == ["done"] * 3
    whole = 3 * EACH
    assert installation.python(VERIFY) == [whole, None, whole, whole]
