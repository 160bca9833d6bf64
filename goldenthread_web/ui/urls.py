"""Addresses of the look itself and of what everybody may read."""

from django.urls import path

from goldenthread_web.ui import gallery, views

app_name = "ui"
urlpatterns = [
    path("ui/colours.css", views.colours, name="colours"),
    path("ui/logo", views.logo, name="logo"),
    path("ui/gallery", gallery.gallery, name="gallery"),
    path("help", views.help_page, name="help"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
]
