"""Examples: periods of care."""

from tests.spec.rule_examples.drawing import Example, example


def _ended(code: str, reason: str, born_on: dict[str, str], fits: str) -> Example:
    """A reason for the end that does not fit an age: one row each side of the birthday."""
    rows = [
        f"2015-01-02 | 2017-05-02 | {reason} | {fails} | {why}"
        for fails, why in (("yes", "the age is wrong on that day"), ("no", "the age fits on that day"))
    ]
    rows.append(f"2015-01-02 | 2017-05-02 | {fits} | no | another reason")
    births = "\n".join([born_on["yes"], born_on["no"], born_on["yes"]])
    return example(
        code,
        "started_on | ended_on | end_reason | fails | because\n" + "\n".join(rows),
        children=f"born_on\n{births}",
    )  # fmt: skip


EXAMPLES = [
    example(
        "care-without-open-referral",
        """
        started_on | ended_on   | fails | because
        2017-05-02 |            | yes   | the referral is closed
        2017-05-02 |            | no    | the referral is open
        2017-05-02 | 2017-11-02 | no    | the period has ended
        """,
        referrals="""
        child_id | received_on | closed_on
        1        | 2017-01-02  | 2017-12-01
        2        | 2017-01-02  |
        """,
    ),
    example(
        "overlapping-care-periods",
        """
        child_id | started_on | ended_on   | fails | because
        a        | 2017-01-02 | 2017-05-03 | yes   | both open on 2 May
        a        | 2017-05-02 |            | yes   | both open on 2 May
        b        | 2017-01-02 | 2017-05-02 | no    | one ends as the other starts
        b        | 2017-05-02 |            | no    | one ends as the other starts
        """,
    ),
    example(
        "in-care-at-18",
        """
        started_on | ended_on   | fails | because
        2017-05-02 |            | yes   | 18 today
        2017-05-02 |            | no    | 18 tomorrow
        2017-05-02 | 2017-12-01 | no    | ended
        """,
        children="""
        born_on
        1999-12-31
        2000-01-01
        1999-12-31
        """,
    ),
    example(
        "care-without-placement",
        """
        started_on | ended_on   | fails | because
        2017-05-02 |            | yes   | the placement ended yesterday
        2017-05-02 |            | no    | placed
        2017-05-02 | 2017-11-02 | no    | the period has ended
        """,
        placements="""
        child_id | started_on | ended_on
        1        | 2017-05-02 | 2017-12-30
        2        | 2017-05-02 |
        """,
    ),
    example(
        "care-leaver-still-in-care",
        """
        started_on | legal_status | fails | because
        2017-05-02 | C2           | yes   | a care leaver in care
        2017-05-02 | C2           | no    | only eligible
        2017-05-02 | C2           | no    | the service is closed
        2017-05-02 | V4           | no    | short breaks
        """,
        care_leaver_statuses="""
        child_id | recorded_on | is_service_open | eligibility
        1        | 2017-06-02  | yes             | relevant
        2        | 2017-06-02  | yes             | eligible
        3        | 2017-06-02  | no              | relevant
        4        | 2017-06-02  | yes             | relevant
        """,
    ),
    example(
        "looked-after-without-legal-status",
        """
        started_on | ended_on   | legal_status | fails | because
        2017-05-02 |            |              | yes   | blank
        2017-05-02 |            | C2           | no    | there
        2017-05-02 | 2017-11-02 |              | no    | ended
        """,
    ),
    example(
        "looked-after-without-birth-date",
        """
        started_on | ended_on   | legal_status | fails | because
        2017-05-02 |            | C2           | yes   | no date of birth
        2017-05-02 |            | C2           | no    | the date is there
        2017-05-02 |            | C2           | no    | unborn
        2017-05-02 | 2017-11-02 | C2           | no    | ended
        2017-05-02 |            | V3           | no    | short breaks
        """,
        children="""
        child_id | born_on    | is_unborn
        1        |            | no
        2        | 2010-01-01 | no
        3        |            | yes
        4        |            | no
        5        |            | no
        """,
    ),
    example(
        "care-before-birth",
        """
        started_on | fails | because
        2017-05-01 | yes   | the day before
        2017-05-02 | no    | the day of birth
        """,
        children="""
        born_on
        2017-05-02
        2017-05-02
        """,
    ),
    example(
        "care-started-at-18",
        """
        started_on | fails | because
        2017-05-02 | yes   | 18 that day
        2017-05-01 | no    | 18 tomorrow
        """,
        children="""
        born_on
        1999-05-02
        1999-05-02
        """,
    ),
    example(
        "care-of-no-days",
        """
        started_on | ended_on   | fails | because
        2017-05-02 | 2017-05-02 | yes   | the same day
        2017-05-02 | 2017-05-03 | no    | one night
        """,
    ),
    example(
        "care-restarted-at-once",
        """
        child_id | started_on | ended_on   | end_reason | fails | because
        a        | 2017-01-02 | 2017-05-02 | E4A        | no    | the first
        a        | 2017-05-03 |            |            | yes   | the day after coming home
        b        | 2017-01-02 | 2017-05-02 | X1         | no    | the first
        b        | 2017-05-02 |            |            | no    | a new episode
        c        | 2017-01-02 | 2017-05-02 | E4A        | no    | the first
        c        | 2017-05-04 |            |            | no    | two days later
        """,
    ),
    example(
        "care-goes-on-nowhere",
        """
        child_id | started_on | ended_on   | end_reason | fails | because
        a        | 2017-01-02 | 2017-05-02 | X1         | yes   | nothing follows
        b        | 2017-01-02 | 2017-05-02 | X1         | no    | the next begins the day after
        b        | 2017-05-03 |            |            | no    | the next
        c        | 2017-01-02 | 2017-05-02 | E4A        | no    | home
        """,
    ),
    example(
        "reason-for-end-of-open-care",
        """
        started_on | ended_on   | end_reason | fails | because
        2017-05-02 |            | E4A        | yes   | a reason and no end
        2017-05-02 | 2017-11-02 | E4A        | no    | ended
        2017-05-02 |            |            | no    | open
        """,
    ),
    _ended("adopted-at-18", "E11", {"yes": "1999-05-02", "no": "1999-05-03"}, "E4A"),
    _ended("special-guardianship-at-18", "E45", {"yes": "1999-05-02", "no": "1999-05-03"}, "E4A"),
    _ended("independent-under-14", "E5", {"yes": "2003-05-03", "no": "2003-05-02"}, "E4A"),
    _ended("adult-care-under-16", "E7", {"yes": "2001-05-03", "no": "2001-05-02"}, "E4A"),
    _ended("staying-put-under-18", "E17", {"yes": "1999-05-03", "no": "1999-05-02"}, "E4A"),
    example(
        "criminal-status-under-10",
        """
        started_on | legal_status | fails | because
        2017-05-01 | J1           | yes   | 10 tomorrow
        2017-05-02 | J1           | no    | 10 that day
        2017-05-01 | C2           | no    | a care order
        """,
        children="""
        born_on
        2007-05-02
        2007-05-02
        2007-05-02
        """,
    ),
    example(
        "police-protection-over-72-hours",
        """
        started_on | ended_on   | legal_status | fails | because
        2017-05-02 | 2017-05-06 | L1           | yes   | four days
        2017-05-02 | 2017-05-05 | L1           | no    | three days
        2017-12-27 |            | L1           | yes   | four days so far
        2017-05-02 | 2017-05-06 | C2           | no    | a care order
        """,
    ),
    example(
        "emergency-order-over-21-days",
        """
        started_on | ended_on   | legal_status | fails | because
        2017-05-02 | 2017-05-24 | L2           | yes   | 22 days
        2017-05-02 | 2017-05-23 | L2           | no    | 21 days
        """,
    ),
    example(
        "assessment-order-over-7-days",
        """
        started_on | ended_on   | legal_status | fails | because
        2017-05-02 | 2017-05-10 | L3           | yes   | 8 days
        2017-05-02 | 2017-05-09 | L3           | no    | 7 days
        """,
    ),
    example(
        "freeing-order-still-used",
        """
        started_on | ended_on   | legal_status | fails | because
        2017-05-02 |            | D1           | yes   | no court makes it any more
        2004-05-02 | 2006-05-02 | D1           | no    | before 2006
        2017-05-02 |            | E1           | no    | a placement order
        """,
    ),
    example(
        "accommodated-yet-with-parents",
        """
        started_on | legal_status | fails | because
        2017-05-02 | V2           | yes   | at home by agreement
        2017-05-02 | C2           | no    | at home under a care order
        2017-05-02 | V2           | no    | fostered
        2017-05-02 | V2           | no    | was at home before
        """,
        placements="""
        child_id | started_on | ended_on   | placement_type
        1        | 2017-05-02 |            | P1
        2        | 2017-05-02 |            | P1
        3        | 2017-05-02 |            | U6
        4        | 2017-05-02 | 2017-06-02 | P1
        4        | 2017-06-02 |            | U6
        """,
    ),
    example(
        "interim-order-without-proceedings",
        """
        started_on | legal_status | fails | because
        2017-05-02 | C1           | yes   | the proceedings have ended
        2017-05-02 | C1           | no    | proceedings are open
        2017-05-02 | C2           | no    | a full order
        """,
        legal_proceedings="""
        child_id | kind             | started_on | ended_on
        1        | care_proceedings | 2017-05-02 | 2017-11-02
        2        | care_proceedings | 2017-05-02 |
        """,
    ),
    example(
        "asylum-seeker-without-absent-parents",
        """
        started_on | is_uasc | category_of_need | fails | because
        2017-05-02 | yes     | N1               | yes   | another need
        2017-05-02 | yes     | N8               | no    | absent parenting
        2017-05-02 | no      | N1               | no    | no asylum seeker
        """,
    ),
    example(
        "permanence-plan-before-care",
        """
        started_on | permanence_plan | permanence_plan_on | fails | because
        2017-05-02 | adoption        | 2017-05-01         | yes   | the day before
        2017-05-02 | adoption        | 2017-05-02         | no    | the day care began
        """,
    ),
    example(
        "permanence-plan-without-date",
        """
        started_on | ended_on   | permanence_plan | permanence_plan_on | fails | because
        2017-05-02 |            | adoption        |                    | yes   | since when?
        2017-05-02 |            | adoption        | 2017-06-02         | no    | said
        2017-05-02 |            |                 |                    | no    | no plan
        2017-05-02 | 2017-11-02 | adoption        |                    | no    | ended
        """,
    ),
    example(
        "care-plan-updated-before-first",
        """
        started_on | first_care_plan_on | latest_care_plan_on | fails | because
        2017-05-02 | 2017-06-02         | 2017-06-01          | yes   | the day before
        2017-05-02 | 2017-06-02         | 2017-06-02          | no    | one plan
        """,
    ),
    example(
        "first-care-plan-long-before-care",
        """
        started_on | first_care_plan_on | fails | because
        2017-05-02 | 2017-01-29         | yes   | 93 days
        2017-05-02 | 2017-01-30         | no    | 92 days
        2017-05-02 | 2017-05-20         | no    | after it
        """,
    ),
    example(
        "placements-undercounted",
        """
        started_on | placements_12m | fails | because
        2016-05-02 | 1              | yes   | two in the last twelve months
        2016-05-02 | 2              | no    | two, as stated
        2016-05-02 | 1              | no    | the other ended more than a year ago
        """,
        placements="""
        child_id | started_on | ended_on
        1        | 2016-05-02 | 2017-01-02
        1        | 2017-01-02 |
        2        | 2016-05-02 | 2017-01-02
        2        | 2017-01-02 |
        3        | 2016-05-02 | 2016-12-31
        3        | 2016-12-31 |
        """,
    ),
    example(
        "looked-after-never-reviewed",
        """
        started_on | ended_on   | legal_status | fails | because
        2017-06-30 |            | C2           | yes   | 184 days
        2017-07-01 |            | C2           | no    | 183 days
        2017-01-02 |            | C2           | no    | reviewed
        2017-01-02 |            | V4           | no    | short breaks
        2017-01-02 | 2017-11-02 | C2           | no    | ended
        """,
        conferences="""
        child_id | kind                | held_on
        3        | looked_after_review | 2017-02-02
        """,
    ),
]
