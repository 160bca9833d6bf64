"""LAC-09 to 13 and LAC-20 by hand. RD is Sunday 31 December 2017."""

from datetime import date

from tests.oracle.conventions import rows
from tests.oracle.delivered import delivery, in_care
from tests.oracle.worked import P0, P1, figure, verdicts


def test_lac_09_school_age_and_183_days():
    # working days after 29 November to RD: 30 November and 19 in December = 20
    data = delivery(
        care_periods="""
        child_id  started_on
        equal     2015-01-01
        late      2015-01-01
        none      2015-01-01
        five      2015-01-01
        four      2015-01-01
        fifteen   2015-01-01
        sixteen   2015-01-01
        noBirth   2015-01-01
        noBirth20 2017-11-29
        unborn    2015-01-01
        day20     2017-11-29
        day21     2017-11-28
        earlier   2017-11-01
        onStart   2017-11-28
        two       2015-01-01
        three     2015-01-01
        seventeen 2015-01-01
        """,
        children="""
        child_id  born_on     is_unborn
        equal     2008-01-01  -
        late      2008-01-01  -
        none      2008-01-01  -
        five      2012-08-31  -
        four      2012-09-01  -
        fifteen   2001-09-01  -
        sixteen   2001-08-31  -
        unborn    2008-01-01  true
        day20     2008-01-01  -
        day21     2008-01-01  -
        earlier   2008-01-01  -
        onStart   2008-01-01  -
        two       2015-01-01  -
        three     2014-12-31  -
        seventeen 2000-01-01  -
        """,
        peps="""
        child_id  held_on
        equal     2016-07-01
        equal     2017-07-01
        onStart   2017-11-28
        late      2017-06-30
        five      2017-12-31
        fifteen   2018-01-01
        earlier   2017-10-31
        """,
    )
    assert verdicts("LAC-09", data) == {
        "equal": "met+",
        "late": "not_met-",
        "none": "not_met-",
        "five": "met+",
        "fifteen": "not_met-",
        "noBirth": "unknown",
        "noBirth20": "not_due",
        "day20": "not_due",
        "day21": "not_met-",
        "onStart": "met+",
        "earlier": "not_met-",  # held before this period of care
    }
    wider = verdicts("LAC-09", data, parameters={"pep_ages": "3-18"})
    assert {"three", "four", "sixteen", "seventeen"} <= set(wider)
    assert "two" not in wider


def test_lac_10_twenty_working_days_and_the_checks_that_count():
    # 28 November + 20 working days is 28 December, 29 November + 20 is the 29th, 30 November 2 January
    data = delivery(
        care_periods="""
        child_id  started_on  ended_on    legal_status
        equal     2017-11-29  -           C2
        onStart   2017-11-28  -           C2
        waiting   2017-11-29  -           C2
        late      2017-11-28  -           C2
        none      2017-11-28  -           -
        declined  2017-11-28  -           C2
        before    2017-11-28  -           C2
        left      2017-11-28  2017-12-27  C2
        leftDue   2017-11-28  2017-12-28  C2
        respite   2017-11-28  -           V3
        notYet    2017-11-30  -           C2
        untyped   2017-11-28  -           C2
        second    2017-11-28  -           C2
        tied      2017-11-28  -           C2
        """,
        health_checks="""
        child_id  check_id  kind               done_on     result
        equal     1         iha                2017-12-29  completed
        onStart   10        iha                2017-12-29  completed
        onStart   11        iha                2017-11-28  completed
        late      2         iha                2017-12-29  completed
        declined  3         iha                2017-12-01  declined
        before    4         iha                2017-11-27  completed
        untyped   5         health_assessment  2017-12-01  completed
        second    6         rha                2017-12-01  completed
        second    7         health_assessment  2017-12-02  completed
        tied      9         health_assessment  2017-12-01  completed
        tied      8         rha                2017-12-01  completed
        """,
    )
    assert verdicts("LAC-10", data, p0=date(2017, 11, 1), p1=date(2017, 11, 30)) == {
        "equal": "in_time+",
        "onStart": "in_time+",
        "waiting": "not_due",  # twenty working days are up, the days after are a weekend
        "late": "late-",
        "none": "overdue-",
        "declined": "overdue-",
        "before": "overdue-",
        "leftDue": "overdue-",
        "untyped": "in_time+",
        "second": "overdue-",
        "tied": "overdue-",  # of two on one day the lower key is first
    }
    day = date(2017, 12, 29)
    found = verdicts("LAC-10", data, p0=date(2017, 11, 1), p1=date(2017, 11, 30), as_at=day)
    assert found["waiting"] == "not_due"  # the twentieth working day itself
    assert "notYet" not in found


