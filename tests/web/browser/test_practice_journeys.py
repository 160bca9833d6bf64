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


FIRST_SAID = "The plan would not have kept this child safe: nobody was named for any step."


def test_a_case_audit_from_its_sample_to_its_re_audit(someone):
    lead = someone("Quality assurance lead")
    # Given a programme, and its first round drawn by chance
    programme = _the_lead_makes_a_programme(lead, auditor="Case auditor")
    ref = _the_lead_begins_its_round(lead, programme)
    # When the auditor does it on a tablet, is signed out half-way, comes back and completes it
    auditor = someone("Case auditor", viewport={"width": 820, "height": 1180})
    _the_auditor_begins_and_is_signed_out(auditor, ref)
    _the_auditor_completes_it(auditor, ref)
    # Then the child is open to the auditor no longer
    auditor.page.goto(f"{auditor.address}/case-audits/{ref}/do/")
    assert auditor.page.locator("#case-audit").count() == 0
    # When somebody else looks again, without the first grade, and another grade comes to count
    moderator = _who_looks_again(lead, ref)
    assert moderator != "Case auditor"
    _the_moderator_grades_blind_and_settles(someone(moderator), ref)
    # Then the moderated grade counts and the first is kept, for the lead and for the auditor
    lead.visits(f"/case-audits/{ref}/")
    lead.reads("The first is kept, and this one counts.", FIRST_SAID)
    facts = lead.page.locator("dl.gt-facts").first
    expect(facts.locator("div", has_text="Grade of practice").first).to_contain_text("Inadequate")
    expect(facts.locator("div", has_text="Grade that counts").first).to_contain_text("Requires improvement")
    auditor.visits("/case-audits/mine/")
    auditor.page.get_by_role("link", name=f"What the second look found at {ref}").click()
    auditor.page.wait_for_load_state()
    auditor.finds_the_page_in_order()
    auditor.reads("The steps are named in the record of supervision.")
    # When those who answer for the child do what was asked for
    head = someone("Head of service")
    _the_head_does_what_was_asked_for(head, ref)
    # Then it is looked at again by somebody else than the first time
    again, other = _the_lead_hands_out_a_re_audit(lead, ref, moderator)
    repeats = head if other == "Head of service" else someone(other)
    _whoever_repeats_it_finds_it_better(repeats, again, ref)
    # And the two stand beside each other
    lead.visits(f"/case-audits/{ref}/follows/")
    lead.page.get_by_role("link", name=re.compile(f"^compared with {ref}")).click()
    lead.page.wait_for_load_state()
    lead.finds_the_page_in_order()
    lead.reads("Grades", "Question by question", "Better")


def _the_lead_makes_a_programme(lead, *, auditor):
    """A programme of full case audits; its address."""
    lead.visits("/case-audits/")
    lead.follows("Make a programme")
    page = lead.page
    page.get_by_label("Title").fill("Case audits of this journey")
    page.get_by_label("Kind", exact=True).select_option("full")
    page.get_by_label("Pro forma").select_option(label="Full case audit, version 1")
    page.get_by_label("How often").select_option("once")
    page.get_by_label("Every open case", exact=True).check()
    page.get_by_label("Case audits in a round").fill("2")
    page.get_by_label(auditor, exact=True).check()
    page.get_by_label("Post that answers for it").fill("Quality assurance lead")
    lead.presses("Make the programme")
    lead.reads("The programme is made.", "No round has begun.")
    return page.url.removeprefix(lead.address)


def _the_lead_begins_its_round(lead, programme):
    """The reference of one of the case audits that were drawn and handed out."""
    lead.visits(programme)
    lead.follows("Begin round 1")
    lead.presses("Draw and hand out")
    rows = lead.page.locator("#case-audits tbody tr")
    expect(rows).to_have_count(2)
    ref = rows.first.get_by_role("link", name=re.compile(r"^A\d+$")).inner_text()
    # The seed is kept with the sample, and draws the same children again.
    seed = lead.page.locator("#samples tbody td").last.inner_text().strip()
    assert len(seed) > 8
    lead.page.get_by_role("link", name=re.compile("how it was drawn")).click()
    lead.page.wait_for_load_state()
    lead.finds_the_page_in_order()
    lead.reads("The same again", seed)
    return ref


def _the_auditor_begins_and_is_signed_out(auditor, ref):
    auditor.visits("/case-audits/mine/")
    auditor.follows(f"{ref}: begin")
    auditor.fits_the_window()
    # With nothing said of the child it says what is missing
    auditor.page.get_by_role("button", name="Complete the case audit").click()
    auditor.page.wait_for_load_state()
    auditor.finds_the_page_in_order(says_nothing=False)
    expect(auditor.page.locator(".govuk-error-summary")).to_be_visible()
    # What is typed is kept without being saved
    auditor.visits(f"/case-audits/{ref}/do/")
    auditor.page.get_by_label("What is it like to be this child?").press_sequentially("I am asked, and wait.")
    expect(auditor.page.locator("#kept")).to_contain_text("Kept", timeout=30_000)
    auditor.page.context.clear_cookies()
    auditor.signs_in_as("Case auditor")
    auditor.visits("/case-audits/mine/")
    auditor.reads("Something typed is not saved")
    auditor.follows(f"{ref}: go on")
    auditor.reads("This is what you typed and did not save")
    expect(auditor.page.get_by_label("What is it like to be this child?")).to_have_value(
        "I am asked, and wait."
    )


