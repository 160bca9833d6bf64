"""A person before a browser. Whatever page they come to is checked: axe, link texts, headings, console."""

import hashlib
import re
from functools import cache
from importlib.resources import files

from playwright.sync_api import Page, expect

from tests.web.reading import without_keys

# The rules of WCAG up to 2.2 at levels A and AA.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only what is wrong is worked out in full: that is half the time.
_ASKED = {"runOnly": {"type": "tag", "values": _RULES}, "resultTypes": ["violations"]}
# When the session ends, which alone tells a page from the same one a moment later.
_ENDS = re.compile(r'data-session-ends="[^"]*"|(?<=data-session-time="">)[^<]*')
# Pages in which nothing was found wrong: the very same one, in a window of that size, is so again.
_in_order: set[str] = set()


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


class Person:
    """Somebody who uses the service."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.said_by_console: list[str] = []
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self._heard("error", str(error)))

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.said_by_console.append(text)

    def signs_in_as(self, title: str) -> None:
        """Use the button of the demonstration's sign-in page."""
        self.page.goto(f"{self.address}/accounts/login/")
        self.page.get_by_role("button", name=f"Sign in as {title}").first.click()
        self.page.wait_for_load_state()
        self.finds_the_page_in_order()

    def visits(self, path: str, status: int = 200) -> None:
        """Go to an address and check the page."""
        answer = self.page.goto(self.address + path)
        assert answer is not None and answer.status == status, f"{path}: {answer and answer.status}"
        self.finds_the_page_in_order(says_nothing=status == 200)

    def follows(self, name: str, *, exact: bool = False) -> None:
        """Follow the link of that text and check the page."""
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.finds_the_page_in_order()

    def presses(self, name: str) -> None:
        """Press the button of that text and check the page."""
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        self.finds_the_page_in_order()

    def reads(self, *texts: str) -> None:
        """Every text stands on the page where it can be seen, and not in a folded menu alone."""
        for text in texts:
            expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def does_not_find(self, text: str) -> None:
        """The text stands nowhere on the page."""
        expect(self.page.get_by_text(text, exact=True)).to_have_count(0)

    def finds_the_page_in_order(self, *, says_nothing: bool = True) -> None:
        """What must hold of every page, once it is there whole: a click returns before that."""
        self.page.wait_for_load_state()
        where = self.page.url
        expect(self.page.locator("h1"), f"{where}: not one first heading").to_have_count(1)
        assert self.page.title().strip(), f"{where}: no title"
        self._links_are_told_apart()
        seen = hashlib.sha256(
            f"{self.page.viewport_size} {_ENDS.sub('', without_keys(self.page.content()))}".encode()
        ).hexdigest()
        if seen not in _in_order:
            self.page.evaluate(_axe())
            found = self.page.evaluate("asked => axe.run(document, asked)", _ASKED)
            told = [
                f"{one['id']}: {one['help']} ({one['nodes'][0]['html'][:160]})" for one in found["violations"]
            ]
            assert not told, f"{where}: " + "; ".join(told)
            _in_order.add(seen)
        if says_nothing:
            assert not self.said_by_console, f"{where}: {self.said_by_console}"
        self.said_by_console.clear()

    def _links_are_told_apart(self) -> None:
        """Links of one text lead to one place, or a person who hears them cannot choose."""
        links = self.page.evaluate(
            "() => [...document.querySelectorAll('main a[href]')].map(a => [a.textContent.trim()"
            ".replace(/\\s+/g, ' '), a.href])"
        )
        places: dict[str, set[str]] = {}
        for text, place in links:
            places.setdefault(text, set()).add(place)
        alike = {text: sorted(found)[:3] for text, found in places.items() if len(found) > 1}
        assert not alike, f"{self.page.url}: links that read alike and lead apart: {alike}"
        assert "" not in places, f"{self.page.url}: a link without words"

    def unfolds_everything(self) -> None:
        """Open whatever is folded away."""
        self.page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")

    def fits_the_window(self) -> None:
        """Nothing makes the page itself scroll sideways."""
        wide, window = self.page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= window, f"{self.page.url}: {wide} wide in a window of {window}"
