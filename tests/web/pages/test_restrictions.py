"""Restricted children and relatives on every page, list and file, and where they are kept (test 16)."""

import html
import re
from datetime import date

import pytest

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.models import EmergencyAccess, Relation, Restriction
from goldenthread_web.accounts.relation_services import declare_relation
from goldenthread_web.accounts.restriction_services import decide_restriction, propose_restriction
from goldenthread_web.behind.models import Export
from goldenthread_web.extracts.current import current
from goldenthread_web.extracts.models import MadeLoad
from goldenthread_web.trail.models import Seen
from goldenthread_web.worklist.weekly_services import take_weekly_snapshot
from tests.web.builders import a_person, a_unit, signed_in
from tests.web.deliveries import MOMENT, a_run, found_wrong, wrong
from tests.web.morning import a_morning

pytestmark = pytest.mark.django_db
CHILD = "/children/{}/"
REASON = "reason=data_quality"
PLACES = [
    ("c1", "/this-morning/?show=all"),
    ("c1", "/this-morning/?show=all&by=duty"),
    ("c1", "/this-morning/?show=all&by=worker"),
    ("c1", "/this-morning/?show=all&find=c"),
    ("c1", "/this-morning/drift/"),
    ("c1", "/this-morning/waiting/"),
    ("c5", "/this-morning/waiting/"),
    ("c6", "/this-morning/waiting/"),
    ("c6", f"/front-door/steps/?show=all&{REASON}"),
    ("c1", f"/weekly/2018-01-01/list/?show=open&{REASON}"),
    ("c1", f"/weekly/2018-01-01/list/?show=open&team=FSP+1&{REASON}"),
    ("c3", "behind"),
    ("c3", "exported"),
    ("c1", "/data-quality/rows"),
    ("c9", "/data-quality/rows"),  # held by nobody: in no index of children
    ("c1", "/data-quality/rows.csv"),
    ("c8", "/data-quality/rows"),  # named by what is wrong of another child
    ("c8", "/data-quality/rows.csv"),
    ("c8", "load report"),
    ("c8", "load report rows.csv"),
    ("c1", "load report"),
    ("c1", "load report rows.csv"),
]


@pytest.fixture
def council(settings, tmp_path):
    """Everything that shows children, with something of each."""
    place = a_morning(settings, tmp_path, mondays=True)
    rows = [wrong(child_id=child, row=n) for n, child in enumerate(("c1", "c2", "c9"))]
    found_wrong(place, current(), [*rows, wrong(child_id="c2", row=9, details="other_child: c8; sex: 1")])
    take_weekly_snapshot(date(2018, 1, 1))
    return place


def shown_at(client, where):
    """What a place that shows children answers."""
    if where in ("behind", "exported"):
        said = {"start": "2017-10-01", "end": "2017-12-31", "part": "", "team": "", "reason": "data_quality"}
        address = client.post("/figures/FD-02/children", said).headers["Location"]
        if where == "behind":
            return client.get(address)
        client.post(f"{address}export", {"kind": "csv"})
        return client.post(f"/exports/{Export.objects.latest('pk').pk}/file")
    if where.startswith("load report"):
        load = current()
        run, _ = MadeLoad.objects.get_or_create(
            folder=load.folder.name,
            defaults={
                "run": a_run("done", finished_at=MOMENT),
                "as_at_on": load.as_at_on,
                "hash": load.hash,
                "rows": {},
                "findings": {},
            },
        )
        return client.get(f"/extracts/{run.run_id}/{run.folder}/{where.removeprefix('load report').strip()}")
    return client.get(where)


def is_there(answer, child):
    """Whether the child stands in an answer, by number or by reference."""
    assert answer.status_code == 200
    text = answer.content.decode()
    return bool(re.search(rf"\b{child}\b", text)) or reference(child) in text


