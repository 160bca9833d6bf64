"""Abuse of pages that no app's own tests try (tests 7, 8, 9, 68 and 69 of the list of security tests)."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.restriction_services import propose_restriction
from goldenthread_web.behind.models import Export
from goldenthread_web.clinics.models import ClinicException
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.clinic_days import a_clinic
from tests.web.morning import a_morning
from tests.web.pages.access import addresses, written

pytestmark = pytest.mark.django_db
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
SIGNS = ("' OR 1=1 --", '" OR ""="', "c1'; DROP TABLE trail_event; --", "%", "_1", "{{ 7 * 7 }}", "c1)", "*")
LISTS = ("/this-morning/?show=all", "/this-morning/drift/?", "/this-morning/waiting/?")
ASKED_FOR_MORE = (
    "sort=explanation",
    "order=password",
    "by=explanation",
    "fields=note",
    "q=c1",
    "worker__isnull=1",
)


@pytest.fixture
def council(settings, tmp_path):
    return a_morning(settings, tmp_path, mondays=True)


def children_on(answer):
    """The children whose pages a list leads to, in its order."""
    return re.findall(r'href="/children/([0-9a-f]+)/"', answer.text)


def test_7_what_is_said_of_several_children_stays_within_the_team(client, council):
    clinic = a_clinic("FSP 1")
    item = clinic.exceptions.filter(kind="new").first().item
    said = {"of": f"new:{item}", "reason": "capacity"}
    address = f"/clinics/{clinic.pk}/same-reason"
    elsewhere = a_unit("Elsewhere", kind="service")
    signed_in(client, "service_manager", unit=elsewhere)
    assert client.post(address, said).status_code == 404
    assert not ClinicException.objects.exclude(reason="").exists()  # none of them, not some
    head = a_person("head_of_service")
    propose_restriction(reference("c1"), reason="adoption", viewers=[head], by=head)
    signed_in(client, "service_manager")
    client.post(address, said)
    assert not ClinicException.objects.filter(reference=reference("c1")).exclude(reason="").exists()


@pytest.mark.parametrize("folder", ["media", "deliveries", "store", "secrets", "static/..", "static/%2e%2e"])
def test_8_no_file_is_found_by_its_place(client, council, folder):
    signed_in(client, "director")
    names = (
        "children",
        "service.sqlite3",
        "installation.toml",
        "current.json",
        "0123456789abcdef0123456789abcdef",
    )
    for name in names:
        assert client.get(f"/{folder}/{name}").status_code == 404


def test_8_a_file_of_rows_is_for_who_asked_while_they_may(client, council):
    asker = signed_in(client, "head_of_service")
    said = {"start": "2017-10-01", "end": "2017-12-31", "part": "", "team": "", "reason": "data_quality"}
    address = client.post("/figures/FD-02/children", said).headers["Location"]
    client.post(f"{address}export", {"kind": "csv"})
    made = Export.objects.get()
    signed_in(client, "director")
    taken = client.post(f"/exports/{made.pk}/file")
    assert taken.status_code in (403, 404) or taken.headers["Content-Type"].startswith("text/html")
    assert "Content-Disposition" not in taken.headers
    assert client.post(f"/exports/{made.pk + 1}/file").status_code == 404  # a guess
    asker.role = "board_member"
    asker.save()
    client.force_login(asker)
    assert client.post(f"/exports/{made.pk}/file").status_code == 403
    made.refresh_from_db()
    assert made.taken_at is None


@pytest.mark.parametrize("more", ASKED_FOR_MORE)
def test_9_what_a_list_does_not_show_cannot_be_asked_for(client, council, more):
    """No field can be asked for, sorted, searched or filtered by, that the page does not show."""
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    for address in LISTS:
        answer = client.get(f"{address}&{more}")
        assert answer.status_code == 400 and f"“{more.partition('=')[0]}”" in answer.text
        assert children_on(answer) == []


def test_9_what_a_list_shows_can_be_asked_for(client, council):
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    for asked in ("order=number", "by=duty", "find=c1", "page=1", "team=FSP+1", "order=&by=&worker="):
        answer = client.get(f"{LISTS[0]}&{asked}")
        assert answer.status_code == 200 and children_on(answer), asked


def test_9_no_page_takes_a_name_that_it_does_not_know(council):
    """Each page, whatever method it answers, for a role that may open it."""
    clients, taking, listed = {}, [], written()
    for name, view, arguments in addresses():
        if not getattr(view, "is_page", False):
            continue
        role = next((code for code, answer in listed.get(name, {}).items() if answer == "yes"), None)
        if role is None:
            continue
        if role not in clients:
            clients[role] = Client()
            signed_in(clients[role], role)
        address = f"{reverse(name, kwargs=arguments or None)}?explanation=1"
        if {clients[role].get(address).status_code, clients[role].post(address).status_code} - {400, 405}:
            taking.append(name)
    assert taking == []


def test_68_no_page_takes_a_form_from_elsewhere():
    """Every page that takes forms wants the session's token: none is excepted."""
    excepted = [name for name, view, _ in addresses() if getattr(view, "csrf_exempt", False)]
    assert excepted == []
    careful = Client(enforce_csrf_checks=True)
    signed_in(careful, "director")
    for name in ("accounts:restrict", "accounts:related", "accounts:stay", "account_logout"):
        assert careful.post(reverse(name), {"child": "c1"}).status_code == 403, name


@pytest.mark.parametrize("address", ["/", "/scorecard/", "/account", "/no/such/page", "/accounts/login/"])
def test_68_every_answer_tells_browsers_to_run_and_frame_nothing(client, address):
    signed_in(client, "director")
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert all(part in policy for part in POLICY) and "unsafe" not in policy and "*" not in policy
    assert headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin" and "no-store" in headers["Cache-Control"]


@pytest.mark.both_databases
@pytest.mark.parametrize("signs", SIGNS)
def test_69_signs_of_statements_find_nothing(client, council, signs):
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    for name in ("find", "worker", "item"):
        answer = client.get("/this-morning/", {"show": "all", name: signs})
        assert answer.status_code == 200
        assert children_on(answer) == []
    signed_in(client, "administrator")
    page = client.get("/people/", {"words": signs}).text
    assert "@people.example" not in page.split("<main", 1)[1]


@pytest.mark.both_databases
@pytest.mark.parametrize("address", ["/people/?words=%00", "/people/?words=a%00b"])
def test_69_an_address_with_a_null_character_is_refused(client, address):
    signed_in(client, person=a_person("administrator"))
    assert client.get(address).status_code == 400


def test_69_what_was_typed_is_never_a_template(client, council):
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    page = client.get("/this-morning/", {"find": "{{ 7 * 7 }}"}).text
    assert "{{ 7 * 7 }}" in page and 'value="49"' not in page
