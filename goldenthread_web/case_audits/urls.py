"""Addresses of case audits."""

from django.urls import path

from goldenthread_web.case_audits import doing_views, handing_views, programme_views, views
from goldenthread_web.case_audits.outcome_urls import urlpatterns as outcome_urlpatterns
from goldenthread_web.case_audits.pro_forma_urls import urlpatterns as pro_forma_urlpatterns

app_name = "case_audits"
urlpatterns = [
    # First: results, learning, second looks and pro formas are no case audit's reference.
    *pro_forma_urlpatterns,
    *outcome_urlpatterns,
    path("case-audits/", views.listed, name="list"),
    path("case-audits/mine/", views.mine, name="mine"),
    path("case-audits/ask/", handing_views.ask_for_one, name="ask_for_one"),
    path("case-audits/programmes/add/", programme_views.add, name="add_programme"),
    path("case-audits/programmes/<int:number>/", programme_views.programme, name="programme"),
    path("case-audits/programmes/<int:number>/edit/", programme_views.edit, name="edit_programme"),
    path("case-audits/programmes/<int:number>/begin/", programme_views.begin, name="begin_round"),
    path("case-audits/rounds/<int:number>/", handing_views.round_shown, name="round"),
    path(
        "case-audits/rounds/<int:number>/left/<int:place>/", handing_views.hand_out_left, name="hand_out_left"
    ),
    path("case-audits/<str:ref>/", views.shown, name="shown"),
    path("case-audits/<str:ref>/do/", doing_views.do, name="do"),
    path("case-audits/<str:ref>/keep", doing_views.keep, name="keep"),
    path("case-audits/<str:ref>/concern/", doing_views.raise_concern, name="raise_concern"),
    path("case-audits/<str:ref>/hand-on/", handing_views.hand_on, name="hand_on"),
    path("case-audits/<str:ref>/time/", handing_views.give_time, name="give_time"),
    path("case-audits/<str:ref>/withdraw/", handing_views.withdraw, name="withdraw"),
]
