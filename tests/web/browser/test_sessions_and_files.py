"""What only a browser does: files dropped on a page, a session that warns before it ends, out everywhere."""

import re

from playwright.sync_api import expect

DROP = """zone => {
    const dropped = new DataTransfer();
    for (const name of ["children.csv", "visits.csv"]) {
        dropped.items.add(new File(["not_a_heading\\n1\\n"], name, {type: "text/csv"}));
    }
    zone.dispatchEvent(new DragEvent("dragover", {bubbles: true, cancelable: true, dataTransfer: dropped}));
    zone.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: dropped}));
}"""
LEFT = """() => {
    const ends = document.querySelector("[data-session-ends]").dataset.sessionEnds;
    return Date.parse(ends) - Date.now();
}"""


def test_several_files_are_dropped_at_once_and_refused_in_a_sentence(someone):
    # Given an analyst before the page for a delivery
    analyst = someone("Performance analyst")
    analyst.visits("/extracts/deliver")
    analyst.reads("You can also drop files here.")
    # When they drop two files that are no extract
    analyst.page.locator("[data-file-drop]").evaluate(DROP)
    # Then both are listed, and handed over together
    expect(analyst.page.locator("[data-drop-files] li")).to_have_text(
        [re.compile("children.csv"), re.compile("visits.csv")]
    )
    analyst.page.locator("[name=as_at_on]").fill("2018-01-01")
    analyst.presses("Deliver and load")
    # And the load says in a sentence why it is refused, while the last good data stays
    expect(analyst.page.locator("h1")).to_contain_text("Load")
    analyst.page.wait_for_function("() => /Refused/.test(document.body.innerText)", timeout=120_000)
    analyst.reads("lacks the required column child_id: add it.", "The last good data stays as it was.")


def test_a_session_warns_before_it_ends_and_can_be_prolonged(someone):
    # Given somebody whose session ends in an hour
    director = someone()
    director.page.clock.install()
    director.signs_in_as("Director of children's services")
    box = director.page.locator("[data-session-ends]")
    expect(box).to_be_hidden()
    # When four minutes are left
    left = director.page.evaluate(LEFT)
    director.page.clock.fast_forward(int(left) - 4 * 60_000)
    # Then the page says so, where a screen reader hears it, and nothing that was typed is lost
    expect(box).to_be_visible()
    expect(box).to_contain_text("you will be signed out in 4 minutes")
    director.finds_the_page_in_order()
    # And one button prolongs it
    with director.page.expect_response(re.compile("/account/stay")) as answer:
        director.page.get_by_role("button", name="Stay signed in").click()
    assert answer.value.status == 200


def test_whoever_signs_out_everywhere_is_out_in_every_browser(someone):
    # Given one person in two browsers
    here, there = someone("Head of service"), someone("Head of service")
    there.visits("/scorecard/")
    # When they sign out everywhere in one
    here.visits("/account")
    here.presses("Sign out everywhere")
    # Then the other is out too
    there.page.goto(f"{there.address}/scorecard/")
    assert "/accounts/login/" in there.page.url and "/accounts/login/" in here.page.url
