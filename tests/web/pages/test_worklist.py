"""The pages of the morning: what each role reads, whose children, what is recorded before it is shown."""

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.emergency_services import ask
from goldenthread_web.trail.models import Event, Seen
from goldenthread_web.worklist.models import Oversight
from goldenthread_web.worklist.weekly_services import take_weekly_snapshot
from tests.web.builders import a_unit, signed_in
from tests.web.deliveries import a_load, a_place
from tests.web.morning import FILES, a_morning
from tests.web.reading import page_of as page_answered

pytestmark = pytest.mark.django_db
MONDAY = date(2018, 1, 1)
CHILDREN = [f"c{n}" for n in range(1, 8)]


@pytest.fixture
def council(settings, tmp_path):
    return a_morning(settings, tmp_path)


@pytest.fixture
def sheet(settings, tmp_path):
    a_morning(settings, tmp_path, mondays=True)
    take_weekly_snapshot(MONDAY - timedelta(weeks=1))
    return take_weekly_snapshot(MONDAY)


def manager(client, team="FSP 1"):
    return signed_in(client, "team_manager", unit=a_unit(team))


def page_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return page_answered(answer)


def seen_on(page):
    """Children who stand on a page, by their number in the case system."""
    words = re.sub(r"<[^>]*>", " ", page)
    return [child for child in CHILDREN if re.search(rf"\b{child}\b", words)]


def words_of(page):
    """What a person reads of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def child_page(child):
    return f"/children/{reference(child)}/"


# This morning


def test_a_manager_reads_what_is_due_in_the_team(client, council):
    manager(client)
    page = page_of(client, "/this-morning/")
    assert seen_on(page) == ["c1", "c2", "c3"]
    words = words_of(page)
    assert "5 overdue for 2 children" in words
    assert "1 newly overdue since 29 Dec 2017" in words, "against the working day before"
    assert "Overdue by 64 working days" in words
    assert "3 children held" in words and "with something open" not in words
    assert "Counted to 2 January 2018" in words and "to the end of 31 December 2017" in words


def test_the_longest_overdue_comes_first(client, council):
    manager(client)
    words = words_of(page_of(client, "/this-morning/?show=overdue"))
    assert words.index("Overdue by 64 working days") < words.index("Overdue by 17 working days")
    by_duty = words_of(page_of(client, "/this-morning/?by=duty&show=overdue"))
    assert "CIN visit 1 overdue of 1" in by_duty


@pytest.mark.parametrize(
    ("asked", "children"),
    [
        ("show=new", ["c1"]),
        ("show=overdue", ["c1", "c3"]),
        ("show=all", ["c1", "c2", "c3"]),
        ("item=cin_visit&show=all", ["c1", "c2"]),
        ("worker=W2", ["c3"]),
        ("find=c3", ["c3"]),
        ("team=FSP+2", ["c1", "c2", "c3"]),
        ("show=&page=99", ["c1", "c2", "c3"]),
    ],
)
def test_filters_never_leave_the_team(client, council, asked, children):
    """Test 2 of the security notes: asking for another team gives one's own."""
    manager(client)
    page = page_of(client, f"/this-morning/?{asked}")
    assert seen_on(page.split('class="gt-duties"', 1)[1]) == children


def test_a_social_worker_reads_their_own_children_and_nobody_elses(client, council):
    signed_in(client, "social_worker", worker_id="W2")
    page = page_of(client, "/this-morning/")
    assert seen_on(page) == ["c3"]
    # In words: a token in the code of a page may hold any two letters.
    assert "W1" not in words_of(page) and "Caseloads" not in page and "Your children" in page
    assert seen_on(page_of(client, "/this-morning/drift/")) == ["c3"]
    assert "W1" not in words_of(page_of(client, "/this-morning/caseloads/"))


def test_a_worker_who_holds_nobody_is_told_so(client, council):
    signed_in(client, "social_worker", worker_id="W77")
    page = page_of(client, "/this-morning/")
    assert seen_on(page) == [] and "no child who is allocated to you" in page


