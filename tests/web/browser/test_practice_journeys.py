"""Journeys through the practice half: a clinic, a supervision, a case audit to its re-audit, a concern."""

import re

from playwright.sync_api import expect


def test_a_service_manager_holds_a_clinic(someone):
    # Given the clinics of this week, made ready by themselves
    manager = someone("Service manager")
    manager.visits("/clinics/")
    manager.reads("Performance clinics", "Do they help?")
    week = manager.page.locator("#week tbody tr").filter(has_text="ready")
    week.first.get_by_role("link").click()
    manager.page.wait_for_load_state()
    manager.finds_the_page_in_order()
    address = manager.page.url
    # When it begins, last time's actions come first
    manager.presses("Begin the clinic")
    manager.reads("under way", "Last time’s actions first")
    # And it cannot be closed before each is answered and each exception judged
    manager.page.get_by_role("button", name="Close the clinic").click()
    manager.finds_the_page_in_order(says_nothing=False)
    manager.reads("without an answer")
    # When one that is not done is carried on without saying why
    manager.page.goto(address)
    opening = manager.page.locator("section[aria-labelledby=opening] form").first
    opening.get_by_label("What became of it").select_option("carried")
    opening.get_by_role("button").click()
    manager.finds_the_page_in_order(says_nothing=False)
    manager.reads("Say why, in a few words.")
    # Then the answer is asked for again; and with one it is kept
    while manager.page.locator("section[aria-labelledby=opening] form").count():
        form = manager.page.locator("section[aria-labelledby=opening] form").first
        form.get_by_label("What became of it").select_option("carried")
        form.get_by_label("Note").fill("The family was away until today.")
        form.get_by_role("button").click()
        manager.page.wait_for_load_state()
    manager.finds_the_page_in_order()
    # When an exception is judged: not safe, with an action
    row = manager.page.locator("section[aria-labelledby=repeat] li.gt-clinic__row").first
    row.get_by_label("Reason").select_option("capacity")
    row.get_by_label("Is the child safe?").select_option("no")
    row.get_by_label("Action", exact=True).fill("The duty worker sees the child today.")
    row.get_by_role("button").click()
    manager.page.wait_for_load_state()
    manager.finds_the_page_in_order()
    # Then the action stands there, and so does the way for a child in danger now
    manager.reads("The duty worker sees the child today.", "raise an immediate concern")
    # When the others are judged too
    for kind in ("repeat", "new", "drift"):
        rows = manager.page.locator(f"section[aria-labelledby={kind}] li.gt-clinic__row")
        for number in range(rows.count()):
            form = rows.nth(number).locator("form")
            if form.get_by_label("Reason").input_value():
                continue  # judged already
            form.get_by_label("Reason").select_option("recording_lag")
            if form.get_by_label("Is the child safe?").count():
                form.get_by_label("Is the child safe?").select_option("yes")
            form.get_by_role("button").click()
            manager.page.wait_for_load_state()
    # Then the clinic can be closed, and its actions open the next one
    manager.page.get_by_label("A word on how it went").fill("Two visits were recorded while we spoke.")
    manager.presses("Close the clinic")
    manager.reads("closed", "Two visits were recorded while we spoke.")
    expect(manager.page.get_by_role("button", name="Close the clinic")).to_have_count(0)


def test_whoever_sees_no_child_sees_whether_clinics_help(someone):
    programme = someone("Programme manager")
    programme.visits("/clinics/")
    programme.reads("Do they help?", "Repeats")
    assert programme.page.locator("a[href*='/clinics/']").filter(has_text=re.compile("^FSP")).count() == 0
