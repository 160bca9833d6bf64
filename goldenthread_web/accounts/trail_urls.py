"""Addresses of the trail's pages. They stand here because they need to know who may open them."""

from django.urls import path

from goldenthread_web.accounts import trail_views

app_name = "trail"
urlpatterns = [
    path("trail/", trail_views.search, name="search"),
    path("trail/child", trail_views.find_child, name="find_child"),
    path("trail/copy", trail_views.copy, name="copy"),
    path("trail/second-look", trail_views.second_look, name="second_look"),
    path("trail/chain", trail_views.chain, name="chain"),
]
