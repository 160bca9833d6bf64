"""LAC-08 and LAC-14 to LAC-17 by hand. RD is Sunday 31 December 2017."""

from datetime import date

from tests.oracle.delivered import delivery, in_care
from tests.oracle.worked import figure, verdicts


def test_lac_08_five_working_days_or_before():
    # from Friday 15 December the 22nd is the fifth working day; from the 20th: 21, 22, 27, 28, 29
    data = delivery(
        placements="""
        child_id  started_on  placement_type placement_plan_on
        equal     2017-12-15  U4             2017-12-22
        late      2017-12-15  U4             2017-12-27
        before    2017-12-15  K2             2017-11-01
        none      2017-12-19  U4             -
        waiting   2017-12-20  U4             -
        temporary 2017-12-15  T0             2017-12-30
        earlier   2017-11-30  U4             2017-12-01
        """
    )
    assert verdicts("LAC-08", data) == {
        "equal": "in_time+",
        "late": "late-",
        "before": "in_time+",
        "none": "overdue-",
        "waiting": "not_due",
    }


def test_lac_14_countable_placements_in_the_year():
    data = delivery(
        care_periods="""
        child_id     started_on  placements_12m
        three        2015-01-01  0
        edge         2015-01-01  -
        temporary    2015-01-01  -
        oneDay       2015-01-01  -
        overnight    2015-01-01  -
        adopted      2015-01-01  -
        adoptedLater 2015-01-01  -
        adoptedT4    2015-01-01  -
        otherCarer   2015-01-01  -
        reversed     2015-01-01  -
        countThree   2015-01-01  3
        countTwo     2015-01-01  2
        unknown      2015-01-01  -
        """,
        placements="""
        child_id     started_on  ended_on    placement_type
        three        2016-06-01  2017-01-02  U4
        three        2017-01-02  2017-06-01  U6
        three        2017-06-01  -           K2
        edge         2016-06-01  2017-01-01  U4
        edge         2017-01-01  2017-06-01  U6
        edge         2017-06-01  -           K2
        temporary    2016-06-01  2017-03-01  U4
        temporary    2017-03-01  2017-03-05  T1
        temporary    2017-03-05  -           U4
        oneDay       2016-06-01  2017-03-01  U4
        oneDay       2017-03-01  2017-03-01  U6
        oneDay       2017-03-01  -           U5
        overnight    2016-06-01  2017-03-01  U4
        overnight    2017-03-01  2017-03-02  U6
        overnight    2017-03-02  -           U5
        adopted      2016-06-01  2017-03-01  U4
        adopted      2017-03-01  2017-06-01  U5
        adopted      2017-06-01  -           A5
        adoptedLater 2016-06-01  2017-03-01  U4
        adoptedLater 2017-03-01  2017-06-01  U5
        adoptedLater 2017-06-02  -           A3
        adoptedT4    2016-06-01  2017-03-01  U4
        adoptedT4    2017-03-01  2017-06-01  U5
        adoptedT4    2017-06-01  2017-06-08  T4
        adoptedT4    2017-06-08  -           A5
        otherCarer   2016-06-01  2017-03-01  U4
        otherCarer   2017-03-01  2017-06-01  U5
        otherCarer   2017-06-01  -           A6
        reversed     2017-02-01  2017-01-15  U4
        reversed     2017-03-01  2017-06-01  U5
        reversed     2017-06-01  -           U4
        countThree   2018-01-05  -           U4
        """,
    )
    assert verdicts("LAC-14", data) == {
        "three": "not_met+",  # the first ended after the window began
        "edge": "met-",  # the first ended on the day it begins
        "temporary": "met-",
        "oneDay": "met-",
        "overnight": "not_met+",
        "adopted": "met-",
        "adoptedLater": "not_met+",  # not on the day the last one ended
        "adoptedT4": "met-",  # the row before is the temporary one
        "otherCarer": "not_met+",
        "reversed": "met-",
        "countThree": "not_met+",  # only a later placement, so the number as loaded
        "countTwo": "met-",
        "unknown": "unknown",
    }
    assert figure("LAC-14", data) == (5, 12, 1, 41.7, "final")