def test_a_worker_without_a_key_sees_nobody(client, council):
    signed_in(client, "social_worker", worker_id="")
    assert seen_on(page_of(client, "/this-morning/?show=all")) == []


def test_whoever_answers_for_all_sees_all_and_chooses_a_team(client, council):
    signed_in(client, "head_of_service")
    assert seen_on(page_of(client, "/this-morning/?show=all")) == ["c1", "c2", "c3", "c4", "c5"]
    assert seen_on(page_of(client, "/this-morning/?show=all&team=FSP+2")) == ["c4"]


def test_drift_says_why(client, council):
    manager(client)
    words = words_of(page_of(client, "/this-morning/drift/"))
    assert "Nothing recorded lately" in words and "Nothing was recorded for 90 days" in words
    assert "Assessment beyond its limit" in words
    client.logout()
    manager(client, "FSP 2")
    assert "Nobody is drifting" in page_of(client, "/this-morning/drift/")


def test_caseloads_stand_against_their_ceiling(client, council):
    manager(client)
    words = words_of(page_of(client, "/this-morning/caseloads/"))
    assert "Nobody holds more children than the ceiling" in words
    assert "W1 FSP 1 Lead social worker 2 1 25 Within 1" in words
    assert "W2 FSP 1 Lead social worker, newly qualified 1 1 15 Within 1" in words
    assert "W3" not in words
    assert "Weighted" not in words, "the council weighs nothing"


def test_caseloads_are_weighed_where_the_council_says_how(client, council, settings):
    weights = {"protected": 1.5, "others": 0.5}
    settings.INSTALLATION = replace(settings.INSTALLATION, caseload_weights=weights)
    manager(client)
    words = words_of(page_of(client, "/this-morning/caseloads/"))
    assert "W1 FSP 1 Lead social worker 2 1 25 Within 1 1" in words  # two of them, each a half
    assert "a child on a protection plan counts 1.5" in words and "every other child 0.5" in words


def test_who_waits_for_somebody(client, council):
    manager(client)
    page = page_of(client, "/this-morning/waiting/")
    assert seen_on(page) == ["c6"], "c7 left ten working days ago at most"
    client.logout()
    signed_in(client, "head_of_service")
    page = page_of(client, "/this-morning/waiting/")
    assert seen_on(page) == ["c1", "c5", "c6"]
    words = words_of(page)
    assert "Without a named worker for 362 days" in words
    assert "86 hours 3 days Within the limit Schools" in words
    assert "Down to early help 1 Dec 2017 18 working days" in words


def test_a_child_whom_nobody_holds_is_on_the_list_of_those_who_held_them_last(client, settings, tmp_path):
    a_place(settings, tmp_path)
    held_before = "a5,c5,FSP 1,W1,social_worker,2017-01-09,2017-06-30\n"
    a_load(tmp_path, **FILES | {"allocations": FILES["allocations"] + held_before})
    a_unit("FSP 2")
    manager(client)
    words = words_of(page_of(client, "/this-morning/waiting/"))
    assert "1 without a worker" in words and "c5 Without a named worker for 184 days. FSP 1" in words
    words = words_of(page_of(client, "/this-morning/?show=all"))
    assert "c5 No worker" in words and "children held and 1 other with something open" in words
    assert "Until one is, FSP 1 answers for the child" in words_of(page_of(client, child_page("c5")))
    client.logout()
    manager(client, "FSP 2")
    assert "c5" not in seen_on(page_of(client, "/this-morning/waiting/"))
    page_of(client, child_page("c5"), 404)


def test_a_lost_child_can_be_opened_by_the_team_that_handed_them_over(client, council):
    manager(client)
    assert "Child c6" in page_of(client, child_page("c6"))
    client.logout()
    manager(client, "FSP 2")
    page_of(client, child_page("c6"), 404)


