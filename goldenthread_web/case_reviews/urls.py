"""Addresses of reviews of whole services."""

from django.urls import path

from goldenthread_web.case_reviews import leading_views, reviewing_views, views

app_name = "case_reviews"
urlpatterns = [
    path("case-reviews/", views.listed, name="list"),
    path("case-reviews/begin/", leading_views.begin, name="begin"),
    path("case-reviews/mine/", reviewing_views.mine, name="mine"),
    path("case-reviews/<str:ref>/", views.exercise, name="exercise"),
    path("case-reviews/<str:ref>/hand-out/", leading_views.hand_out, name="hand_out"),
    path("case-reviews/<str:ref>/take-back/<int:person>", leading_views.take_back, name="take_back"),
    path("case-reviews/<str:ref>/left", leading_views.note_left, name="note_left"),
    path("case-reviews/<str:ref>/close/", leading_views.close, name="close"),
    path("case-reviews/<str:ref>/cases/<int:number>/", reviewing_views.case, name="case"),
    path("case-reviews/<str:ref>/cases/<int:number>/keep", reviewing_views.keep, name="keep"),
]
