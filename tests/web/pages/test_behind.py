"""The pages of who is behind a number: reason first, only one's own reveal, files as the page shows them."""

from datetime import timedelta

import pytest

from goldenthread_web.accounts.children import reference
from goldenthread_web.behind.models import Export, Reveal
from goldenthread_web.trail.models import Event, Seen
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.unit.test_behind import loaded  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
ASK = "/figures/FD-02/children?start=2017-12-01&end=2017-12-31"
SAID = {"start": "2017-12-01", "end": "2017-12-31", "part": "", "team": "", "reason": "data_quality"}


def reveal(client) -> str:
    return client.post("/figures/FD-02/children", SAID).headers["Location"]


def test_the_reason_comes_first_and_leads_to_the_list(client, loaded):  # noqa: F811
    signed_in(client, "head_of_service")
    page = client.get(ASK).content.decode()
    assert "Why do you need to see the children?" in page and ">c1<" not in page
    answer = client.post("/figures/FD-02/children", SAID | {"reason": ""})
    assert answer.status_code == 400 and "Choose why you need to see the children." in answer.content.decode()
    page = client.get(reveal(client)).content.decode()
    for child in ("c1", "c2", "c3", "c4"):
        assert f">{child}<" in page
        assert f'href="https://cases.example/child/{child}"' in page
    assert "to check or mend the data" in page


def test_every_child_on_the_page_is_recorded_before_it_is_shown(client, loaded):  # noqa: F811
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    client.get(reveal(client))
    event = Event.objects.get(what="children.seen")
    assert event.reason == "data_quality"
    seen = set(Seen.objects.filter(event_id=event.pk).values_list("reference", flat=True))
    assert seen == {reference(child) for child in ("c1", "c2", "c3")}


def test_a_list_that_cannot_be_recorded_is_not_shown(client, loaded, monkeypatch):  # noqa: F811
    signed_in(client, "head_of_service")
    address = reveal(client)

    def full(*args, **kwargs):
        raise OSError("no space left")

    monkeypatch.setattr("goldenthread_web.behind.views.record", full)
    client.raise_request_exception = False
    answer = client.get(address)
    assert answer.status_code >= 500 and ">c1<" not in answer.content.decode()


def test_a_list_is_only_for_who_asked_and_only_for_some_hours(client, loaded):  # noqa: F811
    person = signed_in(client, "head_of_service")
    address = reveal(client)
    client.force_login(a_person("head_of_service"))
    assert client.get(address).status_code == 404
    client.force_login(person)
    made = Reveal.objects.get()
    made.until = made.at - timedelta(hours=1)
    made.save()
    assert client.get(address).status_code == 404


def test_the_file_holds_the_rows_of_the_page(client, loaded):  # noqa: F811
    signed_in(client, "head_of_service")
    address = reveal(client)
    client.post(f"{address}export", {"kind": "csv", "show": "not_met"})
    answer = client.post(f"/exports/{Export.objects.get().pk}/file")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Child,Record,Team,Worker")
    assert [line.split(",")[0] for line in lines[1:]] == ["c4", "c2"]
    assert client.post(f"/exports/{Export.objects.get().pk}/file").status_code == 400


def test_a_kind_of_file_that_does_not_exist_is_refused_with_a_sentence(client, loaded):  # noqa: F811
    signed_in(client, "head_of_service")
    answer = client.post(f"{reveal(client)}export", {"kind": "pdf"})
    assert answer.status_code == 400 and "Choose CSV or Excel." in answer.content.decode()


@pytest.mark.both_databases
def test_the_list_asks_the_database_little(client, loaded, django_assert_max_num_queries):  # noqa: F811
    signed_in(client, "head_of_service")
    address = reveal(client)
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)
