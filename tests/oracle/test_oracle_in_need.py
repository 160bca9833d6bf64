"""CIN-01 to CIN-09 and CIN-11 by hand. RD is Sunday 31 December 2017 unless the example says otherwise."""

from datetime import date

from tests.oracle.conventions import rows
from tests.oracle.delivered import delivery
from tests.oracle.worked import P0, P1, figure, verdicts

FEBRUARY = {"p0": date(2018, 2, 1), "p1": date(2018, 2, 28), "as_at": date(2018, 2, 28)}


def test_cin_01_counts_each_child_with_an_open_episode_once():
    data = delivery(
        referrals="""
        child_id  received_on  closed_on   is_nfa
        onthatday 2017-12-31   -           false
        closed    2017-06-01   2017-12-31  false
        tomorrow  2017-06-01   2018-01-01  false
        nfa       2017-12-01   -           true
        blank     2017-12-01   -           -
        negative  2017-12-10   2017-12-09  false
        later     2018-01-01   -           false
        two       2017-12-01   -           false
        two       2017-03-01   -           false
        """
    )
    assert verdicts("CIN-01", data) == dict.fromkeys(["onthatday", "tomorrow", "blank", "two"], "met+")
    assert figure("CIN-01", data) == (4, None, 0, 4.0, "final")


def test_cin_02_past_assessment_after_45_working_days_an_outcome_or_a_plan():
    # working days to RD: 19 in December, 22 in November, 4 after 25 October = 45
    data = delivery(
        referrals="""
        child_id    received_on
        day45       2017-10-25
        day46       2017-10-24
        assessed    2017-12-01
        blank       2017-12-01
        planned     2017-12-01
        ended       2017-12-01
        referred    2017-12-01
        protected   2017-01-01
        inCare      2017-01-01
        respite     2017-01-01
        leaver      2017-01-01
        """,
        assessments="""
        child_id  started_on  authorised_on  is_services_required
        day45     2017-11-01  -              -
        assessed  2017-12-04  2017-12-15     true
        blank     2017-12-04  2017-12-15     -
        ended     2017-12-04  -              -
        """,
        cin_plans="""
        child_id  started_on  ended_on
        planned   2017-12-10  -
        ended     2017-12-05  2017-12-31
        """,
        cp_plans="""
        child_id   started_on
        protected  2017-12-01
        """,
        care_periods="""
        child_id  started_on  legal_status
        inCare    2017-12-01  C2
        respite   2017-12-01  V4
        adult     2017-01-01  C2
        """,
        care_leaver_statuses="""
        child_id  recorded_on  is_service_open  eligibility
        leaver    2017-12-01   true             qualifying
        """,
        children="""
        child_id  born_on
        adult     1999-12-31
        """,
    )
    assert verdicts("CIN-02", data) == {
        "day45": "not_due",
        "day46": "not_met-",
        "assessed": "not_met-",
        "blank": "not_due",
        "planned": "met+",
        "ended": "not_met-",
        "respite": "not_met-",
        "adult": "not_met-",  # 18 today: no longer looked after, the case still open
    }
    assert figure("CIN-02", data) == (1, 6, 0, 16.7, "final")


CIN_03 = {
    "cin_plans": """
    child_id    started_on  ended_on
    equal       2017-01-01  -
    clamped     2017-01-01  -
    late        2017-01-01  -
    unreviewed  2017-08-28  -
    older       2017-08-27  -
    meeting     2017-08-27  -
    future      2017-01-01  -
    two         2017-01-01  -
    two         2017-10-01  -
    ended       2017-10-01  2018-02-28
    inCare      2017-10-01  -
    protected   2017-10-01  -
    """,
    "plan_meetings": """
    child_id  kind         held_on
    equal     cin_review   2017-02-01
    equal     cin_review   2017-08-28
    clamped   cin_review   2017-08-31
    late      cin_review   2017-08-27
    older     cin_review   2017-08-26
    meeting   cin_meeting  2018-02-01
    future    cin_review   2018-03-01
    """,
    "care_periods": """
    child_id  started_on
    inCare    2018-02-28
    """,
    "cp_plans": """
    child_id   started_on
    protected  2018-02-28
    """,
}


