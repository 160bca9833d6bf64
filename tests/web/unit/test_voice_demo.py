"""The demonstration's voices: what is about one child is about a child whom the team manager sees."""

from io import StringIO

import pytest
from django.core.management import call_command

from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.roles import roles
from goldenthread_web.voice.models import Feedback, Survey
from goldenthread_web.voice.queries import feedback_for
from tests.web.builders import a_person, a_unit
from tests.web.supervised import a_council

pytestmark = pytest.mark.django_db


def test_a_year_of_voices(settings, tmp_path):
    a_council(settings, tmp_path)
    people = {}
    for code in roles():
        unit = a_unit("FSP 1") if code == "team_manager" else None
        people[code] = a_person(code, email=f"{code.replace('_', '-')}@{DOMAIN}", unit=unit)
    said = StringIO()
    call_command("make_demo_voice", stdout=said)
    about = Feedback.objects.exclude(reference="")
    assert about.count() >= 4
    assert set(about) <= set(feedback_for(people["team_manager"]))
    assert not set(about) & set(feedback_for(people["programme_manager"]))
    assert (
        Survey.objects.filter(kind="thresholds").exists() and Survey.objects.filter(kind="model").count() == 2
    )
    call_command("make_demo_voice", stdout=said)
    assert "nothing was changed" in said.getvalue()
