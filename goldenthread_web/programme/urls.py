"""Addresses of programme."""

from django.urls import path

from goldenthread_web.programme import views

app_name = "programme"
urlpatterns = [
    path("programme/", views.programme, name="programme"),
    path("programme/aim/", views.aim, name="aim"),
    path("programme/themes/<int:number>/", views.theme, name="theme"),
    path("programme/components/<int:number>/", views.component, name="component"),
    path("programme/enablers/<int:number>/", views.enabler, name="enabler"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/add/", views.add_body, name="add_body"),
    path("bodies/<slug:code>/edit/", views.edit_body, name="edit_body"),
]
