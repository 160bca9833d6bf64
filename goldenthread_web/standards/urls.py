"""Addresses of practice standards."""

from django.urls import path

from goldenthread_web.standards import adopting_views, changing_views, views

app_name = "standards"
_EDITION = "standards/editions/<int:number>/"
_STANDARD = _EDITION + "<slug:code>/"
urlpatterns = [
    path("standards/", views.listed, name="list"),
    path("standards/compare/", views.compare, name="compare"),
    path("standards/editions/begin/", adopting_views.begin, name="begin"),
    path(_EDITION, views.edition, name="edition"),
    path(_EDITION + "whole", views.whole, name="whole"),
    path(_EDITION + "about", adopting_views.about, name="about"),
    path(_EDITION + "propose", adopting_views.propose, name="propose"),
    path(_EDITION + "take-back", adopting_views.take_back, name="take_back"),
    path(_EDITION + "adopt", adopting_views.adopt, name="adopt"),
    path(_EDITION + "send-back", adopting_views.send_back, name="send_back"),
    path(_EDITION + "discard", adopting_views.discard, name="discard"),
    path(_EDITION + "add", changing_views.add, name="add"),
    path(_STANDARD, views.standard, name="standard"),
    path(_STANDARD + "edit", changing_views.edit, name="edit"),
    path(_STANDARD + "move", changing_views.move, name="move"),
    path(_STANDARD + "remove", changing_views.remove, name="remove"),
    path(_STANDARD + "questions/add", changing_views.add_question, name="add_question"),
    path(_STANDARD + "questions/<slug:question>", changing_views.edit_question, name="edit_question"),
    path(
        _STANDARD + "questions/<slug:question>/remove",
        changing_views.remove_question,
        name="remove_question",
    ),
]