def test_cin_03_six_months_by_the_calendar_clamped_to_the_month_end():
    assert verdicts("CIN-03", delivery(**CIN_03), **FEBRUARY) == {
        "equal": "met+",
        "clamped": "met+",  # 31 August + 6 months is 28 February
        "late": "not_met-",
        "unreviewed": "met+",
        "older": "not_met-",  # the review was before the plan
        "meeting": "not_met-",
        "future": "not_met-",
        "two": "met+",
    }
    two = [r for r in rows("CIN-03", delivery(**CIN_03), **FEBRUARY) if r["child_id"] == "two"]
    assert [(r["key"], r["clock_start"], r["days"]) for r in two] == [("", date(2017, 10, 1), 150)]


def test_cin_03_may_leave_out_plans_not_yet_six_months_old():
    found = verdicts(
        "CIN-03", delivery(**CIN_03), parameters={"cin_review_include_not_due": False}, **FEBRUARY
    )
    assert found["two"] == "not_due"
    assert found["unreviewed"] == "met+"  # six months old today


CIN_04 = {
    "cin_plans": """
    child_id  started_on
    equal     2017-01-01
    late      2017-01-01
    new       2017-12-03
    older     2017-12-02
    unseen    2017-01-01
    blank     2017-01-01
    before    2017-12-20
    longago   2017-12-20
    adviser   2017-01-01
    """,
    "visits": """
    child_id  kind          visited_at        is_seen
    equal     cin           2017-06-01        true
    equal     other         2017-12-03        true
    late      cin           2017-12-02T23:59  true
    unseen    cin           2017-12-20        false
    blank     cin           2017-12-20        -
    before    assessment    2017-12-10        true
    longago   cp            2017-11-01        true
    adviser   care_leaver   2017-12-20        true
    later     cin           2018-01-01        true
    """,
}


def test_cin_04_seen_within_28_days():
    assert verdicts("CIN-04", delivery(**CIN_04)) == {
        "equal": "met+",
        "late": "not_met-",
        "new": "not_due",  # 28 days old and not yet visited
        "older": "not_met-",
        "unseen": "not_met-",
        "blank": "not_met-",
        "before": "met+",
        "longago": "not_met-",  # a new plan, but there is a counted visit to judge
        "adviser": "not_met-",
    }


def test_cin_04_takes_every_visit_where_is_seen_is_not_supplied():
    found = verdicts("CIN-04", delivery(without=("visits.is_seen",), **CIN_04))
    assert (found["unseen"], found["blank"]) == ("met+", "met+")


def test_cin_05_bins_at_their_edges():
    data = delivery(
        referrals="""
        child_id  received_on
        m3        2017-11-28
        over3     2017-11-27
        m6        2017-08-31
        over6     2017-08-27
        m12       2017-02-28
        m24       2016-02-29
        """
    )
    bins = ("up_to_m3", "m3_to_m6", "m6_to_m12", "m12_to_m24", "m24")
    found = {part: verdicts("CIN-05", data, part, **FEBRUARY) for part in ("", "m12", *bins)}
    in_bin = {part: {child for child, v in rows.items() if v == "not_met+"} for part, rows in found.items()}
    assert in_bin == {
        "": {"m6", "over6", "m12", "m24"},  # 31 August + 6 months is 28 February: at six months
        "m12": {"m12", "m24"},
        "up_to_m3": {"m3"},
        "m3_to_m6": {"over3", "m6"},
        "m6_to_m12": {"over6"},
        "m12_to_m24": {"m12"},
        "m24": {"m24"},
    }
    assert all(v in ("not_met+", "met-") for rows in found.values() for v in rows.values())
    assert figure("CIN-05", data, **FEBRUARY) == (4, 6, 0, 66.7, "final")


def test_cin_06_each_anchor_has_one_due_date():
    # from Monday 11 December: to the 15th 4, to the 22nd 9, over Christmas the 27th is the 10th
    data = delivery(
        cin_plans="""
        child_id  started_on  ended_on
        equal     2017-12-11  -
        late      2017-12-11  -
        none      2017-12-11  -
        ended     2017-12-11  2017-12-27
        lastDay   2017-12-11  2017-12-28
        interval  2017-10-01  -
        inCare    2017-10-01  -
        dueToday  2017-11-10  -
        first     2017-12-11  -
        negative  2017-12-11  2017-12-10
        """,
        plan_meetings="""
        child_id  kind         held_on
        equal     cin_meeting  2017-12-27
        late      cin_review   2017-12-28
        lastDay   cin_review   2017-12-28
        interval  cin_meeting  2017-10-10
        interval  cin_meeting  2017-11-06
        interval  cin_review   2017-11-06
        interval  core_group   2017-12-01
        interval  cin_review   2017-12-18
        inCare    cin_meeting  2017-11-06
        dueToday  cin_meeting  2017-11-19
        first     cin_meeting  2017-12-11
        """,
        care_periods="""
        child_id  started_on  legal_status
        inCare    2017-12-18  E1
        """,
    )
    assert verdicts("CIN-06", data) == {
        "equal|2017-12-27": "in_time+",
        "late|2017-12-27": "late-",
        "none|2017-12-27": "overdue-",
        "lastDay|2017-12-27": "late-",  # a meeting on the day the plan ended is one of its meetings
        "interval|2017-12-18": "in_time+",
        "dueToday|2017-12-31": "not_due",
        "first|2017-12-27": "in_time+",  # the meeting on the day the plan began is the next meeting
    }
    clock = {r["child_id"]: (r["working_days"], r["days"]) for r in rows("CIN-06", data, P0, P1, P1)}
    assert clock["late"] == (11, None)
    assert clock["interval"] == (None, 42)
    completed = verdicts("CIN-06", data, parameters={"timeliness_basis": {"CIN-06": "completed"}})
    assert completed["none|2017-12-27"] == "overdue"


