"""The conventions, by hand-worked examples."""

from datetime import date
from decimal import Decimal

from tests.oracle.conventions import (
    Data,
    Moment,
    add_months,
    add_wd,
    age,
    birthday,
    countable_referrals,
    cpp,
    half_away,
    is_open,
    is_placeholder,
    is_unborn,
    lac,
    open_case,
    open_date,
    place,
    school_age,
    status_on,
    wd,
)

D = date.fromisoformat


def test_a_bank_holiday_is_no_working_day_and_the_start_is_day_0():
    assert wd(D("2017-12-22"), D("2017-12-27")) == 1  # Friday to Wednesday over Christmas
    assert wd(D("2017-12-22"), D("2017-12-22")) == 0
    assert wd(D("2017-12-23"), D("2017-12-27")) == 1  # a Saturday start
    assert wd(D("2017-12-22"), D("2017-12-24")) == 0  # a Sunday end
    assert wd(D("2017-12-27"), D("2017-12-22")) == -1
    assert wd(D("2017-12-22"), D("2017-12-28"), ["2017-12-27"]) == 1  # the council was closed
    assert add_wd(D("2017-12-22"), 2) == D("2017-12-28")


def test_months_are_clamped_and_29_february_falls_on_1_march():
    assert add_months(D("2017-08-31"), 6) == D("2018-02-28")
    assert add_months(D("2016-02-29"), -12) == D("2015-02-28")
    assert birthday(D("2012-02-29"), 6) == D("2018-03-01")
    data = Data.of(
        {"children": [{"child_id": "c", "born_on": "2012-02-29"}, {"child_id": "m", "born_on": "2012-02"}]}
    )
    assert age(data.view(D("2018-02-28")), "c") == 5
    assert age(data.view(D("2018-03-01")), "c") == 6
    assert age(data.view(D("2018-02-01")), "m") == 6  # a month is read as its first day


def test_an_unborn_child_has_no_age():
    children = [
        {"child_id": "flag", "born_on": "2010-01-01", "is_unborn": "true"},
        {"child_id": "later", "born_on": "2018-01-05"},
        {"child_id": "nothing"},
    ]
    view = Data.of({"children": children}).view(D("2018-01-04"))
    assert [is_unborn(view, c) for c in ("flag", "later", "nothing")] == [True, True, False]
    assert [age(view, c) for c in ("flag", "later", "nothing")] == [None, None, None]
    assert age(view, "later", D("2018-01-05")) == 0


def test_school_age_is_5_to_15_on_the_31_august_before():
    children = [
        {"child_id": "five", "born_on": "2012-08-31"},
        {"child_id": "four", "born_on": "2012-09-01"},
        {"child_id": "fifteen", "born_on": "2001-09-01"},
        {"child_id": "sixteen", "born_on": "2001-08-31"},
        {"child_id": "unknown"},
    ]
    view = Data.of({"children": children}).view(D("2018-08-31"))
    found = [school_age(view, c["child_id"], D("2018-08-31")) for c in children]
    assert found == [True, False, True, False, None]
    assert school_age(view, "four", D("2018-09-01")) is True  # the next school year


def test_the_view_hides_later_rows_and_later_dates():
    plans = [
        {"cp_plan_id": "1", "child_id": "a", "started_on": "2017-12-31", "ended_on": "2018-01-01"},
        {"cp_plan_id": "2", "child_id": "b", "started_on": "2018-01-01"},
    ]
    visits = [{"visit_id": "1", "child_id": "a", "kind": "cp", "visited_at": "2017-12-31T23:59"}]
    view = Data.of({"cp_plans": plans, "visits": visits}).view(D("2017-12-31"))
    assert [(r["cp_plan_id"], r["ended_on"]) for r in view.rows("cp_plans")] == [("1", None)]
    assert len(view.rows("visits")) == 1


def test_the_end_date_is_the_first_day_no_longer_open():
    plans = [
        {"cp_plan_id": "1", "child_id": "a", "started_on": "2017-01-01", "ended_on": "2017-12-31"},
        {"cp_plan_id": "2", "child_id": "a", "started_on": "2017-02-01"},
        {"cp_plan_id": "3", "child_id": "a", "started_on": "2017-02-01"},
        {"cp_plan_id": "4", "child_id": "b", "started_on": "2017-03-01", "ended_on": "2017-02-01"},
    ]
    view = Data.of({"cp_plans": plans}).view(D("2017-12-31"))
    assert [is_open(r, D("2017-12-31")) for r in view.rows("cp_plans")] == [False, True, True, False]
    assert is_open(view.rows("cp_plans")[0], D("2017-12-30"))
    assert {child: r["cp_plan_id"] for child, r in cpp(view).items()} == {"a": "3"}  # one per child


