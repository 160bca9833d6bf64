"""LAC-02, 04 to 06, 27 and 28 by hand. RD is Sunday 31 December 2017 unless the example says otherwise."""

from datetime import date

from tests.oracle.conventions import rows
from tests.oracle.delivered import delivery, in_care
from tests.oracle.worked import P0, P1, figure, verdicts

LAC_02 = {
    # working days after 29 November: the 30th is 1, December to the 29th 19 more; after the 30th, 2 January
    "care_periods": """
    child_id  started_on  ended_on    legal_status
    equal     2017-11-29  -           C2
    none      2017-11-29  -           -
    endedDue  2017-11-29  2017-12-29  C2
    ended     2017-11-29  2017-12-30  C2
    respite   2017-11-29  -           V4
    notYet    2017-11-30  -           C2
    second    2017-09-01  -           C2
    third     2017-03-01  -           C2
    onStart   2017-09-20  -           C2
    twoOnOne  2017-09-01  -           C2
    twice     2017-11-29  -           C2
    twice     2017-11-29  2017-12-30  C2
    adult     2017-03-01  -           C2
    """,
    "conferences": """
    child_id  conference_id kind                held_on
    equal     1             looked_after_review 2017-12-29
    none      2             review              2017-12-15
    ended     3             looked_after_review 2017-12-30
    second    4             looked_after_review 2017-09-20
    second    5             looked_after_review 2017-12-21
    third     6             looked_after_review 2017-03-28
    third     7             looked_after_review 2017-06-30
    third     8             looked_after_review 2017-12-30
    twoOnOne  9             looked_after_review 2017-09-20
    twoOnOne  10            looked_after_review 2017-09-20
    twice     11            looked_after_review 2017-12-29
    onStart   14            looked_after_review 2017-09-20
    adult     12            looked_after_review 2017-03-28
    adult     13            looked_after_review 2017-06-15
    """,
    "children": """
    child_id  born_on
    adult     1999-06-01
    """,
}


def test_lac_02_twenty_working_days_then_three_months_then_six():
    assert verdicts("LAC-02", delivery(**LAC_02)) == {
        "equal|2017-12-29": "in_time+",
        "none|2017-12-29": "overdue-",
        "ended|2017-12-29": "late-",  # on the day the period ended
        "second|2017-12-20": "late-",
        "third|2017-12-30": "in_time+",
        "onStart|2017-12-20": "overdue-",  # the review on the first day is the first
        "twoOnOne|2017-12-20": "overdue-",  # one review, so three months
        "twice|2017-12-29": "in_time+",
        "twice.2|2017-12-29": "in_time+",  # the review counts in both periods
        "adult|2017-12-15": "overdue-",  # left open after the 18th birthday
    }
    clock = {r["key"]: (r["working_days"], r["days"]) for r in rows("LAC-02", delivery(**LAC_02), P0, P1, P1)}
    assert clock["none|2017-12-29"] == (20, None)  # to RD: the 30th and 31st are a weekend
    assert clock["second|2017-12-20"] == (None, 92)


def test_lac_02_is_not_due_on_the_due_date():
    day = date(2017, 12, 29)
    found = verdicts("LAC-02", delivery(**LAC_02), p1=day, as_at=day)
    assert found["none|2017-12-29"] == "not_due"
    assert found["ended|2017-12-29"] == "not_due"  # its review and its end are tomorrow's
    assert "endedDue|2017-12-29" not in found


