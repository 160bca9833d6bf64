"""Examples: children, contacts, early help."""

from tests.spec.rule_examples.drawing import example

EXAMPLES = [
    example(
        "unborn-although-due",
        """
        is_unborn | born_on    | expected_birth_on | fails | because
        yes       |            | 2017-12-02        | yes   | due 29 days ago
        yes       |            | 2017-12-03        | no    | due 28 days ago
        yes       | 2017-12-31 |                   | yes   | born today
        yes       |            |                   | no    | nothing says when
        no        | 2017-01-01 | 2017-01-01        | no    | born
        """,
    ),
    example(
        "unborn-without-due-date",
        """
        is_unborn | expected_birth_on | fails | because
        yes       |                   | yes   | nobody wrote down when
        yes       | 2018-03-01        | no    | the date is there
        no        |                   | no    | born
        """,
    ),
    example(
        "unborn-due-too-late",
        """
        is_unborn | expected_birth_on | fails | because
        yes       | 2018-10-22        | yes   | 295 days ahead
        yes       | 2018-10-21        | no    | 42 weeks ahead
        """,
    ),
    example(
        "birth-far-from-due-date",
        """
        born_on    | expected_birth_on | fails | because
        2017-01-10 | 2017-06-10        | yes   | five months early
        2017-06-10 | 2017-01-10        | yes   | five months late
        2017-01-10 | 2017-03-10        | no    | two months early
        2017-01-10 |                   | no    | no expected date
        """,
    ),
    example(
        "ethnicity-not-obtained-in-open-case",
        """
        born_on    | ethnicity | fails | because
        2010-01-01 | NOBT      | yes   | the case is open for three months
        2010-01-01 | NOBT      | no    | the case is new
        2010-01-01 | WBRI      | no    | the ethnicity is known
        2010-01-01 | NOBT      | no    | there is no case
        """,
        referrals="""
        child_id | received_on
        1        | 2017-09-01
        2        | 2017-12-01
        3        | 2017-09-01
        """,
        assessments="""
        child_id | started_on
        1        | 2017-09-02
        2        | 2017-12-02
        3        | 2017-09-02
        """,
    ),
    example(
        "sex-not-known-in-open-case",
        """
        born_on    | is_unborn | sex | fails | because
        2010-01-01 | no        | U   | yes   | on a plan and the sex is not known
        2010-01-01 | no        | F   | no    | known
                   | yes       | U   | no    | not yet born
        2010-01-01 | no        | U   | no    | no open case
        """,
        cp_plans="""
        child_id | started_on
        1        | 2017-09-01
        2        | 2017-09-01
        3        | 2017-09-01
        """,
    ),
    example(
        "child-perhaps-recorded-twice",
        """
        family_id | born_on    | sex | ethnicity | fails | because
        f         | 2010-01-01 | F   | WBRI      | yes   | same family, birthday, sex and ethnicity
        f         | 2010-01-01 | F   | WBRI      | yes   | the other of the two
        f         | 2010-01-01 | M   | WBRI      | no    | a brother
        g         | 2010-01-01 | F   | WBRI      | no    | another family
        """,
    ),
    example(
        "child-without-any-record",
        """
        born_on    | fails | because
        2010-01-01 | yes   | in no other list
        2010-01-01 | no    | has a contact
        """,
        contacts="""
        child_id | received_at
        2        | 2017-05-01
        """,
    ),
    example(
        "contact-decided-before-received",
        """
        received_at      | decided_at       | fails | because
        2017-05-02T10:00 | 2017-05-02T09:59 | yes   | a minute too early
        2017-05-02T10:00 | 2017-05-02T10:00 | no    | the same minute
        2017-05-02T10:00 | 2017-05-02       | no    | the time of the decision is not known
        2017-05-02       | 2017-05-01       | yes   | the day before
        2017-05-02       |                  | no    | not decided
        """,
    ),
    example(
        "contact-outcome-without-decision",
        """
        received_at | decided_at | outcome | fails | because
        2017-05-02  |            | nfa     | yes   | decided, and not said when
        2017-05-02  | 2017-05-02 | nfa     | no    | said
        2017-05-02  |            |         | no    | not decided
        """,
    ),
    example(
        "contact-left-undecided",
        """
        received_at | decided_at | outcome | fails | because
        2017-12-02  |            |         | yes   | 29 days
        2017-12-03  |            |         | no    | 28 days
        2017-05-02  | 2017-05-03 | nfa     | no    | decided
        """,
    ),
    example(
        "contact-became-no-referral",
        """
        received_at | decided_at | outcome  | fails | because
        2017-05-02  | 2017-05-03 | referral | yes   | no referral at all
        2017-05-02  | 2017-05-03 | referral | no    | referred the same week
        2017-05-02  | 2017-05-03 | referral | yes   | referred two months later
        2017-12-20  | 2017-12-20 | referral | no    | decided only days ago
        2017-05-02  | 2017-05-03 | nfa      | no    | no referral was decided
        """,
        referrals="""
        child_id | received_on
        2        | 2017-05-08
        3        | 2017-07-08
        """,
    ),
    example(
        "contact-closed-yet-referred",
        """
        received_at | decided_at | outcome            | fails | because
        2017-05-02  | 2017-05-03 | nfa                | yes   | referred on the day of the decision
        2017-05-02  | 2017-05-03 | information_advice | yes   | referred on the day of the contact
        2017-05-02  | 2017-05-03 | nfa                | no    | referred a week later
        2017-05-02  | 2017-05-03 | referral           | no    | as decided
        """,
        referrals="""
        child_id | received_on
        1        | 2017-05-03
        2        | 2017-05-02
        3        | 2017-05-10
        4        | 2017-05-03
        """,
    ),
    example(
        "contact-for-open-case-without-case",
        """
        received_at | outcome   | fails | because
        2017-05-02  | open_case | yes   | the case was closed the day before
        2017-05-02  | open_case | no    | the case was open
        2017-05-02  | open_case | no    | the child was in care
        2017-05-02  | open_case | yes   | the referral led to nothing
        2017-05-02  | nfa       | no    | it was not passed to a case
        """,
        referrals="""
        child_id | received_on | closed_on  | is_nfa
        1        | 2017-01-02  | 2017-05-01 | no
        2        | 2017-01-02  | 2017-05-03 | no
        4        | 2017-01-02  |            | yes
        """,
        care_periods="""
        child_id | started_on
        3        | 2017-01-02
        """,
    ),
    example(
        "contact-without-early-help",
        """
        received_at | outcome    | fails | because
        2017-05-02  | early_help | yes   | no early help
        2017-05-02  | early_help | no    | early help began in two weeks
        2017-12-15  | early_help | no    | it may still begin
        """,
        early_help_episodes="""
        child_id | service    | started_on
        2        | early_help | 2017-05-16
        """,
    ),
    example(
        "contact-recorded-twice",
        """
        child_id | received_at      | source | fails | because
        a        | 2017-05-02T10:01 | 5A     | yes   | the same minute and source
        a        | 2017-05-02T10:01 | 5A     | yes   | the other one
        b        | 2017-05-02T10:01 | 5A     | no    | another source at that minute
        b        | 2017-05-02T10:01 | 3A     | no    | another source at that minute
        c        | 2017-05-02       | 5A     | no    | no times known
        c        | 2017-05-02       | 5A     | no    | no times known
        """,
    ),
    example(
        "contact-about-an-adult",
        """
        received_at | fails | because
        2017-05-02  | yes   | 18 that day
        2017-05-02  | no    | 18 tomorrow
        2017-05-02  | no    | age not known
        """,
        children="""
        born_on
        1999-05-02
        1999-05-03
        """,
    ),
    example(
        "early-help-assessment-outside-episode",
        """
        started_on | ended_on   | assessment_started_on | assessment_completed_on | fails | because
        2017-05-02 | 2017-08-01 | 2017-04-01            | 2017-05-01              | yes   | done before it began
        2017-05-02 | 2017-08-01 | 2017-08-02            |                         | yes   | begun after it ended
        2017-05-02 | 2017-08-01 | 2017-05-02            | 2017-06-01              | no    | inside
        """,
    ),
    example(
        "early-help-assessment-without-start",
        """
        started_on | assessment_started_on | assessment_completed_on | fails | because
        2017-05-02 |                       | 2017-06-01              | yes   | the start is missing
        2017-05-02 | 2017-05-05            | 2017-06-01              | no    | the start is there
        """,
    ),
    example(
        "overlapping-early-help",
        """
        child_id | service      | started_on | ended_on   | fails | because
        a        | early_help   | 2017-01-01 | 2017-05-02 | yes   | the second began a day before
        a        | early_help   | 2017-05-01 |            | yes   | the second
        b        | early_help   | 2017-01-01 | 2017-05-01 | no    | one ends as the other begins
        b        | early_help   | 2017-05-01 |            | no    | one ends as the other begins
        c        | early_help   | 2017-01-01 |            | no    | another service
        c        | edge_of_care | 2017-01-01 |            | no    | another service
        """,
    ),
    example(
        "reason-for-end-of-open-early-help",
        """
        started_on | ended_on   | end_reason | fails | because
        2017-05-02 |            | needs_met  | yes   | no end
        2017-05-02 | 2017-08-02 | needs_met  | no    | ended
        """,
    ),
    example(
        "early-help-of-protected-child",
        """
        service      | started_on | ended_on   | fails | because
        early_help   | 2017-05-02 |            | yes   | on a child protection plan
        early_help   | 2017-05-02 |            | yes   | looked after
        edge_of_care | 2017-05-02 |            | no    | edge of care goes on beside a plan
        early_help   | 2017-05-02 | 2017-06-01 | no    | ended
        early_help   | 2017-05-02 |            | no    | no statutory plan
        """,
        cp_plans="""
        child_id | started_on
        1        | 2017-06-01
        3        | 2017-06-01
        4        | 2017-06-01
        """,
        care_periods="""
        child_id | started_on
        2        | 2017-06-01
        """,
    ),
    example(
        "stepped-up-without-contact",
        """
        service    | started_on | ended_on   | end_reason | fails | because
        early_help | 2017-01-02 | 2017-05-02 | step_up    | yes   | nobody told the front door
        early_help | 2017-01-02 | 2017-05-02 | step_up    | no    | a contact two days later
        early_help | 2017-01-02 | 2017-05-02 | needs_met  | no    | it ended well
        early_help | 2017-01-02 | 2017-12-20 | step_up    | no    | days ago
        """,
        contacts="""
        child_id | received_at
        2        | 2017-05-04
        """,
    ),
    example(
        "early-help-open-two-years",
        """
        service    | started_on | ended_on   | fails | because
        early_help | 2015-12-31 |            | yes   | 731 days
        early_help | 2016-01-01 |            | no    | 730 days
        early_help | 2014-01-01 | 2017-01-01 | no    | ended
        """,
    ),
]
