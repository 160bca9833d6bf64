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


def test_a_supervision_is_not_completed_with_an_action_nobody_looked_at(someone):
    # Given a team manager and a worker with whom something was agreed the last time
    manager = someone("Team manager")
    manager.visits("/supervision/")
    manager.reads("Whom I supervise")
    waiting = manager.page.locator("#supervised tbody tr").filter(has_text=re.compile("overdue|[1-9]"))
    waiting.first.get_by_role("link", name=re.compile("^(Begin a session|Go on writing)")).click()
    manager.page.wait_for_load_state()
    manager.finds_the_page_in_order()
    begin = manager.page.get_by_role("button", name=re.compile("^Begin"))
    if begin.count():
        begin.first.click()
        manager.page.wait_for_load_state()
        manager.finds_the_page_in_order()
    # When the session is to be completed without a word about it
    manager.reads("1. What was to be done since you last met")
    prior = manager.page.locator("section[aria-labelledby=prior-heading] fieldset.gt-record__one")
    number = prior.count()
    assert number, "nothing is open from earlier sessions"
    manager.page.get_by_role("button", name="Complete the session").click()
    manager.page.wait_for_load_state()
    manager.finds_the_page_in_order(says_nothing=False)
    # Then it is refused in a sentence that names the action
    refusal = manager.page.locator(".govuk-error-summary").inner_text()
    ref = prior.first.locator("legend").first.inner_text().split()[0]
    assert ref in refusal, refusal
    # When each has its outcome
    prior = manager.page.locator("section[aria-labelledby=prior-heading] fieldset.gt-record__one")
    for place in range(number):
        one = prior.nth(place)
        one.get_by_label("Not done").check()
        one.locator("[name$='reason']").first.fill("The family was away; it is done by Friday.")
    manager.page.get_by_role("button", name="Complete the session").click()
    manager.page.wait_for_load_state()
    manager.finds_the_page_in_order(says_nothing=False)
    # Then the session is completed, and what was not done stands there with its reason
    manager.reads("What was to be done since the last session", "The family was away; it is done by Friday.")


def test_what_is_said_in_supervision_is_for_three_people_alone(someone):
    manager = someone("Team manager")
    manager.visits("/supervision/")
    manager.page.locator("#supervised tbody tr a.gt-alone").first.click()
    manager.page.wait_for_load_state()
    manager.finds_the_page_in_order()
    address = manager.page.url.removeprefix(manager.address)
    for role in ("Director", "Quality assurance lead"):
        other = someone(role)
        answer = other.page.goto(other.address + address)
        assert answer is not None and answer.status in (403, 404)


def test_a_concern_of_a_friday_evening_was_answered_that_evening(someone):
    # Given a concern raised on the Friday evening before Christmas
    head = someone("Head of service")
    head.visits("/concerns/")
    head.reads("Immediate concerns")
    evening = head.page.locator("tr").filter(has_text="22 December 2017 at 18:30")
    evening.first.get_by_role("link", name=re.compile(r"\bC\d+")).first.click()
    head.page.wait_for_load_state()
    head.finds_the_page_in_order()
    # Then it says who was told when, further up than those who were told first, and when it was safe
    head.reads("22 December 2017", "Who was told", "What was done to make the child safe")
    # When somebody who answers for the team takes on one that is open
    manager = someone("Service manager")
    manager.visits("/concerns/")
    take = manager.page.get_by_role("link", name=re.compile(r"\bC\d+"))
    if take.count():
        take.first.click()
        manager.page.wait_for_load_state()
        manager.finds_the_page_in_order()


def test_a_case_audit_from_the_sample_to_its_grade(someone):
    # Given an auditor with a case audit to do, drawn by chance and handed to them
    auditor = someone("Case auditor")
    auditor.visits("/case-audits/mine/")
    auditor.reads("My case audits")
    auditor.page.get_by_role("link", name=re.compile(": (begin|go on)$")).first.click()
    auditor.page.wait_for_load_state()
    auditor.finds_the_page_in_order()
    ref = auditor.page.url.rstrip("/").split("/")[-2]
    # When it is to be completed with nothing said of the child
    auditor.page.get_by_role("button", name=re.compile("^Complete")).first.click()
    auditor.page.wait_for_load_state()
    auditor.finds_the_page_in_order(says_nothing=False)
    # Then it says what is missing
    expect(auditor.page.locator(".govuk-error-summary")).to_be_visible()
    # When everything is answered, the plan no better than inadequate
    _answer_everything(auditor.page)
    auditor.page.get_by_role("button", name=re.compile("^Complete")).first.click()
    auditor.page.wait_for_load_state()
    auditor.finds_the_page_in_order(says_nothing=False)
    auditor.reads(ref)
    # Then the child is open to the auditor no longer
    answer = auditor.page.goto(f"{auditor.address}/case-audits/{ref}/do/")
    assert answer is not None and answer.status in (302, 403, 404) or "/do/" not in auditor.page.url


def _answer_everything(page):
    """Every choice by its first answer, every text with some words, every day."""
    radios = "#case-audit input[type=radio]"
    groups = page.evaluate(
        "all => [...new Set([...document.querySelectorAll(all)].map(one => one.name))]", radios
    )
    for name in groups:
        options = page.locator(f"{radios}[name='{name}']")
        values = [options.nth(place).get_attribute("value") for place in range(options.count())]
        wanted = next(one for one in ("inadequate", "no", "met", values[0]) if one in values)
        if name == "is_unsafe":
            wanted = values[-1]  # whoever says so must raise an immediate concern first
        page.locator(f"{radios}[name='{name}'][value='{wanted}']").check(force=True)
    for place in range(page.locator("#case-audit textarea").count()):
        page.locator("#case-audit textarea").nth(place).fill("What the record shows, in a sentence or two.")
    days = page.locator("#case-audit input[type=date]")
    for place, day in enumerate(("2017-06-01", "2017-12-15")[: days.count()]):
        days.nth(place).fill(day)
