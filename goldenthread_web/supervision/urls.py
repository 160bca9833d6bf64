"""Addresses of supervision."""

from django.urls import path

from goldenthread_web.supervision import (
    action_views,
    agreement_views,
    compliance_views,
    directions_views,
    opening_views,
    session_views,
    views,
)

app_name = "supervision"
urlpatterns = [
    path("supervision/", views.listed, name="list"),
    path("supervision/compliance/", compliance_views.compliance, name="compliance"),
    path("supervision/compliance/<slug:what>.csv", compliance_views.file, name="compliance_file"),
    path("supervision/directions/", directions_views.listed, name="directions"),
    path("supervision/directions/<str:reference>/", directions_views.give, name="direct"),
    path("supervision/openings/", opening_views.openings, name="openings"),
    path("supervision/openings/add/", opening_views.add, name="add_opening"),
    path("supervision/openings/<int:number>/withdraw", opening_views.withdraw, name="withdraw_opening"),
    path("supervision/opened/", opening_views.opened, name="opened"),
    path("supervision/workers/add/", agreement_views.add, name="add"),
    path("supervision/workers/<int:number>/", views.file, name="file"),
    path("supervision/workers/<int:number>/preparation/", views.preparation, name="preparation"),
    path("supervision/workers/<int:number>/change/", agreement_views.change, name="change"),
    path("supervision/workers/<int:number>/supervisor/", agreement_views.supervisor, name="supervisor"),
    path("supervision/workers/<int:number>/frequency/", agreement_views.frequency, name="frequency"),
    path("supervision/workers/<int:number>/end/", agreement_views.end, name="end"),
    path("supervision/workers/<int:number>/begin/", session_views.begin, name="begin"),
    path("supervision/workers/<int:number>/paper/", session_views.paper, name="paper"),
    path("supervision/sessions/<int:number>/", views.session, name="session"),
    path("supervision/sessions/<int:number>/write/", session_views.write, name="write"),
    path("supervision/sessions/<int:number>/draft/", session_views.draft, name="draft"),
    path("supervision/sessions/<int:number>/drop", session_views.drop, name="drop"),
    path("supervision/sessions/<int:number>/agree", session_views.agree, name="agree"),
    path("supervision/decisions/<int:number>/copied", session_views.copied, name="copied"),
    path("supervision/actions/<int:number>/done/", action_views.done, name="action_done"),
    path("supervision/actions/<int:number>/carried/", action_views.carried, name="carried"),
]
