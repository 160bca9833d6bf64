"""Examples: conferences and plans."""

from tests.spec.rule_examples.drawing import example

EXAMPLES = [
    example(
        "conference-made-no-plan",
        """
        kind    | held_on    | is_cp_plan_made | fails | because
        initial | 2017-05-02 | yes             | yes   | the plan starts a day later
        initial | 2017-05-02 | yes             | no    | the plan starts that day
        initial | 2017-05-02 | no              | no    | no plan was made
        """,
        cp_plans="""
        child_id | started_on
        1        | 2017-05-03
        2        | 2017-05-02
        """,
    ),
    example(
        "conference-before-discussion",
        """
        kind    | held_on    | strategy_discussion_id | fails | because
        initial | 2017-05-01 | a                      | yes   | the day before
        initial | 2017-05-02 | b                      | no    | the same day
        initial | 2017-05-01 |                        | no    | not linked
        """,
        strategy_discussions="""
        child_id | strategy_discussion_id | held_on    | is_s47_initiated
        1        | a                      | 2017-05-02 | yes
        2        | b                      | 2017-05-02 | yes
        3        | c                      | 2017-05-02 | yes
        """,
    ),
    example(
        "review-on-or-before-plan-start",
        """
        kind    | held_on    | fails | because
        review  | 2017-05-02 | yes   | the day the plan starts
        review  | 2017-05-01 | yes   | the day before
        review  | 2017-05-03 | no    | the day after
        review  | 2017-05-02 | no    | it is of the plan before
        initial | 2017-05-02 | no    | no review
        """,
        cp_plans="""
        child_id | started_on | ended_on
        1        | 2017-05-02 |
        2        | 2017-05-02 |
        3        | 2017-05-02 |
        4        | 2016-01-02 | 2017-05-02
        4        | 2017-11-02 |
        5        | 2017-05-02 |
        """,
    ),
    example(
        "review-without-plan",
        """
        kind   | held_on    | fails | because
        review | 2017-05-02 | yes   | the plan ended in January
        review | 2017-05-02 | yes   | there never was one
        review | 2017-05-02 | no    | the review ended the plan
        review | 2017-05-02 | no    | a plan starts later, which is said elsewhere
        """,
        cp_plans="""
        child_id | started_on | ended_on
        1        | 2016-05-02 | 2017-01-02
        3        | 2016-05-02 | 2017-05-02
        4        | 2017-06-02 |
        """,
    ),
    example(
        "initial-conference-during-plan",
        """
        kind    | held_on    | fails | because
        initial | 2017-05-02 | yes   | a plan is in force
        initial | 2017-05-02 | no    | it starts the plan
        initial | 2017-05-02 | no    | the earlier plan ended that day
        review  | 2017-05-02 | no    | a review
        """,
        cp_plans="""
        child_id | started_on | ended_on
        1        | 2016-05-02 |
        2        | 2017-05-02 |
        3        | 2016-05-02 | 2017-05-02
        4        | 2016-05-02 |
        """,
    ),
    example(
        "initial-conference-without-enquiry",
        """
        kind    | held_on    | strategy_discussion_id | fails | because
        initial | 2017-08-02 |                        | yes   | no enquiry
        initial | 2017-08-02 |                        | no    | an enquiry in July
        initial | 2017-08-02 |                        | yes   | the enquiry was last year
        initial | 2017-08-02 | d                      | no    | linked
        """,
        strategy_discussions="""
        child_id | strategy_discussion_id | held_on    | is_s47_initiated
        2        | b                      | 2017-07-20 | yes
        3        | c                      | 2016-07-20 | yes
        4        | d                      | 2017-07-20 | yes
        """,
    ),
    example(
        "decisions-sent-before-conference",
        """
        kind    | held_on    | decisions_sent_on | fails | because
        initial | 2017-05-02 | 2017-05-01        | yes   | the day before
        initial | 2017-05-02 | 2017-05-02        | no    | the same day
        """,
    ),
    example(
        "minutes-sent-before-conference",
        """
        kind    | held_on    | minutes_sent_on | fails | because
        initial | 2017-05-02 | 2017-05-01      | yes   | the day before
        initial | 2017-05-02 | 2017-05-20      | no    | after it
        """,
    ),
    example(
        "plan-made-at-review",
        """
        kind        | held_on    | is_cp_plan_made | fails | because
        review      | 2017-05-02 | yes             | yes   | a review makes no plan
        review      | 2017-05-02 | no              | no    | it made none
        transfer_in | 2017-05-02 | yes             | no    | a transfer-in conference does
        """,
    ),
    example(
        "looked-after-review-outside-care",
        """
        kind                | held_on    | fails | because
        looked_after_review | 2017-05-02 | yes   | the child left the day before
        looked_after_review | 2017-05-02 | no    | the child left that day
        looked_after_review | 2017-05-02 | no    | in care
        review              | 2017-05-02 | no    | no such review
        """,
        care_periods="""
        child_id | started_on | ended_on
        1        | 2016-05-02 | 2017-05-01
        2        | 2016-05-02 | 2017-05-02
        3        | 2016-05-02 |
        """,
    ),
    example(
        "under-four-code-for-older-child",
        """
        kind   | held_on    | participation | fails | because
        review | 2017-05-02 | PN0           | yes   | 4 that day
        review | 2017-05-01 | PN0           | no    | 4 tomorrow
        review | 2017-05-02 | PN1           | no    | took part
        """,
        children="""
        born_on
        2013-05-02
        2013-05-02
        2013-05-02
        """,
    ),
    example(
        "participation-of-child-under-four",
        """
        kind   | held_on    | participation | fails | because
        review | 2017-05-01 | PN7           | yes   | 4 tomorrow
        review | 2017-05-02 | PN7           | no    | 4 that day
        review | 2017-05-01 | PN0           | no    | the code for a child under 4
        review | 2017-05-01 | PN7           | yes   | not yet born
        """,
        children="""
        born_on    | is_unborn
        2013-05-02 | no
        2013-05-02 | no
        2013-05-02 | no
                   | yes
        """,
    ),
    example(
        "conference-recorded-twice",
        """
        child_id | kind    | held_on    | fails | because
        a        | review  | 2017-05-02 | yes   | two reviews that day
        a        | review  | 2017-05-02 | yes   | two reviews that day
        b        | review  | 2017-05-02 | no    | of different kinds
        b        | initial | 2017-05-02 | no    | of different kinds
        """,
    ),
    example(
        "protection-plan-without-open-referral",
        """
        started_on | ended_on   | fails | because
        2017-05-02 |            | yes   | the referral is closed
        2017-05-02 |            | no    | the referral is open
        2017-05-02 | 2017-11-02 | no    | the plan has ended
        """,
        referrals="""
        child_id | received_on | closed_on
        1        | 2017-01-02  | 2017-12-01
        2        | 2017-01-02  |
        3        | 2017-01-02  | 2017-12-01
        """,
    ),
    example(
        "protection-plan-without-conference",
        """
        started_on | fails | because
        2017-05-02 | yes   | the conference was a day before
        2017-05-02 | no    | a conference on the day
        2017-05-02 | no    | a transfer-in conference on the day
        2017-05-02 | yes   | a review is not enough
        """,
        conferences="""
        child_id | kind        | held_on
        1        | initial     | 2017-05-01
        2        | initial     | 2017-05-02
        3        | transfer_in | 2017-05-02
        4        | review      | 2017-05-02
        """,
    ),
    example(
        "overlapping-protection-plans",
        """
        child_id | started_on | ended_on   | fails | because
        a        | 2017-01-02 | 2017-05-03 | yes   | both open on 2 May
        a        | 2017-05-02 |            | yes   | both open on 2 May
        b        | 2017-01-02 | 2017-05-02 | no    | one ends as the other starts
        b        | 2017-05-02 |            | no    | one ends as the other starts
        c        | 2017-05-02 | 2017-01-02 | no    | it ends before it starts and is never open
        c        | 2017-03-02 |            | no    | the other is never open
        """,
    ),
    example(
        "protection-plan-of-no-days",
        """
        started_on | ended_on   | fails | because
        2017-05-02 | 2017-05-02 | yes   | the same day
        2017-05-02 | 2017-05-03 | no    | one day
        """,
    ),
    example(
        "protection-plan-open-at-18",
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
        "protection-plan-without-category",
        """
        started_on | ended_on   | initial_category | latest_category | fails | because
        2017-05-02 |            |                  |                 | yes   | no category
        2017-05-02 |            |                  | NEG             | no    | the latest
        2017-05-02 |            | EMO              |                 | no    | the first
        2017-05-02 | 2017-12-01 |                  |                 | no    | ended
        """,
    ),
    example(
        "protection-plan-before-referral",
        """
        started_on | fails | because
        2017-05-02 | yes   | referred the day after
        2017-05-02 | no    | referred that day
        """,
        referrals="""
        child_id | received_on
        1        | 2017-05-03
        2        | 2017-05-02
        """,
    ),
    example(
        "earlier-protection-plans-undercounted",
        """
        child_id | started_on | ended_on   | previous_plan_count | fails | because
        a        | 2015-01-02 | 2016-01-02 | 0                   | no    | the first
        a        | 2017-05-02 |            | 0                   | yes   | there was one
        b        | 2015-01-02 | 2016-01-02 | 1                   | no    | one in another council
        b        | 2017-05-02 |            | 2                   | no    | both counted
        """,
    ),
    example(
        "protection-plan-of-long-looked-after-child",
        """
        started_on | ended_on   | fails | because
        2017-05-02 |            | yes   | in care since August
        2017-05-02 |            | no    | in care since November
        2017-05-02 | 2017-09-02 | no    | ended
        2017-05-02 |            | no    | not in care
        """,
        care_periods="""
        child_id | started_on
        1        | 2017-08-02
        2        | 2017-11-02
        3        | 2017-08-02
        """,
    ),
    example(
        "protection-plan-restarted-at-once",
        """
        child_id | started_on | ended_on   | fails | because
        a        | 2016-05-02 | 2017-05-02 | no    | the first
        a        | 2017-05-09 |            | yes   | a week later
        b        | 2016-05-02 | 2017-05-02 | no    | the first
        b        | 2017-05-10 |            | no    | eight days later
        """,
    ),
    example(
        "protection-plan-never-reviewed",
        """
        started_on | ended_on   | fails | because
        2017-01-02 |            | yes   | a year without review
        2017-01-02 |            | no    | reviewed
        2017-11-02 |            | no    | new
        2017-01-02 | 2017-12-02 | no    | ended
        """,
        conferences="""
        child_id | kind   | held_on
        2        | review | 2017-03-20
        """,
    ),
    example(
        "in-need-plan-of-protected-child",
        """
        started_on | ended_on   | fails | because
        2017-05-02 |            | yes   | on a child protection plan
        2017-05-02 |            | yes   | looked after
        2017-05-02 | 2017-06-02 | no    | ended
        2017-05-02 |            | no    | neither
        """,
        cp_plans="""
        child_id | started_on
        1        | 2017-06-02
        3        | 2017-06-02
        """,
        care_periods="""
        child_id | started_on
        2        | 2017-06-02
        """,
    ),
    example(
        "in-need-plan-without-open-referral",
        """
        started_on | ended_on   | fails | because
        2017-05-02 |            | yes   | the case is closed
        2017-05-02 |            | no    | the case is open
        2017-05-02 | 2017-11-02 | no    | the plan has ended
        """,
        referrals="""
        child_id | received_on | closed_on
        1        | 2017-01-02  | 2017-12-01
        2        | 2017-01-02  |
        """,
    ),
    example(
        "overlapping-in-need-plans",
        """
        child_id | started_on | ended_on   | fails | because
        a        | 2017-01-02 | 2017-05-03 | yes   | both open on 2 May
        a        | 2017-05-02 |            | yes   | both open on 2 May
        b        | 2017-01-02 | 2017-05-02 | no    | one ends as the other starts
        b        | 2017-05-02 |            | no    | one ends as the other starts
        """,
    ),
    example(
        "in-need-plan-of-no-days",
        """
        started_on | ended_on   | fails | because
        2017-05-02 | 2017-05-02 | yes   | the same day
        2017-05-02 |            | no    | open
        """,
    ),
    example(
        "in-need-plan-open-at-18",
        """
        started_on | fails | because
        2017-05-02 | yes   | 18 today
        2017-05-02 | no    | 18 tomorrow
        """,
        children="""
        born_on
        1999-12-31
        2000-01-01
        """,
    ),
    example(
        "in-need-plan-without-activity",
        """
        started_on | ended_on   | fails | because
        2017-05-02 |            | yes   | the last visit was in August
        2017-05-02 |            | no    | visited in November
        2017-05-02 | 2017-12-02 | no    | ended
        """,
        visits="""
        child_id | visited_at
        1        | 2017-08-02
        2        | 2017-11-02
        3        | 2017-08-02
        """,
    ),
    example(
        "in-need-plan-before-referral",
        """
        started_on | fails | because
        2017-05-02 | yes   | referred the day after
        2017-05-02 | no    | referred that day
        """,
        referrals="""
        child_id | received_on
        1        | 2017-05-03
        2        | 2017-05-02
        """,
    ),
]