def test_the_team_goes_through_the_list_worker_by_worker_and_in_another_order(client, council):
    manager(client)
    words = words_of(page_of(client, "/this-morning/?by=worker&show=all"))
    assert re.search(r"Worker W1 \d+ overdue of \d+", words) and "Worker W2" in words
    assert words.index("Worker W1") < words.index("Worker W2")
    page = page_of(client, "/this-morning/?order=number&show=all")
    found = re.findall(r'class="gt-child"[^>]*>.*?(c\d)</a>', page)
    assert found == sorted(found) and len(found) == 3
    assert "Longest overdue first" in page_of(client, "/this-morning/?by=&order=")


# The child's page


def test_the_childs_page_tells_what_is_due_and_what_happened(client, council):
    manager(client)
    words = words_of(page_of(client, child_page("c1")))
    assert "Child c1" in words and "May 2010" in words and "female" in words
    assert "Child in need plan since 6 February 2017" in words
    assert "CIN visit Overdue by 64 working days" in words
    assert "Contact received from Schools" in words
    assert "Lead social worker: W1, FSP 1" in words
    assert "https://cases.example/child/c1" in page_of(client, child_page("c1"))


def test_the_childs_page_leads_back_to_the_list_of_those_who_have_one(client, council):
    for role, leads in (("head_of_service", True), ("qa_lead", False)):
        signed_in(client, role)
        assert ('class="govuk-back-link" href="/this-morning/"' in page_of(client, child_page("c1"))) is leads


def test_brothers_and_sisters_are_named_only_where_they_may_be_opened(client, council):
    manager(client)
    page = page_of(client, child_page("c1"))
    assert "c2" in seen_on(page) and "c4" not in seen_on(page)
    assert "A child whom you cannot open" in page


@pytest.mark.parametrize("child", ["c4", "c5", "nobody"])
def test_a_child_who_is_not_on_ones_list_does_not_exist(client, council, child):
    """Test 1 of the security notes: 404, which says nothing of whether there is such a child."""
    manager(client)
    page = page_of(client, child_page(child) if child != "nobody" else "/children/nobody/", 404)
    assert seen_on(page) == []
    assert not Event.objects.filter(what="child.seen").exists()


def test_a_colleagues_child_does_not_exist_for_a_social_worker(client, council):
    signed_in(client, "social_worker", worker_id="W2")
    page_of(client, child_page("c1"), 404)
    page_of(client, child_page("c3"))


def test_opening_a_child_is_recorded(client, council):
    person = manager(client)
    page_of(client, child_page("c1"))
    event = Event.objects.get(what="child.seen")
    assert (event.by_id, event.about_key) == (person.pk, reference("c1"))
    assert list(Seen.objects.values_list("reference", flat=True)) == [reference("c1")]


@pytest.mark.parametrize(
    "address",
    [
        "/this-morning/",
        "/this-morning/drift/",
        "/this-morning/waiting/",
        "/weekly/2018-01-01/list/?team=FSP+1",
        "/front-door/steps/?show=all",
        child_page("c1"),
        f"{child_page('c1')}oversight/",
    ],
)
def test_what_cannot_be_recorded_is_not_shown(client, sheet, monkeypatch, address):
    manager(client)

    def full(*args, **kwargs):
        raise DatabaseError("no space left")

    monkeypatch.setattr("goldenthread_web.trail.recording._append", full)
    assert seen_on(page_of(client, address, 503)) == []


def test_the_list_records_exactly_who_stands_on_it(client, council):
    manager(client)
    page_of(client, "/this-morning/")
    recorded = set(Seen.objects.values_list("reference", flat=True))
    assert recorded == {reference(child) for child in ("c1", "c2", "c3")}
    assert Event.objects.get(what="children.seen").about_key == "worklist.due"


# Oversight


SAID = {
    "decided_on": "2018-01-02",
    "decision": "change",
    "direction": "Visit this week and speak with the school.",
    "next_on": "2018-02-13",
}


