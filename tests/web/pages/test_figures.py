"""The pages of figures: what a person reads is what was worked out, and no small number reaches a member."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import caches
from lxml import html

from goldenthread_web.figures.models import FigureLine
from tests.unit.figure_lines import a_figure
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.figure_sets import a_set, a_target, not_computable, over_the_year, over_two_years

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test has a database of its own, in which a set has the number of the set before."""
    caches["worked_out"].clear()


STEADY = [70, 72, 69, 71, 70, 73, 68, 71, 70, 72, 69, 71, 70, 72, 69, 71, 70, 73, 68, 71, 70, 72, 69, 71]
JUMPED = [*STEADY[:-1], 95]


def read(answer):
    """The text of a page, spaces made one."""
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", html.fromstring(answer.content.decode()).text_content())


def row(answer, ref):
    """The cells of an indicator's row on the scorecard."""
    tree = html.fromstring(answer.content.decode())
    (found,) = tree.xpath(f"//tr[.//*[@id='line-{ref}']]")
    return [re.sub(r"\s+", " ", cell.text_content()).strip() for cell in found]


def test_before_anything_was_loaded_the_page_says_so(client):
    signed_in(client, "director")
    for address in ("/scorecard/", "/indicators/FD-02/", "/compare/"):
        assert "There are no figures yet" in read(client.get(address))
    assert "Definitions" in read(client.get("/definitions/"))


def test_the_scorecard_says_what_the_lines_of_figures_say(client):
    a_set([*over_two_years("FD-02", JUMPED), *over_two_years("FD-01", [700 + one for one in STEADY], None)])
    by = a_person("director")
    a_target("FD-02", Decimal(97), by=by, tolerance=Decimal(5))
    signed_in(client, person=by)
    answer = client.get("/scorecard/")
    line = FigureLine.objects.get(ref="FD-02", period_start=date(2017, 12, 1))
    name, now, target, short, direction, _, year_before, *_ = row(answer, "FD-02")
    assert f"{line.value}%" in now and f"{line.numerator:f} of {line.denominator:f}" in now
    assert "Higher is better" in name
    assert target == "97.0% A near target A from 92.0%"
    assert short == "4 more contacts to reach 97.0%"
    assert direction.startswith("Improving") and "percentage points" in direction
    assert year_before == "71.0%"
    assert "771" in row(answer, "FD-01")[1]
    assert "Of 2 headline indicators with a figure: 1 really improving, 1 without real change." in read(
        answer
    )


def test_no_cases_is_not_nought_and_not_computable_says_what_is_missing(client):
    no_cases = a_figure("CP-03", n=0, of=0, month=23, status="no_cases")
    a_set([*over_two_years("FD-02", STEADY), no_cases, not_computable("QA-01")])
    signed_in(client, "director")
    page = client.get("/scorecard/")
    assert row(page, "CP-03")[1] == "No cases"
    assert "1 indicator cannot be worked out" in read(page)
    missing = read(client.get("/indicators/QA-01/"))
    assert "It cannot be worked out from the data supplied. This is not 0" in missing
    assert "No cases" in read(client.get("/indicators/CP-03/"))


def small_figures():
    """A month in which three of forty are late, and the year by team in which one team has two."""
    months = over_two_years("FD-02", [50] * 23 + [92.5], of=40)
    year = [over_the_year("FD-02", 400, 480)]
    teams = [(200, 240), (198, 231), (2, 9)]
    year += [over_the_year("FD-02", n, of, team=f"FSP {at}") for at, (n, of) in enumerate(teams)]
    return [*months, *year]


@pytest.mark.parametrize("role", ["board_member", "elected_member", "scrutiny_member", "improvement_partner"])
def test_members_see_no_small_number(client, role):
    a_set(small_figures())
    signed_in(client, role)
    page = client.get("/scorecard/")
    now = row(page, "FD-02")[1]
    assert now.startswith("c") and "37" not in now and "92.5" not in now
    indicator = read(client.get("/indicators/FD-02/"))
    assert "37 of 40" not in indicator and "92.5%" not in indicator and "2 of 9" not in indicator
    assert "are shown as c" in indicator


def test_who_works_with_the_figures_sees_them_whole(client):
    a_set(small_figures())
    signed_in(client, "performance_analyst")
    indicator = read(client.get("/indicators/FD-02/"))
    assert "37 of 40" in indicator and "2 of 9" in indicator


