"""The demonstration's year of supervision and of challenges: do they tell their story, and only once?"""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.roles import roles
from goldenthread_web.challenges.models import Challenge
from goldenthread_web.challenges.queries import standing, visible_to
from goldenthread_web.supervision import compliance, queries
from goldenthread_web.supervision.models import Agreement, Direction, Opening
from goldenthread_web.supervision.reading import read
from tests.web.builders import a_person, a_unit
from tests.web.deliveries import a_place
from tests.web.supervised import a_council

pytestmark = pytest.mark.django_db
ON = date(2018, 1, 2)


def people():
    workers = {"social_worker": "W1", "iro": "W9"}
    found = {}
    for code in roles():
        unit = a_unit("FSP 1") if code in ("social_worker", "team_manager") else None
        email = f"{code.replace('_', '-')}@{DOMAIN}"
        found[code] = a_person(code, email=email, unit=unit, worker_id=workers.get(code, ""))
    return found


def told(command):
    said = StringIO()
    call_command(command, stdout=said)
    return said.getvalue()


def test_the_year_of_supervision(settings, tmp_path):
    a_council(settings, tmp_path)
    by_role = people()
    assert "6 people supervised" in told("make_demo_supervision")
    assert "nothing was changed" in told("make_demo_supervision")
    files = compliance.kept(None)
    autumn = compliance.reviewed(files, date(2017, 9, 1), date(2017, 11, 30))
    december = compliance.reviewed(files, date(2017, 12, 1), ON)
    assert autumn.met / autumn.of < 0.6 and december.met == december.of > 0
    own = next(one for one in files if one.agreement.supervisee_id == by_role["social_worker"].pk)
    (line,) = [one for one in compliance.supervised(files, ON) if one.agreement == own.agreement]
    assert line.due.next_on == ON and own.prior(), "due today, with actions to look at"
    waiting = [
        one
        for file in read(queries.files_visible_to(by_role["service_manager"])).files
        for one in file.actions
        if one.is_with_manager
    ]
    assert len(waiting) == 1
    assert Direction.objects.count() == 1 and Opening.objects.get().person == by_role["auditor"]
    assert all(one.agreement.starts_on <= session.held_on <= ON for one in files for session in one.sessions)
    assert compliance.entered_late(files, ON) == 0


def test_the_year_of_challenges(settings, tmp_path):
    a_council(settings, tmp_path)
    by_role = people()
    assert "25 challenges." in told("make_demo_challenges")
    assert "nothing was changed" in told("make_demo_challenges")
    early = Challenge.objects.filter(raised_on__lt=date(2017, 7, 1))
    late = Challenge.objects.filter(raised_on__gte=date(2017, 9, 1), resolved_on__isnull=False)
    assert early.count() * 3 < late.count()
    assert not any(standing(one, ON).is_in_time for one in early)
    assert all(standing(one, ON).is_in_time for one in late)
    still = {one.stage: one for one in Challenge.objects.filter(resolved_on=None)}
    assert set(still) == {"informal", "2"}
    assert not standing(still["2"], ON).is_answer_late, "the clock would take it further"
    assert still["2"] in visible_to(by_role["iro"]) and still["2"] in visible_to(by_role["team_manager"])
    assert all(one.due_on - one.raised_on < timedelta(days=40) for one in Challenge.objects.all())


def test_without_a_load_nothing_is_invented(settings, tmp_path):
    a_place(settings, tmp_path)
    people()
    assert "chairs no child" in told("make_demo_challenges")
    told("make_demo_supervision")
    assert not Direction.objects.exists() and Agreement.objects.exists()
    assert not any(one.action.reference for file in compliance.kept(None) for one in file.actions)
