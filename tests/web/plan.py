"""A small plan for tests: only what matters to the test is said."""

from datetime import date

from goldenthread_web.improvement import evidence_services, plan_services
from goldenthread_web.improvement.models import Evidence
from goldenthread_web.inspections.models import Inspection, Recommendation
from goldenthread_web.programme import services as programme
from goldenthread_web.programme.models import Body, Component, Theme
from tests.web.builders import a_person

STARTS, DUE = date(2017, 7, 1), date(2018, 3, 31)


def a_component(number=9):
    return Component.objects.get_or_create(number=number, defaults={"title": f"Component {number}"})[0]


def a_theme(number=2):
    said = {"title": f"Theme {number}", "post": "Head of service"}
    found, _ = Theme.objects.get_or_create(number=number, defaults=said)
    found.components.add(a_component())
    return found


def a_recommendation(number=6):
    inspection, _ = Inspection.objects.get_or_create(
        framework="SIF", starts_on=date(2017, 1, 23), defaults={"ends_on": date(2017, 2, 16)}
    )
    return Recommendation.objects.get_or_create(
        inspection=inspection,
        number=number,
        defaults={"title": f"Recommendation {number}", "text": "Do it."},
    )[0]


def a_decision(on=date(2017, 6, 27), outcome="agreed", code="cabinet", by=None):
    director = by or a_person("director")
    body = Body.objects.filter(code=code).first() or programme.add_body(
        code, name=code, purpose="Decides.", chair="Leader", rhythm="quarterly", by=director
    )
    return programme.record_decision(
        body, decided_on=on, proposed="Agree", outcome=outcome, text="Said.", by=director
    )


def an_aim(by=None):
    return programme.set_aim(
        name="Improvement programme",
        framework="SIF",
        target_grade="good",
        starts_on=date(2017, 4, 7),
        target_on=date(2019, 4, 7),
        by=by or a_person("programme_manager"),
    )


def an_objective(ref="O2.3", by=None, **values):
    said = {"theme": a_theme(), "text": "Every child has a plan.", "components": [a_component()]}
    return plan_services.add_objective(ref, **said | values, by=by or a_person("programme_manager"))


def an_action(ref="2.3.1", by=None, **values):
    manager = by or a_person("programme_manager")
    said = {
        "text": "Every child in need has a plan.",
        "intended_impact": "Children know what will change.",
        "lead_post": "Head of service",
        "starts_on": STARTS,
        "baseline_due_on": DUE,
    }
    if "objective" not in values:
        from goldenthread_web.improvement.models import Objective

        values["objective"] = Objective.objects.filter(ref="O2.3").first() or an_objective(by=manager)
    return plan_services.add_action(ref, **said | values, by=manager)


def a_piece(action, kind="case_audit", by=None, **values):
    said = {
        "kind": kind,
        "text": "Twelve of twelve records show a plan.",
        "result": Evidence.Result.FOR,
        "about_on": date(2017, 12, 1),
        "received_on": date(2017, 12, 5),
    }
    return evidence_services.add_evidence(action, **said | values, by=by or a_person("team_manager"))
