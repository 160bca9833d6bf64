"""Addresses of challenges."""

from django.urls import path

from goldenthread_web.challenges import changing_views, views

app_name = "challenges"
urlpatterns = [
    path("challenges/", views.listed, name="list"),
    path("challenges/results/", views.shown_results, name="results"),
    path("challenges/raise/", changing_views.add, name="raise"),
    path("challenges/good-practice/", changing_views.note, name="note_good_practice"),
    path("challenges/<str:ref>/", views.challenge, name="challenge"),
    path("challenges/<str:ref>/answer/", changing_views.answer, name="answer"),
    path("challenges/<str:ref>/escalate/", changing_views.escalate, name="escalate"),
    path("challenges/<str:ref>/cafcass/", changing_views.refer, name="refer"),
    path("challenges/<str:ref>/resolve/", changing_views.resolve, name="resolve"),
    path("challenges/<str:ref>/on-file", changing_views.on_file, name="on_file"),
]
