"""Addresses of governance."""

from django.urls import path

from goldenthread_web.governance import (
    knowing_views,
    meeting_views,
    readiness_urls,
    register_views,
    running_views,
    views,
)

app_name = "governance"
urlpatterns = [
    path("meetings/", views.listed, name="list"),
    path("meetings/forward/", views.forward_plan, name="forward"),
    path("meetings/forward-plan.ics", views.forward_file, name="forward_file"),
    path("meetings/bodies/<slug:code>/", views.body, name="body"),
    path("meetings/bodies/<slug:code>/plan/", views.plan, name="plan"),
    path("meetings/bodies/<slug:code>/members/", views.members, name="members"),
    path("meetings/memberships/<int:number>/end", views.end_membership, name="end_membership"),
    path("meetings/asks/", register_views.asks, name="asks"),
    path("meetings/asks/<int:number>/", register_views.ask, name="ask"),
    path("meetings/asks/<int:number>/answer", register_views.answer, name="answer"),
    path("meetings/answers/<int:number>/judge", register_views.judge, name="judge"),
    path("meetings/answers/<int:number>/said", register_views.record_judgement, name="record_judgement"),
    path("meetings/actions/", register_views.actions, name="actions"),
    path("meetings/actions/<int:number>/close/", register_views.close_action, name="close_action"),
    path("meetings/challenges/", register_views.challenges, name="challenges"),
    path("meetings/challenges/<int:number>/", register_views.answer_challenge, name="answer_challenge"),
    path("decisions/", register_views.decisions, name="decisions"),
    path("decisions/<int:number>/", register_views.decision, name="decision"),
    path("meetings/attendance/", knowing_views.attendance, name="attendance"),
    path("meetings/development/", knowing_views.development, name="development"),
    path("meetings/development/plan/", knowing_views.plan_event, name="plan_event"),
    path("meetings/elections/", knowing_views.election, name="election"),
    path("meetings/visits/", knowing_views.visits, name="visits"),
    path("meetings/visits/<int:number>/close", knowing_views.close_visit, name="close_visit"),
    path("meetings/partners/", knowing_views.partners, name="partners"),
    path("meetings/items/<int:number>/", meeting_views.item, name="item"),
    path("meetings/<int:number>/", meeting_views.meeting, name="meeting"),
    path("meetings/<int:number>/pack/", meeting_views.pack, name="pack"),
    path("meetings/<int:number>/minutes/", meeting_views.minutes, name="minutes"),
    path("meetings/<int:number>/briefing/", views.briefing, name="briefing"),
    path("meetings/<int:number>/move/", meeting_views.move, name="move"),
    path("meetings/<int:number>/items/", meeting_views.add_item, name="add_item"),
    path("meetings/<int:number>/attendance", running_views.attend, name="attend"),
    path("meetings/<int:number>/step/<slug:what>", running_views.step, name="step"),
    path("meetings/<int:number>/write/<slug:what>/<int:key>", running_views.write, name="write"),
    path("meetings/<int:number>/safeguarding/<int:key>", running_views.review, name="review"),
    path("meetings/<int:number>/speak/<slug:what>/", running_views.speak, name="speak"),
    *readiness_urls.urlpatterns,
]
