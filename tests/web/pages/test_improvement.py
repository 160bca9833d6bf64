"""Pages of the plan: what a person reads, what a form refuses, how little the database is asked."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from goldenthread_web.improvement import (
    cycle_services,
    date_services,
    evidence_services,
    plan_services,
    plan_text,
    stage_services,
    twelve_week_services,
)
from goldenthread_web.improvement.models import Action, ActionIndicator, Evidence, Stage
from goldenthread_web.programme.models import Enabler
from goldenthread_web.trail.models import Event
from tests.web.builders import a_person, signed_in
from tests.web.figure_sets import a_set, over_two_years
from tests.web.plan import (
    DUE,
    a_component,
    a_decision,
    a_piece,
    a_recommendation,
    a_theme,
    an_action,
    an_aim,
    an_objective,
)
from tests.web.reading import page_of

pytestmark = pytest.mark.django_db
PAGES = (
    "/plan/", "/plan/all/", "/plan/exceptions/", "/plan/coverage/", "/plan/coverage/components/",
    "/plan/coverage/themes/", "/plan/coverage/enablers/", "/plan/stages/", "/plan/months/",
    "/plan/twelve-weeks/", "/plan/versions/", "/plan/next-steps/",
)  # fmt: skip


@pytest.fixture
def plan():
    """A plan with one of everything; by name."""
    manager, lead, verifier = (a_person(role) for role in ("programme_manager", "team_manager", "qa_lead"))
    an_aim(by=manager)
    objective = an_objective(by=manager)
    said = {"objective": objective, "by": manager, "components": [a_component()]}
    first = an_action(recommendations=[a_recommendation()], **said)
    plan_services.set_indicator(first, "CIN-02", target="95%", by=manager)
    step = plan_services.add_milestone(first, text="Panel agreed", baseline_on=date(2017, 11, 1), by=manager)
    date_services.move_forecast(first, to=DUE + timedelta(12), because="The lease.", by=lead)
    second = an_action("2.3.2", **said)
    pieces = [a_piece(second, kind, by=lead) for kind in ("case_audit", "feedback")]
    for piece in pieces:
        evidence_services.verify_evidence(piece, by=verifier)
    date_services.finish_action(second, on=date(2017, 12, 10), by=lead)
    award = evidence_services.award_embedded(second, evidence=pieces, retest_on=date(2018, 6, 1), by=verifier)
    a_recommendation(7)
    cycle = cycle_services.open_cycle(
        "December 2017", opened_on=date(2017, 12, 1), updates_due_on=date(2017, 12, 15),
        freeze_on=date(2017, 12, 18), challenge_on=date(2017, 12, 20), board_on=date(2017, 12, 28),
        by=manager,
    )  # fmt: skip
    cycle_services.report(cycle, first, text="Half the teams.", forecast_on=DUE + timedelta(12), by=lead)
    version = cycle_services.approve_version(a_decision(by=manager), summary="The first.", by=manager)
    stage = stage_services.set_stage(
        2, name="Embedding", starts_on=date(2017, 11, 1), ends_on=DUE, by=manager
    )
    stage_services.add_aim(stage, text="Plans everywhere", actions=[first], by=manager)
    a_set(over_two_years("CIN-02", [90, 96, 97, 98]))
    plan_services.set_indicator(second, "CIN-02", target="95%", by=manager)
    weeks = twelve_week_services.begin(
        title="Plans", cause="The visit", starts_on=date(2017, 11, 6), by=manager
    )
    twelve_week_services.add_deliverable(
        weeks, action=first, text="Every plan read", lead_post="Lead", week_due=2, by=manager
    )
    twelve_week_services.hold_checkpoint(weeks, 2, decided="Go on.", by=manager)
    cycle_services.set_next_step(a_theme(), text="Roll out.", due_on=DUE, by=manager)
    return {
        "first": first, "second": second, "cycle": cycle, "weeks": weeks, "version": version,
        "step": step, "award": award, "manager": manager, "pieces": pieces,
    }  # fmt: skip


def text_of(answer):
    return page_of(answer)


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_plan_says_what_to_do(client, address):
    signed_in(client, "programme_manager")
    answer = client.get(address)
    assert answer.status_code == 200
    assert text_of(answer).count("<h1") == 1


@pytest.mark.both_databases
@pytest.mark.parametrize("role", ["head_of_service", "board_member", "programme_manager"])
def test_every_page_asks_the_database_little(client, plan, role, django_assert_max_num_queries):
    signed_in(client, role)
    client.get("/plan/")  # the first page also notes that somebody is here
    more = [
        "/plan/actions/2.3.1/", "/plan/actions/2.3.2/", "/plan/actions/2.3.2/record/",
        f"/plan/months/{plan['cycle'].pk}/",
        "/plan/twelve-weeks/1/", "/plan/versions/1/",
    ]  # fmt: skip
    for address in (*PAGES, *more):
        with django_assert_max_num_queries(12, info=address):
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert text_of(answer).count("<h1") == 1


def test_the_plan_on_one_page(client, plan):
    signed_in(client, "board_member")
    page = text_of(client.get("/plan/"))
    assert "Version 1, approved by cabinet on 27 June 2017" in page
    assert "Embedding" in page and "Week 9 of 12" in page
    assert "Roll out." in text_of(client.get("/plan/next-steps/"))
    assert "Add an action" not in page  # a board member changes nothing
    assert "Embedded" in page and "What the letters mean" in page


def test_the_page_of_an_action_says_why(client, plan):
    signed_in(client, "team_manager")
    page = text_of(client.get("/plan/actions/2.3.1/"))
    assert "The milestone “Panel agreed” is 62 days overdue." in page
    assert "The forecast slips 12 days past the day promised." in page
    assert "It must be escalated" in page and "Children know what will change." in page
    record = text_of(client.get("/plan/actions/2.3.1/record/"))
    assert "The lease." in record and "Half the teams." in record
    assert "Change it" not in page and "Write a note" in page


def test_an_action_leads_nowhere_that_is_closed_to_who_reads_it(client, plan):
    found = Action.objects.get(ref="2.3.1")
    ActionIndicator.objects.create(action=found, ref="SO-01", is_of_impact=True)
    for role, leads in (("social_worker", False), ("team_manager", True)):
        signed_in(client, role)
        page = client.get("/plan/actions/2.3.1/").content.decode()
        assert ('href="/indicators/SO-01/"' in page) is leads
        assert ('href="/definitions/SO-01/"' in page) is not leads


def test_coverage_puts_gaps_first_and_says_what_is_uncovered(client, plan):
    signed_in(client, "board_member")
    by = a_person("programme_manager", email="another@east.example")
    plan_services.set_indicator(plan["first"], "CP-17", target="90%", by=by)
    page = text_of(client.get("/plan/coverage/"))
    assert page.index("R7 Recommendation 7") < page.index("R6 Recommendation 6")
    assert "No live action." in page and "No figure: CP-17." in page


def test_coverage_is_told_both_ways_and_an_action_without_components_serves_its_objectives(client, plan):
    signed_in(client, "board_member")
    plan["first"].components.clear()
    plan["second"].components.clear()
    page = text_of(client.get("/plan/coverage/components/"))
    assert "No live action." not in page and "Every live action of the plan serves one of these." in page
    page = text_of(client.get("/plan/coverage/"))
    assert "1 live action of the plan serves none of these:" in page and ">2.3.2 " in page


def test_enablers_are_a_second_set_of_tags_that_nobody_sees_who_does_not_use_it(client, plan):
    signed_in(client, "programme_manager")
    change = "/plan/actions/2.3.1/edit/change/"
    assert "nabler" not in text_of(client.get("/plan/actions/2.3.1/")) + text_of(client.get(change))
    assert "nablers" not in text_of(client.get("/plan/coverage/"))
    before = plan_text.digest(plan_text.as_it_stands())
    assert "Use enablers of improvement" in text_of(client.get("/programme/"))
    form = text_of(client.get("/programme/enablers/3/"))
    assert 'value="Workforce"' in form  # as councils know it; each says its own
    for number, title in ((3, "Workforce"), (4, "Partners")):
        said = {"title": title, "looks_like": "It helps.", "version": 0}
        assert client.post(f"/programme/enablers/{number}/", said).status_code == 302
    assert Event.objects.filter(what="enabler.set").count() == 2
    assert plan_text.digest(plan_text.as_it_stands()) == before  # to use them changes no version of the plan
    workforce = Enabler.objects.get(number=3)
    plan["first"].refresh_from_db()
    posted = form_of(plan["first"], enablers=[workforce.pk])
    assert client.post(change, posted).status_code == 302
    assert "3 Workforce" in text_of(client.get("/plan/actions/2.3.1/"))
    page = text_of(client.get("/plan/coverage/enablers/"))
    assert page.index("Enabler 4 Partners") < page.index("Enabler 3 Workforce") and "No live action." in page
    assert ">2.3.2 " in page.split("serves none of these")[1]  # the action that carries none
    found = plan_text.differences(plan["version"].snapshot, plan_text.as_it_stands())
    assert ("Enablers", "3") in [(one.what, one.after) for one in found]


def test_the_plan_on_one_page_says_what_remains_hard_in_a_theme_and_what_comes_next(client, plan):
    signed_in(client, "programme_manager")
    theme = a_theme()
    said = {
        "title": theme.title, "focus": theme.focus, "post": theme.post, "version": theme.version,
        "remaining": "Posts stay hard to fill.", "components": [one.pk for one in theme.components.all()],
    }  # fmt: skip
    assert client.post(f"/programme/themes/{theme.number}/", said).status_code == 302
    for address in ("/plan/", "/programme/"):
        assert "Posts stay hard to fill." in text_of(client.get(address))
    assert "Roll out, by 31 Mar 2018." in text_of(client.get("/plan/"))


def test_by_exception_off_track_comes_first(client, plan):
    signed_in(client, "board_member")
    page = text_of(client.get("/plan/exceptions/"))
    assert page.index("Off track (1)") < page.index("Milestones overdue (1)")


def test_no_page_shows_as_embedded_what_has_fallen(client, plan):
    signed_in(client, "board_member")
    assert "Embedded since" in text_of(client.get("/plan/actions/2.3.2/"))
    Evidence.objects.filter(pk=plan["pieces"][0].pk).update(expires_on=date(2018, 1, 1))
    page = text_of(client.get("/plan/actions/2.3.2/"))
    assert "Fell back: Evidence expired on 1 January 2018" in page
    assert "Embedded no longer (1)" in text_of(client.get("/plan/exceptions/"))
    assert "embedded since" not in text_of(client.get("/plan/all/?status=B")).lower()


def form_of(action, **values):
    """What a browser posts for the form of an action."""
    said = {
        "objective": action.objective_id, "text": action.text, "intended_impact": action.intended_impact,
        "lead_post": action.lead_post, "origin": action.origin, "version": action.version,
        "components": [one.pk for one in action.components.all()],
    }  # fmt: skip
    return said | values


@pytest.mark.both_databases
def test_48_two_people_edit_one_action_and_the_second_sees_both(client, plan):
    signed_in(client, "programme_manager")
    address, first = "/plan/actions/2.3.1/edit/change/", form_of(plan["first"], text="As the first says.")
    plan["first"].refresh_from_db()
    shown = plan["first"].version
    first["version"] = shown
    assert client.post(address, first).status_code == 302
    second = form_of(plan["first"], text="As the second says.", version=shown)
    answer = client.post(address, second)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Somebody else changed this while you wrote" in page
    assert "As the first says." in page and "As the second says." in page
    assert Action.objects.get(ref="2.3.1").text == "As the first says."
    assert f'name="version" value="{shown + 1}"' in page
    assert client.post(address, second | {"version": shown + 1}).status_code == 302  # having seen both
    assert Action.objects.get(ref="2.3.1").text == "As the second says."


def test_every_form_opens_and_says_what_is_needed(client, plan):
    from goldenthread_web.improvement.action_acts import EDIT, REPORT, VERIFY
    from goldenthread_web.improvement.rhythm_acts import (
        CYCLE_EDIT,
        CYCLE_REPORT,
        STAGE_EDIT,
        WEEKS_EDIT,
        WEEKS_REPORT,
    )

    signed_in(client, "director")
    addresses = [f"/plan/actions/2.3.1/report/{what}/" for what in REPORT]
    addresses += [f"/plan/actions/2.3.1/edit/{what}/" for what in EDIT]
    addresses += [f"/plan/actions/2.3.1/verify/{what}/" for what in VERIFY]
    addresses += [f"/plan/months/{plan['cycle'].pk}/edit/{what}/" for what in CYCLE_EDIT]
    addresses += [f"/plan/months/{plan['cycle'].pk}/report/{what}/" for what in CYCLE_REPORT]
    addresses += [f"/plan/stages/2/{what}/" for what in STAGE_EDIT]
    addresses += [f"/plan/twelve-weeks/1/edit/{what}/" for what in WEEKS_EDIT]
    addresses += [f"/plan/twelve-weeks/1/report/{what}/" for what in WEEKS_REPORT]
    aim = Stage.objects.get().aims.get()
    addresses += [
        "/plan/objectives/new/", "/plan/objectives/O2.3/", "/plan/new-action/", "/plan/next-steps/new/",
        "/plan/months/new/", "/plan/versions/new/", "/plan/twelve-weeks/new/", "/plan/twelve-weeks/1/note/",
        f"/plan/aims/{aim.pk}/", "/plan/file/",
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert text_of(answer).count("<h1") == 1, address
    for address in addresses:
        if "freeze" not in address and "edit/status" not in address and "trouble" not in address:
            answer = client.post(address, {})
            assert answer.status_code == 400, address
            assert "There is a problem" in text_of(answer), address
    for address in ("/plan/actions/2.3.1/edit/nothing/", "/plan/actions/9.9.9/", "/plan/stages/2/nothing/"):
        assert client.get(address).status_code == 404, address


def test_a_rule_that_is_broken_is_one_sentence_above_the_form(client, plan):
    signed_in(client, "team_manager")
    answer = client.post("/plan/actions/2.3.1/report/done/", {"on": "2018-01-02"})
    assert answer.status_code == 400
    assert "1 of its milestones are open: finish them first." in text_of(answer)


def test_evidence_comes_in_through_its_form(client, plan):
    signed_in(client, "team_manager")
    said = {
        "kind": "feedback", "text": "Families say that they know the plan.", "result": "for",
        "about_on": "2017-12-20", "received_on": "2017-12-22",
    }  # fmt: skip
    answer = client.post("/plan/actions/2.3.1/report/evidence/", said)
    assert answer.status_code == 302, text_of(answer)
    page = text_of(client.get("/plan/actions/2.3.1/record/"))
    assert "Families say that they know the plan." in page and "20 Dec 2018" in page  # fresh for a year


def test_a_version_shows_what_differs(client, plan):
    manager = signed_in(client, "programme_manager")
    plan_services.withdraw_action(plan["second"], because="Merged.", by=manager)
    page = text_of(client.get("/plan/versions/"))
    assert "What differs since version 1" in page and "Action 2.3.2" in page and "Removed" in page


# --- workbooks


def a_workbook(
    *rows, headings=("No.", "What?", "Who?", "How?", "When?", "Success criteria", "Current status")
):
    book = Workbook()
    sheet = book.active
    sheet.append(["Improvement tracker"])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    into = BytesIO()
    book.save(into)
    into.seek(0)
    into.name = "plan.xlsx"
    return into


ROW = (
    "2.4.1",
    "Visit every child",
    "Service manager",
    "Plan visits\nCheck weekly",
    "31/3/18",
    "85% in time",
    "Begun",
)


def test_a_council_starts_with_its_own_workbook(client, plan):
    signed_in(client, "programme_manager")
    answer = client.post(
        "/plan/file/", {"file": a_workbook(ROW, ("2.4.2", "Second", "Lead", "", "Phase 2", "", ""))}
    )
    page = text_of(answer)
    assert answer.status_code == 200 and "Visit every child" in page and "Intended impact on children" in page
    assert not Action.objects.filter(ref="2.4.1").exists()  # nothing yet
    kept = page.split('name="kept" value="')[1].split('"')[0]
    assert client.post("/plan/file/", {"kept": kept}).status_code == 302
    made = Action.objects.get(ref="2.4.1")
    assert (made.lead_post, made.baseline_due_on, made.objective.ref) == (
        "Service manager", date(2018, 3, 31), "O2.4",
    )  # fmt: skip
    assert [one.text for one in made.milestones.all()] == ["Plan visits", "Check weekly"]
    assert made.notes.get().text == "Begun"
    assert Action.objects.get(ref="2.4.2").baseline_due_on == DUE  # the end of stage 2
    assert Event.objects.filter(what="plan.taken_over", changes={"new": 2, "changed": 0}).exists()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("2.4.1", "=1+1", "Lead", "", "31/3/18", "", "")], "cell B3 holds a formula"),
        ([("2.4.1", "Visit", "Lead", "", "soon", "", "")], "“soon” is no day"),
        ([("2.4.1", "Visit", "", "", "31/3/18", "", "")], "Who? is blank"),
        ([ROW, ROW], "2.4.1 stands in the sheet twice"),
        ([("2 4", "Visit", "Lead", "", "31/3/18", "", "")], "cannot be a reference"),
        ([("9.1.1", "Visit", "Lead", "", "31/3/18", "", "")], "names no theme of the plan"),
    ],
)
def test_what_is_not_right_in_a_workbook_is_said_and_nothing_taken(client, plan, rows, sentence):
    signed_in(client, "programme_manager")
    before = Action.objects.count()
    page = text_of(client.post("/plan/file/", {"file": a_workbook(*rows)}))
    assert sentence in page
    assert 'name="kept"' not in page and Action.objects.count() == before


def test_a_file_that_is_no_plan_is_refused(client, plan):
    signed_in(client, "programme_manager")
    for content, name, sentence in (
        (b"nothing", "plan.xlsx", "not a workbook"),
        (b"nothing", "plan.xlsm", "saved as .xlsx"),
        (a_workbook(headings=("A", "B")).read(), "plan.xlsx", "No sheet has headings of a plan"),
    ):
        file = BytesIO(content)
        file.name = name
        answer = client.post("/plan/file/", {"file": file})
        assert answer.status_code == 400 and sentence in text_of(answer), name


def test_a_workbook_does_not_move_what_was_promised(client, plan):
    signed_in(client, "programme_manager")
    row = ("2.3.1", "Every child in need has a plan.", "Head of service", "", "31/12/2018", "", "")
    page = text_of(client.post("/plan/file/", {"file": a_workbook(row)}))
    assert "the day stays 2018-03-31: a body’s decision moves it" in page


def test_what_was_read_is_signed(client, plan):
    signed_in(client, "programme_manager")
    answer = client.post("/plan/file/", {"kept": "made-up"}, follow=True)
    assert "choose the workbook again" in text_of(answer)


def test_the_plan_leaves_as_values(client, plan):
    Action.objects.filter(ref="2.3.1").update(text='=HYPERLINK("http://x")')
    signed_in(client, "board_member")
    answer = client.get("/plan/plan.xlsx")
    assert Event.objects.filter(what="plan.exported").exists()
    sheet = load_workbook(BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert sheet["D2"].value.startswith("'=HYPERLINK")