def test_lac_15_two_years_with_the_same_carer():
    children = "equal short fifteen sixteen noBirth unborn temporary twice carer gap once through only none"
    ages = {"fifteen": "2002-01-01 -", "sixteen": "2001-12-31 -", "unborn": "- true"}
    known = [c for c in children.split() if c not in (*ages, "noBirth")]
    data = delivery(
        care_periods=in_care(children) + "\nthirty 2015-06-30\nnotThirty 2015-07-01",
        children="child_id born_on is_unborn\n"
        + "\n".join(f"{c} 2010-01-01 -" for c in [*known, "thirty", "notThirty"])
        + "".join(f"\n{c} {values}" for c, values in ages.items()),
        placements="""
        child_id   started_on  ended_on    placement_type
        equal      2015-12-31  -           U4
        short      2016-01-01  -           U4
        fifteen    2015-12-31  -           U4
        sixteen    2015-12-31  -           U4
        noBirth    2015-12-31  -           U4
        unborn     2015-12-31  -           U4
        temporary  2015-08-01  2017-12-20  U4
        temporary  2017-12-20  -           T4
        twice      2015-08-01  2017-12-20  U4
        twice      2017-12-20  2017-12-24  T1
        twice      2017-12-24  -           T3
        carer      2015-08-01  2017-06-01  U5
        carer      2017-06-01  -           A5
        gap        2015-08-01  2017-05-31  U5
        gap        2017-06-01  -           A5
        once       2015-08-01  2016-06-01  U5
        once       2016-06-01  2017-06-01  A3
        once       2017-06-01  -           A5
        through    2015-08-01  2017-06-01  U5
        through    2017-06-01  2017-12-20  A5
        through    2017-12-20  -           T2
        only       2015-08-01  2016-01-01  T4
        only       2016-01-01  -           T4
        none       2015-08-01  2017-12-31  U4
        thirty     2015-06-30  -           U4
        notThirty  2015-07-01  -           U4
        """,
    )
    assert verdicts("LAC-15", data) == {
        "equal": "met+",
        "short": "not_met-",
        "fifteen": "met+",
        "noBirth": "unknown",
        "temporary": "met+",
        "twice": "met+",
        "carer": "met+",
        "gap": "not_met-",
        "once": "not_met-",  # one step back only, to the row of 1 June 2016
        "through": "met+",  # temporary first, then the adoption by the carer
        "only": "unknown",
        "none": "unknown",
        "thirty": "met+",
    }
    day = date(2017, 12, 30)  # thirty months to the day
    found = verdicts("LAC-15", data, p1=day, as_at=day)
    assert found["thirty"] == "met+"
    assert "notThirty" not in found


def test_lac_16_over_twenty_miles_and_outside():
    data = delivery(
        care_periods=in_care("equal over inside noMiles noMilesIn noLocation unplaced later"),
        placements="""
        child_id    started_on  ended_on    placement_type distance_miles location
        equal       2017-01-01  -           U4             20             out
        over        2017-01-01  -           U4             20.1           out
        inside      2017-01-01  -           U4             30             in
        noMiles     2017-01-01  -           U4             -              out
        noMilesIn   2017-01-01  -           U4             -              in
        noLocation  2017-01-01  -           U4             30             -
        unplaced    2017-01-01  2017-12-31  U4             30             out
        later       2017-01-01  -           U4             30             out
        later       2017-06-01  -           U4             5              in
        """,
    )
    assert verdicts("LAC-16", data) == {
        "equal": "met-",
        "over": "not_met+",
        "inside": "met-",
        "noMiles": "unknown-",
        "noMilesIn": "met-",
        "noLocation": "met-",
        "unplaced": "unknown-",
        "later": "met-",
    }
    assert figure("LAC-16", data) == (1, 8, 2, 12.5, "final")


def test_lac_17_groups_of_the_open_placement():
    types = {"kin": "U3", "foster": "U4", "home": "K1", "semi": "H5", "parent": "P1", "adopter": "A4"}
    types |= {"secure": "R5", "temporary": "T0"}
    data = delivery(
        care_periods=in_care(" ".join(types) + " unplaced"),
        placements="child_id started_on placement_type\n"
        + "\n".join(f"{child} 2017-01-01 {kind}" for child, kind in types.items()),
    )
    assert figure("LAC-17", data) == (9, None, 0, 9.0, "final")
    parts = ("kinship", "other_foster", "residential", "supported", "parents", "adoption", "not_recorded")
    assert [figure("LAC-17", data, part)[:2] for part in parts] == [(1, 9)] * 7
    assert figure("LAC-17", data, "other") == (2, 9, 0, 22.2, "final")
