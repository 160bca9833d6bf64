"""Examples: allocations, posts, teams, supervision, training."""

from tests.spec.rule_examples.drawing import example

_ON_PLANS = """
    child_id | started_on
    1        | 2017-01-02
    2        | 2017-01-02
    3        | 2017-01-02
    4        | 2017-01-02
    """

EXAMPLES = [
    example(
        "two-lead-social-workers",
        """
        child_id | worker_id | team | role          | started_on | ended_on   | fails | because
        a        | v         | t    | social_worker | 2017-01-02 | 2017-05-10 | yes   | six working days together
        a        | w         | t    | social_worker | 2017-05-02 |            | yes   | six working days together
        b        | v         | t    | social_worker | 2017-01-02 | 2017-05-09 | no    | five working days together
        b        | w         | t    | social_worker | 2017-05-02 |            | no    | five working days together
        c        | v         | t    | social_worker | 2017-01-02 |            | no    | the other is the reviewing officer
        c        | w         | t    | iro           | 2017-01-02 |            | no    | the reviewing officer
        d        | duty      | t    | social_worker | 2017-01-02 |            | no    | a duty desk is nobody
        d        | w         | t    | social_worker | 2017-01-02 |            | no    | the other is a duty desk
        """,
    ),
    example(
        "open-case-unallocated",
        """
        born_on    | fails | because
        2010-01-01 | yes   | nobody
        2010-01-01 | no    | a social worker
        2010-01-01 | yes   | only a duty desk
        2010-01-01 | yes   | the worker's allocation has ended
        2010-01-01 | no    | no open case
        """,
        cin_plans=_ON_PLANS,
        allocations="""
        child_id | worker_id | team | role          | started_on | ended_on
        2        | w         | t    | social_worker | 2017-01-02 |
        3        | duty      | t    | social_worker | 2017-01-02 |
        4        | w         | t    | social_worker | 2017-01-02 | 2017-05-02
        """,
    ),
    example(
        "allocated-to-a-worker-who-left",
        """
        worker_id | team | role          | started_on | ended_on   | fails | because
        v         | t    | social_worker | 2017-01-02 |            | yes   | left in May
        w         | t    | social_worker | 2017-01-02 |            | no    | in post
        v         | t    | social_worker | 2017-01-02 | 2017-05-02 | no    | ended
        x         | t    | social_worker | 2017-01-02 |            | no    | a worker without any post is reported elsewhere
        """,
        posts="""
        worker_id | team | started_on | ended_on
        v         | t    | 2016-01-01 | 2017-05-02
        w         | t    | 2016-01-01 |
        """,
    ),
    example(
        "allocated-to-a-closed-team",
        """
        worker_id | team | role          | started_on | ended_on   | fails | because
        w         | t    | social_worker | 2017-01-02 |            | yes   | closed in May
        w         | u    | social_worker | 2017-01-02 |            | no    | in force until today
        w         | t    | social_worker | 2017-01-02 | 2017-05-02 | no    | ended
        """,
        teams="""
        team | effective_from_on | effective_to_on
        t    | 2016-01-01        | 2017-05-02
        u    | 2016-01-01        | 2017-12-31
        """,
    ),
    example(
        "closed-case-still-allocated",
        """
        worker_id | team | role          | started_on | ended_on   | fails | because
        w         | t    | social_worker | 2017-01-02 |            | no    | on a plan
        w         | t    | iro           | 2017-01-02 |            | no    | not a social worker
        w         | t    | social_worker | 2017-01-02 | 2017-05-02 | no    | ended
        w         | t    | social_worker | 2017-12-20 |            | no    | new
        w         | t    | social_worker | 2017-01-02 |            | yes   | no open case
        """,
        cin_plans="""
        child_id | started_on
        1        | 2017-01-02
        """,
    ),
    example(
        "lead-worker-is-no-social-worker",
        """
        worker_id | team | role          | started_on | fails | because
        v         | t    | social_worker | 2017-01-02 | yes   | a family support post
        w         | t    | social_worker | 2017-01-02 | no    | a social worker
        v         | t    | other         | 2017-01-02 | no    | another role
        """,
        posts="""
        worker_id | team | is_social_worker | started_on
        v         | t    | no               | 2016-01-01
        w         | t    | yes              | 2016-01-01
        """,
    ),
    example(
        "allocated-in-another-team",
        """
        worker_id | team | role          | started_on | fails | because
        w         | u    | social_worker | 2017-01-02 | yes   | the post is in another team
        w         | t    | social_worker | 2017-01-02 | no    | the same team
        """,
        posts="""
        worker_id | team | started_on
        w         | t    | 2016-01-01
        """,
    ),
    example(
        "allocation-recorded-twice",
        """
        child_id | worker_id | team | role          | started_on | ended_on   | fails | because
        a        | w         | t    | social_worker | 2017-01-02 |            | yes   | both at once
        a        | w         | t    | social_worker | 2017-05-02 |            | yes   | both at once
        b        | w         | t    | social_worker | 2017-01-02 | 2017-05-02 | no    | one after the other
        b        | w         | t    | social_worker | 2017-05-02 |            | no    | one after the other
        """,
    ),
    example(
        "post-overlaps-itself",
        """
        post_id | worker_id | team | started_on | ended_on   | fails | because
        a       | v         | t    | 2017-01-02 | 2017-05-03 | yes   | both on 2 May
        a       | w         | t    | 2017-05-02 |            | yes   | both on 2 May
        b       | v         | t    | 2017-01-02 | 2017-05-02 | no    | one after the other
        b       | w         | t    | 2017-05-02 |            | no    | one after the other
        """,
    ),
    example(
        "worker-over-full-time",
        """
        post_id | worker_id | team | fte  | started_on | ended_on   | fails | because
        a       | v         | t    | 0.8  | 2017-01-02 |            | yes   | 1.3 together
        b       | v         | t    | 0.5  | 2017-05-02 |            | yes   | 1.3 together
        c       | w         | t    | 0.5  | 2017-01-02 |            | no    | 1.0 together
        d       | w         | t    | 0.5  | 2017-01-02 |            | no    | 1.0 together
        e       | x         | t    | 0.8  | 2017-01-02 | 2017-05-02 | no    | ended
        f       | x         | t    | 0.8  | 2017-05-02 |            | no    | the other has ended
        """,
    ),
    example(
        "worker-with-two-names",
        """
        post_id | worker_id | worker_name | team | started_on | fails | because
        a       | v         | Worker A    | t    | 2017-01-02 | yes   | two names
        b       | v         | Worker B    | t    | 2017-05-02 | yes   | two names
        c       | w         | Worker C    | t    | 2017-01-02 | no    | one name
        d       | w         | Worker C    | t    | 2017-05-02 | no    | one name
        """,
    ),
    example(
        "first-year-in-no-social-worker-post",
        """
        worker_id | team | is_asye | is_social_worker | started_on | fails | because
        v         | t    | yes     | no               | 2017-01-02 | yes   | not a social worker
        w         | t    | yes     | yes              | 2017-01-02 | no    | a social worker
        x         | t    | no      | no               | 2017-01-02 | no    | not in the first year
        """,
    ),
    example(
        "social-worker-not-counted-as-one",
        """
        worker_id | team | role           | is_social_worker | started_on | fails | because
        v         | t    | social_worker  | no               | 2017-01-02 | yes   | should be registered
        w         | t    | social_worker  | yes              | 2017-01-02 | no    | counted
        x         | t    | family_support | no               | 2017-01-02 | no    | another role
        """,
    ),
    example(
        "converted-to-no-permanent-post",
        """
        worker_id | team | employment | is_converted_from_agency | started_on | fails | because
        v         | t    | agency     | yes                      | 2017-01-02 | yes   | still agency
        w         | t    | permanent  | yes                      | 2017-01-02 | no    | converted
        x         | t    | agency     | no                       | 2017-01-02 | no    | not converted
        """,
    ),
    example(
        "reason-for-end-of-current-post",
        """
        worker_id | team | started_on | ended_on   | end_reason | fails | because
        v         | t    | 2017-01-02 |            | resigned   | yes   | when?
        w         | t    | 2017-01-02 | 2017-05-02 | resigned   | no    | ended
        """,
    ),
    example(
        "reason-does-not-fit-employment",
        """
        worker_id | team | employment | started_on | ended_on   | end_reason | fails | because
                  | t    | vacant     | 2017-01-02 | 2017-05-02 | resigned   | yes   | nobody was there to resign
                  | t    | vacant     | 2017-01-02 | 2017-05-02 | filled     | no    | filled
        v         | t    | permanent  | 2017-01-02 | 2017-05-02 | agency_end | yes   | not agency
        v         | t    | permanent  | 2017-01-02 | 2017-05-02 | resigned   | no    | left
        w         | t    | agency     | 2017-01-02 | 2017-05-02 | retired    | yes   | not employed
        w         | t    | agency     | 2017-01-02 | 2017-05-02 | converted  | no    | became permanent
        """,
    ),
    example(
        "post-in-a-closed-team",
        """
        worker_id | team | started_on | ended_on   | fails | because
        v         | t    | 2017-01-02 |            | yes   | closed in May
        w         | u    | 2017-01-02 |            | no    | in force
        v         | t    | 2017-01-02 | 2017-05-02 | no    | ended
        """,
        teams="""
        team | effective_from_on | effective_to_on
        t    | 2016-01-01        | 2017-05-02
        u    | 2016-01-01        |
        """,
    ),
    example(
        "worker-of-unlikely-age",
        """
        worker_id | team | birth_year | started_on | fails | because
        v         | t    | 2000       | 2017-01-02 | yes   | 17
        w         | t    | 1999       | 2017-01-02 | no    | 18
        x         | t    | 1936       | 2017-01-02 | yes   | 81
        """,
    ),
    example(
        "post-of-no-hours",
        """
        worker_id | team | employment | fte | started_on | fails | because
        v         | t    | permanent  | 0   | 2017-01-02 | yes   | no hours
        w         | t    | permanent  | 0.1 | 2017-01-02 | no    | a few
                  | t    | vacant     | 0   | 2017-01-02 | no    | vacant
        """,
    ),
    example(
        "permanent-outside-establishment",
        """
        worker_id | team | employment | is_established | started_on | fails | because
        v         | t    | permanent  | no             | 2017-01-02 | yes   | who pays?
        w         | t    | permanent  | yes            | 2017-01-02 | no    | funded
        x         | t    | agency     | no             | 2017-01-02 | no    | agency
        """,
    ),
    example(
        "sickness-more-than-working-days",
        """
        worker_id | team | sickness_days_12m | started_on | fails | because
        v         | t    | 300               | 2017-01-02 | yes   | calendar days
        w         | t    | 262               | 2017-01-02 | no    | a whole year
        """,
    ),
    example(
        "started-before-advert",
        """
        worker_id | team | campaign_id | started_on | fails | because
        v         | t    | c           | 2017-05-01 | yes   | the day before
        w         | t    | c           | 2017-05-02 | no    | the day of the advert
        """,
        recruitment_campaigns="""
        campaign_id | advertised_on | applications
        c           | 2017-05-02    | 10
        """,
    ),
    example(
        "overlapping-team-rows",
        """
        team | effective_from_on | effective_to_on | service | fails | because
        t    | 2016-01-01        | 2017-05-02      | S       | yes   | both on 2 May
        t    | 2017-05-02        |                 | S       | yes   | both on 2 May
        u    | 2016-01-01        | 2017-05-01      | S       | no    | one after the other
        u    | 2017-05-02        |                 | S       | no    | one after the other
        """,
    ),
    example(
        "gap-in-team",
        """
        team | effective_from_on | effective_to_on | service | fails | because
        t    | 2016-01-01        | 2017-05-01      | S       | yes   | a day is missing
        t    | 2017-05-03        |                 | S       | no    | the later row
        u    | 2016-01-01        | 2017-05-01      | S       | no    | the next follows
        u    | 2017-05-02        |                 | S       | no    | the later row
        """,
    ),
    example(
        "team-without-manager",
        """
        team | effective_from_on | effective_to_on | service | manager_worker_id | fails | because
        t    | 2016-01-01        |                 | S       |                   | yes   | workers and no manager
        u    | 2016-01-01        |                 | S       | m                 | no    | a manager
        v    | 2016-01-01        |                 | S       |                   | no    | nobody works there
        w    | 2016-01-01        | 2017-05-02      | S       |                   | no    | closed
        """,
        posts="""
        worker_id | team | employment | started_on
        a         | t    | permanent  | 2016-01-01
        b         | u    | permanent  | 2016-01-01
        c         | w    | permanent  | 2016-01-01
        """,
    ),
    example(
        "team-manager-not-in-post",
        """
        team | effective_from_on | service | manager_worker_id | fails | because
        t    | 2016-01-01        | S       | m                 | yes   | left in May
        u    | 2016-01-01        | S       | n                 | no    | in post
        v    | 2016-01-01        | S       |                   | no    | none named
        """,
        posts="""
        worker_id | team | started_on | ended_on
        m         | t    | 2016-01-01 | 2017-05-02
        n         | u    | 2016-01-01 |
        """,
    ),
    example(
        "supervision-by-nobody",
        """
        worker_id | supervisor_worker_id | kind       | held_on    | fails | because
        v         |                      | one_to_one | 2017-05-02 | yes   | by whom?
        w         | m                    | one_to_one | 2017-05-02 | no    | said
        """,
    ),
    example(
        "supervision-of-oneself",
        """
        worker_id | supervisor_worker_id | kind       | held_on    | fails | because
        v         | v                    | one_to_one | 2017-05-02 | yes   | by themself
        w         | m                    | one_to_one | 2017-05-02 | no    | by the manager
        """,
    ),
    example(
        "supervised-while-not-in-post",
        """
        worker_id | supervisor_worker_id | kind       | held_on    | fails | because
        v         | m                    | one_to_one | 2017-05-02 | yes   | the first day no longer in post
        v         | m                    | one_to_one | 2017-05-01 | no    | the last day
        x         | m                    | one_to_one | 2017-05-02 | no    | a worker without any post is reported elsewhere
        """,
        posts="""
        worker_id | team | started_on | ended_on
        v         | t    | 2016-01-01 | 2017-05-02
        """,
    ),
    example(
        "supervisor-not-in-post",
        """
        worker_id | supervisor_worker_id | kind       | held_on    | fails | because
        v         | m                    | one_to_one | 2017-05-02 | yes   | has left
        v         | n                    | one_to_one | 2017-05-02 | no    | in post
        v         |                      | one_to_one | 2017-05-02 | no    | not said
        """,
        posts="""
        worker_id | team | started_on | ended_on
        m         | t    | 2016-01-01 | 2017-05-02
        n         | t    | 2016-01-01 |
        """,
    ),
    example(
        "supervision-recorded-twice",
        """
        worker_id | supervisor_worker_id | kind       | held_on    | fails | because
        v         | m                    | one_to_one | 2017-05-02 | yes   | the same day
        v         | m                    | one_to_one | 2017-05-02 | yes   | the same day
        w         | m                    | group      | 2017-05-02 | no    | group sessions
        w         | m                    | group      | 2017-05-02 | no    | group sessions
        """,
    ),
    example(
        "action-done-before-it-was-set",
        """
        action_id | supervision_id | completed_on | fails | because
        a         | s              | 2017-05-01   | yes   | the day before
        b         | s              | 2017-05-02   | no    | the same day
        """,
        supervisions="""
        supervision_id | worker_id | kind       | held_on
        s              | v         | one_to_one | 2017-05-02
        """,
    ),
    example(
        "action-due-before-it-was-set",
        """
        action_id | supervision_id | due_on     | fails | because
        a         | s              | 2017-05-01 | yes   | the day before
        b         | s              | 2018-05-02 | no    | next year
        """,
        supervisions="""
        supervision_id | worker_id | kind       | held_on
        s              | v         | one_to_one | 2017-05-02
        """,
    ),
    example(
        "action-without-due-date",
        """
        action_id | supervision_id | due_on     | completed_on | fails | because
        a         | s              |            |              | yes   | by when?
        b         | s              | 2017-06-02 |              | no    | said
        c         | s              |            | 2017-06-02   | no    | done
        """,
        supervisions="""
        supervision_id | worker_id | kind       | held_on
        s              | v         | one_to_one | 2017-05-02
        """,
    ),
    example(
        "action-reviewed-before-it-was-set",
        """
        action_id | supervision_id | reviewed_in_supervision_id | fails | because
        a         | t              | t                          | yes   | in the same session
        b         | t              | s                          | yes   | in an earlier one
        c         | s              | t                          | no    | in a later one
        """,
        supervisions="""
        supervision_id | worker_id | kind       | held_on
        s              | v         | one_to_one | 2017-05-02
        t              | v         | one_to_one | 2017-06-02
        """,
    ),
    example(
        "action-reviewed-with-another-worker",
        """
        action_id | supervision_id | reviewed_in_supervision_id | fails | because
        a         | s              | u                          | yes   | of another worker
        b         | s              | t                          | no    | of the same worker
        """,
        supervisions="""
        supervision_id | worker_id | kind       | held_on
        s              | v         | one_to_one | 2017-05-02
        t              | v         | one_to_one | 2017-06-02
        u              | w         | one_to_one | 2017-06-02
        """,
    ),
    example(
        "action-overdue-for-a-year",
        """
        action_id | supervision_id | due_on     | completed_on | fails | because
        a         | s              | 2016-12-30 |              | yes   | 366 days
        b         | s              | 2016-12-31 |              | no    | 365 days
        c         | s              | 2016-06-02 | 2017-06-02   | no    | done
        """,
        supervisions="""
        supervision_id | worker_id | kind       | held_on
        s              | v         | one_to_one | 2016-05-02
        """,
    ),
    example(
        "training-expires-before-it-was-done",
        """
        worker_id | course | completed_on | expires_on | fails | because
        v         | A      | 2017-05-02   | 2017-05-02 | yes   | never valid
        v         | B      | 2017-05-02   | 2017-05-03 | no    | valid for a day
        v         | C      | 2017-05-02   |            | no    | no expiry
        """,
    ),
    example(
        "training-valid-for-decades",
        """
        worker_id | course | completed_on | expires_on | fails | because
        v         | A      | 2017-05-02   | 2072-05-02 | yes   | a slip of the year
        v         | B      | 2017-05-02   | 2020-05-02 | no    | three years
        """,
    ),
]
