"""Addresses of immediate concerns."""

from django.urls import path

from goldenthread_web.concerns import answering_views, views

app_name = "concerns"
urlpatterns = [
    path("concerns/", views.listed, name="list"),
    path("concerns/raise/", answering_views.raise_one, name="raise"),
    path("concerns/absences/", views.absences, name="absences"),
    path("concerns/absences/add/", answering_views.add_absence, name="add_absence"),
    path("concerns/absences/<int:number>/end", answering_views.end_absence, name="end_absence"),
    path("concerns/raised/<str:ref>/", answering_views.raised, name="raised"),
    path("concerns/<str:ref>/", views.shown, name="concern"),
    path("concerns/<str:ref>/acknowledge", answering_views.acknowledge, name="acknowledge"),
    path("concerns/<str:ref>/safe/", answering_views.record_safety, name="safe"),
    path("concerns/<str:ref>/resolve/", answering_views.resolve, name="resolve"),
]
