"""Examples: referrals."""

from tests.spec.rule_examples.drawing import example

EXAMPLES = [
    example(
        "referral-decided-before-received",
        """
        received_on | decided_on | fails | because
        2017-05-02  | 2017-05-01 | yes   | the day before
        2017-05-02  | 2017-05-02 | no    | the same day
        2017-05-02  |            | no    | not decided
        """,
    ),
    example(
        "referral-closed-before-decided",
        """
        received_on | decided_on | closed_on  | fails | because
        2017-05-02  | 2017-05-04 | 2017-05-03 | yes   | closed a day too early
        2017-05-02  | 2017-05-04 | 2017-05-04 | no    | the same day
        2017-05-02  | 2017-05-04 | 2017-05-01 | no    | closed before it was received, which is said elsewhere
        """,
    ),
    example(
        "referral-left-undecided",
        """
        received_on | decided_on | is_nfa | closed_on  | fails | because
        2017-12-02  |            |        |            | yes   | 29 days
        2017-12-03  |            |        |            | no    | 28 days
        2017-05-02  |            | no     |            | no    | decided, without a date
        2017-05-02  |            |        | 2017-06-01 | no    | closed
        """,
    ),
    example(
        "no-action-referral-with-assessment",
        """
        referral_id | received_on | is_nfa | fails | because
        a           | 2017-05-02  | yes    | yes   | assessed all the same
        b           | 2017-05-02  | no     | no    | not without action
        c           | 2017-05-02  | yes    | no    | the assessment is of another referral
        """,
        assessments="""
        child_id | referral_id | started_on
        1        | a           | 2017-05-03
        2        | b           | 2017-05-03
        3        | d           | 2017-05-03
        """,
    ),
    example(
        "two-open-episodes",
        """
        child_id | received_on | closed_on  | is_nfa | fails | because
        a        | 2017-05-02  |            | no     | yes   | two open
        a        | 2017-06-02  |            |        | yes   | two open
        b        | 2017-05-02  | 2017-06-02 | no     | no    | the first was closed
        b        | 2017-06-02  |            | no     | no    | the first was closed
        c        | 2017-05-02  |            | yes    | no    | the first led to nothing
        c        | 2017-06-02  |            | no     | no    | the first led to nothing
        """,
    ),
    example(
        "referral-during-open-episode",
        """
        child_id | received_on | closed_on  | fails | because
        a        | 2017-05-02  | 2017-08-01 | no    | the first of the two
        a        | 2017-06-02  | 2017-09-01 | yes   | received while the first was open
        b        | 2017-05-02  | 2017-06-02 | no    | closed on the day of the next
        b        | 2017-06-02  |            | no    | received on the day the first was closed
        c        | 2017-05-02  |            | no    | two open ones are another matter
        c        | 2017-06-02  |            | no    | two open ones are another matter
        """,
    ),
    example(
        "two-referrals-on-one-day",
        """
        child_id | received_on | fails | because
        a        | 2017-05-02  | yes   | the same day
        a        | 2017-05-02  | yes   | the same day
        b        | 2017-05-02  | no    | alone
        b        | 2017-05-03  | no    | the next day
        """,
    ),
    example(
        "close-reason-of-open-referral",
        """
        received_on | closed_on  | close_reason | fails | because
        2017-05-02  |            | RC7          | yes   | a reason and no date
        2017-05-02  | 2017-06-02 | RC7          | no    | closed
        2017-05-02  |            |              | no    | open
        """,
    ),
    example(
        "open-case-without-activity",
        """
        received_on | closed_on  | fails | because
        2017-01-02  |            | yes   | the last visit was in May
        2017-01-02  |            | no    | visited in December
        2017-01-02  |            | no    | assessed in October
        2017-10-02  |            | no    | new
        2017-01-02  | 2017-05-02 | no    | closed
        """,
        visits="""
        child_id | visited_at
        1        | 2017-05-02
        2        | 2017-12-02
        """,
        assessments="""
        child_id | started_on
        3        | 2017-10-02
        """,
    ),
    example(
        "referral-after-death",
        """
        child_id | received_on | closed_on  | close_reason | fails | because
        a        | 2017-01-02  | 2017-03-01 | RC2          | no    | closed by the death
        a        | 2017-03-02  |            |              | yes   | the day after the death
        b        | 2017-01-02  | 2017-03-01 | RC7          | no    | the child lives
        b        | 2017-03-02  |            |              | no    | the child lives
        c        | 2017-06-02  |            |              | yes   | died in care in May
        """,
        care_periods="""
        child_id | started_on | ended_on   | end_reason
        c        | 2017-01-01 | 2017-05-02 | E2
        """,
    ),
    example(
        "open-case-after-death",
        """
        received_on | closed_on  | fails | because
        2017-01-02  |            | yes   | died in care in May
        2017-01-02  | 2017-05-02 | no    | closed
        2017-01-02  |            | no    | the child came home
        """,
        care_periods="""
        child_id | started_on | ended_on   | end_reason
        1        | 2017-01-01 | 2017-05-02 | E2
        2        | 2017-01-01 | 2017-05-02 | E2
        3        | 2017-01-01 | 2017-05-02 | E4A
        """,
    ),
    example(
        "closed-as-adopted-without-adoption",
        """
        received_on | closed_on  | close_reason | fails | because
        2017-01-02  | 2017-05-02 | RC1          | yes   | the child came home
        2017-01-02  | 2017-05-02 | RC1          | no    | adopted
        2017-01-02  | 2017-05-02 | RC7          | no    | another reason
        """,
        care_periods="""
        child_id | started_on | ended_on   | end_reason
        1        | 2017-01-01 | 2017-05-02 | E4A
        2        | 2017-01-01 | 2017-05-02 | E11
        """,
    ),
    example(
        "need-not-stated-in-open-case",
        """
        received_on | closed_on  | primary_need | fails | because
        2017-10-28  |            | N0           | yes   | 64 days
        2017-10-29  |            | N0           | no    | 63 days
        2017-05-02  | 2017-06-02 | N0           | no    | closed
        2017-05-02  |            | N1           | no    | stated
        """,
    ),
    example(
        "need-is-disability-child-has-none",
        """
        received_on | primary_need | fails | because
        2017-05-02  | N2           | yes   | recorded without a disability
        2017-05-02  | N2           | no    | recorded with one
        2017-05-02  | N2           | no    | not recorded
        2017-05-02  | N1           | no    | another need
        """,
        children="""
        child_id | has_disability
        1        | no
        2        | yes
        3        |
        4        | no
        """,
    ),
    example(
        "earlier-referrals-undercounted",
        """
        child_id | received_on | previous_referrals_12m | fails | because
        a        | 2017-01-02  | 0                      | no    | the first
        a        | 2017-05-02  | 0                      | yes   | one came in January
        b        | 2016-05-02  | 0                      | no    | the first
        b        | 2017-05-02  | 0                      | no    | exactly a year before does not count
        c        | 2017-05-02  | 2                      | no    | another council may know of more
        """,
    ),
    example(
        "referral-long-before-birth",
        """
        received_on | fails | because
        2017-01-01  | yes   | 301 days before
        2017-01-02  | no    | 300 days before
        """,
        children="""
        born_on
        2017-10-29
        2017-10-29
        """,
    ),
    example(
        "referral-of-an-adult",
        """
        received_on | fails | because
        2017-05-02  | yes   | 18 that day
        2017-05-01  | no    | 18 tomorrow
        """,
        children="""
        born_on
        1999-05-02
        1999-05-02
        """,
    ),
    example(
        "case-open-after-18",
        """
        received_on | closed_on  | fails | because
        2017-01-02  |            | yes   | 18 in May and nothing explains it
        2017-01-02  |            | no    | a care leaver
        2017-01-02  |            | no    | still in care
        2017-01-02  | 2017-05-02 | no    | closed
        2017-01-02  |            | no    | 17
        """,
        children="""
        born_on
        1999-05-02
        1999-05-02
        1999-05-02
        1999-05-02
        2000-05-02
        """,
        care_leaver_statuses="""
        child_id | recorded_on | is_service_open | eligibility
        2        | 2017-05-02  | yes             | former_relevant
        """,
        care_periods="""
        child_id | started_on
        3        | 2016-01-01
        """,
    ),
]
