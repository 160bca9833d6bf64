"""One journey for each role: a person signs in and does the role's job, or is told why not."""

import re

import pytest
from playwright.sync_api import expect


def test_a_team_manager_starts_the_day(someone):
    # Given a team manager who has just sat down
    manager = someone("Team manager")
    # When they look at what is due, by child and by duty
    manager.visits("/this-morning/")
    manager.reads("overdue", "newly overdue", "children held")
    manager.visits("/this-morning/?by=duty&show=all")
    # And at drift, caseloads and who waits
    for page in ("Drift", "Caseloads", "Waiting for somebody"):
        manager.follows(page, exact=True)
    # And open the first child
    manager.visits("/this-morning/")
    manager.page.locator("a.gt-child").first.click()
    manager.finds_the_page_in_order()
    manager.reads("What is due", "Timeline", "That you opened this page is recorded.")
    # And record oversight
    manager.follows("Record oversight")
    manager.page.get_by_label("Carry on with the plan").check()
    manager.page.get_by_label("Direction to the worker").fill(
        "See the child alone by Friday and review the plan."
    )
    manager.presses("Record the decision")
    # Then it stands on the child's page, with the reminder to copy it
    manager.reads("See the child alone by Friday", "Copy this to the case record")
    manager.presses("It is in the case record")
    manager.reads("In the case record")


def test_a_social_worker_sees_their_own_children_and_no_others(someone):
    worker = someone("Social worker")
    worker.visits("/this-morning/")
    worker.reads("Your children")
    worker.page.locator("a.gt-child").first.click()
    worker.finds_the_page_in_order()
    worker.visits("/scorecard/", status=403)
    worker.reads("Your role does not let you")


def test_a_child_of_another_team_does_not_exist_for_a_social_worker(someone):
    head = someone("Head of service")
    head.visits("/this-morning/?team=MASH&show=all")
    other = head.page.locator("a.gt-child").first.get_attribute("href")
    worker = someone("Social worker")
    worker.visits(other, status=404)


def test_a_service_manager_compares_teams(someone):
    manager = someone("Service manager")
    manager.visits("/this-morning/")
    expect(manager.page.get_by_label("Team", exact=True)).to_be_visible()
    manager.visits("/weekly/")
    manager.visits("/compare/")


def test_a_head_of_service_goes_from_a_figure_to_the_children_behind_it(someone):
    head = someone("Head of service")
    head.visits("/scorecard/")
    head.visits("/indicators/CIN-02/")
    head.visits("/figures/CIN-02/children?start=2017-12-01&end=2017-12-31")
    head.page.get_by_label("To check or mend the data").check()
    head.presses("Show the children")
    head.reads("in the numerator", "rows you may see")
    head.presses("Ask for Excel")
    head.reads("Files you asked for")


def test_two_people_are_needed_for_a_long_file(someone):
    analyst = someone("Performance analyst")
    analyst.visits("/figures/FD-01/children?start=2017-01-01&end=2017-12-31")
    analyst.page.get_by_label("To answer a question about this figure").check()
    analyst.presses("Show the children")
    analyst.presses("Ask for CSV")
    analyst.reads("Waiting for somebody’s approval")
    director = someone("Director")
    director.visits("/exports/")
    director.presses("Approve")
    analyst.visits("/exports/")
    with analyst.page.expect_download() as download:
        analyst.page.get_by_role("button", name=re.compile("Take the file")).first.click()
    assert download.value.suggested_filename == "FD-01-2017-01-01-2017-12-31.csv"


def test_a_director_reads_the_scorecard_and_the_targets(someone):
    director = someone("Director")
    director.visits("/scorecard/")
    director.visits("/targets/")
    director.visits("/parameters/")


def test_an_analyst_looks_after_the_data(someone):
    analyst = someone("Performance analyst")
    for page in ("/extracts/", "/extracts/deliver", "/data-quality/", "/definitions/"):
        analyst.visits(page)
    analyst.visits("/targets/SO-01/")
    analyst.page.get_by_label("Target", exact=True).fill("95")
    analyst.page.get_by_label("Post that answers for it").fill("Head of service")
    analyst.page.get_by_label("Why this target?").fill("Set by the improvement board in January.")
    analyst.presses("Set the target")
    analyst.reads("Targets in force")


@pytest.mark.parametrize(
    ("title", "pages"),
    [
        ("Quality assurance lead", ("/scorecard/", "/weekly/", "/front-door/", "/data-quality/")),
        ("Programme manager", ("/scorecard/", "/weekly/", "/front-door/", "/extracts/")),
        ("Case auditor", ("/scorecard/", "/definitions/")),
        ("Inspector", ("/scorecard/", "/definitions/")),
        ("Independent reviewing officer", ("/this-morning/", "/scorecard/")),
        ("Improvement Partner", ("/scorecard/", "/front-door/", "/definitions/")),
    ],
)
def test_others_reach_what_their_work_needs(someone, title, pages):
    person = someone(title)
    for page in pages:
        person.visits(page)
    person.visits("/account")


@pytest.mark.parametrize("title", ["Improvement board member", "Elected member", "Scrutiny member"])
def test_members_see_figures_and_can_reach_no_child(someone, title):
    member = someone(title)
    member.visits("/scorecard/")
    member.visits("/indicators/CIN-02/")
    for page in ("/this-morning/", "/figures/CIN-02/children", "/data-quality/", "/exports/"):
        member.visits(page, status=403)


def test_the_data_protection_officer_finds_out_who_saw_a_child(someone):
    manager = someone("Team manager")
    manager.visits("/this-morning/")
    manager.page.locator("a.gt-child").first.click()
    number = manager.page.locator("h1").inner_text().removeprefix("Child ")
    officer = someone("Data protection officer")
    officer.visits("/trail/")
    officer.page.get_by_label("Child's id or reference").fill(number)
    officer.presses("Who saw this child")
    told = officer.page.get_by_role("table", name="Who saw the child")
    expect(told.get_by_text("Opened the child's page").first).to_be_visible()
    expect(told.get_by_text("Team manager").first).to_be_visible()


def test_an_administrator_keeps_accounts_and_sees_no_data(someone):
    administrator = someone("Administrator")
    administrator.visits("/people/")
    administrator.visits("/roles")
    for page in ("/scorecard/", "/this-morning/", "/extracts/"):
        administrator.visits(page, status=403)


def test_two_people_restrict_a_child_and_a_relative_declares_one(someone):
    head = someone("Head of service")
    head.visits("/restricted/")
    head.follows("Restrict a child")
    head.page.get_by_label("The child's id in the case management system").fill("kept-apart")
    head.page.get_by_label("The child's id, typed again").fill("kept-apart")
    head.page.get_by_label("The child is placed for adoption or adopted").check()
    head.page.get_by_label("Who may see the child").fill("team-manager@demo.example")
    head.presses("Restrict the child and ask for approval")
    head.reads("Somebody else must decide on this.")
    director = someone("Director")
    director.visits("/restricted/")
    director.presses("Approve")
    director.reads("In force", "Change who may see the child")
    manager = someone("Team manager")
    manager.visits("/account")
    manager.follows("Declare a child you are related to")
    manager.page.get_by_label("The child's id in the case management system").fill("a-cousin")
    manager.presses("Declare")
    manager.reads("Declared. You see nothing of this child from now on.")
    officer = someone("Data protection officer")
    officer.visits("/relations/")
    officer.presses("Withdraw")
    officer.reads("Nobody has declared anything")
