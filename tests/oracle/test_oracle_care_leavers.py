"""CL-01 to CL-10 by hand. RD is Sunday 31 December 2017."""

from datetime import date

from tests.oracle.conventions import rows
from tests.oracle.delivered import delivery
from tests.oracle.worked import P0, P1, figure, verdicts

CL_01 = {
    "care_leaver_statuses": """
    child_id    recorded_on  is_service_open  eligibility      in_touch
    plan        2017-01-01   true             former_relevant  YES
    review      2017-12-31   true             relevant         -
    needs       2017-01-01   true             relevant         YES
    tomorrow    2017-01-01   true             relevant         YES
    refuses     2017-01-01   true             former_relevant  REFU
    died        2017-01-01   true             former_relevant  DIED
    home        2017-01-01   true             former_relevant  RHOM
    qualifying  2017-01-01   true             qualifying       YES
    eligible    2017-01-01   true             eligible         YES
    shut        2017-01-01   false            former_relevant  YES
    older       2017-01-01   true             former_relevant  YES
    almost      2017-01-01   true             former_relevant  YES
    unborn      2017-01-01   true             former_relevant  YES
    """,
    "children": """
    child_id  born_on     is_unborn
    older     1992-12-31  -
    almost    1993-01-01  -
    unborn    1990-01-01  true
    """,
    "pathway_plans": """
    child_id  kind              done_on
    plan      plan              2016-01-01
    plan      plan              2017-06-30
    review    plan              2016-01-01
    review    review            2017-06-29
    needs     needs_assessment  2017-12-01
    tomorrow  plan              2018-01-01
    unborn    plan              2017-12-31
    eligible  plan              2017-12-31
    """,
}


def test_cl_01_relevant_and_former_relevant_under_25():
    data = delivery(**CL_01)
    assert verdicts("CL-01", data) == {
        "plan": "met+",
        "review": "met+",
        "needs": "not_met-",
        "tomorrow": "not_met-",
        "refuses": "not_met-",
        "almost": "not_met-",
        "unborn": "met+",
    }
    assert figure("CL-01", data) == (3, 7, 0, 42.9, "final")
    wider = verdicts("CL-01", data, parameters={"pathway_include_eligible": True})
    assert wider["eligible"] == "met+"


def test_cl_02_six_months_back_from_the_day():
    # 31 December less six months is 30 June
    data = delivery(**CL_01)
    assert verdicts("CL-02", data) == {"plan": "met+", "review": "not_met-", "unborn": "met+"}
    everyone = verdicts("CL-02", data, parameters={"pathway_review_denominator": "all"})
    assert everyone["needs"] == "not_met-"
    assert len(everyone) == 7


def test_the_latest_status_decides_and_of_one_day_the_highest_key():
    data = delivery(
        care_leaver_statuses="""
        status_id child_id  recorded_on  is_service_open  eligibility
        1         now       2017-01-01   true             former_relevant
        2         now       2017-06-01   true             eligible
        3         shut      2017-01-01   true             former_relevant
        4         shut      2017-12-31   false            former_relevant
        5         later     2017-01-01   true             former_relevant
        6         later     2018-01-01   false            former_relevant
        8         tied      2017-01-01   true             relevant
        7         tied      2017-01-01   false            relevant
        """
    )
    assert verdicts("CL-07", data) == {"later": "not_met-", "tied": "not_met-"}


CL_03 = {
    "care_leaver_statuses": """
    child_id recorded_on is_service_open eligibility in_touch activity accommodation is_suitable_accommodation
    age19     2017-01-01   true former_relevant  YES      F5       B             true
    age18     2017-01-01   true former_relevant  YES      P2       B             true
    age21     2017-01-01   true former_relevant  NO       G4       W             false
    age22     2017-01-01   true former_relevant  YES      F1       B             true
    notKnown  2017-01-01   true former_relevant  REFU     0        0             true
    blank     2017-01-01   true former_relevant  -        -        -             -
    unnamed   2017-01-01   true former_relevant  NREQ     G6       -             true
    abroad    2017-01-01   true former_relevant  YES      F2       G             -
    died      2017-01-01   true former_relevant  DIED     -        -             -
    noBirth   2017-01-01   true former_relevant  YES      F1       B             true
    noBirthR  2017-01-01   true relevant         YES      F1       R             true
    unborn    2017-01-01   true former_relevant  YES      F1       B             true
    relevant  2017-01-01   true relevant         YES      P4       B             true
    older     2017-01-01   true relevant         YES      F1       B             true
    age16     2017-01-01   true relevant         YES      F1       B             true
    """,
    "children": """
    child_id  born_on     is_unborn
    age19     1998-12-31  -
    age18     1999-01-01  -
    age21     1996-01-01  -
    age22     1995-12-31  -
    notKnown  1997-06-01  -
    blank     1997-06-01  -
    unnamed   1997-06-01  -
    abroad    1997-06-01  -
    died      1997-06-01  -
    unborn    1997-06-01  true
    relevant  2000-12-31  -
    older     1998-12-31  -
    age16     2001-01-01  -
    """,
}