def test_lac_02_children_with_every_review_in_time():
    data = delivery(
        care_periods="""
        child_id  started_on  ended_on
        kept      2017-11-28  -
        late      2017-11-28  -
        late      2017-11-29  -
        overdue   2017-11-28  -
        overdue   2017-11-01  2017-12-30
        left      2017-11-28  2017-12-30
        none      2017-12-20  -
        """,
        conferences="""
        child_id  conference_id kind                held_on
        kept      1             looked_after_review 2017-12-28
        late      2             looked_after_review 2017-12-29
        overdue   3             looked_after_review 2017-11-20
        left      4             looked_after_review 2017-12-28
        """,
    )
    by_child = {"lac_review_level": "child"}
    # due 28 and 29 December; left is not looked after at RD, whatever was in time
    found = {"kept": "in_time+", "late": "late-", "overdue": "overdue-", "none": "excluded"}
    assert verdicts("LAC-02", data, parameters=by_child) == found
    completed = {**by_child, "timeliness_basis": {"LAC-02": "completed"}}
    assert verdicts("LAC-02", data, parameters=completed) == {**found, "overdue": "overdue"}
    (row,) = [r for r in rows("LAC-02", data, P0, P1, P1, by_child) if r["child_id"] == "late"]
    assert (row["key"], row["clock_start"], row["clock_stop"]) == ("", date(2017, 11, 28), date(2017, 12, 29))


LAC_04 = {
    "care_periods": """
    child_id      started_on
    sevenDays     2017-12-24
    firstWeek     2017-12-23
    firstLate     2017-12-23
    equal         2017-01-01
    late          2017-01-01
    longTerm      2016-12-31
    longTermLate  2016-12-31
    longTermYoung 2017-01-01
    longBlank     2016-12-31
    reg19         2017-06-01
    reg19Late     2017-06-01
    reg19Reviewed 2017-06-01
    reg24         2017-06-01
    reg24Late     2017-06-01
    reg24New      2017-06-01
    careOrder     2017-06-01
    moved         2017-01-01
    unseen        2017-01-01
    blank         2017-01-01
    unplaced      2017-01-01
    """,
    "placements": """
    child_id      started_on  ended_on    placement_type is_long_term visit_rule
    firstWeek     2017-12-24  -           U4             -            -
    firstLate     2017-12-23  -           U4             -            -
    equal         2017-01-01  -           U4             false        standard
    late          2017-01-01  -           U4             -            -
    longTerm      2016-12-31  -           U1             true         -
    longTermLate  2016-12-31  -           U1             true         standard
    longTermYoung 2017-01-01  -           U1             true         -
    longBlank     2016-12-31  -           U1             -            -
    reg19         2017-06-01  -           U3             true         reg19
    reg19Late     2017-06-01  -           U3             -            reg19
    reg19Reviewed 2017-06-01  -           U3             -            reg19
    reg24         2017-06-01  -           P1             -            reg24_or_ico_home
    reg24Late     2017-06-01  -           P1             -            reg24_or_ico_home
    reg24New      2017-06-01  -           P1             -            reg24_or_ico_home
    careOrder     2017-06-01  -           P1             -            care_order_home
    moved         2017-01-01  2017-12-20  U4             -            -
    moved         2017-12-20  -           T4             -            -
    unseen        2017-12-01  -           U4             -            -
    blank         2017-12-01  -           U4             -            -
    unplaced      2017-06-01  2017-12-31  U4             true         reg19
    """,
    "visits": """
    child_id      kind         visited_at        is_seen
    equal         looked_after 2017-02-01        true
    equal         looked_after 2017-11-19T10:00  true
    late          looked_after 2017-11-18        true
    longTerm      looked_after 2017-10-01        true
    longTermLate  looked_after 2017-09-30        true
    longTermYoung looked_after 2017-10-01        true
    longBlank     looked_after 2017-10-01        true
    reg19         looked_after 2017-12-24        true
    reg19Late     looked_after 2017-12-23        true
    reg19Reviewed looked_after 2017-11-19        true
    reg24         looked_after 2017-12-03        true
    reg24Late     looked_after 2017-12-02        true
    reg24New      looked_after 2017-12-03        true
    careOrder     looked_after 2017-11-19        true
    moved         looked_after 2017-12-19        true
    unseen        looked_after 2017-12-20        false
    unseen        cp           2017-12-20        true
    blank         looked_after 2017-12-20        -
    unplaced      looked_after 2017-11-19        true
    """,
    "conferences": """
    child_id      kind                held_on
    reg19Reviewed looked_after_review 2017-06-01
    reg24         looked_after_review 2017-12-31
    reg24Late     looked_after_review 2017-06-20
    reg24New      looked_after_review 2017-05-31
    reg19Late     review              2017-06-20
    """,
}


