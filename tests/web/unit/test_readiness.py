"""Readiness for a visit: what is refused, and a log that nothing changes."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from goldenthread_web.accounts.refusals import NotAllowed, Refused
from goldenthread_web.governance import readiness_services as services
from goldenthread_web.inspections.models import EvidenceItem, HandOver, Interview
from goldenthread_web.trail.models import Event
from goldenthread_web.ui.conflicts import SavedMeanwhile
from tests.web.builders import a_person, at
from tests.web.inspected import a_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return a_person("programme_manager")


@pytest.fixture
def visit(manager):
    return a_visit(starts_on=date(2018, 1, 2), by=manager)


def an_item(visit, manager, **said):
    given = {"evidence_class": "minutes", "what": "Minutes", "place": "Folder", "post": "Manager"}
    return services.add_evidence(visit, **(given | said), by=manager)


def given(item, manager, **said):
    usual = {"to": "Inspector", "handed_at": at("2018-01-02 09:00"), "channel": "portal"}
    return services.hand_over(item, **(usual | {"handed_by": "Manager"} | said), by=manager)


def told():
    return list(Event.objects.order_by("id").values_list("what", flat=True))[1:]


@pytest.mark.both_databases
def test_the_checklist_is_ticked_by_one_person_at_a_time(visit, manager):
    said = {"text": "Check", "post": "Analyst"}
    with pytest.raises(Refused, match="before the visit ends"):
        services.add_readiness_item(visit, **said, due_on=date(2018, 2, 1), by=manager)
    item = services.add_readiness_item(visit, **said, due_on=date(2018, 1, 2), by=manager)
    done = services.tick_readiness_item(item, is_done=True, version=1, by=manager)
    assert done.done_on == date(2018, 1, 2)
    with pytest.raises(SavedMeanwhile):
        services.tick_readiness_item(item, is_done=False, version=1, by=manager)
    with pytest.raises(Refused, match="says so already"):
        services.tick_readiness_item(item, is_done=True, version=2, by=manager)
    services.tick_readiness_item(item, is_done=False, version=2, by=manager)
    assert told() == ["readiness.added", "readiness.ready", "readiness.not_ready"]


def test_what_is_not_ready_or_was_taken_out_is_not_handed_over(visit, manager):
    item = an_item(visit, manager)
    with pytest.raises(Refused, match="not ready yet"):
        given(item, manager)
    item = services.ready_evidence(item, version=1, by=manager)
    with pytest.raises(Refused, match="says so already"):
        services.ready_evidence(item, version=2, by=manager)
    for said, sentence in (
        ({"channel": "pigeon"}, "from the list"),
        ({"to": " "}, "Name the post"),
        ({"handed_at": at("2018-01-05 09:00")}, "lies ahead"),
    ):
        with pytest.raises(Refused, match=sentence):
            given(item, manager, **said)
    with pytest.raises(NotAllowed):
        given(item, a_person("team_manager"))
    with pytest.raises(Refused, match="Say why"):
        services.withdraw_evidence(item, because=" ", version=2, by=manager)
    services.withdraw_evidence(item, because="Wrong quarter.", version=2, by=manager)
    with pytest.raises(Refused, match="taken out"):
        given(EvidenceItem.objects.get(), manager)
    with pytest.raises(Refused, match="taken out"):
        services.ready_evidence(EvidenceItem.objects.get(), version=3, by=manager)
    assert told() == ["pack.item_added", "pack.item_ready", "pack.item_withdrawn"]
    with pytest.raises(Refused, match="kind of evidence"):
        an_item(visit, manager, evidence_class="rumours")
    with pytest.raises(Refused, match="lies ahead"):
        an_item(visit, manager, dated_on=date(2018, 2, 1))


@pytest.mark.both_databases
def test_what_was_handed_over_stays_in_the_log(visit, manager):
    item = an_item(visit, manager, is_ready=True)
    log = given(item, manager)
    assert told()[-1] == "pack.item_handed_over"
    with pytest.raises(Refused, match="stays in the pack"):
        services.withdraw_evidence(item, because="Wrong.", version=1, by=manager)
    for change in (
        lambda: HandOver.objects.filter(pk=log.pk).update(to="Nobody"),
        lambda: HandOver.objects.filter(pk=log.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            change()


def test_talks_are_on_the_days_of_the_visit(visit, manager):
    with pytest.raises(Refused, match="days of the visit"):
        services.add_interview(visit, with_whom="Chair", starts_at=at("2018-01-09 09:00"), by=manager)
    made = services.add_interview(visit, with_whom="Chair", starts_at=at("2018-01-02 09:00"), by=manager)
    services.remove_interview(made, by=manager)
    assert not Interview.objects.exists()
    assert told() == ["interview.added", "interview.removed"]