def test_cl_03_activity_blank_or_0_stays_in():
    data = delivery(**CL_03)
    assert verdicts("CL-03", data) == {
        "age19": "met+",
        "age21": "not_met-",
        "notKnown": "unknown-",
        "blank": "unknown-",
        "unnamed": "not_met-",
        "abroad": "met+",
        "noBirth": "unknown",
    }
    assert figure("CL-03", data) == (2, 6, 3, 33.3, "final")
    assert verdicts("CL-03", data, "age17_18") == {
        "age18": "met+",
        "relevant": "met+",
        "noBirth": "unknown",
        "noBirthR": "unknown",
    }


def test_cl_04_abroad_deported_or_unknown_residence_is_outside_first():
    data = delivery(**CL_03)
    assert verdicts("CL-04", data) == {
        "age19": "met+",
        "age21": "not_met-",
        "notKnown": "unknown-",  # accommodation 0, whatever the suitability says
        "blank": "unknown-",
        "unnamed": "met+",
        "noBirth": "unknown",
    }
    younger = verdicts("CL-04", data, "age17_18")
    assert younger == {"age18": "met+", "relevant": "met+", "noBirth": "unknown"}


def test_cl_05_in_touch_and_its_parts():
    data = delivery(**CL_03)
    assert verdicts("CL-05", data) == {
        "age19": "met+",
        "age21": "not_met-",
        "notKnown": "not_met-",
        "blank": "unknown-",
        "unnamed": "not_met-",
        "abroad": "met+",
        "noBirth": "unknown",
    }
    assert figure("CL-05", data, "refused") == (1, 6, 2, 16.7, "final")
    assert figure("CL-05", data, "not_required") == (1, 6, 2, 16.7, "final")
    assert figure("CL-05", data, "age17_18") == (2, 2, 2, 100.0, "final")


def test_cl_06_contact_in_56_days():
    data = delivery(
        care_leaver_statuses="""
        child_id  recorded_on  is_service_open eligibility      in_touch last_contact_on
        equal     2017-01-01   true            former_relevant  YES      2017-11-05
        late      2017-01-01   true            qualifying       -        2017-11-04
        visited   2017-01-01   true            relevant         REFU     -
        otherKind 2017-01-01   true            relevant         NO       -
        recorded  2017-01-01   true            relevant         YES      2017-01-01
        future    2017-01-01   true            relevant         YES      2018-01-01
        none      2017-01-01   true            relevant         YES      -
        notNeeded 2017-01-01   true            relevant         NREQ     2017-12-31
        home      2017-01-01   true            relevant         RHOM     2017-12-31
        """,
        visits="""
        child_id  kind          visited_at
        visited   care_leaver   2017-03-01T09:00
        visited   care_leaver   2017-11-05T09:00
        otherKind looked_after  2017-12-01
        recorded  care_leaver   2017-12-31
        future    care_leaver   2017-12-31
        """,
    )
    assert verdicts("CL-06", data) == {
        "equal": "met+",
        "late": "not_met-",
        "visited": "met+",
        "otherKind": "not_met-",
        "recorded": "not_met-",  # the recorded date stands, whatever the visits say
        "future": "met+",  # its date is not yet known, so the visit
        "none": "not_met-",
    }


def test_cl_07_an_adviser_who_is_a_person():
    children = ("person", "duty", "named", "blank", "ended", "worker", "future")
    data = delivery(
        care_leaver_statuses="child_id recorded_on is_service_open eligibility\n"
        + "\n".join(f"{child} 2017-01-01 true qualifying" for child in children),
        allocations="""
        child_id  worker_id   role              started_on  ended_on
        person    TEAMWORK1   personal_adviser  2017-12-31  -
        duty      WEST_TEAM   personal_adviser  2017-01-01  -
        named     W7          personal_adviser  2017-01-01  -
        blank     -           personal_adviser  2017-01-01  -
        ended     W8          personal_adviser  2017-01-01  2017-12-31
        worker    W8          social_worker     2017-01-01  -
        future    W8          personal_adviser  2018-01-01  -
        """,
        posts="""
        child_id post_id worker_id worker_name started_on
        """,
    )
    found = verdicts("CL-07", data)
    assert found == {child: "met+" if child in ("person", "named") else "not_met-" for child in children}


CL_08 = {
    "care_periods": """
    child_id   started_on  ended_on    legal_status
    equal      2010-01-01  -           C2
    late       2010-01-01  -           C2
    none       2010-01-01  -           C2
    early      2010-01-01  -           C2
    review     2010-01-01  -           C2
    day91      2017-06-17  -           C2
    day92      2017-06-18  -           C2
    spells     2015-10-01  2015-12-15  C2
    spells     2017-12-01  -           C2
    left       2010-01-01  2017-12-15  C2
    respite    2017-06-17  -           V4
    noBirth    2017-12-31  -           C2
    noBirthOut 2010-01-01  2017-12-01  C2
    unborn     2010-01-01  -           C2
    """,
    "children": "child_id born_on is_unborn\n"
    + "\n".join(
        f"{child} 2001-09-15 -"
        for child in "equal late none early review day91 day92 spells left respite".split()
    )
    + "\nunborn 2001-09-15 true",
    "pathway_plans": """
    child_id  kind              done_on
    equal     plan              2017-12-15
    equal     plan              2017-12-20
    late      needs_assessment  2017-12-16
    early     needs_assessment  2017-08-01
    review    review            2017-12-01
    """,
}


