"""Addresses of readiness: beside the visit that is prepared."""

from django.urls import URLPattern, path

from goldenthread_web.governance import readiness_pack_views as pack
from goldenthread_web.governance import readiness_views as views

_VISIT = "inspections/visits/<int:number>/readiness/"
urlpatterns: list[URLPattern] = [
    path(_VISIT, views.readiness, name="readiness"),
    path(f"{_VISIT}actions/", views.readiness_actions, name="readiness_actions"),
    path(f"{_VISIT}practice/", views.readiness_practice, name="readiness_practice"),
    path(f"{_VISIT}add/", views.add_item, name="add_readiness_item"),
    path("inspections/readiness/<int:number>/", views.tick_item, name="tick_readiness_item"),
    path(f"{_VISIT}evidence/", pack.evidence, name="readiness_evidence"),
    path(f"{_VISIT}evidence/add/", pack.add_evidence, name="add_evidence"),
    path("inspections/evidence/<int:number>/", pack.hand_over, name="hand_over"),
    path("inspections/evidence/<int:number>/ready/", pack.ready, name="ready_evidence"),
    path("inspections/evidence/<int:number>/withdraw/", pack.withdraw, name="withdraw_evidence"),
    path(f"{_VISIT}interviews/", pack.interviews, name="readiness_interviews"),
    path(f"{_VISIT}interviews/add/", pack.add_interview, name="add_interview"),
    path("inspections/interviews/<int:number>/remove/", pack.remove_interview, name="remove_interview"),
]