def words_of(answer):
    """What a person reads of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def restrict(child, *viewers):
    return propose_restriction(
        reference(child), reason="adoption", viewers=viewers, by=a_person("head_of_service")
    )


@pytest.mark.parametrize(("child", "where"), PLACES)
def test_a_restricted_child_is_nowhere_but_for_those_on_the_list(client, council, child, where):
    on_it, not_on_it = a_person("head_of_service"), a_person("head_of_service")
    restrict(child, on_it)
    client.force_login(on_it)
    assert is_there(shown_at(client, where), child)
    client.force_login(not_on_it)
    seen = Seen.objects.filter(reference=reference(child)).count()
    assert not is_there(shown_at(client, where), child)
    assert Seen.objects.filter(reference=reference(child)).count() == seen


@pytest.mark.parametrize(("child", "where"), PLACES)
def test_a_relative_is_nowhere_for_whom_declared_it(client, council, child, where):
    director = signed_in(client, "director")
    declare_relation(reference(child), by=director)
    assert not is_there(shown_at(client, where), child)


@pytest.mark.parametrize(("role", "values"), [("director", {}), ("social_worker", {"worker_id": "W1"})])
def test_the_page_of_a_barred_child_is_not_there(client, council, role, values):
    person = signed_in(client, role, **values)
    assert client.get(CHILD.format(reference("c1"))).status_code == 200
    restrict("c1")
    assert client.get(CHILD.format(reference("c1"))).status_code == 404
    assert client.get(CHILD.format(reference("c2"))).status_code == 200
    declare_relation(reference("c2"), by=person)
    assert client.get(CHILD.format(reference("c2"))).status_code == 404


def test_a_brother_or_sister_who_is_barred_is_not_named(client, council):
    signed_in(client, "director")
    assert is_there(client.get(CHILD.format(reference("c2"))), "c1")
    restrict("c1")
    page = client.get(CHILD.format(reference("c2")))
    assert not is_there(page, "c1") and "A child whom you cannot open" not in page.content.decode()


def test_a_manager_writes_nothing_about_a_child_who_was_restricted(client, council):
    signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    address = f"{CHILD.format(reference('c1'))}oversight/"
    assert client.get(address).status_code == 200
    restrict("c1")
    assert client.get(address).status_code == 404


def test_counts_above_a_list_leave_the_child_out_and_rows_behind_a_figure_say_how_many(client, council):
    signed_in(client, "head_of_service")
    assert "for 3 children" in words_of(client.get("/this-morning/"))
    restrict("c1")
    assert "for 2 children" in words_of(client.get("/this-morning/"))
    assert "1 row is of other teams or not open to you" in words_of(shown_at(client, "behind"))
    restrict("c3")
    assert "2 rows are of other teams or not open to you" in words_of(shown_at(client, "behind"))


@pytest.mark.parametrize("how", ["restricted", "related", "not there"])
def test_an_emergency_answers_as_for_a_child_who_is_not_there(client, council, how):
    manager = signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    if how == "restricted":
        restrict("c4")
    if how == "related":
        declare_relation(reference("c4"), by=manager)
    said = {"reason": "harm_now", "explanation": "Called by the police at night."}
    page = client.post("/emergency/", said | {"child": "c404" if how == "not there" else "c4"})
    assert page.status_code == 200 and not EmergencyAccess.objects.exists()
    assert "There is no child with that id in the load in force" in page.content.decode()
    if how == "not there":
        assert client.post("/emergency/", said | {"child": "c4"}).status_code == 302


# The pages on which they are kept


def test_one_proposes_and_another_approves(client, council):
    manager = a_person("team_manager", unit=a_unit("FSP 1"))
    signed_in(client, "head_of_service")
    form = {"child": "c1", "child_again": "c1", "reason": "adoption", "people": f"{manager.email.upper()}\n"}
    assert client.post("/restricted/new", form)["Location"] == "/restricted/"
    page = client.get("/restricted/").content.decode()
    assert reference("c1") in page and manager.email in page and "Somebody else must decide" in page
    made = Restriction.objects.get()
    assert client.post(f"/restricted/{made.pk}/decision", {"answer": "approve"}).status_code == 403
    signed_in(client, "data_protection_officer")
    assert "Restrict a child</a>" not in client.get("/restricted/").content.decode()
    assert client.post(f"/restricted/{made.pk}/decision", {"answer": "perhaps"}).status_code == 400
    assert client.post(f"/restricted/{made.pk}/decision", {"answer": "approve"}).status_code == 302
    assert client.post(f"/restricted/{made.pk}/lift").status_code == 403
    signed_in(client, "director")
    assert "Propose to lift it" in client.get("/restricted/").content.decode()
    assert client.post(f"/restricted/{made.pk}/lift").status_code == 302
    assert "Lift the restriction of child" in client.get("/restricted/").content.decode()


def test_another_list_starts_from_who_may_see_the_child_now(client, council):
    """The link on the page of restricted children leads to a form that holds what counts."""
    first, second, waiting = (a_person("team_manager", unit=a_unit("FSP 1")) for _ in range(3))
    approved = restrict("c1", first, second)
    decide_restriction(approved, is_approved=True, by=a_person("director"))
    signed_in(client, "head_of_service")
    page = html.unescape(client.get("/restricted/").content.decode())
    link = re.search(r'href="(/restricted/new[^"]*)"[^>]*>Change who may see', page)[1]
    form = client.get(link).content.decode()
    listed = re.search(r"<textarea[^>]*>\s*([^<]*)</textarea>", form)[1].split()
    assert listed == sorted([first.email, second.email])
    assert form.count(f'value="{reference("c1")}"') == 2 and re.search(r'value="adoption"\s+checked', form)
    said = {"child": reference("c1"), "child_again": reference("c1"), "reason": "adoption"}
    client.post("/restricted/new", said | {"people": "\n".join([*listed, waiting.email])})
    page = client.get(link).content.decode()
    assert second.email in page and waiting.email not in page  # what waits does not count yet


def test_a_form_for_a_child_who_is_not_restricted_starts_empty(client, council):
    signed_in(client, "head_of_service")
    assert (
        "@"
        not in re.search(
            r"<textarea[^>]*>([^<]*)</textarea>", client.get("/restricted/new?child=c1").content.decode()
        )[1]
    )


@pytest.mark.parametrize(
    ("wrong_one", "sentence"),
    [
        ({"child_again": "c2"}, "The two ids are not the same"),
        ({"people": "nobody@people.example"}, "There is no account of nobody@people.example"),
        ({"reason": "whim"}, "whim"),
    ],
)
def test_a_form_that_does_not_hold_is_said_beside_its_field(client, wrong_one, sentence):
    signed_in(client, "director")
    form = {"child": "c1", "child_again": "c1", "reason": "adoption", "people": ""} | wrong_one
    answer = client.post("/restricted/new", form)
    assert answer.status_code == 400 and sentence in answer.content.decode()
    assert not Restriction.objects.exists()


@pytest.mark.parametrize("typed", ["c1", "c404", reference("c1")])
def test_declaring_a_relative_tells_nobody_whether_there_is_such_a_child(client, council, typed):
    person = signed_in(client, "team_manager", unit=a_unit("FSP 1"))
    assert "/account/related" in client.get("/account").content.decode()
    assert client.post("/account/related", {"child": f" {typed} "})["Location"] == "/account/related"
    page = client.get("/account/related").content.decode()
    assert "Declared. You see nothing of this child from now on." in page
    made = Relation.objects.get(person=person)
    assert made.reference == (reference("c404") if typed == "c404" else reference("c1"))
    assert client.post("/account/related", {"child": typed}).status_code == 400


def test_a_relation_is_withdrawn_by_the_officer_on_their_page(client, council):
    made = declare_relation(reference("c1"), by=a_person("team_manager"))
    signed_in(client, "data_protection_officer")
    assert reference("c1") in client.get("/relations/").content.decode()
    assert client.post(f"/relations/{made.pk}/withdraw").status_code == 302
    assert "Nobody has declared anything" in client.get("/relations/").content.decode()


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("director", "/restricted/"),
        ("director", "/restricted/new"),
        ("director", "/account/related"),
        ("data_protection_officer", "/relations/"),
    ],
)
def test_the_pages_ask_the_database_little(client, django_assert_max_num_queries, role, address):
    for number in range(30):
        restrict(f"c{number}", a_person("team_manager"))
        declare_relation(reference(f"c{number}"), by=a_person("social_worker"))
    signed_in(client, role)
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
