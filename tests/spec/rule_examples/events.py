"""Examples: visits, meetings, oversights, and when they were recorded."""

from tests.spec.rule_examples.drawing import Example, example

_CLOSED = """
    child_id | received_on | closed_on  | is_nfa
    1        | 2017-01-02  | 2017-05-02 | no
    2        | 2017-01-02  | 2017-05-02 | no
    3        | 2017-01-02  | 2017-05-02 | no
    3        | 2017-05-20  |            | no
    4        | 2017-01-02  | 2017-05-02 | no
    6        | 2017-01-02  | 2017-05-02 | no
    """


def _after_closure(code: str, day: str) -> Example:
    return example(
        code,
        f"""
        {day}      | fails | because
        2017-05-03 | yes   | the day after the case was closed
        2017-05-02 | no    | the day it was closed
        2017-06-02 | no    | a new case is open
        2017-06-02 | no    | a care leaver
        2017-06-02 | no    | no case was ever closed
        2017-06-02 | no    | the child is in care
        """,
        referrals=_CLOSED,
        care_leaver_statuses="""
        child_id | recorded_on | is_service_open | eligibility
        4        | 2017-05-02  | yes             | former_relevant
        """,
        care_periods="""
        child_id | started_on
        6        | 2017-03-02
        """,
    )


def _recorded(what: str, event: str, kind: str = "") -> list[Example]:
    return [
        example(
            f"{what}-recorded-before-it-happened",
            f"""
            {event}    | recorded_at | fails | because
            2017-05-02 | 2017-05-01  | yes   | the day before
            2017-05-02 | 2017-05-02  | no    | the same day
            2017-05-02 |             | no    | not said when
            """,
        ),
        example(
            f"{what}-recorded-a-year-late",
            f"""
            {event}    | recorded_at | fails | because
            2016-05-02 | 2017-05-03  | yes   | 366 days
            2016-05-02 | 2017-05-02  | no    | 365 days
            """,
        ),
    ]


def entered_together(number: int) -> Example:
    """Oversights of three days before, so many of them entered on the last day."""
    many = "".join(
        f"""
        2017-12-28  | 2017-12-31  | yes   | one of {number} that were entered on the last day"""
        for _ in range(number)
    )
    return example(
        "management-oversight-entered-with-many-others",
        f"""
        overseen_on | recorded_at | fails | because{many}
        2017-12-29  | 2017-12-31  | no    | two days later is soon enough
        2017-12-28  | 2017-12-30  | no    | entered the day before
        2017-12-28  |             | no    | not said when
        """,
    )