def test_lac_11_a_year_or_half_a_year_under_five():
    children = "just year yearAgo half halfAgo twoChecks twoOld oneDay declined noBirth unborn"
    checks = {
        "just": "2017-12-01",
        "year": "2017-01-01",
        "yearAgo": "2016-12-31",
        "half": "2017-07-01",
        "halfAgo": "2017-06-30",
        "noBirth": "2017-01-01",
        "unborn": "2017-01-01",
    }
    lines = [f"{child} rha {day} completed" for child, day in checks.items()]
    lines += ["twoChecks iha 2017-01-01 completed", "twoChecks health_assessment 2017-06-30 completed"]
    lines += ["twoOld rha 2016-12-31 completed", "twoOld iha 2016-12-31 completed"]
    lines += ["oneDay rha 2017-06-30 completed", "oneDay rha 2017-06-30 completed"]
    lines += ["declined rha 2017-12-01 declined", "short rha 2017-12-01 completed"]
    ages = dict.fromkeys(["year", "yearAgo", "declined", "just"], "2012-12-31")  # five today
    ages |= dict.fromkeys(["half", "halfAgo", "twoChecks", "twoOld", "oneDay"], "2013-01-01")  # five tomorrow
    data = delivery(
        care_periods=in_care(children) + "\nequal 2016-12-31\nshort 2017-01-01",
        children="child_id born_on is_unborn\n"
        + "\n".join(f"{child} {born} -" for child, born in ages.items())
        + "\nunborn 2017-01-01 true",
        health_checks="child_id kind done_on result\n" + "\n".join(lines),
    )
    assert verdicts("LAC-11", data) == {
        "just": "met+",
        "year": "met+",
        "yearAgo": "not_met-",
        "half": "met+",
        "halfAgo": "not_met-",
        "twoChecks": "met+",
        "twoOld": "not_met-",
        "oneDay": "met+",  # two records of one day are two
        "declined": "not_met-",
        "noBirth": "met+",
        "unborn": "met+",
        "equal": "not_met-",
    }
    clock = {r["child_id"]: (r["clock_start"], r["days"]) for r in rows("LAC-11", data, P0, P1, P1)}
    assert clock["twoChecks"] == (date(2017, 6, 30), 184)


def test_lac_12_and_13_dental_checks_and_immunisations():
    data = delivery(
        care_periods=in_care("year yearAgo none latest tied"),
        health_checks="""
        child_id  check_id  kind           done_on     result
        year      1         dental         2017-01-01  completed
        year      10        dental         2016-01-01  completed
        yearAgo   2         dental         2016-12-31  completed
        none      3         dental         2017-12-01  not_completed
        year      4         immunisations  2010-01-01  completed
        latest    5         immunisations  2016-01-01  completed
        latest    6         immunisations  2017-01-01  declined
        tied      8         immunisations  2017-01-01  completed
        tied      7         immunisations  2017-01-01  declined
        yearAgo   9         immunisations  2018-01-01  completed
        """,
    )
    judged = verdicts("LAC-12", data)
    assert judged == dict.fromkeys(["yearAgo", "none", "latest", "tied"], "not_met-") | {"year": "met+"}
    judged = verdicts("LAC-13", data)
    assert judged == dict.fromkeys(["yearAgo", "none", "latest"], "not_met-") | {
        "year": "met+",
        "tied": "met+",
    }


def test_lac_20_scores_of_children_aged_4_to_16():
    data = delivery(
        care_periods=in_care("four three sixteen seventeen old noBirth noBirth2 unborn"),
        children="""
        child_id   born_on     is_unborn
        four       2013-12-31  -
        three      2014-01-01  -
        sixteen    2001-01-01  -
        seventeen  2000-12-31  -
        old        2008-01-01  -
        unborn     2008-01-01  true
        """,
        health_checks="""
        child_id   check_id  kind  done_on     result     score
        four       2         sdq   2017-01-01  completed  10
        four       1         sdq   2017-01-01  completed  40
        sixteen    3         sdq   2017-06-01  completed  17
        sixteen    4         sdq   2017-07-01  completed  -
        old        5         sdq   2016-12-31  completed  20
        three      6         sdq   2017-12-01  completed  30
        noBirth    7         sdq   2017-12-01  completed  30
        """,
    )
    assert figure("LAC-20", data) == (2, 3, 2, 66.7, "final")
    assert figure("LAC-20", data, "mean_score") == (27, 2, 1, 13.5, "final")
    assert verdicts("LAC-20", data) == {
        "four": "+",
        "sixteen": "+",
        "old": "-",
        "noBirth": "unknown",
        "noBirth2": "unknown",
    }
    assert {r["met"] for r in rows("LAC-20", data, P0, P1, P1)} == {None}


def test_lac_09_by_term():
    data = delivery(
        care_periods="""
        child_id  started_on
        first     2015-01-01
        before    2015-01-01
        """,
        children="""
        child_id  born_on
        first     2008-01
        before    2008-01
        """,
        peps="""
        child_id  held_on
        first     2017-04-18
        before    2017-04-17
        """,
        school_terms="""
        academic_year  term    started_on  ended_on
        2016/17        Summer  2017-04-18  2017-07-21
        2017/18        Autumn  2017-09-04  2017-12-20
        """,
    )
    assert verdicts("LAC-09", data) == {"first": "met+", "before": "not_met-"}
    assert verdicts("LAC-09", data, parameters={"pep_currency": "183_days"}) == {
        "first": "not_met-",
        "before": "not_met-",
    }
