"""The demonstration's clinics: several services hold them, under whose chair, and only once."""

from io import StringIO

import pytest
from django.core.management import call_command

from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.roles import roles
from goldenthread_web.clinics.demo import said
from goldenthread_web.clinics.models import Clinic, Escalation
from tests.house.tree import ROOT
from tests.web.builders import a_person, a_unit
from tests.web.morning import a_morning
from tests.web.unit.test_clinics import a_board

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Family Support and Protection", "Assessment and Intervention"


def told():
    heard = StringIO()
    call_command("make_demo_clinics", stdout=heard)
    return heard.getvalue()


def test_clinics_of_several_services(settings, tmp_path):
    a_morning(settings, tmp_path)
    Unit.objects.filter(name="MASH").update(service=SECOND)
    Unit.objects.filter(name__startswith="FSP").update(service=FIRST)
    for code in roles():
        unit = a_unit(FIRST, kind="service") if code == "service_manager" else None
        a_person(code, email=f"{code.replace('_', '-')}@{DOMAIN}", unit=unit)
    a_board()
    assert "10 clinics were held; 3 are ready." in told()
    held = Clinic.objects.filter(state="closed")
    chairs = {(one.service, one.chair.role) for one in held.select_related("chair")}
    assert chairs == {(FIRST, "service_manager"), (SECOND, "head_of_service")}
    assert held.filter(team="MASH").count() == 2, "the second service began two weeks later"
    answered, waiting = Escalation.objects.order_by("clinic__monday")
    assert answered.clinic.service == SECOND and answered.answered_on
    assert waiting.clinic.service == FIRST and not waiting.answered_on
    assert "nothing was changed" in told()


def test_the_services_of_the_story_are_those_of_the_invented_authority():
    units = (ROOT / "goldenthread" / "synthetic" / "arcs" / "east.toml").read_text("utf-8")
    named = {service for one in said()["chairs"] for service in one.get("services", ())}
    named |= {one["service"] for one in said()["escalations"]}
    assert named and all(f'service = "{one}"' in units for one in named)
