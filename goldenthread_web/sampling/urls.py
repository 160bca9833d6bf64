"""Addresses of samples."""

from django.urls import path

from goldenthread_web.sampling import views

app_name = "sampling"
urlpatterns = [path("samples/<int:number>/", views.sample, name="sample")]