def test_oversight_is_recorded_and_stands_on_the_page_until_it_is_copied(client, council):
    manager(client)
    page = page_of(client, f"{child_page('c1')}oversight/")
    assert "This is not the case record" in page
    answer = client.post(f"{child_page('c1')}oversight/", SAID, follow=True)
    words = words_of(answer.content.decode())
    assert "Copy the decision to the case record today" in words
    assert "2 January 2018: Change the plan Visit this week" in words
    assert "Copy this to the case record" in words
    made = Oversight.objects.get()
    answer = client.post(f"{child_page('c1')}oversight/{made.pk}/copied/", follow=True)
    assert "In the case record since" in words_of(answer.content.decode())


def test_what_looks_like_a_persons_details_comes_back_with_a_warning(client, council):
    manager(client)
    typed = SAID | {"direction": "Ring the father on 020 7946 0123 before Friday."}
    page = client.post(f"{child_page('c1')}oversight/", typed).content.decode()
    assert "This looks like a telephone number." in page and "There is a problem" in page
    assert not Oversight.objects.exists()
    answer = client.post(f"{child_page('c1')}oversight/", typed | {"is_checked": "on"})
    assert answer.status_code == 302


def test_a_child_seen_in_an_emergency_is_read_and_not_written_about(client, council):
    person = manager(client)
    ask(reference("c4"), reason="harm_now", explanation="Their own team cannot be reached.", by=person)
    page = page_of(client, child_page("c4"))
    assert "c4" in seen_on(page) and "Record oversight" not in page
    assert "for reading only" in page_of(client, f"{child_page('c4')}oversight/", 400)
    assert client.post(f"{child_page('c4')}oversight/", SAID).status_code == 400
    assert not Oversight.objects.exists()


def test_a_council_that_records_oversight_elsewhere_has_no_such_page(client, settings, tmp_path):
    a_morning(settings, tmp_path, record_oversight=False)
    manager(client)
    page_of(client, f"{child_page('c1')}oversight/", 404)
    page = page_of(client, child_page("c1"))
    assert "Record oversight" not in page and "recorded here" not in page


# The weekly sheet


def test_the_sheet_tells_of_every_team_and_of_the_week_before(client, sheet):
    manager(client)
    words = words_of(page_of(client, "/weekly/"))
    assert "Week of Monday 1 January 2018" in words
    assert "6 duties overdue of 12 open" in words
    assert "FSP 2 1 2 50% M" in words
    assert "more" in words or "fewer" in words or "the same" in words
    assert "25 Dec 2017" in words


def test_the_sheet_leads_to_ones_own_rows_only(client, sheet):
    manager(client)
    page = page_of(client, "/weekly/")
    links = re.findall(r'href="(/weekly/2018-01-01/list/[^"]*)"', page)
    assert links and all("team=FSP+1" in link or "team=FSP%201" in link for link in links)


def test_the_rows_behind_a_number(client, sheet):
    manager(client)
    page = page_of(client, "/weekly/2018-01-01/list/?team=FSP+1&item=cin_visit&show=overdue")
    assert seen_on(page) == ["c1"]
    event = Event.objects.get(what="children.seen")
    assert event.about_key == "weekly.2018-01-01.cin_visit.overdue"
    assert seen_on(page_of(client, "/weekly/2018-01-01/list/?team=FSP+1&show=open")) == ["c1", "c2", "c3"]
    assert seen_on(page_of(client, "/weekly/2018-01-01/list/?team=FSP+1&show=soon")) == ["c2"]


@pytest.mark.parametrize(
    "asked",
    ["team=FSP+2", "", "team=not+known", "team=FSP+1&item=nonsense"],
)
def test_numbers_that_are_not_ones_own_have_no_list(client, sheet, asked):
    manager(client)
    assert seen_on(page_of(client, f"/weekly/2018-01-01/list/?{asked}", 404)) == []


@pytest.mark.parametrize("monday", ["2017-12-18", "2018-01-02", "nonsense", "2018-13-45"])
def test_a_monday_without_a_sheet_does_not_exist(client, sheet, monday):
    manager(client)
    page_of(client, f"/weekly/{monday}/", 404)
    page_of(client, f"/weekly/{monday}/list/?team=FSP+1", 404)