def _the_auditor_completes_it(auditor, ref):
    """Inadequate, with an action for the child."""
    page = auditor.page
    _answers_everything(page, "inadequate", grade_text=FIRST_SAID)
    auditor.presses("Set an action")
    page.get_by_label("For the child").check()
    page.get_by_label("What is to be done?").fill("Each step of the plan has somebody who does it.")
    page.get_by_label("Who does it?").fill("Team manager")
    page.get_by_label("By when?").fill("2018-01-16")
    auditor.presses("Set the action")
    auditor.reads("The action is set.")
    page.get_by_role("button", name="Complete the case audit").click()
    page.wait_for_load_state()
    auditor.finds_the_page_in_order(says_nothing=False)
    auditor.reads(f"{ref} is completed.")


def _who_looks_again(lead, ref):
    """The post of whoever was asked to; the lead sees on the panel who that is."""
    lead.visits("/case-audits/second-looks/panel/")
    row = lead.page.locator("#open tbody tr").filter(has=lead.page.get_by_text(ref, exact=True))
    return row.locator("td").nth(0).inner_text().strip()


def _the_moderator_grades_blind_and_settles(moderator, ref):
    page = moderator.page
    # Whoever looks again cannot read the first grade anywhere before they give their own
    answer = page.goto(f"{moderator.address}/case-audits/{ref}/")
    assert answer is not None and FIRST_SAID not in page.content()
    moderator.said_by_console.clear()
    moderator.visits("/case-audits/second-looks/")
    moderator.follows(ref, exact=True)
    moderator.reads("Your own grade", "I am asked, and wait.")
    assert FIRST_SAID not in page.content()
    assert page.locator("main").inner_text().count("Inadequate") == 1  # the choice itself
    page.get_by_label("Requires improvement to be good").check()
    page.get_by_label("What does it rest on?").fill("The steps are named in the record of supervision.")
    moderator.presses("Give your grade")
    # Then both are shown, and they say which one counts
    moderator.reads("Both grades", FIRST_SAID)
    page.get_by_label("Requires improvement to be good").check()
    page.get_by_label("Why?").fill("The steps are named in the record of supervision.")
    page.get_by_label("Yes, we agree").check()
    moderator.presses("Settle it")
    moderator.reads("This is the grade that counts. The first one is kept beside it.")


def _the_head_does_what_was_asked_for(head, ref):
    head.visits(f"/case-audits/{ref}/follows/")
    head.follows(f"It is done {ref}.1")
    head.page.get_by_label("What came of it?").fill(
        "Each step has a name beside it, and the child knows them."
    )
    head.page.get_by_label("Done on").fill("2018-01-02")
    head.presses("Write it down")
    head.visits(f"/case-audits/{ref}/follows/")
    head.reads("What came of it: Each step has a name beside it, and the child knows them.")
    head.follows("The plan is whole")
    head.presses("Record the plan")
    head.reads("Recorded on 2 January 2018")


def _the_lead_hands_out_a_re_audit(lead, ref, moderator):
    """The reference of the re-audit and the post of whoever does it."""
    other = "Director of children's services" if moderator == "Head of service" else "Head of service"
    lead.visits(f"/case-audits/{ref}/follows/")
    lead.follows("Hand out a re-audit")
    choices = lead.page.get_by_label("Auditor").locator("option").all_inner_texts()
    assert "Case auditor" not in choices  # not by whoever looked the first time
    lead.page.get_by_label("Auditor").select_option(label=other)
    lead.presses("Hand it out")
    again = re.search(r"A\d+(?=, with)", lead.page.locator("dl.gt-facts").inner_text())
    assert again is not None
    return again[0], other


def _whoever_repeats_it_finds_it_better(person, again, ref):
    person.visits("/case-audits/mine/")
    person.follows(f"{again}: begin")
    _answers_everything(person.page, "good", grade_text="Every step has somebody, and was done.")
    person.page.get_by_role("button", name="Complete the case audit").click()
    person.page.wait_for_load_state()
    person.finds_the_page_in_order(says_nothing=False)
    person.reads(f"{again} is completed.", ref)


def _answers_everything(page, grade, *, grade_text):
    """Every grade and answer alike, every text with some words, every day; what is there already stays."""
    radios = "#case-audit input[type=radio]"
    groups = page.evaluate(
        "all => [...new Set([...document.querySelectorAll(all)].map(one => one.name))]", radios
    )
    for name in groups:
        options = page.locator(f"{radios}[name='{name}']")
        values = [options.nth(place).get_attribute("value") for place in range(options.count())]
        wanted = next(
            (one for one in (grade, "partly" if grade == "inadequate" else "met") if one in values), ""
        )
        if not wanted:  # yes or no: an unsafe child would need an immediate concern first
            wanted = values[-1] if name == "is_unsafe" else values[0]
        page.locator(f"{radios}[name='{name}'][value='{wanted}']").check(force=True)
    texts = page.locator("#case-audit textarea")
    for place in range(texts.count()):
        if not texts.nth(place).input_value():
            texts.nth(place).fill("What the record shows, in a sentence or two.")
    page.locator("#case-audit [name='grade_text']").fill(grade_text)
    days = page.locator("#case-audit input[type=date]")
    for place, day in enumerate(("2017-06-01", "2017-12-15")[: days.count()]):
        days.nth(place).fill(day)