def test_looked_after_ends_on_the_18th_birthday():
    children = [{"child_id": "18", "born_on": "1999-12-31"}, {"child_id": "17", "born_on": "2000-01-01"}]
    periods = [
        {"care_period_id": c + s, "child_id": c, "started_on": "2017-01-01", "legal_status": s}
        for c, s in (("18", "C2"), ("17", "C2"), ("short", "V4"), ("blank", ""))
    ]
    view = Data.of({"children": children, "care_periods": periods}).view(D("2017-12-31"))
    assert set(lac(view)) == {"17", "blank"}  # born_on unknown counts as under 18
    # the period of "18" is still an open case (any status, any age) of over 45 working days: cin, not lac
    assert [status_on(view, c) for c in ("18", "17", "short")] == ["cin", "looked_after", "cin"]
    assert open_case(view) == {"18", "17", "short", "blank"}


def test_an_episode_is_a_case_once_assessed_or_over_45_working_days_old():
    referrals = [
        {"referral_id": "1", "child_id": "assessed", "received_on": "2017-12-20"},
        {"referral_id": "2", "child_id": "new", "received_on": "2017-12-20"},
        {"referral_id": "3", "child_id": "day46", "received_on": "2017-10-24"},
        {"referral_id": "4", "child_id": "day45", "received_on": "2017-10-25"},
        {"referral_id": "5", "child_id": "nfa", "received_on": "2017-01-01", "is_nfa": "true"},
    ]
    assessments = [{"assessment_id": "1", "child_id": "assessed", "started_on": "2017-12-20"}]
    view = Data.of({"referrals": referrals, "assessments": assessments}).view(D("2017-12-31"))
    # after 25 October: 4 working days in October, 22 in November, 19 in December
    assert wd(D("2017-10-25"), D("2017-12-31")) == 45
    assert open_case(view) == {"assessed", "day46"}
    assert open_date(view, "new") == D("2017-12-20")
    assert open_date(view, "nfa") is None


def test_countable_referrals_keep_one_a_day_and_none_while_open():
    referrals = [
        {"referral_id": "9", "child_id": "day", "received_on": "2017-12-05", "is_nfa": "true"},
        {"referral_id": "2", "child_id": "day", "received_on": "2017-12-05", "is_nfa": ""},
        {"referral_id": "3", "child_id": "open", "received_on": "2017-11-01", "closed_on": "2017-12-06"},
        {"referral_id": "4", "child_id": "open", "received_on": "2017-12-05", "closed_on": ""},
        {"referral_id": "5", "child_id": "open", "received_on": "2017-12-07", "closed_on": ""},
        {"referral_id": "6", "child_id": "shut", "received_on": "2017-11-01", "closed_on": "2017-12-05"},
        {"referral_id": "7", "child_id": "shut", "received_on": "2017-12-05", "closed_on": ""},
    ]
    view = Data.of({"referrals": referrals}).view(D("2017-12-31"))
    # 5 is excluded by 4, although 4 is itself not countable; 6 closed the day 7 came, so 7 counts
    assert [r["referral_id"] for r in countable_referrals(view)] == ["2", "3", "6", "7"]
    without = [{k: v for k, v in r.items() if k != "closed_on"} for r in referrals]
    view = Data.of({"referrals": without}).view(D("2017-12-31"))
    assert len(countable_referrals(view)) == 6  # closed_on not supplied: only the same day is dropped


def test_a_link_is_found_only_in_a_row_of_the_same_child():
    referrals = [{"referral_id": "1", "child_id": "a", "received_on": "2017-01-01"}]
    linked = [
        {"assessment_id": c, "child_id": c, "referral_id": "1", "started_on": "2017-01-02"}
        for c in ("a", "b")
    ]
    data = Data.of({"referrals": referrals, "assessments": linked})
    assert [r["referral_id"] for r in data.tables["assessments"]] == ["1", None]
    assert Data.of({"assessments": linked}).tables["assessments"][1]["referral_id"] == "1"