def test_what_nobody_judged_for_the_public_is_not_shown_to_members(client):
    team_by_month = over_two_years("FD-02", [80], of=100, breakdown={"team": "FSP 1"})
    whole = over_two_years("FD-02", STEADY, of=1000)
    a_set([*whole, *team_by_month], seen_by_all=lambda figure: not figure.breakdown)
    signed_in(client, "board_member")
    assert "FSP 1" not in read(client.get("/indicators/FD-02/"))
    assert "FSP 1" not in read(client.get("/compare/"))
    signed_in(client, "director")
    assert "FSP 1" in read(client.get("/indicators/FD-02/"))


def test_views_are_kept_apart_in_the_cache(client):
    """Whoever comes first must not leave whole figures for a member to find."""
    a_set(small_figures())
    signed_in(client, "director")
    assert "37 of 40" in read(client.get("/scorecard/"))
    signed_in(client, "board_member")
    assert "37 of 40" not in read(client.get("/scorecard/"))


PAGES = ["scorecard", "indicators/FD-02", "definitions", "definitions/FD-02", "compare"]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "address", [*(f"/{one}/" for one in PAGES), "/compare/months", "/compare/authorities"]
)
@pytest.mark.parametrize("role", ["head_of_service", "board_member"])
def test_no_page_asks_the_database_more_than_twelve_times(
    client, address, role, django_assert_max_num_queries
):
    a_unit("FSP 0")
    a_set(small_figures())
    signed_in(client, role)
    for _ in range(2):  # worked out, and kept
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_a_new_target_shows_at_once(client):
    a_set(over_two_years("FD-02", STEADY))
    by = signed_in(client, "director")
    assert "no target set" in row(client.get("/scorecard/"), "FD-02")[2]
    a_target("FD-02", Decimal(70), by=by)
    assert "G at target" in row(client.get("/scorecard/"), "FD-02")[2]
    a_target("FD-02", Decimal(99), by=by, is_approved=None)
    assert "70.0%" in row(client.get("/scorecard/"), "FD-02")[2]


def test_the_scorecard_narrows_to_an_area_and_to_what_is_off_target(client):
    a_set([*over_two_years("FD-02", STEADY), *over_two_years("CP-03", STEADY)])
    by = signed_in(client, "director")
    a_target("FD-02", Decimal(99), by=by)
    page = read(client.get("/scorecard/?area=child+protection"))
    assert "CP-03" in page.partition("Which figures")[2] or "CP-03" in page
    tree = html.fromstring(client.get("/scorecard/?only=off_target").content.decode())
    assert [one.get("id") for one in tree.xpath("//*[starts-with(@id, 'line-')]")] == ["line-FD-02"]
    assert "Nothing to show" in read(client.get("/scorecard/?area=child+protection&only=off_target"))
    assert client.get("/scorecard/?area=nowhere&which=&only=").status_code == 200
    assert client.get("/scorecard/?which=x").status_code == 400


def test_a_chart_states_its_finding_and_lists_its_numbers(client):
    a_set(over_two_years("FD-02", JUMPED))
    signed_in(client, "director")
    tree = html.fromstring(client.get("/indicators/FD-02/").content.decode())
    (title,) = tree.xpath("//figure//h3[@id='trend-title']/text()")
    assert title.startswith("Improving: 95.0% is")
    rows = tree.xpath("//table[@id='trend-table']/tbody/tr")
    assert len(rows) == 24
    assert rows[0].xpath("th/text()")[0].strip() == "December 2017"
    assert "unusual" in rows[0].text_content()
    assert not tree.xpath("//svg//*[@style] | //svg[@style]")


def test_what_happened_stands_on_the_chart_and_below_it(client):
    a_set(over_two_years("FD-02", STEADY))
    signed_in(client, "head_of_service")
    given = {"on": "2017-09-11", "kind": "visit", "text": "Second monitoring visit"}
    assert client.post("/indicators/FD-02/notes", given).status_code == 302
    tree = html.fromstring(client.get("/indicators/FD-02/").content.decode())
    assert "A" in tree.xpath("//figure//svg//text()")
    assert "A 11 September 2017: Monitoring visit: Second monitoring visit" in re.sub(
        r"\s+", " ", tree.text_content()
    )
    assert "Second monitoring visit" not in read(client.get("/indicators/CP-03/"))
    answer = client.post("/indicators/FD-02/notes", given | {"on": "2018-02-01"})
    assert "That day is still to come" in answer.content.decode()


