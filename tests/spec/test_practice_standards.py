"""Practice standards and dip samples: what was found when somebody looked at a case with a question?"""

import pytest

DECEMBER = {"period": "2017-12-01 to 2017-12-31", "as_at": "2018-01-31"}

AUDITS = """
    audit_id | kind        | child_id | scheduled_on | completed_on
    ---------+-------------+----------+--------------+-------------
    a1       | case_audit  | c1       | 2017-11-20   | 2017-12-01
    a2       | case_audit  | c2       | 2017-12-20   | 2017-12-31
    a3       | observation |          | 2017-12-20   | 2017-12-20
    a4       | case_audit  | c4       | 2017-11-20   | 2017-11-30
    a5       | case_audit  | c5       | 2017-12-20   | 2018-01-01
    a6       | case_audit  | c6       | 2017-12-20   |
"""

ANSWERS = """
    audit_id | item | standard  | answer  | tags                  | key   | counted | met     | because
    ---------+------+-----------+---------+-----------------------+-------+---------+---------+--------------------
    a1       | q1   | seen      | met     | childs_voice          | a1/q1 | yes     | yes     | met
    a1       | q2   | planned   | not_met | smart_plan            | a1/q2 | yes     | no      | not met
    a1       | q3   | analysed  | met     | analysis;childs_voice | a1/q3 | yes     | yes     | met
    a2       | q1   | seen      | not_met | childs_voice          | a2/q1 | yes     | no      | not met
    a2       | q2   | planned   | na      | smart_plan            | a2/q2 | no      |         | does not apply
    a2       | q3   | analysed  |         | analysis              | a2/q3 | no      | unknown | no answer
    a3       | q1   | seen      | met     |                       | a3/q1 | yes     | yes     | of whatever kind
    a4       | q1   | seen      | met     | childs_voice          |       |         |         | done the day before
    a5       | q1   | seen      | met     | childs_voice          |       |         |         | done the day after
    a6       | q1   | seen      | met     | childs_voice          |       |         |         | not done
    none     | q1   | seen      | met     | childs_voice          |       |         |         | of no case audit
"""


def _only(standard_or_tag: str, column: int) -> str:
    """The same answers, of which only those of one standard or tag are inside."""
    head, ruler, *lines = ANSWERS.strip("\n").splitlines()
    cells = [line.split("|") for line in lines]
    shown = [line if standard_or_tag in line[column] else [*line[:5], "", "", "", line[8]] for line in cells]
    return "\n".join([head, ruler, *("|".join(line) for line in shown)])


def test_practice_standards_met(worked_example):
    worked_example(
        "QA-05",
        **DECEMBER,
        table="audit_items",
        rows=ANSWERS,
        also={"audits": AUDITS},
        figure=(3, 5, 1),
        value="60.0",
    )


@pytest.mark.parametrize(
    ("standard", "figure"), [("seen", (2, 3, 0)), ("planned", (0, 1, 0)), ("analysed", (1, 1, 1))]
)
def test_each_practice_standard(worked_example, standard, figure):
    worked_example(
        "QA-05",
        part=standard,
        **DECEMBER,
        table="audit_items",
        rows=_only(standard, 2),
        also={"audits": AUDITS},
        figure=figure,
    )


def test_the_childs_voice(worked_example):
    worked_example(
        "QA-06",
        **DECEMBER,
        table="audit_items",
        rows=_only("childs_voice", 4),
        also={"audits": AUDITS},
        figure=(2, 3, 0),
    )


def test_analysis_and_plans(worked_example):
    worked_example(
        "QA-07",
        **DECEMBER,
        table="audit_items",
        rows="""
        audit_id | item | standard  | answer  | tags                  | key   | counted | met     | because
        ---------+------+-----------+---------+-----------------------+-------+---------+---------+---------------
        a1       | q1   | seen      | met     | childs_voice          |       |         |         | about neither
        a1       | q2   | planned   | not_met | smart_plan            | a1/q2 | yes     | no      | the plan
        a1       | q3   | analysed  | met     | analysis;childs_voice | a1/q3 | yes     | yes     | the analysis
        a2       | q2   | planned   | na      | smart_plan            | a2/q2 | no      |         | does not apply
        a2       | q3   | analysed  |         | analysis              | a2/q3 | no      | unknown | no answer
        a3       | q1   | seen      | met     |                       |       |         |         | no tag
        a4       | q2   | planned   | met     | smart_plan            |       |         |         | done the day before
        """,
        also={"audits": AUDITS},
        figure=(1, 2, 1),
    )


