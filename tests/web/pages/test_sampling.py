"""The page of a sample: how it was drawn, and whether it is drawn so again."""

import pytest

from tests.web.builders import signed_in
from tests.web.reading import page_of
from tests.web.sampling_builders import a_council, a_sample, ref

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def council(settings, tmp_path):
    return a_council(settings, tmp_path)


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return page_of(answer)


def test_84_anybody_who_reads_results_can_check_how_the_children_were_drawn(client):
    sample = a_sample(leave_out={ref(11): "conflict"})
    signed_in(client, "service_manager")
    page = read(client, sample.get_absolute_url())
    for words in (
        "a seed of the tests",
        "The same again",
        "Children in need",
        sample.load_folder,
        "19 children",
    ):
        assert words in page, words
    assert "Known to whoever was to look at the case" in page and "lead" in page
    assert not any(one.reference in page for one in sample.children.all())
    read(client, "/samples/99/", 404)


def test_whoever_sees_no_small_numbers_sees_none_here(client):
    sample = a_sample(teams=("MASH",), size=2, leave_out={ref(28): "conflict"})
    signed_in(client, "scrutiny_member")
    page = read(client, sample.get_absolute_url())
    assert page.count("fewer than 6 children") == 2 and "Known to whoever" not in page


def test_children_chosen_for_a_reason_are_said_to_be(client):
    sample = a_sample(method="targeted", references=[ref(11)], reason="A school complained of both.")
    signed_in(client, "head_of_service")
    page = read(client, sample.get_absolute_url())
    assert "chosen one by one" in page and "A school complained of both." in page
    assert ">1 child<" in page


def test_groups_are_named(client):
    sample = a_sample(method="stratified", strata="team", cohort="open_cases")
    signed_in(client, "qa_lead")
    assert "At random within groups (team)" in read(client, sample.get_absolute_url())


def test_who_reads_no_results_reads_no_sample(client):
    signed_in(client, "social_worker")
    read(client, a_sample().get_absolute_url(), 403)
