"""Addresses of what follows case audits; they come before those of one case audit."""

from django.urls import path

from goldenthread_web.case_audits import (
    following_action_views,
    following_views,
    learning_views,
    moderating_views,
    results_views,
)

_OF_ONE = "case-audits/<str:ref>/"
urlpatterns = [
    path("case-audits/second-looks/", moderating_views.mine, name="moderations"),
    path("case-audits/second-looks/panel/", moderating_views.panel, name="panel"),
    path("case-audits/second-looks/<str:ref>/", moderating_views.look, name="moderation"),
    path("case-audits/second-looks/<str:ref>/name/", moderating_views.name, name="name_moderator"),
    path("case-audits/second-looks/<str:ref>/told/", moderating_views.told, name="told"),
    path(f"{_OF_ONE}second-look/", moderating_views.ask, name="ask_for_second_look"),
    path("case-audits/actions/", following_action_views.actions, name="actions"),
    path("case-audits/actions/all/", following_action_views.every_action, name="every_action"),
    path("case-audits/actions/<str:ref>/done/", following_action_views.complete, name="complete_action"),
    path(
        "case-audits/actions/<str:ref>/changed/",
        following_action_views.complete_system_action,
        name="complete_system_action",
    ),
    path("case-audits/actions/<str:ref>/plan/", following_action_views.take_into_plan, name="take_into_plan"),
    path(f"{_OF_ONE}follows/", following_views.follows, name="follows"),
    path(f"{_OF_ONE}follows/action/", following_views.set_action, name="set_action"),
    path(f"{_OF_ONE}follows/plan/", following_views.record_plan, name="record_plan"),
    path(f"{_OF_ONE}follows/no-re-audit/", following_views.waive_re_audit, name="waive_re_audit"),
    path(f"{_OF_ONE}follows/re-audit/", following_views.hand_out_re_audit, name="hand_out_re_audit"),
    path(f"{_OF_ONE}compared/", following_views.compared, name="compared"),
    path(f"{_OF_ONE}themes/", learning_views.code, name="themes"),
    path("case-audits/results/", results_views.overview, name="results"),
    path("case-audits/results/standards/", results_views.standards, name="results_standards"),
    path("case-audits/results/quality/", results_views.quality, name="results_quality"),
    path("case-audits/results/coverage/", results_views.coverage, name="results_coverage"),
    path("case-audits/results/evidence/", results_views.use_as_evidence, name="use_as_evidence"),
    path("case-audits/learning/", learning_views.listed, name="learning"),
    path("case-audits/learning/add/", learning_views.add, name="add_theme"),
    path("case-audits/learning/begin", learning_views.begin, name="begin_themes"),
    path("case-audits/learning/<slug:code>/", learning_views.theme, name="theme"),
    path("case-audits/learning/<slug:code>/outcome/", learning_views.decide, name="decide_outcome"),
    path("case-audits/<str:ref>/against-plan", learning_views.show_against_plan, name="show_against_plan"),
]
