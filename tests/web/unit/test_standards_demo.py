"""The standards and pro formas of the demonstration, on its day and a year and a half later."""

from datetime import date

import pytest
from django.core.management import call_command

from goldenthread_web.accounts.demo import DOMAIN
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import roles
from goldenthread_web.case_audits import pro_forma_demo, pro_forma_services
from goldenthread_web.case_audits.models import ProForma
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.pro_forma_queries import questions_asked, seen_as
from goldenthread_web.standards import comparing, demo
from goldenthread_web.standards.domains import domains
from goldenthread_web.standards.models import Edition
from goldenthread_web.standards.queries import edition_on
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person

pytestmark = pytest.mark.django_db


def told_on(monkeypatch, day):
    for code in roles():
        a_person(code, email=f"{code.replace('_', '-')}@{DOMAIN}")
    for module in (demo, pro_forma_demo):
        monkeypatch.setattr(module, "today", lambda: day)
    call_command("make_demo_standards", verbosity=0)


def test_on_its_day_the_second_edition_is_being_written(monkeypatch, capsys):
    told_on(monkeypatch, date(2018, 1, 2))
    first, second = Edition.objects.order_by("number")
    assert (first.in_force_on, first.adopted_by.role, first.proposed_by.role) == (
        date(2017, 8, 14),
        "director",
        "qa_lead",
    )
    assert second.is_draft and edition_on(date(2018, 1, 2)) == first
    found = comparing.compared(first, second)
    assert {one.kind for one in found} == {"added", "changed"} and len(found) >= 8
    published = ProForma.objects.filter(published_at__isnull=False)
    assert {one.kind for one in published} == set(Kind.values)
    assert all(one.published_at.date() <= date(2018, 1, 2) for one in published)
    full = published.filter(code="full-case-audit").order_by("number")
    assert [one.number for one in full] == [1, 2]
    assert full[0].questions.count() < 30 < full[1].questions.count()
    for one in full:
        assert {each.domain for each in questions_asked(one)} == set(domains())
    draft = ProForma.objects.get(published_at__isnull=True)
    with pytest.raises(Refused, match="cites no practice standard"):
        pro_forma_services.publish_pro_forma(
            draft, seen=seen_as(draft, questions_asked(draft)), by=draft.made_by
        )
    before = Event.objects.count()
    call_command("make_demo_standards")
    assert "nothing was changed" in capsys.readouterr().out and Event.objects.count() == before


def test_later_the_second_edition_holds_and_is_asked(monkeypatch):
    told_on(monkeypatch, date(2019, 8, 1))
    second = Edition.objects.get(number=2)
    assert edition_on(date(2018, 2, 12)) == second and second.decision is None
    full = ProForma.objects.get(code="full-case-audit", number=3)
    assert full.edition == second and full.published_at is not None
    assert "Where work had to wait" in " ".join(one.text for one in questions_asked(full))


def test_before_there_were_standards_there_is_nothing(monkeypatch):
    told_on(monkeypatch, date(2017, 6, 1))
    assert not Edition.objects.exists() and not ProForma.objects.exists()