def test_cl_08_three_months_from_the_day_of_eligibility():
    # 17 June to 15 September is 14 + 31 + 31 + 15 = 91 days, the last of them the 16th birthday
    data = delivery(**CL_08)
    assert verdicts("CL-08", data) == {
        "equal": "in_time+",
        "late": "late-",
        "none": "overdue-",
        "early": "in_time+",
        "review": "overdue-",  # a review is neither an assessment nor a plan
        "day91": "overdue-",
        "day92": "overdue-",
        "noBirth": "unknown",
    }
    found = {r["child_id"]: r for r in rows("CL-08", data, P0, P1, P1)}
    assert found["day91"]["clock_start"] == date(2017, 9, 15)
    assert found["day92"]["clock_start"] == date(2017, 9, 16)
    assert (found["late"]["days"], found["late"]["clock_stop"]) == (92, date(2017, 12, 16))


def test_cl_08_adds_up_spells_and_waits_for_the_due_date():
    # 75 days from 1 October to 14 December 2015, so 16 more from 1 December 2017: eligible on the 16th,
    # and the limit is 16 March 2018
    march = {"p0": date(2018, 3, 1), "p1": date(2018, 3, 31), "as_at": date(2018, 3, 31)}
    found = verdicts("CL-08", delivery(**CL_08), **march)
    assert found == {"spells": "overdue-", "noBirth": "unknown"}
    day = date(2017, 12, 15)
    found = verdicts("CL-08", delivery(**CL_08), p1=day, as_at=day)
    assert (found["none"], found["equal"]) == ("not_due", "in_time+")
    assert found["late"] == "not_due"  # done tomorrow


def test_cl_09_the_union_and_its_parts():
    data = delivery(
        care_leaver_statuses="""
        child_id   recorded_on  is_service_open eligibility accommodation is_suitable_accommodation
        hotel      2017-01-01   true            qualifying  W             -
        emergency  2017-01-01   true            relevant    V             true
        unsuitable 2017-01-01   true            relevant    -             false
        fine       2017-01-01   true            relevant    B             true
        letter     2017-01-01   true            relevant    B             -
        digit      2017-01-01   true            relevant    -             true
        """
    )
    assert verdicts("CL-09", data) == {
        "hotel": "not_met+",
        "emergency": "not_met+",
        "unsuitable": "not_met+",
        "fine": "met-",
        "letter": "unknown",
        "digit": "unknown",
    }
    assert figure("CL-09", data) == (3, 4, 2, 75.0, "final")
    assert verdicts("CL-09", data, "bed_and_breakfast") == {
        "hotel": "not_met+",
        "emergency": "met-",
        "unsuitable": "unknown",
        "fine": "met-",
        "letter": "unknown",
        "digit": "unknown",
    }
    assert verdicts("CL-09", data, "unsuitable") == {
        "hotel": "unknown",
        "emergency": "met-",
        "unsuitable": "not_met+",
        "fine": "met-",
        "letter": "unknown",
        "digit": "unknown",
    }


def test_cl_10_left_foster_care_at_18_and_still_there():
    leavers = "stayed late before home lastYear first noBirth noStatus blank".split()
    ended = dict.fromkeys(leavers, "2017-06-10") | {
        "before": "2017-06-09",
        "lastYear": "2016-12-31",
        "first": "2017-01-01",
    }
    born = dict.fromkeys(leavers, "1999-06-10") | {"lastYear": "1998-12-31", "first": "1999-01-01"}
    kinds = dict.fromkeys(leavers, "U6") | {"home": "K2"}
    data = delivery(
        children="child_id born_on\n"
        + "\n".join(f"{child} {born[child]}" for child in leavers if child != "noBirth"),
        care_periods="child_id started_on ended_on\n"
        + "\n".join(f"{child} 2010-01-01 {ended[child]}" for child in leavers),
        placements="child_id started_on ended_on placement_type\n"
        + "\n".join(f"{child} 2012-01-01 {ended[child]} {kinds[child]}" for child in leavers)
        + "\nstayed 2011-01-01 - K2",  # never closed: the latest start decides
        care_leaver_statuses="""
        child_id  recorded_on  is_service_open eligibility      accommodation
        stayed    2017-06-10   true            former_relevant  Z
        late      2017-06-09   true            relevant         C
        late      2017-06-11   true            former_relevant  Z
        home      2017-06-10   true            former_relevant  Z
        first     2017-01-01   true            former_relevant  Z
        blank     2017-06-10   true            former_relevant  -
        """,
    )
    assert verdicts("CL-10", data) == {
        "stayed": "met+",
        "late": "not_met-",
        "first": "met+",
        "noBirth": "unknown",
        "noStatus": "not_met-",
        "blank": "not_met-",
    }
    assert verdicts("CL-10", data, "age19")["late"] == "met+"