def test_a_child_who_went_to_another_team_since_is_not_shown(client, sheet):
    manager(client)
    rows = sheet.lines.get(team="FSP 2", item="").overdue
    signed_in(client, "team_manager", unit=a_unit("FSP 2"))
    page = page_of(client, "/weekly/2018-01-01/list/?team=FSP+2")
    assert rows == 1 and seen_on(page) == ["c4"]
    from goldenthread_web.worklist import weekly_views

    hidden = weekly_views._is_within
    try:
        import pyarrow as pa

        weekly_views._is_within = lambda rows, scope: pa.array([False] * rows.num_rows)
        page = page_of(client, "/weekly/2018-01-01/list/?team=FSP+2")
    finally:
        weekly_views._is_within = hidden
    assert seen_on(page) == []
    assert "1 row is not shown: about children who are no longer with your team" in page


def test_whoever_sees_every_child_says_why_first(client, sheet):
    signed_in(client, "head_of_service")
    page = page_of(client, "/weekly/2018-01-01/list/?team=FSP+1")
    assert seen_on(page) == [] and "Why do you look at these children?" in page
    assert "Choose why" in page_of(client, "/weekly/2018-01-01/list/?team=FSP+1&reason=curiosity")
    assert not Event.objects.filter(what="children.seen").exists()
    page = page_of(client, "/weekly/2018-01-01/list/?team=FSP+1&reason=clinic")
    assert seen_on(page) == ["c1", "c3"]
    assert Event.objects.get(what="children.seen").reason == "clinic"


def test_rows_that_are_no_longer_kept_are_said_to_be_gone(client, sheet):
    from goldenthread_web.worklist.weekly_services import delete_rows

    delete_rows(sheet, by=None)
    manager(client)
    page = page_of(client, "/weekly/2018-01-01/list/?team=FSP+1")
    assert seen_on(page) == [] and "no longer kept" in page
    assert "/list/" not in page_of(client, "/weekly/2018-01-01/")


def test_rows_that_were_changed_are_refused_with_a_sentence(client, sheet, settings):
    for file in (settings.INSTALLATION.folder / "weeks" / "2018-01-01").iterdir():
        file.write_bytes(file.read_bytes() + b" ")
    manager(client)
    page = page_of(client, "/weekly/2018-01-01/list/?team=FSP+1", 400)
    assert seen_on(page) == [] and "not those that the numbers were counted from" in page


def test_figures_without_children_for_the_programme(client, sheet):
    signed_in(client, "programme_manager")
    page = page_of(client, "/weekly/")
    assert "duties overdue" in page and "/list/" not in page
    page_of(client, "/weekly/2018-01-01/list/?team=FSP+1", 403)


def test_before_the_first_monday_there_is_no_sheet(client, council):
    manager(client)
    assert "No Monday has a sheet yet" in page_of(client, "/weekly/")


# The front door


def test_the_front_door_tells_what_became_of_contacts(client, council):
    manager(client)
    words = words_of(page_of(client, "/front-door/"))
    assert "Contacts received 1 October 2017 to 31 December 2017" in words
    assert "66.7% decided in time 2 of 3 (FD-02)" in words
    assert "33.3% went on to a referral 1 of 3 decided" in words
    assert "2 still on their way" in words
    assert "Assessment under way for more than 45 working days Goes on, late 1" in words
    assert "Police 2 2 0.0% 0 of 2 50.0% 1 of 2 0" in words
    assert "1 contact waits, 0 of them beyond the limit" in words
    assert seen_on(page_of(client, "/front-door/")) == []


def test_other_months_can_be_chosen(client, council):
    manager(client)
    words = words_of(page_of(client, "/front-door/?months=2017-11-1"))
    assert "Contacts received 1 November 2017 to 30 November 2017" in words and "2 contacts received" in words
    assert "No contact was received" in page_of(client, "/front-door/?months=2017-09-1")
    assert "Last 3 months" in page_of(client, "/front-door/?months=nonsense")


