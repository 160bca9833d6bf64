"""LAC-01, 03, 07, 18, 19, 21, 23 and 29 to 31 by hand. RD is Sunday 31 December 2017."""

from datetime import date

from tests.oracle.conventions import rows
from tests.oracle.delivered import delivery, in_care
from tests.oracle.worked import P0, P1, figure, verdicts


def test_lac_01_open_periods_of_children_under_18():
    data = delivery(
        care_periods="""
        child_id  started_on  ended_on    legal_status
        today     2017-12-31  -           C2
        ended     2017-01-01  2017-12-31  C2
        tomorrow  2017-01-01  2018-01-01  C2
        respite   2017-01-01  -           V4
        blank     2017-01-01  -           -
        adult     2017-01-01  -           C2
        almost    2017-01-01  -           C2
        unborn    2017-12-01  -           E1
        twice     2017-01-01  -           C2
        twice     2017-06-01  -           C2
        """,
        children="""
        child_id  born_on
        adult     1999-12-31
        almost    2000-01-01
        unborn    2018-01-05
        """,
    )
    counted = ["today", "tomorrow", "blank", "almost", "unborn", "twice"]
    assert verdicts("LAC-01", data) == dict.fromkeys(counted, "met+")
    assert figure("LAC-01", data) == (6, None, 0, 6.0, "final")


def test_lac_03_children_who_start_and_children_who_cease():
    data = delivery(
        care_periods="""
        child_id  started_on  ended_on    legal_status  end_reason
        first     2017-12-01  -           C2            -
        last      2017-12-31  -           -             -
        twice     2017-12-01  2017-12-10  C2            E4A
        twice     2017-12-20  -           C2            -
        respite   2017-12-05  2017-12-06  V4            E8
        before    2017-11-30  -           C2            -
        ended     2017-01-01  2017-12-31  C2            E11
        moved     2017-01-01  2017-12-10  C2            X1
        blank     2017-01-01  2017-12-10  C2            X1
        blank     2017-12-10  2017-12-20  C2            -
        onward    2017-01-01  2017-12-05  C2            E4A
        onward    2017-01-02  2017-12-20  C2            X1
        """
    )
    assert verdicts("LAC-03", data) == dict.fromkeys(["first", "last", "twice", "blank"], "met+")
    assert verdicts("LAC-03", data, "ceased") == dict.fromkeys(["twice", "ended", "blank"], "met+")
    assert figure("LAC-03", data, "ceased") == (3, None, 0, 3.0, "final")


def test_lac_07_a_care_plan_under_six_months_old_and_the_first_in_ten_working_days():
    # working days after 12 December: to the 22nd 8, 27 is 9, 28 is 10; to RD 11
    data = delivery(
        care_periods="""
        child_id  started_on  first_care_plan_on  latest_care_plan_on
        new       2017-12-13  -                   -
        none      2017-12-12  -                   -
        equal     2017-12-12  2017-12-28          -
        late      2017-12-12  2017-12-29          -
        before    2017-12-12  2017-12-11          -
        current   2016-01-01  2016-01-05          2017-07-01
        old       2016-01-01  2016-01-15          2017-06-30
        future    2016-01-01  2016-01-18          2018-01-05
        """
    )
    assert verdicts("LAC-07", data) == {
        "none": "not_met-",
        "equal": "met+",
        "late": "met+",
        "before": "met+",
        "current": "met+",
        "old": "not_met-",
        "future": "not_met-",  # the later date is not yet known: the first plan stands
    }
    # 1 January 2016 was a Friday and a bank holiday: the tenth working day after it is the 15th
    assert verdicts("LAC-07", data, "first_in_time") == {
        "none": "not_met-",
        "equal": "met+",
        "late": "not_met-",
        "before": "met+",
        "current": "met+",
        "old": "met+",
        "future": "not_met-",
    }


def test_lac_07_six_months_to_the_day():
    data = delivery(
        care_periods="""
        child_id  started_on  latest_care_plan_on
        equal     2016-01-01  2017-06-15
        over      2016-01-01  2017-06-14
        today     2016-01-01  2017-12-15
        """
    )
    day = date(2017, 12, 15)
    found = verdicts("LAC-07", data, p1=day, as_at=day)
    assert found == {"equal": "met+", "over": "not_met-", "today": "met+"}


