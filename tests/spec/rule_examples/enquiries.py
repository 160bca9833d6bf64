"""Examples: assessments and enquiries."""

from tests.spec.rule_examples.drawing import example

EXAMPLES = [
    example(
        "assessment-open-after-closure",
        """
        started_on | authorised_on | referral_id | fails | because
        2017-05-02 |               | a           | yes   | its referral is closed
        2017-05-02 | 2017-06-02    | b           | no    | authorised
        2017-05-02 |               | c           | no    | its referral is open
        2017-05-02 |               |             | yes   | the last referral before it is closed
        2017-05-02 |               |             | no    | the last referral before it is open
        """,
        referrals="""
        child_id | referral_id | received_on | closed_on
        1        | a           | 2017-05-01  | 2017-07-01
        2        | b           | 2017-05-01  | 2017-07-01
        3        | c           | 2017-05-01  |
        4        | d           | 2017-01-01  |
        4        | e           | 2017-05-01  | 2017-07-01
        5        | f           | 2017-01-01  | 2017-07-01
        5        | g           | 2017-05-01  |
        """,
    ),
    example(
        "assessment-before-referral",
        """
        started_on | referral_id | fails | because
        2017-05-01 | a           | yes   | the day before
        2017-05-02 | b           | no    | the same day
        """,
        referrals="""
        child_id | referral_id | received_on
        1        | a           | 2017-05-02
        2        | b           | 2017-05-02
        """,
    ),
    example(
        "assessment-after-closure",
        """
        started_on | referral_id | fails | because
        2017-07-02 | a           | yes   | the day after
        2017-07-01 | b           | no    | the same day
        2017-07-02 | c           | no    | the referral is open
        """,
        referrals="""
        child_id | referral_id | received_on | closed_on
        1        | a           | 2017-05-02  | 2017-07-01
        2        | b           | 2017-05-02  | 2017-07-01
        3        | c           | 2017-05-02  |
        """,
    ),
    example(
        "assessment-without-referral",
        """
        started_on | referral_id | fails | because
        2017-05-02 |             | yes   | no referral
        2017-05-02 |             | yes   | referred later
        2017-05-02 |             | no    | referred before
        2017-05-02 | d           | no    | linked
        """,
        referrals="""
        child_id | referral_id | received_on
        2        | b           | 2017-05-03
        3        | c           | 2017-01-02
        4        | d           | 2017-05-01
        """,
    ),
    example(
        "no-factors-with-factors",
        """
        started_on | factors | fails | because
        2017-05-02 | 21;3A   | yes   | none and one
        2017-05-02 | 21      | no    | none
        2017-05-02 | 1A;3A   | no    | two
        2017-05-02 |         | no    | blank
        """,
    ),
    example(
        "assessment-without-factors",
        """
        started_on | authorised_on | is_services_required | factors | fails | because
        2017-05-02 | 2017-06-02    | yes                  |         | yes   | needs and no factor
        2017-05-02 | 2017-06-02    | yes                  | 3A      | no    | a factor
        2017-05-02 | 2017-06-02    | no                   |         | no    | no needs
        2017-05-02 |               | yes                  |         | no    | not finished
        """,
    ),
    example(
        "two-open-assessments",
        """
        child_id | started_on | authorised_on | fails | because
        a        | 2017-11-02 |               | yes   | two open
        a        | 2017-12-02 |               | yes   | two open
        b        | 2017-11-02 | 2017-12-01    | no    | one is finished
        b        | 2017-12-02 |               | no    | one is finished
        """,
    ),
    example(
        "two-assessments-from-one-day",
        """
        child_id | started_on | fails | because
        a        | 2017-11-02 | yes   | the same day
        a        | 2017-11-02 | yes   | the same day
        b        | 2017-11-02 | no    | the day before
        b        | 2017-11-03 | no    | the day after
        """,
    ),
    example(
        "assessment-left-open",
        """
        started_on | authorised_on | fails | because
        2017-06-30 |               | yes   | 184 days
        2017-07-01 |               | no    | 183 days
        2017-01-01 | 2017-03-01    | no    | finished
        """,
    ),
    example(
        "assessment-of-one-day",
        """
        started_on | authorised_on | fails | because
        2017-05-02 | 2017-05-02    | yes   | the same day
        2017-05-02 | 2017-05-03    | no    | the next day
        """,
    ),
    example(
        "not-seen-in-assessment-but-visited",
        """
        started_on | authorised_on | is_child_seen | fails | because
        2017-05-02 | 2017-06-02    | no            | yes   | seen at a visit meanwhile
        2017-05-02 | 2017-06-02    | no            | no    | the visit does not say so
        2017-05-02 | 2017-06-02    | no            | no    | the visit came after
        2017-05-02 | 2017-06-02    | yes           | no    | both say so
        """,
        visits="""
        child_id | visited_at | is_seen
        1        | 2017-05-20 | yes
        2        | 2017-05-20 |
        3        | 2017-06-03 | yes
        4        | 2017-05-20 | yes
        """,
    ),
    example(
        "seen-in-assessment-without-visit",
        """
        started_on | authorised_on | is_child_seen | fails | because
        2017-05-02 | 2017-06-02    | yes           | yes   | no visit
        2017-05-02 | 2017-06-02    | yes           | yes   | not seen at the visit
        2017-05-02 | 2017-06-02    | yes           | no    | visited
        2017-05-02 | 2017-06-02    | no            | no    | not seen
        """,
        visits="""
        child_id | visited_at | is_seen
        2        | 2017-05-20 | no
        3        | 2017-05-20 |
        """,
    ),
    example(
        "plan-although-no-services-required",
        """
        started_on | authorised_on | is_services_required | fails | because
        2017-05-02 | 2017-06-02    | no                   | yes   | a plan two weeks on
        2017-05-02 | 2017-06-02    | no                   | no    | a plan later
        2017-05-02 | 2017-06-02    | yes                  | no    | services are required
        """,
        cin_plans="""
        child_id | started_on
        1        | 2017-06-16
        2        | 2017-06-17
        3        | 2017-06-03
        """,
    ),
    example(
        "assessment-of-an-adult",
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
        "discussion-before-concern",
        """
        concern_on | held_on    | fails | because
        2017-05-02 | 2017-05-01 | yes   | the day before
        2017-05-02 | 2017-05-02 | no    | the same day
        """,
    ),
    example(
        "enquiry-ended-without-start",
        """
        held_on    | is_s47_initiated | s47_ended_on | fails | because
        2017-05-02 | no               | 2017-05-20   | yes   | none was started
        2017-05-02 | yes              | 2017-05-20   | no    | started
        2017-05-02 | no               |              | no    | none
        """,
    ),
    example(
        "conference-required-without-enquiry",
        """
        held_on    | is_s47_initiated | is_icpc_required | fails | because
        2017-05-02 | no               | yes              | yes   | no enquiry
        2017-05-02 | yes              | yes              | no    | an enquiry
        2017-05-02 | no               | no               | no    | no conference
        """,
    ),
    example(
        "required-conference-not-held",
        """
        held_on    | is_s47_initiated | is_icpc_required | fails | because
        2017-05-02 | yes              | yes              | yes   | none was held
        2017-05-02 | yes              | yes              | no    | held
        2017-12-02 | yes              | yes              | no    | it may still be held
        2017-05-02 | yes              |                  | no    | not decided
        """,
        conferences="""
        child_id | kind    | held_on
        2        | initial | 2017-05-20
        """,
    ),
    example(
        "conference-held-though-not-required",
        """
        strategy_discussion_id | held_on    | is_icpc_required | fails | because
        a                      | 2017-05-02 | no               | yes   | one is linked
        b                      | 2017-05-02 | yes              | no    | required
        c                      | 2017-05-02 | no               | no    | the conference is of another enquiry
        """,
        conferences="""
        child_id | kind    | held_on    | strategy_discussion_id
        1        | initial | 2017-05-20 | a
        2        | initial | 2017-05-20 | b
        3        | initial | 2017-11-20 |
        """,
    ),
    example(
        "enquiry-left-open",
        """
        held_on    | is_s47_initiated | s47_ended_on | fails | because
        2017-09-29 | yes              |              | yes   | 93 days
        2017-09-30 | yes              |              | no    | 92 days
        2017-05-02 | yes              | 2017-05-20   | no    | ended
        2017-05-02 | no               |              | no    | no enquiry
        """,
    ),
    example(
        "enquiry-during-another",
        """
        child_id | held_on    | is_s47_initiated | s47_ended_on | fails | because
        a        | 2017-05-02 | yes              |              | no    | the first
        a        | 2017-05-20 | yes              |              | yes   | the first is open
        b        | 2017-05-02 | yes              | 2017-05-20   | no    | the first
        b        | 2017-05-20 | yes              |              | no    | the first ended that day
        """,
    ),
    example(
        "two-enquiries-on-one-day",
        """
        child_id | held_on    | is_s47_initiated | fails | because
        a        | 2017-05-02 | yes              | yes   | both started one
        a        | 2017-05-02 | yes              | yes   | both started one
        b        | 2017-05-02 | no               | no    | only the last started one
        b        | 2017-05-02 | yes              | no    | only the last started one
        """,
    ),
    example(
        "enquiry-without-referral",
        """
        held_on    | is_s47_initiated | fails | because
        2017-05-02 | yes              | yes   | no referral
        2017-05-02 | yes              | no    | written up five days later
        2017-05-02 | yes              | yes   | written up six days later
        2017-05-02 | yes              | yes   | closed the day before
        2017-05-02 | no               | no    | no enquiry
        """,
        referrals="""
        child_id | received_on | closed_on
        2        | 2017-05-07  |
        3        | 2017-05-08  |
        4        | 2017-01-02  | 2017-05-01
        """,
    ),
    example(
        "action-details-without-actions",
        """
        held_on    | has_actions | has_action_owners | has_action_dates | fails | because
        2017-05-02 | no          | yes               |                  | yes   | owners of no action
        2017-05-02 | no          |                   | yes              | yes   | dates of no action
        2017-05-02 | yes         | yes               | yes              | no    | actions
        2017-05-02 | no          | no                | no               | no    | nothing
        """,
    ),
    example(
        "enquiry-about-an-adult",
        """
        held_on    | is_s47_initiated | fails | because
        2017-05-02 | yes              | yes   | 18 that day
        2017-05-01 | yes              | no    | 18 tomorrow
        """,
        children="""
        born_on
        1999-05-02
        1999-05-02
        """,
    ),
]