EXAMPLES = [
    _after_closure("visit-after-closure", "visited_at"),
    _after_closure("meeting-after-closure", "held_on"),
    _after_closure("oversight-after-closure", "overseen_on"),
    *_recorded("visit", "visited_at"),
    *_recorded("plan-meeting", "held_on"),
    *_recorded("management-oversight", "overseen_on"),
    entered_together(10),
    *_recorded("conference", "held_on"),
    *_recorded("strategy-discussion", "held_on"),
    *_recorded("missing-episode", "started_at"),
    example(
        "seen-alone-but-not-seen",
        """
        kind | visited_at | is_seen | is_seen_alone | fails | because
        cin  | 2017-05-02 | no      | yes           | yes   | both cannot be
        cin  | 2017-05-02 | yes     | yes           | no    | seen alone
        cin  | 2017-05-02 |         | yes           | no    | not said
        """,
    ),
    example(
        "protection-visit-without-plan",
        """
        kind | visited_at | fails | because
        cp   | 2017-05-03 | yes   | the plan ended the day before
        cp   | 2017-05-02 | no    | the plan ended that day
        cin  | 2017-05-03 | no    | another kind
        """,
        cp_plans="""
        child_id | started_on | ended_on
        1        | 2017-01-02 | 2017-05-02
        2        | 2017-01-02 | 2017-05-02
        3        | 2017-01-02 | 2017-05-02
        """,
    ),
    example(
        "looked-after-visit-outside-care",
        """
        kind         | visited_at | fails | because
        looked_after | 2017-01-01 | yes   | the day before care began
        looked_after | 2017-01-02 | no    | the day care began
        cin          | 2017-01-01 | no    | another kind
        """,
        care_periods="""
        child_id | started_on
        1        | 2017-01-02
        2        | 2017-01-02
        3        | 2017-01-02
        """,
    ),
    example(
        "care-leaver-visit-without-status",
        """
        kind        | visited_at | fails | because
        care_leaver | 2017-05-02 | yes   | the status came later
        care_leaver | 2017-05-02 | no    | a status is there
        cin         | 2017-05-02 | no    | another kind
        """,
        care_leaver_statuses="""
        child_id | recorded_on | is_service_open | eligibility
        1        | 2017-05-03  | yes             | relevant
        2        | 2017-05-01  | yes             | relevant
        """,
    ),
    example(
        "private-fostering-visit-without-arrangement",
        """
        kind              | visited_at | fails | because
        private_fostering | 2017-05-02 | yes   | no arrangement
        private_fostering | 2017-05-02 | no    | an arrangement
        cin               | 2017-05-02 | no    | another kind
        """,
        private_fostering_arrangements="""
        child_id | notified_on
        2        | 2017-01-02
        """,
    ),
    example(
        "unborn-child-seen",
        """
        kind | visited_at | is_seen | fails | because
        cin  | 2017-05-01 | yes     | yes   | born the day after
        cin  | 2017-05-02 | yes     | no    | born that day
        cin  | 2017-05-01 | no      | no    | not seen
        cin  | 2017-05-01 | yes     | yes   | still unborn
        """,
        children="""
        born_on    | is_unborn
        2017-05-02 | no
        2017-05-02 | no
        2017-05-02 | no
                   | yes
        """,
    ),
    example(
        "visit-after-death",
        """
        kind | visited_at | is_seen | fails | because
        cin  | 2017-05-03 | yes     | yes   | the day after
        cin  | 2017-05-03 | no      | no    | to the family
        cin  | 2017-05-02 | yes     | no    | the day of death
        """,
        referrals="""
        child_id | received_on | closed_on  | close_reason
        1        | 2017-01-02  | 2017-05-02 | RC2
        2        | 2017-01-02  | 2017-05-02 | RC2
        3        | 2017-01-02  | 2017-05-02 | RC2
        """,
    ),
    example(
        "visit-recorded-twice",
        """
        child_id | kind | visited_at       | fails | because
        a        | cin  | 2017-05-02T10:00 | yes   | the same time
        a        | cin  | 2017-05-02T10:00 | yes   | the same time
        b        | cin  | 2017-05-02T10:00 | no    | an hour apart
        b        | cin  | 2017-05-02T11:00 | no    | an hour apart
        c        | cin  | 2017-05-02       | yes   | the same day without times
        c        | cin  | 2017-05-02       | yes   | the same day without times
        d        | cin  | 2017-05-02T10:00 | no    | of different kinds
        d        | cp   | 2017-05-02T10:00 | no    | of different kinds
        """,
    ),
    example(
        "visit-at-night",
        """
        kind | visited_at       | fails | because
        cin  | 2017-05-02T05:59 | yes   | before six
        cin  | 2017-05-02T06:00 | no    | at six
        cin  | 2017-05-02       | no    | no time
        """,
    ),
    example(
        "core-group-without-protection-plan",
        """
        kind       | held_on    | fails | because
        core_group | 2017-05-02 | yes   | no plan
        core_group | 2017-05-02 | no    | on a plan
        cin_review | 2017-05-02 | no    | another kind
        """,
        cp_plans="""
        child_id | started_on
        2        | 2017-01-02
        """,
    ),
    example(
        "plan-review-without-plan",
        """
        kind        | held_on    | fails | because
        cin_review  | 2017-05-02 | yes   | no plan
        cin_review  | 2017-05-02 | no    | the review ended the plan
        cin_meeting | 2017-05-02 | no    | a meeting without plan
        """,
        cin_plans="""
        child_id | started_on | ended_on
        2        | 2017-01-02 | 2017-05-02
        """,
    ),
    example(
        "meeting-recorded-twice",
        """
        child_id | kind       | held_on    | fails | because
        a        | core_group | 2017-05-02 | yes   | two of a kind
        a        | core_group | 2017-05-02 | yes   | two of a kind
        b        | core_group | 2017-05-02 | no    | a day apart
        b        | core_group | 2017-05-03 | no    | a day apart
        """,
    ),
    example(
        "checkpoint-without-assessment",
        """
        kind                  | overseen_on | assessment_id | fails | because
        assessment_checkpoint | 2017-05-02  |               | yes   | of which assessment?
        assessment_checkpoint | 2017-05-02  | b             | no    | linked
        oversight             | 2017-05-02  |               | no    | another kind
        """,
        assessments="""
        child_id | assessment_id | started_on
        2        | b             | 2017-05-01
        """,
    ),
    example(
        "checkpoint-outside-assessment",
        """
        kind                  | overseen_on | assessment_id | fails | because
        assessment_checkpoint | 2017-05-01  | a             | yes   | the day before it started
        assessment_checkpoint | 2017-06-03  | b             | yes   | the day after it ended
        assessment_checkpoint | 2017-06-02  | c             | no    | the day it ended
        assessment_checkpoint | 2017-12-02  | d             | no    | still open
        """,
        assessments="""
        child_id | assessment_id | started_on | authorised_on
        1        | a             | 2017-05-02 | 2017-06-02
        2        | b             | 2017-05-02 | 2017-06-02
        3        | c             | 2017-05-02 | 2017-06-02
        4        | d             | 2017-05-02 |
        """,
    ),
    example(
        "midpoint-review-outside-care",
        """
        kind         | overseen_on | fails | because
        iro_midpoint | 2017-05-02  | yes   | neither in care nor on a plan
        iro_midpoint | 2017-05-02  | no    | in care
        oversight    | 2017-05-02  | no    | another kind
        iro_midpoint | 2017-05-02  | no    | a conference chair's check of a child on a plan
        iro_midpoint | 2017-05-02  | no    | the day the plan ended
        iro_midpoint | 2017-05-02  | yes   | the plan had ended
        iro_midpoint | 2017-05-02  | yes   | the plan starts a day later
        """,
        care_periods="""
        child_id | started_on
        2        | 2017-01-02
        """,
        cp_plans="""
        child_id | started_on | ended_on
        4        | 2017-01-02 |
        5        | 2017-01-02 | 2017-05-02
        6        | 2017-01-02 | 2017-05-01
        7        | 2017-05-03 |
        """,
    ),
    example(
        "oversight-recorded-twice",
        """
        child_id | kind      | overseen_on | worker_id | fails | because
        a        | oversight | 2017-05-02  | m         | yes   | the same manager that day
        a        | oversight | 2017-05-02  | m         | yes   | the same manager that day
        b        | oversight | 2017-05-02  | m         | no    | two managers
        b        | oversight | 2017-05-02  | n         | no    | two managers
        """,
    ),
]
