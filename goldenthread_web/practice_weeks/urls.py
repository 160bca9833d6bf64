"""Addresses of Practice Weeks."""

from django.urls import path

from goldenthread_web.practice_weeks import learning_views, planning_views, seeing_views, views

app_name = "practice_weeks"
urlpatterns = [
    path("practice-weeks/", views.listed, name="list"),
    path("practice-weeks/add/", planning_views.add, name="add"),
    path("practice-weeks/themes/add/", seeing_views.add_theme, name="add_theme"),
    path("practice-weeks/you-said/", views.you_said, name="you_said"),
    path("practice-weeks/you-said/<int:number>/change/", learning_views.change, name="change_said"),
    path("practice-weeks/you-said/<int:number>/did/", learning_views.done, name="we_did"),
    path("practice-weeks/roster/<int:number>/", views.entry, name="entry"),
    path("practice-weeks/roster/<int:number>/change/", planning_views.change_entry, name="change_entry"),
    path("practice-weeks/roster/<int:number>/cancel/", planning_views.cancel_entry, name="cancel_entry"),
    path("practice-weeks/roster/<int:number>/consent/", planning_views.consent, name="consent"),
    path("practice-weeks/roster/<int:number>/observe/", seeing_views.observe, name="observe"),
    path("practice-weeks/roster/<int:number>/themes/", seeing_views.code, name="code"),
    path("practice-weeks/<str:ref>/", views.week, name="week"),
    path("practice-weeks/<str:ref>/edit/", planning_views.edit, name="edit"),
    path("practice-weeks/<str:ref>/roster/", planning_views.roster, name="roster"),
    path("practice-weeks/<str:ref>/you-said/", learning_views.add, name="add_said"),
    path("practice-weeks/<str:ref>/publish", learning_views.publish, name="publish"),
    path("practice-weeks/<str:ref>/report/", views.report, name="report"),
    path("practice-weeks/<str:ref>/report/write/", learning_views.write_report, name="write_report"),
]
