"""Addresses of parameters and targets."""

from django.urls import path

from goldenthread_web.parameters import target_views, views

app_name = "parameters"
urlpatterns = [
    path("parameters/", views.listed, name="list"),
    path("parameters/<str:name>/", views.change, name="change"),
    path("parameters/changes/<int:number>/decide", views.decide, name="decide"),
    path("targets/", target_views.listed, name="targets"),
    path("targets/<slug:ref>/", target_views.change, name="target"),
    path("targets/proposals/<int:number>/decide", target_views.decide, name="decide_target"),
]
