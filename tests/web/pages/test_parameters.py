"""Pages of parameters and targets: what a person reads, and what a form refuses."""

import pytest

from goldenthread_web.figures.models import Target
from goldenthread_web.parameters.catalogue import parameters
from goldenthread_web.parameters.models import ParameterChange
from tests.web.builders import signed_in
from tests.web.deliveries import a_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    found = a_place(settings, tmp_path)
    (found / "store").mkdir()
    (found / "store" / "settings.toml").write_text("[parameters]\noversight_days = 42\n", "utf-8")
    return found


def test_the_list_says_value_default_and_what_it_moves(client):
    signed_in(client, "board_member")
    page = client.get("/parameters/").content.decode()
    assert "Management oversight is recorded every" in page and "SO-01" in page
    assert ">42 days<" in page and "the default is 56 days" in page
    assert "/parameters/oversight_days/" not in page  # a board member changes nothing


def test_every_parameter_that_is_changed_here_has_a_page(client):
    signed_in(client, "performance_analyst")
    for name, parameter in parameters().items():
        expected = 200 if parameter.is_changed_here else 404
        assert client.get(f"/parameters/{name}/").status_code == expected, name


def test_a_change_with_its_reason(client):
    signed_in(client, "performance_analyst")
    answer = client.post("/parameters/oversight_days/", {"value": "49", "because": ""})
    assert answer.status_code == 400 and "Why is it changed? Not filled in yet" in answer.content.decode()
    answer = client.post(
        "/parameters/oversight_days/", {"value": "49", "because": "The new procedure says so."}
    )
    assert answer.status_code == 302
    assert ParameterChange.objects.get().value == 49
    assert ">49 days<" in client.get("/parameters/").content.decode()


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("require_seen", "no", False),
        ("pathway_categories", "relevant, qualifying", ["relevant", "qualifying"]),
        ("assessment_checkpoint_wd", "10, 20", [10, 20]),
        ("months_convention", "days_91_183", "days_91_183"),
        ("tolerance_relative", "0.05", 0.05),
    ],
)
def test_values_of_each_kind(client, name, value, kept):
    signed_in(client, "performance_analyst")
    answer = client.post(f"/parameters/{name}/", {"value": value, "because": "The new procedure says so."})
    assert answer.status_code == 302, answer.content.decode()
    assert ParameterChange.objects.get().value == kept


def test_a_list_of_numbers_takes_numbers(client):
    signed_in(client, "performance_analyst")
    answer = client.post(
        "/parameters/assessment_checkpoint_wd/", {"value": "ten", "because": "The new procedure says so."}
    )
    assert answer.status_code == 400 and "ten is not a whole number" in answer.content.decode()


def test_a_target_is_set_and_listed(client):
    signed_in(client, "performance_analyst")
    said = {
        "value": "95",
        "owner": "Head of service",
        "starts_on": "2018-01-01",
        "because": "Set by Cabinet.",
    }
    assert client.post("/targets/SO-01/", said | {"value": "", "tolerance": "3"}).status_code == 400
    assert client.post("/targets/SO-01/", said).status_code == 302
    assert Target.objects.get().is_approved
    page = client.get("/targets/").content.decode()
    assert "Head of service" in page and ">95%<" in page


@pytest.mark.both_databases
def test_the_lists_ask_the_database_little(client, django_assert_max_num_queries):
    signed_in(client, "head_of_service")
    for page in ("/parameters/", "/targets/"):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200
