"""Addresses of the lists behind figures."""

from django.urls import path

from goldenthread_web.behind import views

app_name = "behind"
urlpatterns = [
    path("figures/<slug:ref>/children", views.ask, name="ask"),
    path("behind/<int:number>/", views.listed, name="list"),
    path("behind/<int:number>/export", views.export, name="export"),
    path("exports/", views.exports, name="exports"),
    path("exports/<int:number>/decide", views.decide, name="decide"),
    path("exports/<int:number>/file", views.take, name="take"),
]
