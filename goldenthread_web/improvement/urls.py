"""Addresses of improvement."""

from django.urls import URLPattern

from goldenthread_web.improvement import ledger_urls

app_name = "improvement"
urlpatterns: list[URLPattern] = [*ledger_urls.urlpatterns]
