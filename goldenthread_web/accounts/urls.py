"""Addresses of a person's own pages and of the people's pages."""

from django.urls import path

from goldenthread_web.accounts import sign_in_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("account", views.mine, name="mine"),
    path("account/stay", views.stay, name="stay"),
    path("account/sign-out-everywhere", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("demo/sign-in", sign_in_views.demo_sign_in, name="demo_sign_in"),
]