def test_cin_07_closures_by_reason_and_duration():
    data = delivery(
        referrals="""
        child_id  received_on  closed_on   is_nfa  close_reason
        first     2017-09-01   2017-12-01  false   RC1
        last      2017-06-30   2017-12-31  -       -
        years     2015-12-31   2017-12-31  false   RC1
        negative  2017-12-20   2017-12-10  false   RC8
        nfa       2017-12-01   2017-12-10  true    RC1
        before    2017-09-01   2017-11-30  false   RC1
        after     2017-09-01   2018-01-01  false   RC1
        """
    )
    assert figure("CIN-07", data) == (4, None, 0, 4.0, "final")
    assert verdicts("CIN-07", data, "RC1") == {
        "first": "met+",
        "last": "not_met-",
        "years": "met+",
        "negative": "not_met-",
    }
    assert figure("CIN-07", data, "not_recorded") == (1, 4, 0, 25.0, "final")
    assert figure("CIN-07", data, "up_to_m3") == (
        2,
        4,
        0,
        50.0,
        "final",
    )  # 1 September + 3 months; the negative
    assert figure("CIN-07", data, "m6_to_m12") == (
        1,
        4,
        0,
        25.0,
        "final",
    )  # 30 June + 6 months is 30 December
    assert figure("CIN-07", data, "m24") == (1, 4, 0, 25.0, "final")


def test_cin_08_the_first_change_after_the_first_day_decides():
    data = delivery(
        referrals="""
        child_id   received_on  closed_on
        up         2017-01-01   -
        already    2017-01-01   -
        intoCare   2017-01-01   -
        down       2017-01-01   -
        home       2017-01-01   -
        shut       2017-01-01   2017-12-05
        """,
        cp_plans="""
        child_id  started_on  ended_on
        up        2017-12-02  -
        down      2017-06-01  2017-12-20
        intoCare  2017-12-20  -
        shut      2017-12-20  -
        """,
        care_periods="""
        child_id  started_on  ended_on
        already   2017-12-01  -
        intoCare  2017-12-10  2017-12-20
        home      2017-06-01  2017-12-31
        """,
    )
    assert verdicts("CIN-08", data) == {"up": "met+", "intoCare": "not_met-", "shut": "not_met-"}
    assert verdicts("CIN-08", data, "cin_to_lac") == {
        "up": "not_met-",
        "intoCare": "met+",
        "shut": "not_met-",
    }
    assert verdicts("CIN-08", data, "cp_to_cin") == {"down": "met+"}
    assert verdicts("CIN-08", data, "lac_to_cin") == {"already": "not_met-", "home": "met+"}


CIN_09 = {
    "care_periods": """
    child_id  started_on  first_care_plan_on
    noPlan    2017-12-12  -
    planned   2017-12-12  2017-12-31
    later     2017-12-12  2018-01-01
    tenDays   2017-12-13  -
    both      2017-12-13  -
    """,
    "cp_plans": """
    child_id  started_on
    both      2017-12-01
    """,
    "care_leaver_statuses": """
    child_id    recorded_on  is_service_open  eligibility
    leaver      2017-01-01   true             relevant
    reviewed    2017-01-01   true             former_relevant
    assessed    2017-01-01   true             former_relevant
    qualifying  2017-01-01   true             qualifying
    """,
    "pathway_plans": """
    child_id  kind              done_on
    reviewed  review            2017-12-31
    assessed  needs_assessment  2017-06-01
    leaver    plan              2018-01-01
    """,
    "referrals": """
    child_id  received_on
    inNeed    2017-01-01
    onPlan    2017-01-01
    new       2017-12-01
    """,
    "assessments": """
    child_id  started_on
    new       2017-12-04
    """,
    "cin_plans": """
    child_id  started_on
    onPlan    2017-12-31
    """,
}


