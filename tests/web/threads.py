"""A small programme for tests of the thread: one of each thing, tied together."""

from datetime import UTC, date, datetime

from goldenthread_web.improvement.models import Action, ActionIndicator, Disposition, Evidence, Objective
from goldenthread_web.inspections.models import Finding, Inspection, Letter, Paragraph, Recommendation, Visit
from goldenthread_web.programme.models import Component, Theme
from goldenthread_web.risks.models import EarlyWarning, Mitigation, Risk
from tests.web.builders import a_person

THEN = datetime(2018, 1, 2, 9, 0, tzinfo=UTC)


def a_thread():
    """Recommendation 6, objective O2.1, action 2.1.1, CIN-02, finding V2.1, risk K1, and what ties them."""
    by = a_person("programme_manager")
    component = Component.objects.create(number=9, title="A strong model of practice")
    theme = Theme.objects.create(number=2, title="Practice", post="Head of service")
    theme.components.add(component)
    inspection = Inspection.objects.create(
        framework="SIF",
        starts_on=date(2017, 1, 23),
        ends_on=date(2017, 2, 16),
        published_on=date(2017, 4, 7),
        overall_grade="inadequate",
    )
    recommendation = Recommendation.objects.create(
        inspection=inspection, number=6, title="Plans for children in need", text="Every child has a plan."
    )
    visit = Visit.objects.create(number=2, starts_on=date(2017, 11, 28), ends_on=date(2017, 11, 29))
    letter = Letter.objects.create(
        visit=visit,
        dated_on=date(2017, 12, 21),
        received_on=date(2017, 12, 21),
        entered_by=by,
        entered_at=THEN,
    )
    text = "Too many plans are late in the invented teams."
    paragraph = Paragraph.objects.create(letter=letter, position=1, anchor="p1", kind="prose", text=text)
    finding = Finding.objects.create(
        ref="V2.1",
        paragraph=paragraph,
        start=0,
        end=len(text),
        quote=text,
        valence="weakness",
        title="Plans are late",
        practice_area="plans",
        theme=theme,
        recommendation=recommendation,
        entered_by=by,
        entered_at=THEN,
    )
    objective = Objective.objects.create(theme=theme, ref="O2.1", text="Every child in need has a plan")
    objective.components.add(component)
    action = Action.objects.create(
        ref="2.1.1",
        objective=objective,
        text="Review each child without a plan every week",
        intended_impact="Children know what will happen next.",
        lead_post="Service manager",
        starts_on=date(2017, 5, 1),
        baseline_due_on=date(2018, 3, 31),
        forecast_due_on=date(2018, 3, 31),
    )
    action.recommendations.add(recommendation)
    ActionIndicator.objects.create(action=action, ref="CIN-02")
    Disposition.objects.create(
        finding=finding,
        kind="existing_action",
        action=action,
        decided_by=by,
        decided_at=THEN,
        decided_on=THEN.date(),
    )
    Evidence.objects.create(
        action=action,
        kind="document",
        text="A note of the weekly review",
        result="supports",
        about_on=date(2017, 12, 1),
        received_on=date(2017, 12, 5),
        expires_on=date(2018, 6, 1),
        added_by=by,
        added_at=THEN,
    )
    risk = Risk.objects.create(
        ref="K1",
        if_text="If plans stay late",
        then_text="children drift",
        cause="c",
        event="e",
        impact="i",
        category="practice",
        post="Head of service",
        inherent_likelihood=4,
        inherent_impact=4,
        current_likelihood=3,
        current_impact=4,
        target_likelihood=2,
        target_impact=4,
        proximity="now",
        appetite="low",
        identified_on=date(2017, 5, 1),
        review_on=date(2018, 2, 1),
    )
    Mitigation.objects.create(risk=risk, kind="action", text="The weekly review", action=action)
    EarlyWarning.objects.create(risk=risk, ref="CIN-02", because="Fewer plans come first.")
    return {
        "inspection": inspection,
        "recommendation": recommendation,
        "finding": finding,
        "letter": letter,
        "action": action,
        "risk": risk,
    }
