"""Journeys through the improvement half: from a finding to an action, a board, a report, and the public."""

import re

from playwright.sync_api import expect


def test_a_programme_manager_answers_a_finding_and_follows_its_thread(someone):
    # Given a programme manager before the ledger, in which some findings wait for an answer
    manager = someone("Programme manager")
    manager.visits("/inspections/ledger/")
    manager.reads("Ledger of findings")
    finding = manager.page.get_by_role("link", name=re.compile("^Answer it")).first
    ref = finding.inner_text().split()[-1]
    finding.click()
    manager.finds_the_page_in_order()
    # When they answer one without saying why
    manager.page.get_by_label("No action, for a reason").check()
    manager.page.get_by_role("button", name=re.compile("^(Save|Say)")).click()
    manager.finds_the_page_in_order(says_nothing=False)
    # Then they are told what is missing, and nothing is answered
    manager.reads("Why")
    # When they name the action that answers it
    manager.page.get_by_label("An action of the plan answers it").check()
    manager.page.get_by_label("The action that answers it").select_option(index=1)
    manager.page.get_by_role("button", name=re.compile("^(Save|Say)")).click()
    manager.finds_the_page_in_order()
    # Then the ledger no longer waits for it, and its thread leads on to the action
    manager.visits("/inspections/ledger/")
    assert manager.page.get_by_role("link", name=f"Answer it {ref}", exact=True).count() == 0
    manager.visits("/search/?q=" + ref)
    manager.page.locator("main a[href*='/thread/finding/']").first.click()
    manager.page.wait_for_load_state()
    manager.finds_the_page_in_order()
    manager.reads("Up: what it answers to", "Down: what it rests on", "Action")


def test_an_action_is_reported_on_and_nobody_awards_their_own_work(someone):
    # Given the plan on one page, and an action of it
    manager = someone("Programme manager")
    manager.visits("/plan/")
    manager.reads("Improvement plan", "Stages", "Themes", "What the letters mean")
    manager.visits("/plan/actions/2.1.1/")
    manager.reads("Intended impact on children.", "How it stands")
    # When its progress is noted
    manager.visits("/plan/actions/2.1.1/report/note/")
    manager.page.get_by_label("How it goes on").fill("Two managers now share the late duty.")
    manager.presses("Write the note")
    manager.visits("/plan/actions/2.1.1/record/")
    manager.reads("Two managers now share the late duty.")
    # Then whoever keeps the plan cannot call it embedded
    manager.visits("/plan/actions/2.1.1/verify/embedded/", status=403)
    manager.reads("Your role does not let you")
    # And who may is told which evidence is not enough
    lead = someone("Quality assurance lead")
    lead.visits("/plan/actions/2.1.1/verify/embedded/")
    lead.page.get_by_role("button", name="It is embedded").click()
    lead.finds_the_page_in_order(says_nothing=False)
    expect(lead.page.get_by_role("alert").first).to_be_visible()


def test_coverage_is_printed_for_the_lead_inspector(someone):
    director = someone("Director")
    for page in ("/plan/coverage/", "/plan/coverage/themes/", "/plan/coverage/components/", "/plan/stages/"):
        director.visits(page)
    director.visits("/plan/versions/")
    director.reads("Version 2")


def test_a_member_asks_and_the_ask_comes_back_until_it_is_answered(someone):
    # Given a member of scrutiny before what scrutiny has asked
    member = someone("Scrutiny member")
    member.visits("/meetings/")
    member.visits("/meetings/asks/")
    ask = member.page.locator("main table a").first
    text = ask.inner_text()
    ask.click()
    member.finds_the_page_in_order()
    # Then the same ask stands in the register of those who must answer
    manager = someone("Programme manager")
    manager.visits("/meetings/asks/")
    manager.reads(text)
    # And a member sees no way to a child anywhere
    member.visits("/thread/indicator/CIN-02/")
    member.reads("Not for your role")
    assert member.page.locator("main a[href*='/children']").count() == 0


def test_an_improvement_board_member_reads_the_papers(someone):
    member = someone("Improvement board member")
    for page in ("/plan/", "/meetings/", "/risks/", "/risks/map/", "/money/", "/reports/", "/inspections/"):
        member.visits(page)
    member.visits("/this-morning/", status=403)


def test_the_section_151_officer_sees_money_and_no_child(someone):
    officer = someone("Section 151 officer")
    officer.visits("/money/")
    officer.visits("/money/sign-off/")
    officer.visits("/reports/")
    officer.visits("/this-morning/", status=403)


def test_a_report_goes_from_one_click_to_the_cabinet_and_its_figures_to_their_rows(someone):
    # Given the report to Cabinet that the programme manager has built
    manager = someone("Programme manager")
    manager.visits("/reports/")
    manager.page.get_by_role("link", name=re.compile("^Cabinet quarter 3")).click()
    manager.finds_the_page_in_order()
    manager.reads("Summary", "Recommendations", "Signatures")
    # It is to be had as Word and PDF
    for kind in ("Word", "PDF"):
        address = manager.page.get_by_role("link", name=kind, exact=True).first.get_attribute("href")
        answer = manager.page.context.request.get(manager.address + address)
        assert answer.status == 200 and len(answer.body()) > 20_000, kind
    # When its errors hold it, it cannot go out
    where = manager.page.url.removeprefix(manager.address)
    manager.reads("error holds it")
    # Then the director says why it goes without an answer to the findings that wait
    director = someone("Director")
    director.visits(where)
    director.page.get_by_label("Why it goes out without an answer to them").fill(
        "They are answered at the board of January, before Cabinet meets."
    )
    director.presses("Let it go without them")
    director.presses("Freeze it")
    # And finance and legal sign their sections, each their own
    officer = someone("Section 151 officer")
    officer.visits(where)
    officer.page.get_by_role("button", name=re.compile("^Sign")).first.click()
    officer.finds_the_page_in_order()
    solicitor = someone("Borough solicitor")
    solicitor.visits(where)
    solicitor.page.get_by_role("button", name=re.compile("^Sign")).first.click()
    solicitor.finds_the_page_in_order()
    # From a figure in it a head of service comes to the children in two clicks
    head = someone("Head of service")
    head.visits(where)
    head.page.locator("main a[href*='/indicators/CIN-02/']").first.click()
    head.page.wait_for_load_state()
    head.finds_the_page_in_order()
    assert head.page.locator("a[href*='/figures/CIN-02/children']").count() > 0


def test_anybody_reads_what_is_published_and_nothing_else(someone):
    nobody = someone()
    nobody.visits("/public/")
    nobody.page.locator("main a[href*='/public/']").first.click()
    nobody.finds_the_page_in_order()
    nobody.reads("Figures to")
    nobody.page.goto(nobody.address + "/reports/")
    assert "/accounts/login" in nobody.page.url
