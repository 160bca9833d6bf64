"""Addresses of the thread and of search."""

from django.urls import path

from goldenthread_web.thread import views

app_name = "thread"
urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("thread/<slug:kind>/<str:key>/", views.of, name="of"),
]
