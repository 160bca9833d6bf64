"""The plan as a workbook: what leaves comes back as it was, and days are read as people write them."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread_web.improvement import plan_services
from goldenthread_web.improvement.models import Action, Objective
from goldenthread_web.improvement.taking_over import proposal
from goldenthread_web.improvement.workbook_reading import as_day, read
from goldenthread_web.improvement.workbook_writing import plain, plan_rows, workbook
from tests.web.builders import a_person
from tests.web.plan import a_component, a_recommendation, an_action, an_objective

pytestmark = pytest.mark.django_db
# No NUL: no form takes one, no workbook holds one, and PostgreSQL keeps none.
words = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@'＝\t\r\n |;:“\u200b\u00a0"),
        st.characters(exclude_categories=("Cs",), exclude_characters="\x00"),
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: plain(text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, words, words, words)
def test_export_then_import_changes_nothing(text, impact, post, step):
    Action.objects.all().delete()
    manager = a_person("programme_manager")
    objective = Objective.objects.first() or an_objective(by=manager)
    made = an_action(
        objective=objective, text=text, intended_impact=impact, lead_post=post[:120], by=manager,
        recommendations=[a_recommendation()], components=[a_component()],
    )  # fmt: skip
    plan_services.set_indicator(made, "CIN-02", target="95%", by=manager)
    plan_services.add_milestone(made, text=step, baseline_on=date(2017, 12, 1), by=manager)
    sheet = read(workbook(plan_rows()), "plan.xlsx")
    found = proposal(sheet, theme=None)
    assert not found.problems and not found.left and not found.new
    assert [one.changes for one in found.rows] == [()]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("31/12/2017", date(2017, 12, 31)),
        ("31/12/17", date(2017, 12, 31)),
        ("1.2.2018", date(2018, 2, 1)),
        ("2017-12-31", date(2017, 12, 31)),
        ("Dec 2017", date(2017, 12, 31)),
        ("February 2018", date(2018, 2, 28)),
        ("Phase 2", date(2018, 3, 31)),
        ("stage 2", date(2018, 3, 31)),
        ("Phase 9", None),
        ("31/02/2018", None),
        ("12/31/2017", None),
        ("ongoing", None),
        ("", None),
    ],
)
def test_a_day_as_people_write_it(said, expected):
    assert as_day(said, {2: date(2018, 3, 31)}) == expected
