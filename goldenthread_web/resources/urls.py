"""Addresses of money, posts and reviews."""

from django.urls import path

from goldenthread_web.resources import changing_views, post_views, signing_views, unit_cost_views, views

app_name = "resources"
urlpatterns = [
    path("money/", views.listed, name="list"),
    path("money/add/", changing_views.add, name="add"),
    path("money/sign-off/", signing_views.listed, name="sign_offs"),
    path("money/sign-off/<int:year>/<int:number>/", signing_views.quarter, name="quarter"),
    path("money/costs/", unit_cost_views.costs, name="costs"),
    path("money/costs/enter/", unit_cost_views.enter, name="enter_cost"),
    path("money/posts/", post_views.posts, name="posts"),
    path("money/posts/add/", post_views.add_post, name="add_post"),
    path("money/posts/<int:pk>/", post_views.change_post, name="post"),
    path("money/reviews/", post_views.reviews, name="reviews"),
    path("money/reviews/add/", post_views.add_review, name="add_review"),
    path("money/reviews/<int:pk>/", post_views.change_review, name="review"),
    path("money/<str:ref>/", views.line, name="line"),
    path("money/<str:ref>/edit/", changing_views.edit, name="edit"),
    path("money/<str:ref>/approve/", changing_views.approve, name="approve"),
    path("money/<str:ref>/spend/", changing_views.spend, name="spend"),
    path("money/<str:ref>/forecast/", changing_views.forecast, name="forecast"),
    path("money/<str:ref>/plan/", changing_views.plan, name="plan"),
    path("money/<str:ref>/evidence/", changing_views.evidence, name="evidence"),
]
