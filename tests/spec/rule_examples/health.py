"""Examples: health checks, education plans, leaving care."""

from tests.spec.rule_examples.drawing import example

_IN_CARE = """
    child_id | started_on | ended_on
    1        | 2017-01-02 |
    2        | 2017-01-02 |
    3        | 2017-01-02 |
    4        | 2017-01-02 |
    """

EXAMPLES = [
    example(
        "health-check-before-birth",
        """
        kind   | done_on    | result    | fails | because
        dental | 2017-05-01 | completed | yes   | the day before
        dental | 2017-05-02 | completed | no    | the day of birth
        """,
        children="""
        born_on
        2017-05-02
        2017-05-02
        """,
    ),
    example(
        "health-assessment-outside-care",
        """
        kind   | done_on    | result    | fails | because
        iha    | 2017-01-01 | completed | yes   | the day before care
        iha    | 2017-01-02 | completed | no    | the first day
        iha    | 2017-01-01 | declined  | no    | not done
        dental | 2017-01-01 | completed | no    | not a statutory assessment
        """,
        care_periods=_IN_CARE,
    ),
    example(
        "review-health-assessment-first",
        """
        child_id | kind              | done_on    | result    | fails | because
        1        | rha               | 2017-06-02 | completed | yes   | no initial one before
        2        | iha               | 2017-02-02 | completed | no    | the initial one
        2        | rha               | 2017-06-02 | completed | no    | a review
        3        | health_assessment | 2017-02-02 | completed | no    | not said which
        3        | rha               | 2017-06-02 | completed | no    | it may have been initial
        4        | rha               | 2017-06-02 | declined  | no    | not done
        """,
        care_periods=_IN_CARE,
    ),
    example(
        "second-initial-health-assessment",
        """
        child_id | kind | done_on    | result    | fails | because
        1        | iha  | 2017-02-02 | completed | no    | the first
        1        | iha  | 2017-06-02 | completed | yes   | the second
        2        | iha  | 2016-02-02 | completed | no    | of an earlier period of care
        2        | iha  | 2017-02-02 | completed | no    | the first of this one
        3        | iha  | 2017-02-02 | declined  | no    | not done
        3        | iha  | 2017-06-02 | completed | no    | the first
        """,
        care_periods=_IN_CARE,
    ),
    example(
        "dental-check-of-a-baby",
        """
        kind   | done_on    | result    | fails | because
        dental | 2017-05-01 | completed | yes   | 1 tomorrow
        dental | 2017-05-02 | completed | no    | 1 that day
        dental | 2017-05-01 | declined  | no    | not done
        iha    | 2017-05-01 | completed | no    | another check
        """,
        children="""
        born_on
        2016-05-02
        2016-05-02
        2016-05-02
        2016-05-02
        """,
    ),
    example(
        "questionnaire-outside-ages",
        """
        kind | done_on    | result    | score | fails | because
        sdq  | 2017-05-01 | completed | 10    | yes   | 4 tomorrow
        sdq  | 2017-05-02 | completed | 10    | no    | 4 that day
        sdq  | 2017-05-02 | completed | 10    | yes   | 18 that day
        sdq  | 2017-05-01 | completed | 10    | no    | 18 tomorrow
        """,
        children="""
        born_on
        2013-05-02
        2013-05-02
        1999-05-02
        1999-05-02
        """,
    ),
    example(
        "questionnaire-without-score",
        """
        kind | done_on    | result    | score | fails | because
        sdq  | 2017-05-02 | completed |       | yes   | no score
        sdq  | 2017-05-02 | completed | 0     | no    | a score of 0
        sdq  | 2017-05-02 | declined  |       | no    | not done
        """,
    ),
    example(
        "score-without-completed-questionnaire",
        """
        kind   | done_on    | result    | score | fails | because
        sdq    | 2017-05-02 | declined  | 10    | yes   | declined
        dental | 2017-05-02 | completed | 10    | yes   | of teeth?
        sdq    | 2017-05-02 | completed | 10    | no    | completed
        """,
    ),
    example(
        "health-check-recorded-twice",
        """
        child_id | kind   | done_on    | result    | fails | because
        a        | dental | 2017-05-02 | completed | yes   | the same day
        a        | dental | 2017-05-02 | completed | yes   | the same day
        b        | dental | 2017-05-02 | completed | no    | of different kinds
        b        | rha    | 2017-05-02 | completed | no    | of different kinds
        """,
    ),
    example(
        "education-plan-under-three",
        """
        held_on    | fails | because
        2017-05-01 | yes   | 3 tomorrow
        2017-05-02 | no    | 3 that day
        """,
        children="""
        born_on
        2014-05-02
        2014-05-02
        """,
    ),
    example(
        "education-plan-after-18",
        """
        held_on    | fails | because
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
        "education-plan-outside-care",
        """
        held_on    | fails | because
        2017-01-01 | yes   | the day before care
        2017-01-02 | no    | the first day
        """,
        care_periods=_IN_CARE,
    ),
    example(
        "education-plan-recorded-twice",
        """
        child_id | held_on    | fails | because
        a        | 2017-05-02 | yes   | the same day
        a        | 2017-05-02 | yes   | the same day
        b        | 2017-05-02 | no    | alone
        """,
    ),
    example(
        "leaving-care-service-over-25",
        """
        recorded_on | is_service_open | eligibility     | fails | because
        2017-05-02  | yes             | former_relevant | yes   | 25 today
        2017-05-02  | yes             | former_relevant | no    | 25 tomorrow
        2017-05-02  | no              | former_relevant | no    | closed
        """,
        children="""
        born_on
        1992-12-31
        1993-01-01
        1992-12-31
        """,
    ),
    example(
        "leaving-care-status-under-16",
        """
        recorded_on | is_service_open | eligibility | fails | because
        2017-05-01  | yes             | eligible    | yes   | 16 tomorrow
        2017-05-02  | yes             | eligible    | no    | 16 that day
        """,
        children="""
        born_on
        2001-05-02
        2001-05-02
        """,
    ),
    example(
        "eligible-and-not-looked-after",
        """
        recorded_on | is_service_open | eligibility | fails | because
        2017-05-02  | yes             | eligible    | yes   | left care in June
        2017-05-02  | yes             | eligible    | no    | looked after
        2017-05-02  | yes             | relevant    | no    | has left care
        2017-05-02  | no              | eligible    | no    | closed
        """,
        care_periods="""
        child_id | started_on | ended_on
        1        | 2016-01-02 | 2017-06-02
        2        | 2016-01-02 |
        """,
    ),
    example(
        "relevant-at-18",
        """
        recorded_on | is_service_open | eligibility | fails | because
        2017-05-02  | yes             | relevant    | yes   | 18 today
        2017-05-02  | yes             | relevant    | no    | 18 tomorrow
        """,
        children="""
        born_on
        1999-12-31
        2000-01-01
        """,
    ),
    example(
        "former-relevant-under-18",
        """
        recorded_on | is_service_open | eligibility     | fails | because
        2017-05-01  | yes             | former_relevant | yes   | 18 tomorrow
        2017-05-02  | yes             | former_relevant | no    | 18 that day
        """,
        children="""
        born_on
        1999-05-02
        1999-05-02
        """,
    ),
    example(
        "care-leaver-never-in-care",
        """
        recorded_on | is_service_open | eligibility     | fails | because
        2017-05-02  | yes             | former_relevant | yes   | no period of care
        2017-05-02  | yes             | former_relevant | no    | was in care
        2017-05-02  | yes             | qualifying      | no    | may have been under special guardianship
        """,
        care_periods="""
        child_id | started_on | ended_on
        2        | 2014-01-02 | 2017-05-02
        """,
    ),
    example(
        "in-touch-and-nothing-known",
        """
        recorded_on | is_service_open | eligibility     | in_touch | activity | accommodation | fails | because
        2017-05-02  | yes             | former_relevant | YES      | 0        | U             | yes   | activity not known
        2017-05-02  | yes             | former_relevant | YES      | F2       | 0             | yes   | accommodation not known
        2017-05-02  | yes             | former_relevant | YES      | F2       | U             | no    | both known
        2017-05-02  | yes             | former_relevant | NO       | 0        | 0             | no    | not in touch
        """,
    ),
    example(
        "details-of-one-who-died-or-went-home",
        """
        recorded_on | is_service_open | eligibility     | in_touch | activity | accommodation | fails | because
        2017-05-02  | no              | former_relevant | DIED     | F2       |               | yes   | has died
        2017-05-02  | no              | relevant        | RHOM     |          | B             | yes   | went home
        2017-05-02  | no              | relevant        | RHOM     |          |               | no    | nothing recorded
        2017-05-02  | yes             | relevant        | YES      | F2       | B             | no    | in touch
        """,
    ),
    example(
        "service-open-after-death",
        """
        recorded_on | is_service_open | eligibility     | in_touch | fails | because
        2017-05-02  | yes             | former_relevant | DIED     | yes   | still open
        2017-05-02  | no              | former_relevant | DIED     | no    | closed
        """,
    ),
    example(
        "in-touch-without-recent-contact",
        """
        recorded_on | is_service_open | eligibility     | in_touch | last_contact_on | fails | because
        2017-05-02  | yes             | former_relevant | YES      | 2016-12-30      | yes   | 366 days ago
        2017-05-02  | yes             | former_relevant | YES      | 2016-12-31      | no    | 365 days ago
        2017-05-02  | yes             | former_relevant | NO       | 2015-12-31      | no    | not in touch
        """,
    ),
    example(
        "homeless-or-in-custody-called-suitable",
        """
        recorded_on | is_service_open | eligibility     | accommodation | is_suitable_accommodation | fails | because
        2017-05-02  | yes             | former_relevant | X             | yes                       | yes   | custody
        2017-05-02  | yes             | former_relevant | S             | yes                       | yes   | homeless
        2017-05-02  | yes             | former_relevant | X             | no                        | no    | not suitable
        2017-05-02  | yes             | former_relevant | U             | yes                       | no    | a flat
        """,
    ),
    example(
        "foyer-under-18",
        """
        recorded_on | is_service_open | eligibility | accommodation | fails | because
        2017-05-01  | yes             | relevant    | T             | yes   | 18 tomorrow
        2017-05-02  | yes             | relevant    | T             | no    | 18 that day
        """,
        children="""
        born_on
        1999-05-02
        1999-05-02
        """,
    ),
    example(
        "two-statuses-on-one-day",
        """
        child_id | recorded_on | is_service_open | eligibility | fails | because
        a        | 2017-05-02  | yes             | relevant    | yes   | the same day
        a        | 2017-05-02  | no              | relevant    | yes   | the same day
        b        | 2017-05-02  | yes             | relevant    | no    | a day apart
        b        | 2017-05-03  | no              | relevant    | no    | a day apart
        """,
    ),
    example(
        "leaving-care-status-of-last-year",
        """
        child_id | recorded_on | is_service_open | eligibility     | fails | because
        a        | 2016-12-30  | yes             | former_relevant | yes   | 366 days ago
        b        | 2016-12-31  | yes             | former_relevant | no    | 365 days ago
        c        | 2016-12-30  | yes             | former_relevant | no    | confirmed since
        c        | 2017-12-30  | yes             | former_relevant | no    | new
        d        | 2016-12-30  | no              | former_relevant | no    | closed
        """,
    ),
    example(
        "care-leaver-without-adviser",
        """
        recorded_on | is_service_open | eligibility     | in_touch | fails | because
        2017-05-02  | yes             | former_relevant | YES      | yes   | nobody
        2017-05-02  | yes             | former_relevant | YES      | no    | an adviser
        2017-05-02  | yes             | former_relevant | DIED     | no    | has died
        2017-05-02  | yes             | former_relevant | YES      | yes   | only a duty desk
        """,
        allocations="""
        child_id | worker_id | team | role             | started_on
        2        | w         | t    | personal_adviser | 2017-05-02
        4        | duty      | t    | personal_adviser | 2017-05-02
        """,
    ),
    example(
        "pathway-plan-under-15",
        """
        kind | done_on    | fails | because
        plan | 2017-05-01 | yes   | 15 tomorrow
        plan | 2017-05-02 | no    | 15 that day
        """,
        children="""
        born_on
        2002-05-02
        2002-05-02
        """,
    ),
    example(
        "pathway-review-without-plan",
        """
        child_id | kind             | done_on    | fails | because
        a        | review           | 2017-05-02 | yes   | no plan
        b        | plan             | 2017-01-02 | no    | a plan
        b        | review           | 2017-05-02 | no    | its review
        c        | needs_assessment | 2017-01-02 | no    | not a plan yet
        c        | review           | 2017-05-02 | yes   | still no plan
        """,
    ),
    example(
        "pathway-plan-recorded-twice",
        """
        child_id | kind | done_on    | fails | because
        a        | plan | 2017-05-02 | yes   | the same day
        a        | plan | 2017-05-02 | yes   | the same day
        b        | plan | 2017-05-02 | no    | alone
        """,
    ),
]
