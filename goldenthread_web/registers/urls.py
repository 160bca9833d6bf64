"""Addresses of the registers."""

from django.urls import path

from goldenthread_web.registers import changing_views, reference_views, schooling_views, views

app_name = "registers"
urlpatterns = [
    path("registers/", views.listed, name="list"),
    path("registers/schooling/", schooling_views.schooling, name="schooling"),
    path("registers/reference/", reference_views.reference, name="reference"),
    path("registers/homes/add/", changing_views.add_home, name="add_home"),
    path("registers/homes/<str:ref>/", views.home, name="home"),
    path("registers/homes/<str:ref>/edit/", changing_views.change_home, name="change_home"),
    path(
        "registers/homes/<str:ref>/inspections/add/", changing_views.enter_inspection, name="enter_inspection"
    ),
    path("registers/inspections/<int:number>/", changing_views.correct_inspection, name="correct_inspection"),
    path("registers/training/add/", changing_views.count_training, name="count_training"),
    path("registers/training/<int:number>/", changing_views.correct_training, name="correct_training"),
    path("registers/outages/add/", changing_views.enter_outage, name="enter_outage"),
    path("registers/outages/<int:number>/", changing_views.change_outage, name="change_outage"),
]
