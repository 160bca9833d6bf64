"""Contacts: are they decided in time?"""


def test_contacts_decided_in_time(worked_example):
    worked_example(
        "FD-02",
        period="2017-12-01 to 2017-12-31",
        table="contacts",
        rows="""
        child_id | received_at      | decided_at       | counted | met     | because
        ---------+------------------+------------------+---------+---------+------------------------------------
        c1       | 2017-12-01       | 2017-12-04       | yes     | yes     | Friday to Monday is one working day
        c2       | 2017-12-01       | 2017-12-05       | yes     | no      | two working days
        c3       | 2017-12-01       |                  | yes     | no      | not decided, long over the limit
        c4       | 2017-12-29       |                  | no      |         | no working day has passed since
        c5       | 2017-12-05       | 2017-12-04       | no      | unknown | decided before it was received
        c6       | 2017-12-05 10:00 | 2017-12-05 09:59 | no      | unknown | a minute before it was received
        c7       | 2017-12-22       | 2017-12-27       | yes     | yes     | Christmas and Boxing Day do not count
        c8       | 2017-11-30       | 2017-12-01       |         |         | received before the period
        c9       | 2017-12-31       | 2018-01-02       | no      |         | decided after the as-at date: not yet known
        """,
        figure=(2, 4, 2),
    )
