"""Figures of what people write: which children it is about, what works them out again, one switch."""

import fcntl
import stat
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pyarrow.parquet as pq
import pytest
from django.core.management import call_command

from goldenthread.records import Records
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.restriction_services import propose_restriction
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.behind import rows as behind
from goldenthread_web.behind.services import reveal_children
from goldenthread_web.config.clock import now
from goldenthread_web.figures import jobs, recorded, set_services, working_out
from goldenthread_web.figures.lines import MONTH
from goldenthread_web.figures.models import FigureLine, WorkedOut
from goldenthread_web.trail.models import Event
from goldenthread_web.trail.recording import record
from goldenthread_web.worklist.standard_rows import usage_log
from tests.web.builders import a_person, a_unit, at
from tests.web.deliveries import a_load, a_place
from tests.web.figure_sets import a_target

pytestmark = pytest.mark.django_db
REFS = ("FD-02", "QA-02", "QA-09", "GOV-05", "GOV-07", "SO-02", "SO-07")
CHILDREN = "child_id,born_on,sex\n" + "".join(f"c{n},2010-05-0{n},F\n" for n in range(1, 5))
CONTACTS = """contact_id,child_id,received_at,source,decided_at,outcome,team,worker_id
k1,c1,2017-12-04T10:00,5A,2017-12-04T15:00,referral,FSP 1,w1
k2,c2,2017-12-05T10:00,5A,2017-12-11T15:00,nfa,FSP 1,w1
"""


def a_case_audit(number, grade="good", child="c1", **said):
    return {
        "audit_id": f"a{number}",
        "kind": "case_audit",
        "reference": reference(child),
        "team": "FSP 1",
        "worker_id": "w1",
        "scheduled_on": date(2017, 12, 1),
        "completed_on": date(2017, 12, 12),
        "grade": grade,
    } | said


def trained(agency, number, of=100, on=date(2017, 12, 1)):
    return {"agency": agency, "target_count": of, "trained_count": number, "as_at_on": on}


