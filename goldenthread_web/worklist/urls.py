"""Addresses of the worklist."""

from django.urls import path

from goldenthread_web.worklist import child_views, emergency, views

app_name = "worklist"
urlpatterns = [
    path("emergency/", emergency.emergency, name="emergency"),
    path("this-morning/", views.this_morning, name="this_morning"),
    path("this-morning/drift/", views.drift, name="drift"),
    path("this-morning/caseloads/", views.caseloads, name="caseloads"),
    path("this-morning/waiting/", views.waiting, name="waiting"),
    path("children/<slug:reference>/", child_views.child, name="child"),
    path("children/<slug:reference>/oversight/", child_views.record_oversight, name="record_oversight"),
    path(
        "children/<slug:reference>/oversight/<int:number>/copied/",
        child_views.mark_copied,
        name="mark_copied",
    ),
]