SAMPLES = """
    sample_id | theme   | sampled_on | method     | population_count
    ----------+---------+------------+------------+-----------------
    s1        | minutes | 2017-12-01 | random     | 40
    s2        | minutes | 2017-12-31 | stratified | 40
    s3        | minutes | 2017-12-15 | targeted   | 40
    s4        | minutes | 2017-11-30 | random     | 40
    s5        | minutes | 2018-01-01 | random     | 40
"""
FINDINGS = """
    sample_id | child_id | item | result | key   | team  | counted | met     | because
    ----------+----------+------+--------+-------+-------+---------+---------+-----------------------
    s1        | c1       | i1   | pass   | s1/i1 | North | yes     | yes     | at random
    s1        | c1       | i2   | fail   | s1/i2 | North | yes     | no      | each item by itself
    s1        | c2       | i1   | na     | s1/i1 | not known | no  |         | does not apply
    s1        | c3       | i1   |        | s1/i1 | not known | no  | unknown | no result
    s2        | c2       | i1   | pass   | s2/i1 | not known | yes | yes     | at random within groups
    s3        | c1       | i1   | fail   |       |       |         |         | chosen for a reason
    s4        | c1       | i1   | fail   |       |       |         |         | drawn the day before
    s5        | c1       | i1   | fail   |       |       |         |         | drawn the day after
    none      | c1       | i1   | fail   |       |       |         |         | of no sample
"""
ALLOCATIONS = """
    child_id | team  | worker_id | role          | started_on
    ---------+-------+-----------+---------------+-----------
    c1       | North | w1        | social_worker | 2017-01-01
"""


def test_dip_samples_drawn_at_random(worked_example):
    worked_example(
        "QA-09",
        **DECEMBER,
        table="dip_sample_items",
        rows=FINDINGS,
        also={"dip_samples": SAMPLES, "allocations": ALLOCATIONS},
        figure=(2, 3, 1),
        value="66.7",
    )


def test_dip_samples_chosen_for_a_reason(worked_example):
    worked_example(
        "QA-09",
        part="targeted",
        **DECEMBER,
        table="dip_sample_items",
        rows="""
        sample_id | child_id | item | result | key   | counted | met     | because
        ----------+----------+------+--------+-------+---------+---------+--------------------
        s3        | c1       | i1   | pass   | s3/i1 | yes     | yes     | chosen for a reason
        s3        | c2       | i1   | fail   | s3/i1 | yes     | no      | chosen for a reason
        s3        | c3       | i1   | na     | s3/i1 | no      |         | does not apply
        s3        | c4       | i1   |        | s3/i1 | no      | unknown | no result
        s1        | c1       | i1   | pass   |       |         |         | at random
        """,
        also={"dip_samples": SAMPLES},
        figure=(1, 2, 1),
    )


@pytest.mark.parametrize(
    ("part", "inside", "number"), [("random_samples", ("s1", "s2"), 2), ("targeted_samples", ("s3",), 1)]
)
def test_number_of_dip_samples(worked_example, part, inside, number):
    drawn = """
    sample_id | theme   | sampled_on | method     | key  | counted | met  | because
    ----------+---------+------------+------------+------+---------+------+---------------------------
    s1        | minutes | 2017-12-01 | random     | s1   | {s1}    | {s1} | at random
    s2        | minutes | 2017-12-31 | stratified | s2   | {s2}    | {s2} | at random within groups
    s3        | minutes | 2017-12-15 | targeted   | s3   | {s3}    | {s3} | chosen for a reason
    s4        | minutes | 2017-11-30 | random     |      |         |      | drawn the day before
    """
    answers = {name: "yes" if name in inside else "" for name in ("s1", "s2", "s3")}
    worked_example(
        "QA-09",
        part=part,
        **DECEMBER,
        table="dip_samples",
        rows=drawn.format(**answers),
        also={"dip_sample_items": "sample_id | child_id | item\n----------+----------+-----"},
        figure=(number, None, 0),
    )