@pytest.fixture
def wrote(monkeypatch):
    """What people wrote, by table: tests put rows in."""
    rows = {name: [] for name in recorded.providers() if name != recorded.OF_FIGURES}
    calls = {name: (name,) for name in rows}
    calls[recorded.OF_FIGURES] = recorded.providers()[recorded.OF_FIGURES]
    call = recorded.named_call
    monkeypatch.setattr(recorded, "providers", lambda: calls)
    monkeypatch.setattr(
        recorded, "named_call", lambda path: (lambda: rows[path]) if path in rows else call(path)
    )
    return rows


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Few indicators: what is asked for is noted, to tell what was worked out."""
    asked, everything = [], working_out.broken_down

    def little(workings, question, **more):
        asked.extend(question.refs)
        wanted = [ref for ref in question.refs if ref in REFS]
        return everything(workings, replace(question, refs=wanted), **more)

    monkeypatch.setattr(working_out, "broken_down", little)
    return asked


@pytest.fixture
def place(settings, tmp_path):
    return a_place(settings, tmp_path)


@pytest.fixture
def load(place):
    return a_load(place, children=CHILDREN, contacts=CONTACTS)


def december(ref, **more):
    asked = {"ref": ref, "every": MONTH, "breakdown": "", "part": "", "period_start": date(2017, 12, 1)}
    return FigureLine.objects.get(worked_out__state="current", **asked | more)


def listed(ref, person=None):
    person = person or a_person("head_of_service")
    reveal = reveal_children(
        ref,
        part="",
        starts_on=date(2017, 12, 1),
        ends_on=date(2017, 12, 31),
        team="",
        reason="working_through",
        by=person,
    )
    return behind.behind(reveal, child_scope(person), behind.Filters())


def test_a_reference_becomes_the_id_of_a_child_the_load_ever_knew(load, wrote):
    wrote["audits"] += [
        a_case_audit(1),
        a_case_audit(2, child="somebody else"),
        a_case_audit(3, reference=""),
    ]
    wrote["dip_sample_items"] += [
        {"sample_id": "s1", "reference": reference(child), "item": "seen", "result": "pass"}
        for child in ("c2", "gone", "gone too")
    ]
    found = recorded.collect(load)
    rows = pq.read_table(found.folder / "audits.parquet").to_pylist()
    assert [(row["child_id"], row["team"], row["authority"]) for row in rows] == [
        ("c1", "FSP 1", "991"),
        (None, "FSP 1", "991"),
        (None, "FSP 1", "991"),
    ]
    children = pq.read_table(found.folder / "dip_sample_items.parquet")["child_id"].to_pylist()
    assert children[0] == "c2" and len(set(children)) == 3
    for stands_for, child in zip(children[1:], ("gone", "gone too"), strict=True):
        assert stands_for.startswith(recorded.NOT_IN_LOAD)
        assert child not in stands_for and reference(child) not in stands_for


def test_the_same_content_is_the_same_folder_and_other_content_another(load, place, wrote):
    wrote["audits"].append(a_case_audit(1))
    first = recorded.collect(load)
    assert recorded.collect(load).folder == first.folder
    assert Records.open(first.folder).digest == first.name
    wrote["audits"][0]["grade"] = "inadequate"
    assert recorded.collect(load).folder != first.folder
    home = place / recorded.FOLDER
    assert not list(home.glob(".*")) and stat.S_IMODE(home.stat().st_mode) == 0o700
    recorded.clear({first.name})
    assert [path.name for path in home.iterdir()] == [first.name]


def test_a_table_without_rows_is_not_handed_over_and_one_that_does_not_fit_is_left_out(load, wrote, caplog):
    wrote["audits"].append(a_case_audit(1, grade="brilliant"))
    wrote["partner_training"].append(trained("Police", 40))
    found = recorded.collect(load)
    assert [path.name for path in found.folder.iterdir()] == ["partner_training.parquet"]
    assert "The table audits of what people wrote is left out: Refused" in caplog.text
    assert "brilliant" not in caplog.text


def test_which_indicators_read_what_people_write():
    assert {"QA-02", "GOV-01", "CIN-10", "SO-02", "DQ-05"} <= set(recorded.readers())
    assert not {"FD-02", "DQ-01", "CP-03"} & set(recorded.readers())
    assert recorded.readers_of_figures() == ("GOV-05",)


@pytest.mark.both_databases
def test_what_is_written_moves_the_figure_and_the_list_behind_it_and_nothing_else(load, wrote, few):
    wrote["audits"].append(a_case_audit(1))
    first = set_services.take_over_figures(load)
    assert (december("QA-02").numerator, december("QA-02").denominator) == (1, 1)
    assert [row["key"] for row in listed("QA-02").rows.to_pylist()] == ["a1"]
    before = set(first.figure_lines.exclude(ref__in=recorded.readers()).values_list("ref", "value", "hidden"))
    wrote["audits"].append(a_case_audit(2, "inadequate", "c2"))
    few.clear()
    second = set_services.follow(load)
    assert second is not None and set(few) == set(recorded.readers())
    assert december("QA-02").value == Decimal("50.0")
    found = listed("QA-02")
    assert (found.numerator, found.denominator) == (1, 2)
    assert {(row["child_id"], row["key"]) for row in found.rows.to_pylist()} == {("c1", "a1"), ("c2", "a2")}
    taken_over = second.figure_lines.exclude(ref__in=recorded.readers())
    assert set(taken_over.values_list("ref", "value", "hidden")) == before
    assert second.lines == second.figure_lines.count() == first.lines
    first.refresh_from_db()
    assert (first.state, second.state) == ("earlier", "current")
    assert Event.objects.filter(what="figures.put_in_force").count() == 2


@pytest.mark.both_databases
def test_managers_who_opened_this_morning_in_the_last_seven_days(load, wrote, monkeypatch):
    since = {"created_at": at("2017-05-01 09:00")}
    on_the_first, before_it, _never = (a_person("team_manager", **since) for _ in range(3))
    gone = a_person("team_manager", ends_on=date(2017, 12, 30), **since)
    for person, moment in (
        (on_the_first, "2017-12-25 00:10"),
        (on_the_first, "2017-12-27 08:00"),
        (before_it, "2017-12-24 23:50"),
        (gone, "2017-12-29 08:00"),
        (a_person("head_of_service"), "2017-12-29 08:00"),
    ):
        with monkeypatch.context() as then:
            then.setattr("goldenthread_web.trail.recording.now", lambda moment=moment: at(moment))
            record("list.seen", ("list", "worklist.due"), by=person)
    with monkeypatch.context() as long_ago:
        long_ago.setattr("goldenthread_web.worklist.standard_rows.days_ago", lambda _: since["created_at"])
        wrote["usage_log"] += usage_log()
    set_services.take_over_figures(load)
    assert (december("SO-07").numerator, december("SO-07").denominator) == (1, 3)


def test_where_nothing_was_written_nothing_is_done_but_that_it_was_read_is_known(load, wrote):
    wrote["partner_training"].append(trained("Police", 40))
    made = set_services.take_over_figures(load)
    WorkedOut.objects.update(records_at=now() - timedelta(days=2))
    assert set_services.follow(load) is None
    assert WorkedOut.objects.get().pk == made.pk
    assert WorkedOut.objects.get().records_at > now() - timedelta(hours=1)
    assert Event.objects.filter(what="figures.put_in_force").count() == 1
    assert [path.name for path in (made_in(load)).iterdir()] == [made.records]


def test_a_folder_that_somebody_removed_comes_back(load, wrote):
    wrote["audits"].append(a_case_audit(1))
    made = set_services.take_over_figures(load)
    recorded.clear(())
    with pytest.raises(Refused, match="QA-02 cannot be worked out"):
        listed("QA-02")
    assert set_services.follow(load) is None
    assert [path.name for path in made_in(load).iterdir()] == [made.records]
    assert [row["key"] for row in listed("QA-02").rows.to_pylist()] == ["a1"]


def test_a_set_that_is_put_in_force_again_follows_what_was_written_since(load, place, wrote):
    wrote["partner_training"].append(trained("Police", 40))
    first = set_services.take_over_figures(load)
    path = place / "store" / "settings.toml"
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(before + "\n[parameters]\ncontact_decision_wd = 5\n", "utf-8")
    set_services.take_over_figures(load)
    wrote["partner_training"].append(trained("Schools", 10))
    path.write_text(before, "utf-8")
    again = set_services.take_over_figures(load)
    assert again.basis == first.basis and again.pk != first.pk
    assert december("GOV-07").worked_out_id == again.pk and december("GOV-07").value == Decimal("25.0")


def made_in(load):
    return load.folder.parents[2] / recorded.FOLDER


def test_a_set_that_does_not_get_whole_changes_nothing(load, wrote, monkeypatch):
    wrote["partner_training"].append(trained("Police", 40))
    made = set_services.take_over_figures(load)
    wrote["partner_training"].append(trained("Schools", 10))

    def fail(*_):
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(set_services, "caveats", fail)
        with pytest.raises(MemoryError):
            set_services.follow(load)
    assert december("GOV-07").worked_out_id == made.pk and december("GOV-07").value == Decimal("40.0")
    second = set_services.follow(load)
    assert december("GOV-07").worked_out_id == second.pk and december("GOV-07").value == Decimal("25.0")
    assert not WorkedOut.objects.filter(state="working").exists()


def test_what_is_followed_goes_and_what_a_report_names_stays(load, wrote, monkeypatch):
    named = set()
    call = set_services.named_call
    monkeypatch.setattr(
        set_services,
        "named_call",
        lambda path: (lambda: named) if path == set_services.SETS_NAMED else call(path),
    )
    wrote["partner_training"].append(trained("Police", 40))
    first = set_services.take_over_figures(load)
    named.add(first.key)
    for agency in ("Schools", "Housing", "Health"):
        wrote["partner_training"].append(trained(agency, 10))
        set_services.follow(load)
    states = list(WorkedOut.objects.order_by("pk").values_list("pk", "state"))
    assert [state for _, state in states] == ["earlier", "earlier", "current"]
    assert states[0][0] == first.pk  # the second is gone, and its lines with it
    assert set(FigureLine.objects.values_list("worked_out", flat=True)) == {number for number, _ in states}
    kept = set(WorkedOut.objects.values_list("records", flat=True))
    assert {path.name for path in made_in(load).iterdir()} == kept


def test_results_of_the_same_set_are_counted_and_another_target_counts_them_anew(load, wrote):
    wrote["partner_training"].append(trained("Police", 40))
    by = a_person("director")
    a_target("FD-02", 50, by=by)
    set_services.take_over_figures(load)
    assert december("FD-02").value == Decimal("50.0")
    assert (december("GOV-05").numerator, december("GOV-05").denominator) == (1, 1)
    a_target("FD-02", 60, by=by, starts_on=date(2017, 12, 1))
    set_services.follow(load)
    assert (december("GOV-05").numerator, december("GOV-05").denominator) == (0, 1)
    assert [row["key"] for row in listed("GOV-05").rows.to_pylist() if row["counted"]] == ["FD-02|2017-12-31"]


def test_records_stand_in_for_an_extract_only_where_it_was_not_delivered(place, wrote):
    session = {"supervision_id": "s1", "worker_id": "w1", "kind": "one_to_one", "held_on": date(2017, 12, 5)}
    wrote["supervisions"].append(session)
    without = a_load(place, children=CHILDREN)
    supply = recorded.beside(set_services.Store.open(place / "store"), recorded.collect(without).name)
    assert "recorded" in supply.current().supply["supervisions"].sources
    csv = "supervision_id,worker_id,kind,held_on\ns2,w2,one_to_one,2017-12-06\n"
    loaded = a_load(place, children=CHILDREN, supervisions=csv)
    both = recorded.beside(set_services.Store.open(place / "store"), recorded.collect(loaded).name)
    rows = pq.read_table(both.current().table_path("supervisions")).to_pylist()
    assert [row["supervision_id"] for row in rows] == ["s2"]


def test_a_restricted_child_is_on_nobodys_list_and_somebody_unknown_has_no_name(load, wrote):
    wrote["audits"] += [a_case_audit(1), a_case_audit(2, child="c2")]
    wrote["dip_samples"].append(
        {"sample_id": "s1", "theme": "seen", "sampled_on": date(2017, 12, 5), "method": "random"}
    )
    wrote["dip_sample_items"].append(
        {"sample_id": "s1", "reference": reference("gone"), "item": "seen", "result": "pass"}
    )
    set_services.take_over_figures(load)
    head = a_person("head_of_service")
    propose_restriction(
        reference("c2"), reason="police_operation", viewers=[], by=a_person("head_of_service")
    )
    found = listed("QA-02", head)
    assert found.denominator == 2  # the figure tells of both
    assert [row["child_id"] for row in found.rows.to_pylist()] == ["c1"]
    (row,) = behind.as_rows("QA-09", listed("QA-09", head).rows, child_scope(head), head)
    assert (row.reference, row.child_id, row.may_open) == ("", "", False)


def test_a_manager_sees_the_rows_of_their_team(load, wrote):
    wrote["audits"] += [a_case_audit(1), a_case_audit(2, child="c2", team="FSP 2")]
    set_services.take_over_figures(load)
    found = listed("QA-02", a_person("team_manager", unit=a_unit("FSP 1")))
    assert [row["key"] for row in found.rows.to_pylist()] == ["a1"] and found.not_in_reach == 1


def test_the_routine_waits_some_hours_and_leaves_a_busy_service_alone(load, place, wrote):
    assert not jobs.follow_records()  # no figures yet: the load brings them
    wrote["partner_training"].append(trained("Police", 40))
    set_services.take_over_figures(load)
    wrote["partner_training"].append(trained("Schools", 10))
    assert not jobs.follow_records()
    WorkedOut.objects.update(in_force_at=now() - jobs.RESTS)
    with (place / "working-out.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert not jobs.follow_records()
    assert december("GOV-07").value == Decimal("40.0")
    assert jobs.follow_records(by=None)
    assert december("GOV-07").value == Decimal("25.0")


def test_before_anything_was_loaded_there_is_nothing_to_follow(place, wrote):
    assert not jobs.follow_records() and not jobs.follow_records_now()


def test_the_command_says_what_it_did(load, wrote):
    wrote["partner_training"].append(trained("Police", 40))
    set_services.take_over_figures(load)
    said = StringIO()
    call_command("work_out_records", stdout=said)
    wrote["partner_training"].append(trained("Schools", 10))
    call_command("work_out_records", stdout=said)
    assert said.getvalue().splitlines() == [
        "Nothing was written since the figures were worked out.",
        "The figures follow what was written.",
    ]
