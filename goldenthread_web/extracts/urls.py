"""Addresses of the extracts."""

from django.urls import path

from goldenthread_web.extracts import views

app_name = "extracts"
urlpatterns = [
    path("extracts/", views.loads, name="loads"),
    path("extracts/deliver", views.deliver, name="deliver"),
    path("extracts/<int:number>/", views.run, name="run"),
    path("extracts/<int:number>/again", views.again, name="again"),
]