def test_a_kind_without_a_row_is_not_supplied_unless_the_manifest_names_it():
    visits = [{"visit_id": "1", "child_id": "a", "kind": "cin", "visited_at": "2017-01-01"}]
    assert not Data.of({"visits": visits}).supplies("visits", kind="cp")
    assert Data.of({"visits": visits}, {"visits": {"kinds_supplied": ["cp"]}}).supplies("visits", kind="cp")
    stated = Data.of({"visits": visits}, {"visits": {"covers_from_on": "2015-01-01"}})
    assert stated.starts_on("visits") == D("2015-01-01")
    assert Data.of({"visits": visits}).starts_on("visits") == D("2017-01-01")


def test_a_placeholder_is_a_whole_word():
    posts = [{"post_id": "1", "started_on": "2017-01-01", "worker_id": "W1", "worker_name": "North team"}]
    view = Data.of({"posts": posts}).view(D("2017-12-31"))
    found = [is_placeholder(view, w) for w in ("EAST_DUTY", "Teamwork", "W1", "W2", None)]
    assert found == [True, False, True, False, False]


TEAMS = [
    {
        "team": "A",
        "effective_from_on": "2010-01-01",
        "effective_to_on": "2017-12-14",
        "reporting_team": "Old",
    },
    {"team": "A", "effective_from_on": "2017-12-15", "reporting_team": "New"},
    {"team": "B", "effective_from_on": "2010-01-01", "reporting_team": ""},
    {"team": "gone", "effective_from_on": "2010-01-01", "effective_to_on": "2016-12-31"},
]


def _contact(**values):
    return {"contact_id": "1", "child_id": "c", "received_at": "2017-12-14T09:00", **values}


def _placed(contact: dict, **tables):
    data = Data.of({"contacts": [contact], "teams": TEAMS, **tables})
    view = data.view(D("2017-12-31"))
    return place(view, "FD-01", view.rows("contacts")[0])


def test_a_row_is_placed_by_its_own_team_then_by_the_allocation_of_the_day():
    columns = "allocation_id child_id role started_on ended_on team worker_id".split()
    lines = [
        "1 c social_worker 2017-01-01 2017-12-15 B W1",
        "2 c social_worker 2017-12-15 - A W2",
        "3 c iro 2017-12-01 - A W3",
    ]
    allocations = [dict(zip(columns, line.split(), strict=True)) for line in lines]
    allocations = [{c: None if v == "-" else v for c, v in row.items()} for row in allocations]
    assert _placed(_contact(team="A", worker_id="W9")) == ("Old", "W9")  # in force on the 14th, its last day
    assert _placed(_contact(team="gone", worker_id=""), allocations=allocations) == ("not known", "W1")
    assert _placed(_contact(), allocations=allocations) == ("B", "W1")  # blank label: the team itself
    assert _placed(_contact(received_at="2017-12-15"), allocations=allocations) == ("New", "W2")
    assert _placed(_contact()) == ("not known", "not known")
    data = Data.of({"contacts": [_contact(team="gone")]})
    assert place(data.view(D("2017-12-31")), "FD-01", data.tables["contacts"][0])[0] == "gone"  # no teams.csv


def test_a_plan_is_placed_by_the_allocation_even_if_it_has_a_team():
    plan = [{"cp_plan_id": "1", "child_id": "c", "started_on": "2017-01-01", "team": "B", "worker_id": "W1"}]
    data = Data.of({"cp_plans": plan, "teams": TEAMS, "allocations": []})
    assert place(data.view(D("2017-12-31")), "CP-08", data.tables["cp_plans"][0]) == (
        "not known",
        "not known",
    )
    data = Data.of({"cp_plans": plan, "teams": TEAMS})
    assert place(data.view(D("2017-12-31")), "CP-08", data.tables["cp_plans"][0]) == ("B", "W1")


def test_rounding_is_half_away_from_zero():
    assert [half_away(Decimal(n)) for n in ("12.25", "-12.25", "0.05", "66.649")] == [
        Decimal(n) for n in ("12.3", "-12.3", "0.1", "66.6")
    ]


def test_a_time_that_occurs_twice_is_the_earlier():
    assert Moment.read("2017-10-29T01:30").instant.hour == 0  # still summer time
    assert Moment.read("2017-12-01T01:30:59") == Moment.read("2017-12-01 01:30")
    assert not Moment.read("2017-12-01").is_timed