def test_lac_04_the_due_date_of_each_visiting_rule():
    assert verdicts("LAC-04", delivery(**LAC_04)) == {
        "firstWeek": "met+",  # due today
        "firstLate": "not_met-",
        "equal": "met+",  # 19 November + 42 days
        "late": "not_met-",
        "longTerm": "met+",  # 1 October + 3 months is tomorrow
        "longTermLate": "not_met-",
        "longBlank": "not_met-",
        "longTermYoung": "not_met-",  # a year old tomorrow: 42 days
        "reg19": "met+",
        "reg19Late": "not_met-",
        "reg19Reviewed": "met+",
        "reg24": "met+",  # 3 December + 28 days; the review was held today
        "reg24Late": "not_met-",
        "reg24New": "not_met-",  # the review was before this placement: 7 days
        "careOrder": "met+",
        "moved": "not_met-",  # the clock starts again with the temporary placement
        "unseen": "not_met-",
        "blank": "met+",
        "unplaced": "met+",  # no open placement: the standard rule, since care began
    }


def test_lac_05_each_visit_due_in_the_period():
    data = delivery(
        care_periods="""
        child_id  started_on  ended_on    legal_status
        first     2017-10-01  -           C2
        late      2017-10-01  -           C2
        none      2017-10-01  -           C2
        dueToday  2017-10-01  -           C2
        sameDay   2017-10-01  -           C2
        moved     2017-10-01  -           C2
        left      2017-10-01  2017-12-05  C2
        respite   2017-10-01  -           V4
        interval  2017-10-01  -           C2
        reg19     2017-10-01  -           C2
        longTerm  2015-01-01  -           C2
        """,
        placements="""
        child_id  started_on  ended_on    placement_type is_long_term visit_rule
        first     2017-11-30  -           U4             -            -
        late      2017-12-01  -           U4             -            -
        none      2017-12-01  -           T1             -            -
        dueToday  2017-12-24  -           U4             -            -
        sameDay   2017-12-01  -           U4             -            -
        moved     2017-12-01  2017-12-08  U4             -            -
        left      2017-12-01  -           U4             -            -
        respite   2017-12-01  -           U4             -            -
        interval  2017-10-01  -           U4             -            -
        reg19     2017-11-01  -           U3             -            reg19
        longTerm  2016-09-30  -           U1             true         -
        """,
        visits="""
        child_id  kind         visited_at  is_seen
        first     looked_after 2017-12-07  true
        late      looked_after 2017-12-09  true
        sameDay   looked_after 2017-12-01  -
        interval  looked_after 2017-10-05  true
        interval  looked_after 2017-11-06  true
        interval  looked_after 2017-11-06  true
        interval  looked_after 2017-12-01  false
        interval  looked_after 2017-12-18  true
        reg19     looked_after 2017-12-01  true
        reg19     looked_after 2017-12-08  true
        reg19     looked_after 2017-12-16  true
        longTerm  looked_after 2017-09-29  true
        longTerm  looked_after 2017-09-30  true
        """,
        conferences="""
        child_id  kind                held_on
        reg19     looked_after_review 2017-12-05
        """,
    )
    assert verdicts("LAC-05", data) == {
        "first|2017-12-07": "in_time+",
        "late|2017-12-08": "late-",
        "none|2017-12-08": "overdue-",
        "dueToday|2017-12-31": "not_due",
        "sameDay|2017-12-08": "in_time+",
        "interval|2017-12-18": "in_time+",
        "reg19|2017-12-08": "in_time+",  # after the 8th the review is held: 42 days
        "longTerm|2017-12-30": "overdue-",  # a year old on the 30th of September: three months from then
    }


