"""Addresses of risks."""

from django.urls import path

from goldenthread_web.risks import changing_views, views

app_name = "risks"
urlpatterns = [
    path("risks/", views.listed, name="list"),
    path("risks/map/", views.heat_map, name="map"),
    path("risks/add/", changing_views.add, name="add"),
    path("risks/mitigations/<int:number>/test/", changing_views.test_control, name="test"),
    path("risks/mitigations/<int:number>/end", changing_views.end_mitigation, name="end"),
    path("risks/warnings/<int:number>/remove", changing_views.remove_warning, name="remove_warning"),
    path("risks/<str:ref>/", views.shown, name="risk"),
    path("risks/<str:ref>/edit/", changing_views.edit, name="edit"),
    path("risks/<str:ref>/score/", changing_views.score, name="score"),
    path("risks/<str:ref>/standing/", changing_views.standing, name="standing"),
    path("risks/<str:ref>/mitigations/add/", changing_views.add_mitigation, name="add_mitigation"),
    path("risks/<str:ref>/warnings/add/", changing_views.add_warning, name="add_warning"),
]
