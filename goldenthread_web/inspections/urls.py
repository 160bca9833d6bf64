"""Addresses of inspections."""

from django.urls import URLPattern, path

from goldenthread_web.inspections import (
    finding_views,
    intervention_views,
    letter_views,
    views,
    visit_views,
)

app_name = "inspections"
urlpatterns: list[URLPattern] = [
    path("inspections/", views.listed, name="list"),
    path("inspections/enter/", views.enter, name="enter"),
    path("inspections/<int:number>/", views.inspection, name="inspection"),
    path("inspections/<int:number>/change/", views.change, name="change"),
    path("inspections/<int:number>/grades/", views.judgements, name="judgements"),
    path("inspections/<int:number>/recommend/", views.add_recommendation, name="add_recommendation"),
    path("inspections/recommendations/", views.recommended, name="recommendations"),
    path(
        "inspections/recommendations/<int:number>/", views.change_recommendation, name="change_recommendation"
    ),
    path("inspections/homes/", views.homes, name="homes"),
    path("inspections/homes/enter/", views.enter_home, name="enter_home"),
    path("inspections/visits/enter/", visit_views.enter, name="enter_visit"),
    path("inspections/visits/<int:number>/", visit_views.visit, name="visit"),
    path("inspections/visits/<int:number>/change/", visit_views.change, name="change_visit"),
    path("inspections/letters/enter/", letter_views.enter, name="enter_letter"),
    path("inspections/letters/<int:number>/", letter_views.letter, name="letter"),
    path("inspections/letters/<int:number>/mark/", letter_views.mark, name="mark"),
    path("inspections/letters/<int:number>/published/", letter_views.publish, name="publish"),
    path("inspections/findings/<int:number>/", finding_views.finding, name="finding"),
    path("inspections/findings/<int:number>/change/", finding_views.change, name="change_finding"),
    path("inspections/findings/<int:number>/repeat/", finding_views.repeat, name="repeat"),
    path("inspections/findings/<int:number>/withdraw/", finding_views.withdraw, name="withdraw"),
    path("inspections/intervention/", intervention_views.intervention, name="intervention"),
    path("inspections/intervention/enter/", intervention_views.enter, name="enter_intervention"),
    path("inspections/intervention/<int:number>/move/", intervention_views.move, name="move"),
    path("inspections/intervention/<int:number>/lifted/", intervention_views.end, name="end"),
    path(
        "inspections/intervention/<int:number>/condition/",
        intervention_views.add_condition,
        name="add_condition",
    ),
    path(
        "inspections/intervention/conditions/<int:number>/",
        intervention_views.judge_condition,
        name="judge_condition",
    ),
    path("inspections/intervention/<int:number>/review/", intervention_views.plan_review, name="plan_review"),
    path(
        "inspections/intervention/reviews/<int:number>/", intervention_views.hold_review, name="hold_review"
    ),
    path("inspections/partners/", intervention_views.partners, name="partners"),
    path("inspections/partners/enter/", intervention_views.enter_engagement, name="enter_engagement"),
    path(
        "inspections/partners/<int:number>/", intervention_views.change_engagement, name="change_engagement"
    ),
]