def test_lac_06_children_who_took_part_in_every_review():
    data = delivery(
        care_periods=in_care("all known doubt infant turned unborn noBirth"),
        children="\n".join(
            ["child_id born_on", "turned 2013-12-10", "unborn 2018-01-05"]
            + [f"{child} 2005-01-01" for child in "all known doubt infant".split()]
        ),
        conferences="""
        child_id  kind                held_on     participation
        all       looked_after_review 2017-12-01  PN1
        all       looked_after_review 2017-12-08  PN2
        known     looked_after_review 2017-12-01  -
        known     looked_after_review 2017-12-08  PN7
        doubt     looked_after_review 2017-12-01  PN1
        doubt     looked_after_review 2017-12-08  -
        infant    looked_after_review 2017-12-01  PN0
        turned    looked_after_review 2017-12-09  PN7
        turned    looked_after_review 2017-12-10  PN1
        unborn    looked_after_review 2017-12-10  PN1
        noBirth   looked_after_review 2017-12-01  PN0
        noBirth   looked_after_review 2017-12-08  PN1
        """,
    )
    assert verdicts("LAC-06", data, parameters={"lac_review_level": "child"}) == {
        "all": "met+",
        "known": "not_met-",
        "doubt": "unknown-",
        "infant": "excluded",
        "turned": "met+",  # the review at three is outside
        "noBirth": "unknown",
    }


def test_lac_06_took_part_at_four_or_over():
    data = delivery(
        care_periods="""
        child_id  started_on  ended_on    legal_status
        four      2017-01-01  2017-12-15  C2
        three     2017-01-01  -           C2
        silent    2017-01-01  -           C2
        blank     2017-01-01  -           C2
        noBirth   2017-01-01  -           C2
        noBirth0  2017-01-01  -           C2
        nothing   2017-01-01  -           C2
        underPn0  2017-01-01  -           C2
        overPn0   2017-01-01  -           C2
        unborn    2017-01-01  -           C2
        respite   2017-01-01  -           V3
        left      2017-01-01  2017-12-14  C2
        thatDay   2017-12-15  -           C2
        """,
        children="""
        child_id  born_on     is_unborn
        four      2013-12-15  -
        three     2013-12-16  -
        silent    2005-01-01  -
        blank     2005-01-01  -
        underPn0  2016-01-01  -
        overPn0   2005-01-01  -
        unborn    2005-01-01  true
        respite   2005-01-01  -
        left      2005-01-01  -
        outside   2005-01-01  -
        thatDay   2005-01-01  -
        """,
        conferences="""
        child_id  kind                held_on     participation
        four      looked_after_review 2017-12-15  PN6
        three     looked_after_review 2017-12-15  PN1
        silent    looked_after_review 2017-12-31  PN7
        blank     looked_after_review 2017-12-01  -
        noBirth   looked_after_review 2017-12-15  PN1
        noBirth0  looked_after_review 2017-12-15  PN0
        nothing   looked_after_review 2017-12-15  -
        underPn0  looked_after_review 2017-12-15  PN0
        overPn0   looked_after_review 2017-12-15  PN0
        unborn    looked_after_review 2017-12-15  PN1
        respite   looked_after_review 2017-12-15  PN1
        left      looked_after_review 2017-12-15  PN1
        outside   looked_after_review 2017-12-15  PN1
        thatDay   looked_after_review 2017-12-15  PN2
        """,
    )
    assert verdicts("LAC-06", data) == {
        "four": "met+",
        "thatDay": "met+",
        "silent": "not_met-",
        "blank": "unknown-",
        "noBirth": "unknown",
        "noBirth0": "excluded",
        "nothing": "unknown",
        "overPn0": "excluded",
    }
    assert figure("LAC-06", data) == (2, 4, 3, 50.0, "final")


