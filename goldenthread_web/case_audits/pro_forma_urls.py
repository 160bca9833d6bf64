"""Addresses of pro formas. They come before those of single case audits, which take any word."""

from django.urls import path

from goldenthread_web.case_audits import pro_forma_changing_views as changing
from goldenthread_web.case_audits import pro_forma_views as views

_ONE = "case-audits/pro-formas/<slug:code>/<int:number>/"
_QUESTION = "case-audits/pro-formas/questions/<int:number>/"
urlpatterns = [
    path("case-audits/pro-formas/", views.listed, name="pro_formas"),
    path("case-audits/pro-formas/add/", changing.add, name="add_pro_forma"),
    path(_QUESTION + "cite/", changing.cite, name="cite_standard"),
    path(_QUESTION + "drop", changing.drop, name="drop_pro_forma_question"),
    path(_QUESTION + "move", changing.move, name="move_pro_forma_question"),
    path(_ONE, views.shown, name="pro_forma"),
    path(_ONE + "preview/", views.preview, name="preview_pro_forma"),
    path(_ONE + "title/", changing.retitle, name="retitle_pro_forma"),
    path(_ONE + "questions/own/", changing.add_own, name="add_own_question"),
    path(_ONE + "questions/more/", changing.add_more, name="add_more_questions"),
    path(_ONE + "publish/", changing.publish, name="publish_pro_forma"),
    path(_ONE + "version/", changing.version, name="new_version_of_pro_forma"),
    path(_ONE + "withdraw/", changing.withdraw, name="withdraw_pro_forma"),
    path(_ONE + "discard/", changing.discard, name="discard_pro_forma"),
]
