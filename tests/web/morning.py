"""A small council for the pages of the morning: a few children in two teams, loaded and worked out once.

As at Sunday 31 December 2017, read on Tuesday 2 January 2018, which is the first working day of the year.
"""

import shutil
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from django.test import override_settings

from tests.web.builders import a_unit
from tests.web.deliveries import a_load

MONDAYS = (date(2018, 1, 1), date(2017, 12, 25), date(2017, 12, 18))

# c1, c2 and c3 are held by FSP 1, c4 by FSP 2, c5 by nobody; c6 left FSP 1 for early help and is lost.
FILES = {
    "children": """child_id,born_on,family_id,sex
c1,2010-05-01,f1,F
c2,2011-06-02,f1,M
c3,2012-07-03,,F
c4,2013-08-04,f1,M
c5,2014-09-05,,F
c6,2009-10-06,,M
c7,2009-10-06,,M
""",
    "teams": """team,service,effective_from_on
FSP 1,Family Support,2015-04-01
FSP 2,Family Support,2015-04-01
MASH,Front Door,2015-04-01
""",
    "allocations": """allocation_id,child_id,team,worker_id,role,started_on,ended_on
a1,c1,FSP 1,W1,social_worker,2017-01-09,
a2,c2,FSP 1,W1,social_worker,2017-01-09,
a3,c3,FSP 1,W2,social_worker,2017-01-09,
a4,c4,FSP 2,W3,social_worker,2017-01-09,
""",
    "posts": """post_id,worker_id,team,role,is_social_worker,is_established,is_asye,fte,employment,started_on
p1,W1,FSP 1,social_worker,true,true,false,1.0,permanent,2016-01-04
p2,W2,FSP 1,social_worker,true,true,true,1.0,permanent,2016-01-04
p3,W3,FSP 2,social_worker,true,true,false,1.0,permanent,2016-01-04
""",
    "referrals": """referral_id,child_id,received_on,is_nfa,closed_on,close_reason,team,worker_id
r1,c1,2017-01-03,false,,,FSP 1,W1
r2,c2,2017-01-03,false,,,FSP 1,W1
r3,c3,2017-10-03,false,,,FSP 1,W2
r4,c4,2017-01-03,false,,,FSP 2,W3
r5,c5,2017-01-03,false,,,,
r6,c6,2017-01-03,false,2017-12-01,RC9,FSP 1,W1
""",
    "cp_plans": "cp_plan_id,child_id,started_on,ended_on\np8,c8,2014-01-06,2015-01-05\n",
    "care_periods": (
        "care_period_id,child_id,started_on,ended_on,legal_status\ne8,c8,2014-01-06,2015-01-05,V2\n"
    ),
    "management_oversights": """oversight_id,child_id,kind,overseen_on
o1,c1,oversight,2017-10-02
o2,c2,oversight,2017-12-18
o3,c3,oversight,2017-12-18
o4,c4,oversight,2017-12-18
o5,c5,oversight,2017-12-18
""",
    "cin_plans": """cin_plan_id,child_id,started_on,ended_on
i1,c1,2017-02-06,
i2,c2,2017-02-06,
i4,c4,2017-02-06,
i5,c5,2017-02-06,
""",
    "visits": """visit_id,child_id,kind,visited_at,is_seen
v1,c1,cin,2017-09-01,true
v2,c2,cin,2017-12-15,true
v4,c4,cin,2017-09-04,true
v5,c5,cin,2017-12-18,true
""",
    "assessments": """assessment_id,child_id,referral_id,started_on,authorised_on,is_services_required
s3,c3,r3,2017-10-03,,
""",
    "early_help_episodes": """episode_id,child_id,service,started_on,ended_on,end_reason,team
e7,c7,early_help,2017-06-01,2017-12-18,step_up,FSP 1
""",
    "contacts": """contact_id,child_id,received_at,source,decided_at,outcome,team,worker_id
k1,c1,2017-12-28T10:00,2A,,,MASH,W9
k2,c3,2017-10-02T10:00,2A,2017-10-02T15:00,referral,MASH,W9
k3,c4,2017-11-06T10:00,6,2017-11-13T15:00,nfa,MASH,W9
k4,c7,2017-11-07T10:00,6,2017-11-07T15:00,information_advice,MASH,W9
""",
}


@cache
def _made() -> Path:
    """The council in a folder of its own, with its load worked out."""
    from django.conf import settings

    from goldenthread_web.config.clock import today
    from goldenthread_web.extracts import day
    from goldenthread_web.extracts.current import current, local_settings

    folder = Path(tempfile.mkdtemp(prefix="goldenthread-morning-"))
    a_load(folder, **FILES)
    installation = replace(settings.INSTALLATION, folder=folder, store=folder / "store")
    with override_settings(INSTALLATION=installation):
        for on in (today(), *MONDAYS):  # today first: it is compared with the working day before
            day.of(current(), on, local_settings())
    return folder


def a_morning(settings, tmp_path: Path, *, mondays: bool = False, **service) -> Path:
    """The council in a folder of the test's own, with its units; the folder.

    With `mondays` the load is worked out as read on these too, as snapshots of them need it.
    """
    folder = tmp_path / "morning"
    others = [] if mondays else [monday.isoformat() for monday in MONDAYS]
    shutil.copytree(_made(), folder, ignore=shutil.ignore_patterns(*others))
    found = settings.INSTALLATION
    settings.INSTALLATION = replace(
        found, folder=folder, store=folder / "store", service={**found.service, **service}
    )
    for team, service_name in (
        ("FSP 1", "Family Support"),
        ("FSP 2", "Family Support"),
        ("MASH", "Front Door"),
    ):
        a_unit(team, service=service_name)
    return folder