def test_a_member_of_the_partnership_reads_no_small_number(client, council):
    """Test 3 of the security notes: no count below the threshold."""
    signed_in(client, "improvement_partner")
    page = page_of(client, "/front-door/")
    words = words_of(page.split("gt-filters")[1])
    assert "Small numbers are hidden (c)" in page
    assert "66.7%" not in words and not re.search(r"\b[1-5] (contacts|of)\b", words)
    assert "October to December 2017" in page and "Last 3 months" not in page
    assert "October to December 2017" in words_of(page_of(client, "/front-door/?months=last-3"))
    page = page_of(client, "/front-door/steps/")
    assert "c6" not in seen_on(page) and "The children" not in page


def test_steps_up_and_down_name_the_children_of_those_who_may_see_them(client, council):
    manager(client)
    assert seen_on(page_of(client, "/front-door/steps/")) == ["c6"]
    assert seen_on(page_of(client, "/front-door/steps/?show=all")) == ["c6", "c7"]
    assert seen_on(page_of(client, "/front-door/steps/?show=up")) == ["c7"]
    client.logout()
    manager(client, "FSP 2")
    page = page_of(client, "/front-door/steps/?show=all")
    assert seen_on(page) == [] and "No child of yours" in page
    client.logout()
    signed_in(client, "programme_manager")
    page = page_of(client, "/front-door/steps/")
    assert seen_on(page) == [] and "Not picked up" in page
    client.logout()
    signed_in(client, "qa_lead")
    assert seen_on(page_of(client, "/front-door/steps/")) == []
    assert seen_on(page_of(client, "/front-door/steps/?reason=case_audit&show=all")) == ["c6", "c7"]


# Nothing, not everything, not today


PAGES = ["/this-morning/", "/this-morning/drift/", "/this-morning/caseloads/", "/this-morning/waiting/"]
PAGES += ["/front-door/", "/front-door/steps/"]


@pytest.mark.parametrize("address", PAGES)
def test_before_the_first_load_nothing_is_due_and_nothing_is_zero(client, settings, tmp_path, address):
    a_place(settings, tmp_path)
    signed_in(client, "head_of_service")
    assert "No extract has been loaded yet" in page_of(client, address)


def test_what_the_extract_cannot_tell_is_not_said_to_be_none(client, settings, tmp_path):
    place = a_place(settings, tmp_path)
    a_load(place, **{name: FILES[name] for name in ("children", "visits")})
    signed_in(client, "director")
    for address in (
        "/this-morning/caseloads/",
        "/this-morning/waiting/",
        "/front-door/",
        "/front-door/steps/",
    ):
        page = page_of(client, address)
        assert "The extract cannot tell this" in page, address
        for wrong in (
            "Every open child has a worker",
            "No contact waits",
            "Nobody holds more",
            "was picked up",
        ):
            assert wrong not in page, address


def test_until_today_is_worked_out_the_day_before_stands_in_and_says_so(client, council):
    (today,) = council.glob("days/*/2018-01-02")
    shutil.move(today, today.with_name("2017-12-29"))
    manager(client)
    words = words_of(page_of(client, "/this-morning/"))
    assert "This list counts to 29 December 2017" in words
    assert "The list of today, 2 January 2018, is being worked out" in words


def test_the_list_of_today_carries_no_such_notice(client, council):
    manager(client)
    assert "is being worked out" not in page_of(client, "/this-morning/")


# Who may not


@pytest.mark.parametrize(
    "role", ["board_member", "elected_member", "data_protection_officer", "administrator"]
)
@pytest.mark.parametrize(
    "address", [*PAGES, "/weekly/", "/weekly/2018-01-01/list/?team=FSP+1", child_page("c1")]
)
def test_who_sees_figures_only_or_none_opens_none_of_these(client, sheet, role, address):
    signed_in(client, role)
    assert seen_on(page_of(client, address, 403)) == []


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "address",
    [*PAGES, "/weekly/", "/weekly/2018-01-01/list/?team=FSP+1&show=open", child_page("c1")],
)
def test_no_page_asks_the_database_often(client, sheet, django_assert_max_num_queries, address):
    manager(client)
    page_of(client, address)
    with django_assert_max_num_queries(12):
        page_of(client, address)
