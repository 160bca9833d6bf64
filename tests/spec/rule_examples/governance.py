"""Examples: complaints, escalations, money, campaigns."""

from tests.spec.rule_examples.drawing import example

_LINE = "line_id | month | service_line | category"

EXAMPLES = [
    example(
        "outcome-without-answer",
        """
        stage | received_on | responded_on | outcome   | fails | because
        1     | 2017-11-02  |              | upheld    | yes   | when?
        1     | 2017-11-02  | 2017-11-10   | upheld    | no    | said
        1     | 2017-11-02  |              | withdrawn | no    | needs no answer
        """,
    ),
    example(
        "stage-without-stage-before",
        """
        complaint_id | stage | received_on | responded_on | fails | because
        a            | 2     | 2017-11-02  |              | yes   | no stage 1
        b            | 1     | 2017-10-02  | 2017-10-10   | no    | stage 1
        b            | 2     | 2017-11-02  |              | no    | after stage 1
        c            | 2     | 2016-11-02  | 2016-12-02   | no    | long ago
        """,
    ),
    example(
        "stage-before-earlier-stage",
        """
        complaint_id | stage | received_on | responded_on | fails | because
        a            | 1     | 2017-11-02  | 2017-11-10   | no    | stage 1
        a            | 2     | 2017-11-01  |              | yes   | the day before
        b            | 1     | 2017-11-02  | 2017-11-10   | no    | stage 1
        b            | 2     | 2017-11-20  |              | no    | after it
        """,
    ),
    example(
        "stage-before-answer",
        """
        complaint_id | stage | received_on | responded_on | fails | because
        a            | 1     | 2017-11-02  | 2017-11-10   | no    | stage 1
        a            | 2     | 2017-11-09  |              | yes   | the day before the answer
        b            | 1     | 2017-11-02  |              | no    | not answered
        b            | 2     | 2017-11-20  |              | yes   | stage 1 is still open
        c            | 1     | 2017-11-02  | 2017-11-10   | no    | stage 1
        c            | 2     | 2017-11-10  |              | no    | the day of the answer
        """,
    ),
    example(
        "complaint-left-open",
        """
        stage | received_on | responded_on | outcome   | fails | because
        1     | 2017-06-30  |              |           | yes   | 184 days
        1     | 2017-07-01  |              |           | no    | 183 days
        1     | 2017-01-02  |              | withdrawn | no    | withdrawn
        """,
    ),
    example(
        "reviewing-officer-outside-care",
        """
        raised_by | raised_on  | fails | because
        iro       | 2017-05-02 | yes   | not in care
        iro       | 2017-05-02 | no    | in care
        other     | 2017-05-02 | no    | someone else
        """,
        care_periods="""
        child_id | started_on
        2        | 2017-01-02
        """,
    ),
    example(
        "chair-without-protection-plan",
        """
        raised_by | raised_on  | fails | because
        cp_chair  | 2017-05-02 | yes   | no open case
        cp_chair  | 2017-05-02 | no    | on a plan
        cp_chair  | 2017-05-02 | no    | an open case before the conference
        other     | 2017-05-02 | no    | someone else
        """,
        cp_plans="""
        child_id | started_on
        2        | 2017-01-02
        """,
        referrals="""
        child_id | received_on
        3        | 2017-01-02
        """,
    ),
    example(
        "chair-escalated-to-court",
        """
        raised_by | stage   | raised_on  | fails | because
        cp_chair  | cafcass | 2017-05-02 | yes   | not the reviewing officer
        iro       | cafcass | 2017-05-02 | no    | the reviewing officer
        cp_chair  | formal  | 2017-05-02 | no    | inside the council
        """,
    ),
    example(
        "escalation-left-open",
        """
        raised_by | raised_on  | resolved_on | fails | because
        iro       | 2017-06-30 |             | yes   | 184 days
        iro       | 2017-07-01 |             | no    | 183 days
        iro       | 2017-01-02 | 2017-02-02  | no    | resolved
        """,
    ),
    example(
        "spend-to-date-fell",
        f"""
        {_LINE} | spend_to_date_amount | fails | because
        a | 2017-05 | S | other | 100 | no  | the first month
        a | 2017-06 | S | other | 99  | yes | less than in May
        a | 2017-07 | S | other | 200 | no  | more
        b | 2017-03 | S | other | 900 | no  | the last month of a year
        b | 2017-04 | S | other | 50  | no  | a new year
        """,
    ),
    example(
        "forecast-below-spend",
        f"""
        {_LINE} | spend_to_date_amount | forecast_amount | fails | because
        a | 2017-05 | S | other | 100 | 99  | yes | cannot be
        b | 2017-05 | S | other | 100 | 100 | no  | nothing more is spent
        """,
    ),
    example(
        "month-of-budget-missing",
        f"""
        {_LINE} | fails | because
        a | 2017-05 | S | other | no  | the first
        a | 2017-07 | S | other | yes | June is missing
        b | 2017-05 | S | other | no  | the first
        b | 2017-06 | S | other | no  | the next
        """,
    ),
    example(
        "spend-without-forecast",
        f"""
        {_LINE} | spend_to_date_amount | forecast_amount | fails | because
        a | 2017-05 | S | other | 100 |     | yes | no forecast
        b | 2017-05 | S | other | 100 | 900 | no  | a forecast
        c | 2017-05 | S | other |     |     | no  | no spend
        """,
    ),
    example(
        "agency-spend-without-equivalent",
        f"""
        {_LINE} | spend_to_date_amount | permanent_equivalent_amount | fails | because
        a | 2017-05 | S | staffing_agency    | 100 |    | yes | not compared
        b | 2017-05 | S | staffing_agency    | 100 | 80 | no  | compared
        c | 2017-05 | S | staffing_permanent | 100 |    | no  | not agency
        """,
    ),
    example(
        "equivalent-of-other-spend",
        f"""
        {_LINE} | permanent_equivalent_amount | fails | because
        a | 2017-05 | S | placements      | 80 | yes | of placements?
        b | 2017-05 | S | staffing_agency | 80 | no  | agency
        c | 2017-05 | S | placements      | 0  | no  | nothing
        """,
    ),
    example(
        "budget-line-changes-service",
        f"""
        {_LINE} | fails | because
        a | 2017-05 | S | other | no  | the first
        a | 2017-06 | T | other | yes | another service
        b | 2017-05 | S | other | no  | the first
        b | 2017-06 | S | other | no  | the same
        """,
    ),
    example(
        "more-shortlisted-than-applied",
        """
        advertised_on | applications | shortlisted | fails | because
        2017-05-02    | 5            | 6           | yes   | cannot be
        2017-05-02    | 5            | 5           | no    | everyone
        """,
    ),
    example(
        "more-offers-than-shortlisted",
        """
        advertised_on | applications | shortlisted | offers | fails | because
        2017-05-02    | 5            | 2           | 3      | yes   | cannot be
        2017-05-02    | 5            | 2           | 2      | no    | everyone
        """,
    ),
    example(
        "more-starters-than-offers",
        """
        advertised_on | applications | offers | starters | fails | because
        2017-05-02    | 5            | 2      | 3        | yes   | cannot be
        2017-05-02    | 5            | 2      | 1        | no    | one declined
        """,
    ),
]
