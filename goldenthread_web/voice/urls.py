"""Addresses of voices."""

from django.urls import path

from goldenthread_web.voice import views, writing_views

app_name = "voice"
urlpatterns = [
    path("voice/", views.listed, name="list"),
    path("voice/said/", views.said, name="said"),
    path("voice/said/add/", writing_views.add, name="add"),
    path("voice/said/<int:number>/", writing_views.code, name="code"),
    path("voice/ask/", writing_views.ask, name="ask"),
    path("voice/replies/add/", writing_views.reply, name="reply"),
    path("voice/replies/<int:number>/", writing_views.did, name="did"),
    path("voice/surveys/", views.surveys, name="surveys"),
    path("voice/surveys/add/", writing_views.new_survey, name="new_survey"),
    path("voice/surveys/<int:number>/", views.survey, name="survey"),
    path("voice/surveys/<int:number>/enter/", writing_views.enter, name="enter"),
    path("voice/told/add/", writing_views.tell, name="tell"),
    path("surveys/", views.surveys_to_answer, name="surveys_to_answer"),
    path("surveys/<int:number>/", writing_views.answer, name="answer"),
]