def test_lac_27_a_check_between_reviews_once_past_the_middle():
    data = delivery(
        care_periods="""
        child_id  started_on
        checked   2017-01-01
        onReview  2017-01-01
        onDue     2017-01-01
        middle    2017-01-01
        past      2017-01-01
        first     2017-01-01
        earlier   2017-05-01
        sameDay   2017-01-01
        onStart   2017-03-01
        """,
        cp_plans="""
        child_id  started_on
        plan      2017-03-01
        planNew   2017-06-30
        """,
        conferences="""
        child_id  kind                held_on
        checked   looked_after_review 2017-01-20
        checked   looked_after_review 2017-06-30
        onReview  looked_after_review 2017-01-20
        onReview  looked_after_review 2017-06-30
        onDue     looked_after_review 2017-01-20
        onDue     looked_after_review 2017-06-30
        middle    looked_after_review 2017-01-20
        middle    looked_after_review 2017-10-01
        past      looked_after_review 2017-01-20
        past      looked_after_review 2017-09-30
        first     looked_after_review 2017-06-30
        earlier   looked_after_review 2017-04-30
        earlier   looked_after_review 2017-06-30
        sameDay   looked_after_review 2017-06-30
        sameDay   looked_after_review 2017-06-30
        onStart   looked_after_review 2017-03-01
        onStart   looked_after_review 2017-06-30
        plan      review              2017-03-20
        plan      review              2017-05-31
        planNew   review              2017-06-30
        """,
        management_oversights="""
        child_id  kind          overseen_on
        checked   iro_midpoint  2017-12-29
        checked   oversight     2017-10-01
        onReview  iro_midpoint  2017-06-30
        onDue     iro_midpoint  2017-12-30
        middle    iro_midpoint  2017-12-01
        past      iro_midpoint  2017-12-31
        plan      oversight     2017-08-01
        plan      iro_midpoint  2017-04-10
        checked   iro_midpoint  2017-11-29
        """,
    )
    judged = {
        "checked": "met+",
        "onReview": "not_met-",
        "onDue": "not_met-",  # the next review was due that day
        "middle": "not_due",
        "past": "met+",
        "onStart": "not_met-",
    }
    assert verdicts("LAC-27", data) == judged
    assert verdicts("LAC-27", data, "lac") == judged
    assert verdicts("LAC-27", data, "cp") == {"plan": "not_met-"}
    assert figure("LAC-27", data, "cp") == (0, 1, 0, 0.0, "final")
    (checked,) = [
        r for r in rows("LAC-27", data, P0, P1, P1) if (r["child_id"], r["part"]) == ("checked", "")
    ]
    assert checked["clock_stop"] == date(2017, 11, 29)  # the first check after the review
    day = date(2017, 12, 30)  # three months after the review of 30 September, to the day
    assert verdicts("LAC-27", data, p1=day, as_at=day)["past"] == "not_due"


def test_lac_28_records_sent_within_twenty_working_days():
    # 1 December + 20 working days is 3 January: 18 in December, then the 2nd and 3rd
    data = delivery(
        conferences="""
        child_id  kind                held_on     minutes_sent_on
        equal     looked_after_review 2017-12-01  2018-01-03
        late      looked_after_review 2017-12-01  2018-01-04
        none      looked_after_review 2017-12-01  -
        before    looked_after_review 2017-12-01  2017-11-30
        sameDay   looked_after_review 2017-12-31  2017-12-31
        other     review              2017-12-01  2017-12-02
        """
    )
    found = verdicts("LAC-28", data, as_at=date(2018, 1, 4))
    assert found == {
        "equal": "in_time+",
        "late": "late-",
        "none": "overdue-",
        "before": "unknown",
        "sameDay": "in_time+",
    }
    found = verdicts("LAC-28", data, as_at=date(2018, 1, 3))
    assert (found["late"], found["none"]) == ("not_due", "not_due")  # not yet known, not yet late