def test_lac_18_by_the_second_review_or_four_months():
    data = delivery(
        care_periods="""
        child_id  started_on  ended_on    legal_status  permanence_plan_on
        equal     2017-08-31  -           C2            2017-12-31
        blank     2017-08-31  -           C2            -
        second    2017-10-01  -           C2            2017-12-11
        slow      2017-08-01  -           C2            2017-12-01
        tooLate   2017-07-31  -           C2            2017-11-01
        ended     2017-08-15  2017-12-15  C2            2017-09-01
        respite   2017-08-15  -           V4            2017-09-01
        onStart   2017-08-20  -           C2            2017-12-15
        sameDay   2017-08-15  -           C2            2017-12-01
        """,
        conferences="""
        child_id  kind                held_on
        second    looked_after_review 2017-10-20
        second    looked_after_review 2017-12-10
        onStart   looked_after_review 2017-08-20
        onStart   looked_after_review 2017-12-10
        slow      looked_after_review 2017-08-20
        slow      looked_after_review 2017-12-05
        sameDay   looked_after_review 2017-11-10
        sameDay   looked_after_review 2017-11-10
        """,
    )
    assert verdicts("LAC-18", data) == {
        "equal": "met+",  # the limit is RD itself
        "blank": "not_met-",
        "second": "not_met-",
        "onStart": "not_met-",  # the review on the first day is the first
        "slow": "met+",  # four months came before the second review
        "sameDay": "met+",  # two reviews of one day are one: the limit is 15 December
    }


def test_lac_19_the_last_period_and_why_it_ended():
    data = delivery(
        care_periods="""
        child_id  started_on  ended_on    end_reason
        adopted   2016-01-01  2017-12-01  E12
        guardian  2016-01-01  2017-12-31  E45
        blank     2016-01-01  2017-12-10  -
        moved     2016-01-01  2017-12-10  X1
        back      2016-01-01  2017-12-05  E4B
        back      2017-12-10  -           -
        before    2016-01-01  2017-11-30  E11
        """
    )
    assert verdicts("LAC-19", data) == {"adopted": "met+", "guardian": "not_met-", "blank": "not_met-"}
    assert figure("LAC-19", data, "special_guardianship") == (1, 3, 0, 33.3, "final")
    assert figure("LAC-19", data, "not_recorded") == (1, 3, 0, 33.3, "final")
    assert figure("LAC-19", data, "home_unplanned") == (0, 3, 0, 0.0, "final")


def test_lac_21_three_people_in_twelve_months():
    data = delivery(
        care_periods=in_care("three edge returned duty role none reversed oneDay", since="2017-12-01"),
        allocations="""
        child_id  allocation_id worker_id   role             started_on  ended_on
        three     1             A           social_worker    2016-01-01  2017-01-01
        three     2             B           social_worker    2017-01-01  2017-12-31
        three     3             C           social_worker    2017-12-31  -
        edge      4             A           social_worker    2016-01-01  2016-12-31
        edge      5             B           social_worker    2017-01-01  2017-06-01
        edge      6             C           social_worker    2017-06-01  -
        returned  7             A           social_worker    2017-01-01  2017-02-01
        returned  8             B           social_worker    2017-02-01  2017-03-01
        returned  9             A           social_worker    2017-03-01  -
        duty      10            A           social_worker    2017-01-01  2017-02-01
        duty      11            EAST_DUTY   social_worker    2017-02-01  2017-03-01
        duty      12            -           social_worker    2017-03-01  2017-04-01
        duty      13            B           social_worker    2017-04-01  -
        role      14            A           social_worker    2017-01-01  -
        role      15            B           other            2017-01-01  -
        role      16            C           iro              2017-01-01  -
        oneDay    20            A           social_worker    2017-05-01  2017-05-01
        oneDay    21            B           social_worker    2017-01-01  2017-04-01
        oneDay    22            C           social_worker    2017-04-01  -
        reversed  17            A           social_worker    2017-05-01  2017-04-01
        reversed  18            B           social_worker    2017-01-01  2017-04-01
        reversed  19            C           social_worker    2017-04-01  -
        """,
    )
    found = verdicts("LAC-21", data)
    assert (found.pop("three"), found.pop("oneDay")) == ("not_met+", "not_met+")
    assert found == dict.fromkeys(["edge", "returned", "duty", "role", "none", "reversed"], "met-")


def test_lac_23_blank_stays_in():
    data = delivery(
        care_periods="""
        child_id  started_on  is_uasc
        yes       2017-01-01  true
        no        2017-01-01  false
        blank     2017-01-01  -
        """
    )
    assert verdicts("LAC-23", data) == {"yes": "met+", "no": "not_met-", "blank": "unknown-"}
    assert figure("LAC-23", data) == (1, 3, 1, 33.3, "final")


def test_lac_29_back_within_twelve_months():
    data = delivery(
        care_periods="""
        child_id  started_on  ended_on    legal_status
        equal     2016-01-01  2016-12-15  C2
        equal     2017-12-15  -           C2
        longAgo   2016-01-01  2016-12-14  C2
        longAgo   2017-12-15  -           C2
        sameDay   2016-01-01  2017-12-15  C2
        sameDay   2017-12-15  -           C2
        oneDay    2017-12-15  2017-12-15  C2
        respite   2017-12-15  -           V4
        """
    )
    assert verdicts("LAC-29", data) == {
        "equal.2": "not_met+",
        "longAgo.2": "met-",
        "sameDay.2": "not_met+",
        "oneDay": "met-",  # a period is not another than itself
    }


