"""A council to draw samples from: thirty children in three teams, ten of them on a protection plan."""

import shutil
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from django.test import override_settings

from goldenthread_web.accounts.children import reference
from goldenthread_web.sampling import services
from tests.web.builders import a_person, a_unit
from tests.web.deliveries import a_load, a_place

TEAMS = ("FSP 1", "FSP 2", "MASH")
DRAWN_ON = date(2017, 12, 29)


def team_of(number: int) -> str:
    """Of thirty children eighteen are in FSP 1, nine in FSP 2 and three in MASH."""
    return TEAMS[0] if number <= 18 else TEAMS[1] if number <= 27 else TEAMS[2]


def _csv(head: str, rows) -> str:
    return head + "\n" + "".join(f"{row}\n" for row in rows)


def _files() -> dict[str, str]:
    numbers = range(1, 31)
    return {
        "children": _csv("child_id,born_on", (f"c{n},20{n % 10:02d}-05-01" for n in numbers)),
        "teams": _csv(
            "team,service,effective_from_on",
            (f"{team},{'Front Door' if team == 'MASH' else 'Family Support'},2015-04-01" for team in TEAMS),
        ),
        "allocations": _csv(
            "allocation_id,child_id,team,worker_id,role,started_on,ended_on",
            (f"a{n},c{n},{team_of(n)},W{n % 5},social_worker,2017-01-09," for n in numbers),
        ),
        "referrals": _csv(
            "referral_id,child_id,received_on,is_nfa,closed_on,close_reason,team,worker_id",
            (f"r{n},c{n},2017-01-03,false,,,{team_of(n)},W{n % 5}" for n in numbers),
        ),
        "assessments": _csv(
            "assessment_id,child_id,referral_id,started_on,authorised_on,is_services_required,worker_id",
            [
                *(f"s{n},c{n},r{n},2017-01-04,2017-02-01,true,W9" for n in numbers),
                *(f"t{n}-{again},c{n},r{n},2017-12-0{again},,,W9" for n in range(1, 6) for again in (1, 4)),
            ],
        ),
        "cin_plans": _csv(
            "cin_plan_id,child_id,started_on,ended_on", (f"i{n},c{n},2017-02-06," for n in numbers)
        ),
        "cp_plans": _csv(
            "cp_plan_id,child_id,started_on,ended_on", (f"p{n},c{n},2017-06-01," for n in range(1, 11))
        ),
        "care_periods": "care_period_id,child_id,started_on,ended_on,legal_status\n",
    }


@cache
def _made() -> Path:
    """The council in a folder of its own, with its load worked out."""
    from django.conf import settings

    from goldenthread_web.config.clock import today
    from goldenthread_web.extracts import day
    from goldenthread_web.extracts.current import current, local_settings

    folder = Path(tempfile.mkdtemp(prefix="goldenthread-sampled-"))
    a_load(folder, **_files())
    installation = replace(settings.INSTALLATION, folder=folder, store=folder / "store")
    with override_settings(INSTALLATION=installation):
        day.of(current(), today(), local_settings())
    return folder


def a_council(settings, tmp_path: Path) -> Path:
    """The council in a folder of the test's own, loaded, with its units; the folder."""
    shutil.copytree(_made(), tmp_path, dirs_exist_ok=True)
    place = a_place(settings, tmp_path)
    for team in TEAMS:
        a_unit(team, service="Front Door" if team == "MASH" else "Family Support")
    return place


def a_lead():
    """The quality assurance lead."""
    return a_person("qa_lead")


def a_sample(by=None, **asked):
    """A sample of the children in need, ten at random, unless said otherwise."""
    said = {
        "purpose": "dip_sample",
        "cohort": "in_need",
        "method": "random",
        "size": 10,
        "seed": "a seed of the tests",
        "drawn_on": DRAWN_ON,
    }
    return services.draw(**said | asked, by=by or a_lead())


def ref(number: int) -> str:
    """The keyed reference of child c1, c2."""
    return reference(f"c{number}")
