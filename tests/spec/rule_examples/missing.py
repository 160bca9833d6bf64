"""Examples: missing children, exploitation, private fostering, proceedings."""

from tests.spec.rule_examples.drawing import example

EXAMPLES = [
    example(
        "overlapping-missing-episodes",
        """
        child_id | started_at       | ended_at         | fails | because
        a        | 2017-05-02T10:00 | 2017-05-02T20:01 | yes   | the second began a minute before
        a        | 2017-05-02T20:00 | 2017-05-03T08:00 | yes   | the second
        b        | 2017-05-02T10:00 | 2017-05-02T20:00 | no    | one ends as the other begins
        b        | 2017-05-02T20:00 |                  | no    | one ends as the other begins
        """,
    ),
    example(
        "missing-for-a-month",
        """
        started_at | ended_at   | fails | because
        2017-11-30 |            | yes   | 31 days
        2017-12-01 |            | no    | 30 days
        2017-05-02 | 2017-05-03 | no    | back
        """,
    ),
    example(
        "interview-before-return",
        """
        started_at | ended_at         | rhi_completed_at | fails | because
        2017-05-02 | 2017-05-03T10:00 | 2017-05-03T09:59 | yes   | a minute before
        2017-05-02 | 2017-05-03T10:00 | 2017-05-03       | no    | no time of the interview
        2017-05-02 | 2017-05-03       | 2017-05-02       | yes   | the day before
        2017-05-02 | 2017-05-03       | 2017-05-05       | no    | two days after
        """,
    ),
    example(
        "interview-without-offer",
        """
        started_at | ended_at   | is_rhi_offered | rhi_completed_at | fails | because
        2017-05-02 | 2017-05-03 | no             | 2017-05-04       | yes   | not offered
        2017-05-02 | 2017-05-03 | yes            | 2017-05-04       | no    | offered
        2017-05-02 | 2017-05-03 |                | 2017-05-04       | no    | not said
        2017-05-02 | 2017-05-03 | no             |                  | no    | no interview
        """,
    ),
    example(
        "interview-accepted-without-offer",
        """
        started_at | ended_at   | is_rhi_offered | is_rhi_accepted | fails | because
        2017-05-02 | 2017-05-03 | no             | yes             | yes   | not offered
        2017-05-02 | 2017-05-03 | yes            | yes             | no    | offered
        2017-05-02 | 2017-05-03 | no             | no              | no    | not accepted
        """,
    ),
    example(
        "interview-although-declined",
        """
        started_at | ended_at   | is_rhi_accepted | rhi_completed_at | fails | because
        2017-05-02 | 2017-05-03 | no              | 2017-05-04       | yes   | declined
        2017-05-02 | 2017-05-03 | yes             | 2017-05-04       | no    | accepted
        2017-05-02 | 2017-05-03 | no              |                  | no    | no interview
        """,
    ),
    example(
        "answer-to-interview-not-recorded",
        """
        started_at | ended_at   | is_rhi_offered | is_rhi_accepted | rhi_completed_at | fails | because
        2017-12-01 | 2017-12-20 | yes            |                 |                  | yes   | 11 days and no answer
        2017-12-01 | 2017-12-21 | yes            |                 |                  | no    | 10 days
        2017-05-02 | 2017-05-03 | yes            | no              |                  | no    | declined
        2017-05-02 | 2017-05-03 | yes            |                 | 2017-05-04       | no    | interviewed
        2017-05-02 | 2017-05-03 | no             |                 |                  | no    | not offered
        """,
    ),
    example(
        "away-from-no-placement",
        """
        kind    | started_at | fails | because
        away    | 2017-05-02 | yes   | not in care
        away    | 2017-05-02 | no    | in care
        missing | 2017-05-02 | no    | missing from home
        """,
        care_periods="""
        child_id | started_on
        2        | 2017-01-02
        """,
    ),
    example(
        "missing-before-birth-or-as-adult",
        """
        started_at | fails | because
        2017-05-01 | yes   | born the day after
        2017-05-02 | yes   | 18 that day
        2017-05-01 | no    | 18 tomorrow
        """,
        children="""
        born_on
        2017-05-02
        1999-05-02
        1999-05-02
        """,
    ),
    example(
        "flag-closed-that-was-not-open",
        """
        child_id | kind        | done_on    | exploitation_type | fails | because
        a        | flag_closed | 2017-05-02 | cse               | yes   | never opened
        b        | flag_opened | 2017-01-02 | cse               | no    | opened
        b        | flag_closed | 2017-05-02 | cse               | no    | closed
        c        | flag_opened | 2017-01-02 | cse               | no    | opened
        c        | flag_closed | 2017-05-02 | cce               | yes   | of another type
        d        | screening   | 2017-05-02 | cse               | no    | no flag
        """,
    ),
    example(
        "flag-opened-twice",
        """
        child_id | kind        | done_on    | exploitation_type | fails | because
        a        | flag_opened | 2017-01-02 | cse               | no    | the first
        a        | flag_opened | 2017-05-02 | cse               | yes   | open already
        b        | flag_opened | 2017-01-02 | cse               | no    | the first
        b        | flag_closed | 2017-03-02 | cse               | no    | closed
        b        | flag_opened | 2017-05-02 | cse               | no    | opened anew
        """,
    ),
    example(
        "flag-open-on-closed-case",
        """
        child_id | kind        | done_on    | exploitation_type | fails | because
        a        | flag_opened | 2017-05-02 | cse               | yes   | no open case
        b        | flag_opened | 2017-05-02 | cse               | no    | on a plan
        c        | flag_opened | 2017-05-02 | cse               | no    | closed
        c        | flag_closed | 2017-06-02 | cse               | no    | closed
        d        | flag_opened | 2017-11-02 | cse               | no    | new
        """,
        cin_plans="""
        child_id | started_on
        b        | 2017-01-02
        """,
    ),
    example(
        "exploitation-assessed-without-level",
        """
        kind       | done_on    | risk_level | fails | because
        assessment | 2017-05-02 |            | yes   | how high?
        assessment | 2017-05-02 | none       | no    | none found
        screening  | 2017-05-02 |            | no    | a screening
        """,
    ),
    example(
        "flag-without-type",
        """
        kind        | done_on    | exploitation_type | fails | because
        flag_opened | 2017-05-02 |                   | yes   | of what kind?
        flag_opened | 2017-05-02 | gangs             | no    | said
        screening   | 2017-05-02 |                   | no    | no flag
        """,
    ),
    example(
        "private-fostering-at-16",
        """
        notified_on | ended_on   | fails | because
        2017-05-02  |            | yes   | 16 today
        2017-05-02  |            | no    | 16 tomorrow
        2017-05-02  | 2017-12-01 | no    | ended
        """,
        children="""
        born_on
        2001-12-31
        2002-01-01
        2001-12-31
        """,
    ),
    example(
        "private-fostering-of-looked-after-child",
        """
        notified_on | ended_on   | fails | because
        2017-05-02  |            | yes   | looked after
        2017-05-02  |            | no    | not looked after
        2017-05-02  | 2017-06-02 | no    | ended
        """,
        care_periods="""
        child_id | started_on
        1        | 2017-06-02
        3        | 2017-06-02
        """,
    ),
    example(
        "private-fostering-assessed-before-notice",
        """
        notified_on | assessment_completed_on | fails | because
        2017-05-02  | 2017-05-01              | yes   | the day before
        2017-05-02  | 2017-05-02              | no    | the same day
        """,
    ),
    example(
        "overlapping-private-fostering",
        """
        child_id | notified_on | ended_on   | fails | because
        a        | 2017-01-02  | 2017-05-03 | yes   | both on 2 May
        a        | 2017-05-02  |            | yes   | both on 2 May
        b        | 2017-01-02  | 2017-05-02 | no    | one after the other
        b        | 2017-05-02  |            | no    | one after the other
        """,
    ),
    example(
        "overlapping-proceedings",
        """
        child_id | kind             | started_on | ended_on   | fails | because
        a        | care_proceedings | 2017-01-02 | 2017-05-03 | yes   | both on 2 May
        a        | care_proceedings | 2017-05-02 |            | yes   | both on 2 May
        b        | pre_proceedings  | 2017-01-02 | 2017-05-03 | no    | of different kinds
        b        | care_proceedings | 2017-05-02 |            | no    | of different kinds
        """,
    ),
    example(
        "pre-proceedings-left-open",
        """
        child_id | kind             | started_on | ended_on   | fails | because
        a        | pre_proceedings  | 2017-01-02 |            | yes   | issued in May
        a        | care_proceedings | 2017-05-02 |            | no    | the proceedings
        b        | pre_proceedings  | 2017-01-02 | 2017-05-02 | no    | ended
        b        | care_proceedings | 2017-05-02 |            | no    | the proceedings
        c        | pre_proceedings  | 2017-01-02 |            | no    | not issued
        """,
    ),
    example(
        "proceedings-at-17",
        """
        kind             | started_on | fails | because
        care_proceedings | 2017-05-02 | yes   | 17 that day
        care_proceedings | 2017-05-01 | no    | 17 tomorrow
        pre_proceedings  | 2017-05-02 | no    | not issued
        """,
        children="""
        born_on
        2000-05-02
        2000-05-02
        2000-05-02
        """,
    ),
    example(
        "proceedings-open-two-years",
        """
        kind             | started_on | ended_on   | fails | because
        care_proceedings | 2015-12-31 |            | yes   | 731 days
        care_proceedings | 2016-01-01 |            | no    | 730 days
        care_proceedings | 2015-01-01 | 2017-01-01 | no    | ended
        """,
    ),
]
