"""Addresses of the figures."""

from django.urls import path

from goldenthread_web.figures import (
    annotation_views,
    compare_views,
    definition_views,
    indicator_views,
    publication_views,
    scorecard_views,
)

app_name = "figures"
urlpatterns = [
    path("scorecard/", scorecard_views.scorecard, name="scorecard"),
    path("indicators/<slug:ref>/", indicator_views.indicator, name="indicator"),
    path("indicators/<slug:ref>/notes", annotation_views.annotate, name="annotate"),
    path("indicators/<slug:ref>/owner", annotation_views.owner, name="owner"),
    path("indicators/<slug:ref>/notes/<int:number>/withdraw", annotation_views.withdraw, name="withdraw"),
    path("definitions/", definition_views.definitions, name="definitions"),
    path("definitions/<slug:ref>/", definition_views.definition, name="definition"),
    path("publications/", publication_views.publications, name="publications"),
    path("publications/<str:name>/", publication_views.publication, name="publication"),
    path("compare/", compare_views.places, name="compare"),
    path("compare/months", compare_views.months, name="compare_months"),
    path("compare/authorities", compare_views.authorities, name="compare_authorities"),
    path("compare/neighbours", annotation_views.choose_neighbours, name="neighbours"),
]
