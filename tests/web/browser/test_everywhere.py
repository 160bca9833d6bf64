"""What holds on every page for everybody: without JavaScript, at 400 percent, by keyboard, in print."""

import pytest

PAGES = {
    "Team manager": (
        "/this-morning/",
        "/this-morning/drift/",
        "/this-morning/caseloads/",
        "/weekly/",
        "/front-door/",
    ),
    "Director": (
        "/scorecard/",
        "/indicators/CIN-02/",
        "/compare/",
        "/targets/",
        "/parameters/",
        "/definitions/",
        "/restricted/",
        "/restricted/new",
        "/account/related",
    ),
    "Performance analyst": ("/extracts/", "/extracts/deliver", "/data-quality/"),
    "Programme manager": (
        "/plan/",
        "/plan/all/",
        "/plan/coverage/",
        "/plan/twelve-weeks/",
        "/inspections/",
        "/inspections/ledger/",
        "/meetings/",
        "/meetings/forward/",
        "/risks/",
        "/risks/map/",
        "/money/",
        "/reports/",
        "/search/?q=plan",
        "/thread/action/2.1.1/",
        "/programme/",
        "/bodies/",
    ),
    "Data protection officer": ("/trail/", "/emergencies/", "/relations/"),
    "Administrator": ("/people/", "/roles"),
}


@pytest.mark.parametrize("title", PAGES)
def test_at_four_hundred_percent_nothing_scrolls_sideways(someone, title):
    person = someone(title, viewport={"width": 320, "height": 640})
    for page in PAGES[title]:
        person.visits(page)
        person.unfolds_everything()
        person.fits_the_window()


@pytest.mark.parametrize("title", PAGES)
def test_without_javascript_every_page_says_the_same(someone, title):
    without = someone(title=None, java_script_enabled=False)
    without.page.goto(f"{without.address}/accounts/login/")
    without.page.get_by_role("button", name=f"Sign in as {title}").first.click()
    with_it = someone(title)
    for page in PAGES[title]:
        without.page.goto(without.address + page)
        with_it.page.goto(with_it.address + page)
        assert without.page.locator("h1").inner_text() == with_it.page.locator("h1").inner_text()
        assert without.page.locator("main a").count() == with_it.page.locator("main a").count()


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(someone):
    manager = someone("Team manager")
    manager.visits("/this-morning/")
    manager.page.keyboard.press("Tab")
    assert manager.page.evaluate("document.activeElement.textContent") == "Skip to main content"
    manager.page.keyboard.press("Enter")
    manager.page.keyboard.press("Tab")
    assert manager.page.evaluate("document.activeElement.closest('main') !== null")
    outline = manager.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_printed_text_is_twelve_points_or_more(someone):
    director = someone("Director")
    director.visits("/scorecard/")
    director.page.emulate_media(media="print")
    smallest = director.page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('main p, main td, main th, main li')]
            .filter(e => e.offsetParent !== null && e.textContent.trim())
            .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 15.9  # 12 points are 16 pixels


def test_a_signed_out_browser_shows_nothing_by_its_back_button(someone):
    manager = someone("Team manager")
    manager.visits("/this-morning/")
    manager.presses("Sign out")
    manager.page.go_back()
    manager.page.wait_for_load_state()
    assert "/accounts/login" in manager.page.url or manager.page.locator("a.gt-child").count() == 0