def test_the_post_that_answers_is_named_and_shown(client):
    a_set(over_two_years("FD-02", STEADY))
    signed_in(client, "head_of_service")
    assert "Nobody is named yet for this indicator" in read(client.get("/indicators/FD-02/"))
    said = {"post": "Service manager, front door", "starts_on": "2018-01-02"}
    assert client.post("/indicators/FD-02/owner", said | {"post": ""}).status_code == 200
    assert client.post("/indicators/FD-02/owner", said).status_code == 302
    words = read(client.get("/indicators/FD-02/"))
    assert "Service manager, front door answers for this indicator. No target is set." in words


def test_only_who_may_see_children_is_led_to_those_behind_a_figure(client):
    a_set(over_two_years("FD-02", STEADY))
    leads = "/figures/FD-02/children?start=2017-12-01&amp;end=2017-12-31"
    for role, is_led in (("head_of_service", True), ("programme_manager", False), ("board_member", False)):
        signed_in(client, role)
        for page in ("/scorecard/", "/indicators/FD-02/"):
            assert (leads in client.get(page).content.decode()) == is_led, (role, page)
        client.logout()


def test_open_findings_and_revised_figures_are_said(client):
    finding = {"rule": "code", "table": "contacts", "severity": "error", "number": 12}
    finding |= {"title": "A value of no code set", "advice": "Correct the code."}
    side = {"numerator": "98", "denominator": "200", "value": "49"}
    revised = {
        "part": "",
        "publication": "Board November",
        "period_start": "2017-11-01",
        "period_end": "2017-11-30",
        "published": side,
        "present": side | {"numerator": "138", "value": "69"},
        "is_flagged": True,
    }
    a_set(
        over_two_years("FD-02", STEADY),
        caveats={"FD-02": {"failures": [finding], "restatements": [revised]}},
    )
    signed_in(client, "performance_analyst")
    page = read(client.get("/indicators/FD-02/"))
    assert "49.0% (98 of 200)" in page and "69.0% (138 of 200)" in page and "Board November" in page
    assert "A value of no code set" in page and "Correct the code." in page and "12 rows of contacts" in page
    signed_in(client, "scrutiny_member")
    page = read(client.get("/indicators/FD-02/"))
    assert "1 published figure of this indicator" in page and "98 of 200" not in page


def test_definitions_are_found_by_word_and_say_what_is_missing(client):
    a_set([*over_two_years("FD-02", STEADY), not_computable("QA-01")])
    signed_in(client, "social_worker")
    page = read(client.get("/definitions/?find=initial+decision+contacts"))
    assert "FD-02" in page and "CP-03" not in page
    assert "/indicators/" not in client.get("/definitions/").content.decode()
    assert "QA-01" in read(client.get("/definitions/?show=missing"))
    assert "No indicator is like that" in read(client.get("/definitions/?find=zebra"))
    assert client.get("/definitions/XX-99/").status_code == 404
    assert client.get("/indicators/FD-02/").status_code == 403


def test_months_are_compared_without_claiming_more_than_they_tell(client):
    a_set([*over_two_years("FD-02", JUMPED), *over_two_years("FD-07", [50] * 24, of=6)])
    signed_in(client, "director")
    page = read(client.get("/compare/months?then=2016-12-01&now=2017-12-01"))
    assert "+24.0 percentage points better" in page
    assert "too few to judge" in page


def test_teams_of_a_service_stand_beside_each_other(client):
    a_unit("FSP 0"), a_unit("FSP 1")
    a_set(small_figures())
    by = signed_in(client, "director")
    a_target("FD-02", Decimal(95), by=by)
    page = read(client.get("/compare/?service=Family+Support&area=front+door"))
    assert "FSP 0" in page and "83.3% R" in page


def test_other_authorities_stand_beside_with_what_differs(client):
    a_set(over_two_years("FD-07", [20] * 24))
    by = signed_in(client, "head_of_service")
    assert "No statistical neighbours have been chosen" in read(client.get("/compare/authorities"))
    given = {"areas": ["Tameside"], "starts_on": "2017-04-01"}
    assert client.post("/compare/neighbours", given).status_code == 302
    page = read(client.get("/compare/authorities"))
    assert "FD-07" in page and "England" in page and "Statistical neighbours" in page
    assert "the plain average of Tameside" in page
    assert by.pk


@pytest.mark.parametrize("ref", ["WF-12", "GOV-06"])  # one test drawn twice, of two parts
def test_no_two_worked_examples_have_one_anchor(client, ref):
    signed_in(client, "board_member")
    ids = re.findall(r'\sid="([^"]+)"', client.get(f"/definitions/{ref}/").content.decode())
    assert len(ids) == len(set(ids)) and any(one.startswith("example-1-") for one in ids)
