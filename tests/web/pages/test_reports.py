"""Pages of reports: who reads what, what a person can do, what anybody may read without signing in."""

from datetime import date

import pytest
from django.core.cache import caches
from lxml import html

from goldenthread_web.reports.models import Content, Draft, Priority, Report, Section
from goldenthread_web.reports.services import keep_draft, set_priorities, write_section
from tests.web.builders import a_person, signed_in
from tests.web.deliveries import a_place
from tests.web.reading import page_of
from tests.web.reporting import (
    CABINET_ON,
    a_content,
    a_finding,
    a_letter,
    a_programme,
    a_report,
    all_signed,
    figures,
    in_target,
    released,
    with_a_reason,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    caches["worked_out"].clear()
    found = a_place(settings, tmp_path)
    a_programme()
    figures()
    return found


@pytest.fixture
def writer():
    return a_person("programme_manager")


@pytest.fixture
def cabinet(writer):
    in_target(writer)
    a_finding(a_letter(), "p3", "improved", ref="V2.3")
    return a_report(with_a_reason(a_content(writer), writer), writer)


@pytest.fixture
def summary(writer):
    return released(a_report(a_content(writer), writer, "public_summary"), writer)


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return page_of(answer)


def test_a_content_is_begun_and_a_report_is_there_in_one_click(client):
    signed_in(client, "programme_manager")
    said = {"label": "quarter 3", "title": "Progress", "starts_on": "2017-10-01", "ends_on": "2017-12-31"}
    assert client.post("/reports/new/", said).status_code == 400
    answer = client.post("/reports/new/", said | {"as_at_on": "2017-12-31"})
    content = Content.objects.get()
    assert answer["Location"] == f"/reports/contents/{content.pk}/"
    assert "writes itself" in read(client, answer["Location"])
    answer = client.post(answer["Location"], {"template": "cabinet", "meeting_on": "2018-03-20"})
    page = read(client, answer["Location"])
    assert "74.0%" in page and "79 days before the meeting of 20 March 2018" in page
    assert "Nothing holds it." in page and page.count("<h1") == 1
    again = client.post(
        f"/reports/contents/{content.pk}/", {"template": "cabinet", "meeting_on": "2018-03-20"}
    )
    assert again.status_code == 400 and "already" in again.content.decode()


def test_a_section_is_looked_at_kept_and_saved(client, cabinet, writer):
    signed_in(client, person=writer)
    address = f"/reports/contents/{cabinet.content_id}/sections/summary/"
    page = read(client, address)
    assert "Nobody has written it yet" in page and "[[figure CIN-02]]" in page
    looked = client.post(
        address, {"text": "It is [[figure FD-02]], [[figure XX]].", "version": "0", "look": "1"}
    )
    shown = looked.content.decode()
    assert "148 of 200, December 2017" in shown and "no indicator XX" in shown
    assert not Section.objects.filter(code="summary").exists() and Draft.objects.get().text.startswith(
        "It is"
    )
    assert "This is what you typed and did not save" in read(client, address)
    assert client.post(address, {"text": "", "version": "0", "drop": "1"}).status_code == 302
    assert not Draft.objects.exists()
    saved = client.post(address, {"text": "It is [[figure FD-02]].", "version": "0", "save": "1"})
    assert saved.status_code == 302 and Section.objects.get(code="summary").version == 1
    wrong = client.post(address, {"text": "It is [[figure FD-02.", "version": "1", "save": "1"})
    assert wrong.status_code == 400 and "Brackets do not match" in wrong.content.decode()
    assert read(client, f"/reports/contents/{cabinet.content_id}/sections/figures/", 404)


@pytest.mark.both_databases
def test_48_the_second_writer_sees_both_texts_and_nothing_is_overwritten(client, cabinet, writer):
    write_section(cabinet.content, "summary", text="What I saved.", version=0, by=writer)
    signed_in(client, "director")
    address = f"/reports/contents/{cabinet.content_id}/sections/summary/"
    answer = client.post(address, {"text": "What they typed.", "version": "0", "save": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "What I saved." in page and "What they typed." in page
    assert Section.objects.get(code="summary").text == "What I saved."
    assert 'name="version" value="1"' in page, "whoever saves once more has seen both"
    assert client.post(address, {"text": "Both.", "version": "1", "save": "1"}).status_code == 302
    assert Section.objects.get(code="summary").text == "Both."


def test_what_was_kept_and_what_was_saved_since_are_both_shown(client, cabinet, writer):
    signed_in(client, person=writer)
    address = f"/reports/contents/{cabinet.content_id}/sections/summary/"
    client.post(f"{address}draft/", {"text": "Typed before.", "version": "0"})
    write_section(cabinet.content, "summary", text="Saved since.", version=0, by=a_person("director"))
    page = read(client, address)
    assert "Typed before." in page and "Saved since." in page


def test_49_what_was_typed_is_there_after_the_session_ended(client, cabinet, writer):
    signed_in(client, person=writer)
    address = f"/reports/contents/{cabinet.content_id}/sections/summary/"
    kept = client.post(f"{address}draft/", {"text": "Typed in forty minutes.", "version": "0"})
    assert kept.status_code == 200 and "Kept" in kept.content.decode()
    client.logout()
    assert client.get(address).status_code == 302
    signed_in(client, person=writer)
    assert "Typed in forty minutes." in read(client, address)
    signed_in(client, "director")
    assert "Typed in forty minutes." not in read(client, address)


def test_a_finding_is_chosen_and_its_reference_stands_in_the_text(client, cabinet, writer):
    signed_in(client, person=writer)
    address = f"/reports/contents/{cabinet.content_id}/sections/inspectors/"
    assert "Leaders know their services" in read(client, f"{address}quotes/")
    assert client.post(f"{address}quotes/", {"finding": "V2.3"})["Location"] == address
    assert "[[quote V2.3]]" in Draft.objects.get().text
    assert client.post(f"{address}quotes/", {"finding": "V9.9"}).status_code == 404


def test_priorities_are_set_and_accounted_for(client, writer):
    before = a_content(writer, label="quarter 2", starts_on=date(2017, 7, 1), ends_on=date(2017, 9, 30))
    set_priorities(before, ["Fill posts"], by=writer)
    content = a_content(writer)
    signed_in(client, person=writer)
    address = f"/reports/contents/{content.pk}/priorities/"
    assert "Fill posts" in read(client, address)
    one = Priority.objects.get()
    assert client.post(address, {"priority": one.pk, "became": "done", "account": ""}).status_code == 400
    said = {"priority": one.pk, "became": "done", "account": "Nine of ten are filled."}
    assert client.post(address, said).status_code == 302
    assert client.post(address, {"priorities": "Plans for all\nVisits in time"}).status_code == 302
    assert [one.text for one in content.priorities.all()] == ["Plans for all", "Visits in time"]


def test_from_draft_to_release_by_the_pages(client, cabinet, writer):
    address = f"/reports/{cabinet.pk}/"
    signed_in(client, person=writer)
    assert "Freeze it" in read(client, address)
    client.post(f"{address}freeze/")
    for role in ("section_151_officer", "solicitor"):
        signed_in(client, role)
        page = read(client, address)
        section, digest = page.split(f'action="{address}sign/')[1].split('"', 1)
        digest = digest.split('name="digest" value="')[1].split('"')[0]
        client.post(f"{address}sign/{section}", {"digest": digest})
    signed_in(client, "head_of_service")
    page = read(client, address)
    digest = page.split('name="digest" value="')[1].split('"')[0]
    client.post(f"{address}approve/", {"digest": digest, "has_judged": "1"})
    signed_in(client, person=writer)
    answer = client.post(f"{address}release/")
    page = read(client, answer["Location"])
    assert "No figure of it would be another today." in page and "Approved by Head of service" in page
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE")):
        file = client.get(f"{answer['Location']}files/{kind}/")
        assert file.content.startswith(start)
        assert file["Content-Disposition"] == f'attachment; filename="cabinet-2018-03-20-version-1.{kind}"'
    assert client.get(f"{answer['Location']}files/exe/").status_code == 404
    assert Report.objects.get().state == "released"


def test_what_a_step_refuses_is_said_on_the_page(client, cabinet, writer):
    signed_in(client, person=writer)
    answer = client.post(f"/reports/{cabinet.pk}/release/", follow=True)
    assert "once it is approved" in answer.content.decode()
    signed_in(client, "director")
    answer = client.post(f"/reports/{cabinet.pk}/weaknesses/", {"because": "x"}, follow=True)
    assert "Say in a sentence" in answer.content.decode()
    answer = client.post(f"/reports/{cabinet.pk}/withdraw/", follow=True)
    assert "Only what is released" in answer.content.decode()


def test_drafts_are_read_by_those_who_work_on_them(client, cabinet, writer):
    for role, status in (
        ("board_member", 404),
        ("elected_member", 404),
        ("solicitor", 200),
        ("director", 200),
    ):
        signed_in(client, role)
        assert client.get(f"/reports/{cabinet.pk}/").status_code == status, role
        assert client.get(f"/reports/{cabinet.pk}/files/html/").status_code == status, role
    assert "DRAFT" in client.get(f"/reports/{cabinet.pk}/files/html/").content.decode()
    assert client.get(f"/reports/{cabinet.pk}/files/exe/").status_code == 404


def test_members_read_what_was_released_to_bodies_that_meet_in_public(client, cabinet, writer):
    public = released(cabinet, writer)
    board = released(
        a_report(cabinet.content, writer, "improvement_board", meeting_on=date(2018, 1, 25)), writer
    )
    signed_in(client, "elected_member")
    page = read(client, "/reports/")
    assert f"/reports/releases/{public.pk}/" in page and f"/reports/releases/{board.pk}/" not in page
    assert "Being written" not in page
    read(client, f"/reports/releases/{public.pk}/")
    read(client, f"/reports/releases/{board.pk}/", 404)


ROWS = "/figures/FD-02/children?start=2017-12-01&end=2017-12-31"


def links(client, address):
    """Where the facts of a report lead: what is said of each, and the address."""
    found = html.fromstring(client.get(address).content).xpath("//a[@class='gt-fact']")
    return {(one.text_content(), one.get("href")) for one in found}


def test_from_a_published_figure_to_its_rows_in_two_clicks(client, cabinet, writer):
    made = released(cabinet, writer)
    summary = released(a_report(cabinet.content, writer, "public_summary"), writer)
    for address in (f"/reports/releases/{made.pk}/", f"/reports/{made.report_id}/", f"/public/{summary.pk}/"):
        signed_in(client, "head_of_service")
        told = {href for said, href in links(client, address) if said.endswith("FD-02 2017-12")}
        assert told == {ROWS}, address  # one click, and the second says why
        assert "December 2017" in read(client, ROWS) and "/indicators/FD-02/" in read(client, ROWS)
        if "public" in address:
            client.logout()
            assert not links(client, address)
    for role in ("elected_member", "programme_manager"):
        signed_in(client, role)
        for address in (f"/reports/releases/{made.pk}/", f"/public/{summary.pk}/"):
            assert "/indicators/FD-02/" in {href for _, href in links(client, address)}
            assert "/children?" not in read(client, address)


def test_two_releases_are_set_beside_each_other(client, cabinet, writer):
    first = released(cabinet, writer)
    signed_in(client, person=writer)
    client.post(f"/reports/{cabinet.pk}/open/")
    write_section(cabinet.content, "equalities", text="New words.", version=0, by=writer)
    cabinet.refresh_from_db()
    second = released(cabinet, writer)
    page = read(client, f"/reports/releases/{second.pk}/beside/{first.pk}/")
    assert "New words." in page and "No figure that both name differs." in page


def test_anybody_reads_what_is_public_and_nothing_else(client, summary, writer):
    board = released(
        a_report(summary.report.content, writer, "briefing", meeting_on=date(2018, 1, 25)), writer
    )
    page = read(client, "/public/")
    assert f"/public/{summary.pk}/" in page and f"/public/{board.pk}/" not in page
    answer = client.get(f"/public/{summary.pk}/")
    assert answer["Cache-Control"] == "public, max-age=300" and "74.0%" in answer.content.decode()
    assert 'href="/indicators/' not in answer.content.decode()
    assert client.get(f"/public/{summary.pk}/files/pdf/").content.startswith(b"%PDF")
    read(client, f"/public/{board.pk}/", 404)
    assert client.get(f"/public/{board.pk}/files/pdf/").status_code == 404
    signed_in(client, person=writer)
    assert client.get("/public/")["Cache-Control"] == "no-store"


def test_before_anything_is_there_the_pages_say_what_to_do(client):
    assert "Nothing has been published yet" in read(client, "/public/")
    signed_in(client, "programme_manager")
    page = read(client, "/reports/")
    assert "Start with a period" in page and "Nothing that you may read was released yet" in page


@pytest.mark.both_databases
def test_the_pages_ask_the_database_little(client, cabinet, writer, django_assert_max_num_queries):
    keep_draft(cabinet.content, "summary", text="x [[figure FD-02]]", based_on=0, by=writer)
    all_signed(cabinet, writer)
    made = released(a_report(cabinet.content, writer, "public_summary", meeting_on=CABINET_ON), writer)
    signed_in(client, person=writer)
    content = f"/reports/contents/{cabinet.content_id}/"
    for page in (
        "/reports/",
        content,
        f"{content}priorities/",
        f"{content}sections/reasons/quotes/",
        f"{content}sections/reasons/",
        f"/reports/{cabinet.pk}/",
        f"/reports/releases/{made.pk}/",
        "/public/",
        f"/public/{made.pk}/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200, page
