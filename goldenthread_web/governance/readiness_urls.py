"""Addresses of readiness: beside the visit that is prepared."""

from django.urls import URLPattern, path

from goldenthread_web.governance import countdown_views as calendar
from goldenthread_web.governance import readiness_pack_views as pack
from goldenthread_web.governance import readiness_views as views
from goldenthread_web.governance import self_evaluation_views as self_evaluation

_CALENDAR = "inspections/calendars/"
_SELF = "inspections/self-evaluation/"
_VISIT = "inspections/visits/<int:number>/readiness/"
urlpatterns: list[URLPattern] = [
    path(_VISIT, views.readiness, name="readiness"),
    path(f"{_VISIT}actions/", views.readiness_actions, name="readiness_actions"),
    path(f"{_VISIT}practice/", views.readiness_practice, name="readiness_practice"),
    path(f"{_VISIT}add/", views.add_item, name="add_readiness_item"),
    path("inspections/readiness/<int:number>/", views.tick_item, name="tick_readiness_item"),
    path(f"{_VISIT}evidence/", pack.evidence, name="readiness_evidence"),
    path(f"{_VISIT}evidence/add/", pack.add_evidence, name="add_evidence"),
    path("inspections/evidence/<int:number>/", pack.hand_over, name="hand_over"),
    path("inspections/evidence/<int:number>/ready/", pack.ready, name="ready_evidence"),
    path("inspections/evidence/<int:number>/withdraw/", pack.withdraw, name="withdraw_evidence"),
    path(f"{_VISIT}interviews/", pack.interviews, name="readiness_interviews"),
    path(f"{_VISIT}interviews/add/", pack.add_interview, name="add_interview"),
    path("inspections/interviews/<int:number>/remove/", pack.remove_interview, name="remove_interview"),
    path(_SELF, self_evaluation.overview, name="self_evaluation"),
    path(f"{_SELF}write/", self_evaluation.write, name="write_statement"),
    path(f"{_SELF}<int:number>/", self_evaluation.statement, name="statement"),
    path(f"{_SELF}<int:number>/review/", self_evaluation.review, name="review_statement"),
    path(f"{_SELF}<int:number>/evidence/", self_evaluation.add_evidence, name="add_statement_evidence"),
    path(f"{_SELF}<int:number>/end/", self_evaluation.end, name="end_statement"),
    path(_CALENDAR, calendar.listed, name="countdowns"),
    path(f"{_CALENDAR}open/", calendar.open_one, name="open_countdown"),
    path(f"{_CALENDAR}<int:number>/", calendar.countdown, name="countdown"),
    path(f"{_CALENDAR}<int:number>/move/", calendar.move, name="move_day_zero"),
    path(f"{_CALENDAR}<int:number>/close/", calendar.close, name="close_countdown"),
    path(f"{_CALENDAR}<int:number>/add/", calendar.add_item, name="add_countdown_item"),
    path("inspections/calendar-items/<int:number>/", calendar.change_item, name="change_countdown_item"),
    path(
        "inspections/calendar-items/<int:number>/remove/", calendar.remove_item, name="remove_countdown_item"
    ),
    path("inspections/calendar-items/<int:number>/tick/", calendar.tick_item, name="tick_countdown_item"),
]