def test_lac_30_26_weeks_and_the_mean():
    data = delivery(
        legal_proceedings="""
        child_id  kind              started_on  ended_on
        equal     care_proceedings  2017-06-10  2017-12-09
        late      care_proceedings  2017-06-10  2017-12-10
        negative  care_proceedings  2017-12-10  2017-12-09
        overdue   care_proceedings  2017-07-01  -
        running   care_proceedings  2017-07-02  -
        other     pre_proceedings   2017-06-10  2017-12-09
        """
    )
    assert verdicts("LAC-30", data) == {
        "equal": "in_time+",
        "late": "late-",
        "negative": "unknown",
        "overdue": "overdue",
    }
    assert figure("LAC-30", data) == (1, 2, 1, 50.0, "final")
    assert figure("LAC-30", data, "mean_weeks") == (365, 2, 1, 26.1, "final")  # 26.07
    due = verdicts("LAC-30", data, parameters={"timeliness_basis": {"LAC-30": "due"}})
    assert due["overdue"] == "overdue-"


def test_lac_31_over_sixteen_weeks():
    data = delivery(
        legal_proceedings="""
        child_id  kind             started_on  ended_on
        equal     pre_proceedings  2017-09-10  -
        over      pre_proceedings  2017-09-09  -
        ended     pre_proceedings  2017-01-01  2017-12-31
        """
    )
    assert verdicts("LAC-31", data) == {"equal": "met-", "over": "not_met+"}


def test_lac_30_one_row_a_case():
    data = delivery(
        legal_proceedings="""
        proceeding_id child_id  kind              started_on  ended_on
        ended         b         care_proceedings  2017-06-10  2017-12-09
        ended         a         care_proceedings  2017-06-10  2017-12-10
        partly        a         care_proceedings  2017-01-01  -
        partly        b         care_proceedings  2017-06-10  2017-12-09
        open          b         care_proceedings  2017-01-01  -
        open          a         care_proceedings  2017-02-01  -
        """
    )
    # ended: the lower child_id; partly: of the two only b's ended in P; open: listed once
    assert verdicts("LAC-30", data, parameters={"court_level": "case"}) == {
        "ended": "late-",
        "partly": "in_time+",
        "open": "overdue",
    }


def test_lac_21_populations_may_be_added():
    data = delivery(
        care_periods=in_care("both care"),
        cp_plans="""
        child_id  started_on  ended_on
        both      2017-01-01  -
        plan      2017-01-01  -
        ended     2017-01-01  2017-12-31
        """,
        cin_plans="""
        child_id  started_on
        need      2017-01-01
        plan      2017-01-01
        leaver    2017-01-01
        """,
        care_leaver_statuses="""
        child_id  recorded_on is_service_open eligibility
        leaver    2017-01-01  true            former_relevant
        """,
        allocations="""
        child_id  allocation_id worker_id role          started_on
        plan      1             A         social_worker 2017-01-01
        plan      2             B         social_worker 2017-01-01
        plan      3             C         social_worker 2017-01-01
        """,
    )

    def chosen(*populations):
        return verdicts("LAC-21", data, parameters={"worker_change_populations": list(populations)})

    assert chosen("LAC") == {"both": "met-", "care": "met-"}
    assert chosen("LAC", "CP") == {"both": "met-", "care": "met-", "plan": "not_met+"}
    assert chosen("CIN") == {"need": "met-"}  # cin_child: neither on a plan nor a care leaver
    assert len(chosen("LAC", "CP", "CIN")) == 4


def test_lac_03_starts_and_ends_are_placed_on_their_own_day():
    data = delivery(
        without=("teams",),
        care_periods="""
        child_id  started_on  ended_on    team  worker_id
        both      2017-12-04  2017-12-20  -     -
        own       2017-12-04  2017-12-20  Own   -
        twice     2017-12-04  2017-12-10  Early -
        twice     2017-12-14  -           Late  -
        """,
        allocations="""
        child_id  role           team    worker_id  started_on  ended_on
        both      social_worker  First   W1         2017-12-04  2017-12-20
        both      social_worker  Second  W2         2017-12-20  -
        own       social_worker  First   W1         2017-12-04  -
        """,
    )
    placed = {
        (r["part"], r["child_id"]): (r["team"], r["worker_id"]) for r in rows("LAC-03", data, P0, P1, P1)
    }
    assert placed == {
        ("", "both"): ("First", "W1"),
        ("", "twice"): ("Late", "not known"),  # one row a child: the latest start in the period
        ("ceased", "twice"): ("Early", "not known"),
        ("", "own"): ("Own", "W1"),  # a row's own team, and the allocation's worker where it has none
        ("ceased", "both"): ("Second", "W2"),
        ("ceased", "own"): ("Own", "W1"),
    }
