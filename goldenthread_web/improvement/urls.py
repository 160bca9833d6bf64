"""Addresses of improvement."""

from django.urls import path

from goldenthread_web.improvement import (
    action_views,
    plan_views,
    rhythm_views,
    twelve_week_views,
    workbook_views,
)
from goldenthread_web.improvement.ledger_urls import urlpatterns as ledger

app_name = "improvement"
urlpatterns = [
    path("plan/", plan_views.one_page, name="plan"),
    path("plan/all/", plan_views.tree, name="tree"),
    path("plan/exceptions/", plan_views.by_exception, name="exceptions"),
    path("plan/coverage/", plan_views.covers, name="coverage"),
    path(
        "plan/coverage/components/", plan_views.covers, {"what": "components"}, name="coverage_of_components"
    ),
    path("plan/coverage/themes/", plan_views.covers, {"what": "themes"}, name="coverage_of_themes"),
    path("plan/coverage/enablers/", plan_views.covers, {"what": "enablers"}, name="coverage_of_enablers"),
    path("plan/objectives/new/", plan_views.add_objective, name="add_objective"),
    path("plan/objectives/<str:ref>/", plan_views.change_objective, name="change_objective"),
    path("plan/next-steps/", plan_views.all_next_steps, name="next_steps"),
    path("plan/next-steps/new/", plan_views.add_next_step, name="add_next_step"),
    path("plan/next-steps/<int:number>/", plan_views.close_next_step, name="close_next_step"),
    path("plan/new-action/", plan_views.add_action, name="add_action"),
    path("plan/actions/<str:ref>/", action_views.action, name="action"),
    path("plan/actions/<str:ref>/record/", action_views.record, name="record"),
    path("plan/actions/<str:ref>/report/<slug:what>/", action_views.report, name="report"),
    path("plan/actions/<str:ref>/edit/<slug:what>/", action_views.edit, name="edit"),
    path("plan/actions/<str:ref>/verify/<slug:what>/", action_views.verify, name="verify"),
    path("plan/stages/", rhythm_views.all_stages, name="stages"),
    path("plan/stages/<int:number>/<slug:what>/", rhythm_views.edit_stage, name="edit_stage"),
    path("plan/aims/<int:number>/", rhythm_views.change_aim, name="change_aim"),
    path("plan/versions/", rhythm_views.all_versions, name="versions"),
    path("plan/versions/new/", rhythm_views.approve_version, name="approve_version"),
    path("plan/versions/<int:number>/", rhythm_views.version, name="version"),
    path("plan/months/", rhythm_views.all_cycles, name="cycles"),
    path("plan/months/new/", rhythm_views.open_cycle, name="open_cycle"),
    path("plan/months/<int:number>/", rhythm_views.cycle, name="cycle"),
    path("plan/months/<int:number>/edit/<slug:what>/", rhythm_views.edit_cycle, name="edit_cycle"),
    path(
        "plan/months/<int:number>/report/<slug:what>/", rhythm_views.report_in_cycle, name="report_in_cycle"
    ),
    path("plan/twelve-weeks/", twelve_week_views.listed, name="twelve_weeks_list"),
    path("plan/twelve-weeks/new/", twelve_week_views.begin, name="begin_twelve_weeks"),
    path("plan/twelve-weeks/<int:number>/", twelve_week_views.twelve_weeks, name="twelve_weeks"),
    path(
        "plan/twelve-weeks/<int:number>/edit/<slug:what>/", twelve_week_views.edit, name="edit_twelve_weeks"
    ),
    path(
        "plan/twelve-weeks/<int:number>/report/<slug:what>/",
        twelve_week_views.report,
        name="report_twelve_weeks",
    ),
    path("plan/twelve-weeks/<int:number>/note/", twelve_week_views.note, name="note_twelve_weeks"),
    path("plan/file/", workbook_views.take_over, name="take_over"),
    path("plan/plan.xlsx", workbook_views.export, name="export"),
    *ledger,
]
