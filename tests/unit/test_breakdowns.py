"""By age, sex and ethnicity: a condition that reads when a child was born still reads its own rows."""

from datetime import date

import pytest

from goldenthread.figures.aggregate import Wanted, statement
from goldenthread.figures.breakdowns import OF_THE_CHILD
from goldenthread.figures.work_out import broken_down, figures
from goldenthread.figures.workings import Question, Workings
from goldenthread.indicators.catalogue import catalogue
from goldenthread.indicators.part import Part
from goldenthread.indicators.topics import indicator_parts
from goldenthread.periods import Period
from goldenthread.settings import Settings
from tests.builders import ALoad

YEAR = Period(date(2017, 1, 1), date(2017, 12, 31), date(2017, 12, 31))
# Each has a condition on the age of its own rows.
READ_A_BIRTH = ("FD-11", "CP-20", "LAC-06", "SUF-04", "CL-10")


@pytest.mark.parametrize("ref", READ_A_BIRTH)
def test_what_reads_a_birth_can_be_broken_down_by_age(ref):
    for part in indicator_parts()[ref]:
        assert isinstance(part, Part)
        made = statement(Wanted(catalogue()[ref], part), ["age_band"])
        assert "age_band" in made.columns


def a_load(folder):
    load = ALoad(folder, YEAR.ends_on)
    load.add(
        "children",
        """
        child_id | born_on    | is_unborn | sex | ethnicity | has_disability | locality
        c1       | 2001-05-01 |           | F   | WBRI      | true           | North
        c2       | 2010-05-01 |           | M   |           |                |
        """,
    )
    load.add(
        "care_periods",
        """
        child_id | care_period | started_on | ended_on
        c1       | p1          | 2017-06-01 |
        c2       | p2          | 2017-06-01 |
        """,
    )
    return load


def test_a_group_is_named_by_what_the_record_of_the_child_says(tmp_path):
    load = a_load(tmp_path)
    found = {}
    for breakdown in OF_THE_CHILD:
        for one in figures(load, [YEAR], Settings(), refs=["SUF-04"], by=[breakdown], headlines_only=True):
            found[breakdown, one.breakdown[breakdown]] = (one.numerator, one.denominator)
    assert found["age_band", "16 to 17"] == (1, 1)
    assert found["age_band", "5 to 9"] == (0, 1)
    assert found["disability", "yes"] == (1, 1)
    assert found["ethnicity", "not known"] == (0, 1)
    assert found["locality", "not known"] == (0, 1)


def test_workings_serve_one_breakdown_after_another(tmp_path):
    load = a_load(tmp_path)
    workings = Workings(load, [YEAR], Settings())
    whole = list(broken_down(workings, Question(["SUF-04"], headlines_only=True)))
    by_sex = list(broken_down(workings, Question(["SUF-04"], ["sex"], headlines_only=True)))
    assert [one.numerator for one in whole] == [1]
    assert sorted((one.breakdown["sex"], one.numerator) for one in by_sex) == [("F", 1), ("M", 0)]


def test_what_was_foreseen_gives_the_same_figures_from_fewer_columns(tmp_path):
    load = a_load(tmp_path)
    questions = [Question(), Question(by=["team"]), Question(by=["sex"], headlines_only=True)]
    plain, foreseen = Workings(load, [YEAR], Settings()), Workings(load, [YEAR], Settings())
    foreseen.foresee(questions)
    for question in questions:
        assert list(broken_down(foreseen, question)) == list(broken_down(plain, question))

    def columns(workings):
        described = workings.run(load).engine.read("SELECT * FROM looked_after_state LIMIT 0")
        return set(described.column_names)

    assert columns(foreseen) < columns(plain)
