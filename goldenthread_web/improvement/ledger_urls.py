"""Addresses of the ledger: beside the letters whose findings it answers."""

from django.urls import URLPattern, path

from goldenthread_web.improvement import ledger_views

urlpatterns: list[URLPattern] = [
    path("inspections/ledger/", ledger_views.listed, name="ledger"),
    path("inspections/ledger/<int:number>/", ledger_views.answer, name="answer"),
]
