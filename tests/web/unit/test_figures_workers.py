"""Two workers follow what people write at once: one works it out. With real processes, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.deliveries import a_load
from tests.web.own_installation import OwnInstallation

FEW = """
from goldenthread_web.figures import jobs, recorded, set_services
from goldenthread_web.figures.models import FigureLine, WorkedOut
from goldenthread_web.registers.models import Training
from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.current import current
from tests.web.little import work_out_little
work_out_little(("FD-02", "GOV-07"))
kept_here = ("partner_training", recorded.OF_FIGURES)
calls = {name: recorded.providers()[name] for name in kept_here}
recorded.providers = lambda: calls
def trained(agency, number):
    by, _ = User.objects.get_or_create(
        email="a@people.example", defaults={"title": "A", "role": "director", "created_at": now()}
    )
    Training.objects.create(
        agency=agency, target_count=100, trained_count=number, as_at_on="2017-12-01", entered_by=by,
        entered_at=now(),
    )
"""


@pytest.mark.both_databases
def test_of_two_workers_one_works_it_out(tmp_path):
    own = OwnInstallation(tmp_path)
    a_load(tmp_path)
    own.python(FEW + "trained('Police', 40)\nset_services.take_over_figures(current())\nanswer = ''")
    own.python(FEW + "trained('Schools', 10)\nanswer = ''")
    follow = FEW + "answer = jobs.follow_records_now()"
    with ThreadPoolExecutor(2) as workers:
        assert sorted(workers.map(own.python, [follow, follow])) == [False, True]
    told = own.python(
        FEW + "said = FigureLine.objects.get(worked_out__state='current', ref='GOV-07', every='month', "
        "breakdown='', period_start='2017-12-01')\n"
        "answer = [list(WorkedOut.objects.order_by('pk').values_list('state', flat=True)), str(said.value)]"
    )
    assert told == [["earlier", "current"], "25.0"]