def test_cin_09_the_first_matching_type_of_plan():
    # working days after 13 December to RD: 14, 15, 18 to 22, 27 to 29 = 10
    data = delivery(**CIN_09)
    assert verdicts("CIN-09", data) == {
        "noPlan": "not_met+",
        "planned": "met-",
        "later": "not_met+",
        "tenDays": "not_due",
        "both": "met-",
        "leaver": "not_met+",
        "reviewed": "met-",
        "assessed": "not_met+",
        "inNeed": "not_met+",
        "onPlan": "met-",
        "new": "not_due",
    }
    assert figure("CIN-09", data) == (5, 9, 0, 55.6, "final")


def test_cin_09_is_partial_where_a_type_is_left_out():
    tables = {name: text for name, text in CIN_09.items() if name != "pathway_plans"}
    data = delivery(without=("pathway_plans",), **tables)
    assert set(verdicts("CIN-09", data)) == {
        "noPlan",
        "planned",
        "later",
        "tenDays",
        "both",
        "inNeed",
        "onPlan",
        "new",
    }
    assert figure("CIN-09", data)[-1] == "partial"


def test_cin_11_closed_one_to_two_years_ago_and_referred_again_within_a_year():
    data = delivery(
        referrals="""
        child_id  referral_id  received_on  closed_on   is_nfa
        early     early        2015-01-01   2015-12-31  false
        first     first        2015-01-01   2016-01-01  true
        last      last         2015-01-01   2016-12-31  false
        late      late         2015-01-01   2017-01-01  false
        equal     equal        2016-01-01   2016-06-30  false
        equal     equal2       2017-06-30   -           false
        over      over         2016-01-01   2016-06-30  false
        over      over2        2017-07-01   -           false
        sameDay   sameDay      2016-01-01   2016-06-30  false
        sameDay   sameDay2     2016-06-30   -           false
        twice     twice        2016-01-01   2016-06-30  false
        twice     twice2       2016-05-01   -           false
        twice     twice3       2016-08-01   -           false
        """
    )
    assert verdicts("CIN-11", data) == {
        "first": "met-",
        "last": "met-",
        "equal": "not_met+",
        "over": "met-",
        "sameDay": "met-",
        "twice": "met-",  # the third came while the second was open: not countable
    }


def test_cin_06_and_cin_09_are_placed_by_the_allocation_in_force():
    tables = {
        "cin_plans": """
        child_id  started_on  team   worker_id
        moved     2017-12-11  Own    W1
        nobody    2017-12-11  Own    W1
        """,
        "care_leaver_statuses": """
        child_id  recorded_on  is_service_open  eligibility
        leaver    2017-01-01   true             relevant
        adult     2017-01-01   true             relevant
        """,
        "care_periods": """
        child_id  started_on
        adult     2017-01-01
        """,
        "children": """
        child_id  born_on
        adult     1999-12-31
        """,
    }
    allocations = """
    child_id  allocation_id role              team    worker_id started_on  ended_on
    moved     1             social_worker     First   W2        2017-12-01  2017-12-27
    moved     2             social_worker     Second  W3        2017-12-27  -
    leaver    3             personal_adviser  Leaving W4        2017-01-01  -
    leaver    4             social_worker     Second  W5        2017-01-01  -
    adult     5             personal_adviser  Leaving W4        2017-01-01  -
    adult     6             social_worker     Second  W5        2017-01-01  -
    """
    data = delivery(without=("teams",), allocations=allocations, **tables)
    placed = {r["child_id"]: (r["team"], r["worker_id"]) for r in rows("CIN-06", data, P0, P1, P1)}
    assert placed == {"moved": ("Second", "W3"), "nobody": ("not known", "not known")}  # on 27 December
    placed = {r["child_id"]: r["worker_id"] for r in rows("CIN-09", data, P0, P1, P1)}
    assert (placed["leaver"], placed["adult"]) == ("W4", "W5")  # a period of care still open is an open case
    data = delivery(without=("teams", "allocations"), **tables)
    placed = {r["child_id"]: (r["team"], r["worker_id"]) for r in rows("CIN-06", data, P0, P1, P1)}
    assert placed["nobody"] == ("Own", "W1")
