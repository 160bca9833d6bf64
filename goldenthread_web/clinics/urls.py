"""Addresses of clinics."""

from django.urls import path

from goldenthread_web.clinics import acting_views, views

app_name = "clinics"
urlpatterns = [
    path("clinics/", views.listed, name="list"),
    path("clinics/<int:number>/", views.clinic, name="clinic"),
    path("clinics/<int:number>/begin", acting_views.begin, name="begin"),
    path("clinics/<int:number>/exceptions/<int:exception>", acting_views.judge, name="judge"),
    path("clinics/<int:number>/same-reason", acting_views.same_reason, name="same_reason"),
    path("clinics/<int:number>/actions/<int:action>", acting_views.outcome, name="outcome"),
    path("clinics/<int:number>/agree", acting_views.agree, name="agree"),
    path("clinics/<int:number>/close", acting_views.close, name="close"),
    path("clinics/<int:number>/not-held/", acting_views.not_held, name="not_held"),
    path("clinics/<int:number>/escalate/", acting_views.escalate, name="escalate"),
    path("clinics/escalations/<int:escalation>/", acting_views.answer, name="answer"),
]
