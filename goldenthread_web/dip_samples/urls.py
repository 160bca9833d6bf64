"""Addresses of dip samples."""

from django.urls import path

from goldenthread_web.dip_samples import design_views, leading_views, sheet_views, views

app_name = "dip_samples"
urlpatterns = [
    path("dip-samples/", views.listed, name="list"),
    path("dip-samples/mine/", views.mine, name="mine"),
    path("dip-samples/designs/", design_views.designs, name="designs"),
    path("dip-samples/designs/take-over", design_views.take_over, name="take_over"),
    path("dip-samples/designs/add/", design_views.add, name="add_design"),
    path("dip-samples/designs/<slug:code>/", design_views.design, name="design"),
    path("dip-samples/designs/<slug:code>/change/", design_views.change, name="change_design"),
    path("dip-samples/designs/<slug:code>/end", design_views.end, name="end_design"),
    path("dip-samples/designs/<slug:code>/draw/", leading_views.draw, name="draw"),
    path("dip-samples/follow-ups/<int:number>/done/", leading_views.follow_up_done, name="follow_up_done"),
    path("dip-samples/<str:ref>/", views.dip_sample, name="dip_sample"),
    path("dip-samples/<str:ref>/give/", leading_views.give, name="give"),
    path("dip-samples/<str:ref>/withdraw/", leading_views.withdraw, name="withdraw"),
    path("dip-samples/<str:ref>/follow-up/", leading_views.follow_up, name="follow_up"),
    path("dip-samples/<str:ref>/sheet/", sheet_views.sheet, name="sheet"),
    path("dip-samples/<str:ref>/sheet/finish/", sheet_views.finish, name="finish"),
    path("dip-samples/<str:ref>/sheet/<int:number>/", sheet_views.line, name="line"),
    path("dip-samples/<str:ref>/sheet/<int:number>/concern/", sheet_views.concern, name="concern"),
]
