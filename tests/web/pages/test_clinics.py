"""Pages of clinics: who may open them, what a person reads, what is kept when something is refused."""

from datetime import date, timedelta

import pytest

from goldenthread_web.accounts.children import reference
from goldenthread_web.clinics import services
from goldenthread_web.clinics.models import Clinic, ClinicAction, Escalation
from goldenthread_web.trail.models import Seen
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.clinic_days import MONDAY, a_clinic
from tests.web.morning import a_morning
from tests.web.reading import page_of
from tests.web.unit.test_clinics import TODAY, a_board, held, judged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_morning(settings, tmp_path)


def read(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return page_of(answer)


def test_before_any_clinic_the_page_says_when_they_come(client):
    signed_in(client, "service_manager")
    assert "Each Monday morning they make themselves ready" in read(client, "/clinics/")


def test_a_manager_sees_the_clinics_of_their_own_teams(client):
    clinic = a_clinic()
    elsewhere = Clinic.objects.get(team="MASH")
    signed_in(client, "service_manager")
    page = read(client, "/clinics/")
    assert "FSP 1" in page and "FSP 2" in page and "MASH" not in page
    read(client, f"/clinics/{clinic.pk}/")
    read(client, f"/clinics/{elsewhere.pk}/", 404)


@pytest.mark.parametrize(
    ("later", "words"), [(0, ", from everything"), (5, ", looking back from everything")]
)
def test_a_clinic_says_from_what_it_was_read(client, later, words):
    clinic = a_clinic()
    clinic.as_at_on = clinic.on + timedelta(days=later)
    clinic.save()
    signed_in(client, "service_manager")
    assert f"{words} recorded to the end of" in read(client, f"/clinics/{clinic.pk}/")


def test_earlier_clinics_stand_week_by_week_the_latest_first(client):
    weeks = (3, 1, 2)
    for number in weeks:
        a_clinic(monday=MONDAY - timedelta(weeks=number))
    signed_in(client, "service_manager", unit=a_unit("Family Support", kind="service"))
    page = read(client, "/clinics/")
    places = [page.index(f">{day}<") for day in ("25 December 2017", "18 December 2017", "11 December 2017")]
    assert places == sorted(places) and page.count("0 of 2") == 3


def test_whoever_sees_no_child_sees_numbers_only(client):
    clinic = a_clinic()
    signed_in(client, "programme_manager")
    page = read(client, "/clinics/")
    assert "Do they help?" in page and "Clinics of this week" not in page
    assert "sees figures only" in read(client, f"/clinics/{clinic.pk}/", 403)


def test_the_screen_shows_each_exception_once_and_who_was_seen_is_recorded(client):
    clinic = a_clinic()
    signed_in(client, "service_manager")
    page = read(client, f"/clinics/{clinic.pk}/")
    for text in ("Last time’s actions first", "New to the clinic", "Drift", "working days overdue", "c1"):
        assert text in page
    assert Seen.objects.filter(reference=reference("c1")).exists()


def test_a_clinic_from_its_beginning_to_its_end(client):
    clinic = a_clinic()
    signed_in(client, "service_manager")
    read(client, f"/clinics/{clinic.pk}/begin", 302, on="")
    one = clinic.exceptions.filter(kind="new").first()
    address = f"/clinics/{clinic.pk}/exceptions/{one.pk}"
    said = {"reason": "capacity", "is_safe": "no", "note": "", "version": 1}
    page = read(client, address, 400, **said, text="See the child today", owner="", due_on="")
    assert "Say who does it, and by when." in page and "See the child today" in page  # nothing is lost
    read(client, address, 302, **said, text="See the child today", owner="W1", due_on="2018-01-03")
    assert ClinicAction.objects.get().exception == one
    assert "raise an immediate concern" in read(client, f"/clinics/{clinic.pk}/")
    page = read(client, f"/clinics/{clinic.pk}/close", 400, note="")
    assert "Give each exception a reason" in page
    judged_by = a_person("service_manager", email="another@example.org")
    for other in clinic.exceptions.exclude(pk=one.pk):
        services.judge(
            other,
            reason="capacity",
            is_safe=True if other.reference else None,
            note="",
            version=other.version,
            by=judged_by,
        )
    read(client, f"/clinics/{clinic.pk}/close", 302, note="It went well.")
    page = read(client, f"/clinics/{clinic.pk}/")
    assert "It went well." in page and "not safe" in page and 'name="reason"' not in page


PHONE = "Ring the mother on 020 7946 0123."
LOOKS = "This looks like a telephone number."


def test_81_what_identifies_a_person_is_pointed_out_in_every_word_of_a_clinic(client):
    chair = a_person("service_manager", email="chair@example.org")
    before = held(a_clinic(monday=MONDAY - timedelta(weeks=1)), chair, on=date(2017, 12, 27))
    services.set_action(before, exception=None, text="Visit", owner="W1", due_on=TODAY, by=chair)
    services.close_clinic(before, by=chair)
    clinic = a_clinic()
    one, opening = clinic.exceptions.exclude(reference="").first(), ClinicAction.objects.get()
    signed_in(client, "service_manager")
    said = {"reason": "capacity", "is_safe": "yes", "note": PHONE, "version": 1}
    judge, settle = (
        f"/clinics/{clinic.pk}/exceptions/{one.pk}",
        f"/clinics/{clinic.pk}/actions/{opening.pk}",
    )
    assert LOOKS in read(client, judge, 400, **said, text=PHONE)  # nothing is agreed before it begins
    read(client, f"/clinics/{clinic.pk}/begin", 302, on="")
    agreed = {"owner": "W1", "due_on": "2018-01-03"}
    page = read(client, judge, 400, **said | {"note": ""} | agreed, text=PHONE)
    assert f'href="#x{one.pk}">{LOOKS}' in page and f'id="x{one.pk}_is_checked"' in page
    page = read(client, settle, 400, outcome="carried", text=PHONE, version=1)
    assert f'href="#a{opening.pk}">{LOOKS}' in page
    page = read(client, f"/clinics/{clinic.pk}/agree", 400, **agreed, text=PHONE)
    assert f'href="#agreed">{LOOKS}' in page
    assert LOOKS in read(client, f"/clinics/{clinic.pk}/close", 400, note=PHONE)
    clinic.refresh_from_db()
    assert clinic.state == "under_way" and ClinicAction.objects.count() == 1
    read(client, judge, 302, **said | agreed, text=PHONE, is_checked="on")
    assert ClinicAction.objects.filter(text=PHONE).exists()


def test_whoever_comes_second_is_told(client):
    clinic = a_clinic()
    one = clinic.exceptions.filter(kind="new").first()
    signed_in(client, "service_manager")
    said = {"reason": "capacity", "is_safe": "yes", "note": "", "version": 1}
    read(client, f"/clinics/{clinic.pk}/exceptions/{one.pk}", 302, **said)
    page = read(client, f"/clinics/{clinic.pk}/exceptions/{one.pk}", 400, **said)
    assert "Somebody else wrote here" in page


def test_an_exception_of_another_clinic_is_not_there(client):
    clinic, other = a_clinic(), Clinic.objects.get(team="FSP 2")
    foreign = other.exceptions.first()
    signed_in(client, "service_manager", unit=a_unit("Family Support", kind="service"))
    said = {"reason": "capacity", "is_safe": "yes", "note": "", "version": 1}
    read(client, f"/clinics/{clinic.pk}/exceptions/{foreign.pk}", 404, **said)


def test_one_reason_for_several(client):
    clinic = a_clinic()
    item = clinic.exceptions.filter(kind="new").first().item
    signed_in(client, "service_manager")
    read(client, f"/clinics/{clinic.pk}/same-reason", 302, of=f"new:{item}", reason="capacity")
    assert not clinic.exceptions.filter(kind="new", item=item, reason="").exists()
    page = read(client, f"/clinics/{clinic.pk}/same-reason", 400, of=f"new:{item}", reason="capacity")
    assert "has a reason already" in page


def test_what_became_of_last_times_actions(client):
    chair = a_person("service_manager", email="chair@example.org")
    before = held(a_clinic(monday=MONDAY - timedelta(weeks=1)), chair, on=date(2017, 12, 27))
    for text in ("Ring", "Visit"):
        services.set_action(before, exception=None, text=text, owner="W1", due_on=TODAY, by=chair)
    services.close_clinic(before, by=chair)
    clinic = a_clinic()
    services.begin_clinic(clinic, by=chair)
    judged(clinic, chair)
    ring, visit = ClinicAction.objects.order_by("pk")
    signed_in(client, "service_manager")
    address = f"/clinics/{clinic.pk}/actions/"
    page = read(client, f"{address}{ring.pk}", 400, outcome="carried", text="", completed_on="", version=1)
    assert "Say why, in a few words." in page
    read(client, f"{address}{ring.pk}", 302, outcome="carried", text="Ill.", completed_on="", version=1)
    read(client, f"{address}{visit.pk}", 302, outcome="done", text="", completed_on="2018-01-02", version=1)
    page = read(client, f"/clinics/{clinic.pk}/")
    assert "carried 1 time" in page and "done 2 January 2018" in page
    read(client, f"/clinics/{clinic.pk}/close", 302, note="")


def test_an_escalation_stands_before_whoever_records_decisions(client):
    clinic = a_clinic()
    chair = signed_in(client, "service_manager")
    services.begin_clinic(clinic, by=chair)
    board = a_board()
    said = {"body": board.pk, "action": "", "text": "Two posts are empty.", "wanted": "Agree on cover."}
    read(client, f"/clinics/{clinic.pk}/escalate/", 302, **said)
    client.logout()
    signed_in(client, "programme_manager")
    assert "Two posts are empty." in read(client, "/clinics/")
    made = Escalation.objects.get()
    read(client, f"/clinics/escalations/{made.pk}/", 302, answer="Agreed.", answered_on="2018-01-02")
    read(client, f"/clinics/escalations/{made.pk}/", 404)


def test_a_clinic_that_was_not_held(client):
    clinic = a_clinic()
    signed_in(client, "service_manager")
    assert "come to the next one" in read(client, f"/clinics/{clinic.pk}/not-held/")
    read(client, f"/clinics/{clinic.pk}/not-held/", 302, because="Snow.")
    assert "Snow." in read(client, "/clinics/")


def test_the_next_clinic_reads_what_the_board_answered(client):
    chair = signed_in(client, "service_manager")
    before = held(a_clinic(monday=MONDAY - timedelta(weeks=1)), chair, on=date(2017, 12, 27))
    made = services.escalate(
        before, action=None, body=a_board(), text="Two posts are empty.", wanted="Agree on cover.", by=chair
    )
    services.close_clinic(before, by=chair)
    clinic = a_clinic()
    page = read(client, f"/clinics/{clinic.pk}/")
    assert "Two posts are empty." in page and "not answered yet" in page
    board = a_person("programme_manager")
    services.answer_escalation(made, answer="Cover until March.", by=board)
    assert "Cover until March." in read(client, f"/clinics/{clinic.pk}/")
    # Once it was read in a clinic that was held, the one after it begins without it
    services.begin_clinic(clinic, by=chair)
    judged(clinic, chair)
    services.close_clinic(clinic, by=chair)
    Escalation.objects.update(answered_on=MONDAY)
    later = a_clinic(monday=MONDAY + timedelta(weeks=1))
    assert "Cover until March." not in read(client, f"/clinics/{later.pk}/")


def test_an_action_carried_twice_is_proposed_to_the_board(client):
    chair = signed_in(client, "service_manager")
    first = held(a_clinic(monday=MONDAY - timedelta(weeks=3)), chair, on=date(2017, 12, 12))
    action = services.set_action(first, exception=None, text="Ring", owner="W1", due_on=TODAY, by=chair)
    services.close_clinic(first, by=chair)
    for weeks, day in ((2, date(2017, 12, 19)), (1, date(2017, 12, 27))):
        clinic = held(a_clinic(monday=MONDAY - timedelta(weeks=weeks)), chair, on=day)
        assert "before the operational board</a>: the team" not in read(client, f"/clinics/{clinic.pk}/")
        services.carry_action(action, clinic, because="Ill.", by=chair)
        services.close_clinic(clinic, by=chair)
    clinic = a_clinic()
    services.begin_clinic(clinic, by=chair)
    address = f"/clinics/{clinic.pk}/escalate/?action={action.pk}"
    page = read(client, f"/clinics/{clinic.pk}/")
    assert f"Put {action.ref} before the operational board" in page and address in page
    assert f'value="{action.pk}" selected' in read(client, address)
    services.escalate(clinic, action=action, body=a_board(), text="It stays.", wanted="Decide.", by=chair)
    assert f"Put {action.ref} before" not in read(client, f"/clinics/{clinic.pk}/")


def test_a_concern_about_a_child_who_is_not_safe_begins_with_the_child(client):
    clinic = a_clinic()
    signed_in(client, "service_manager")
    one = clinic.exceptions.filter(kind="new", reference=reference("c1")).first()
    said = {"reason": "capacity", "is_safe": "no", "note": "", "version": 1}
    read(client, f"/clinics/{clinic.pk}/exceptions/{one.pk}", 302, **said)
    assert f"/concerns/raise/?child={reference('c1')}" in read(client, f"/clinics/{clinic.pk}/")
