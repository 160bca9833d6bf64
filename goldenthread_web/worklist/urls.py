"""Addresses of the worklist."""

from django.urls import path

from goldenthread_web.worklist import child_views, emergency, front_door_views, views, weekly_views

app_name = "worklist"
urlpatterns = [
    path("emergency/", emergency.emergency, name="emergency"),
    path("this-morning/", views.this_morning, name="this_morning"),
    path("this-morning/drift/", views.drift, name="drift"),
    path("this-morning/caseloads/", views.caseloads, name="caseloads"),
    path("this-morning/waiting/", views.waiting, name="waiting"),
    path("weekly/", weekly_views.weekly, name="weekly"),
    path("weekly/<slug:monday>/", weekly_views.week, name="week"),
    path("weekly/<slug:monday>/list/", weekly_views.week_list, name="week_list"),
    path("front-door/", front_door_views.front_door, name="front_door"),
    path("front-door/steps/", front_door_views.steps, name="front_door_steps"),
    path("children/<slug:reference>/", child_views.child, name="child"),
    path("children/<slug:reference>/oversight/", child_views.record_oversight, name="record_oversight"),
    path(
        "children/<slug:reference>/oversight/<int:number>/copied/",
        child_views.mark_copied,
        name="mark_copied",
    ),
]
