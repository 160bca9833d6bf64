"""Addresses of a person's own pages, of the people's pages and of emergency access."""

from django.urls import path

from goldenthread_web.accounts import emergency_views, people_views, restriction_views, sign_in_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("account", views.mine, name="mine"),
    path("account/related", restriction_views.related, name="related"),
    path("account/stay", views.stay, name="stay"),
    path("account/sign-out-everywhere", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/set-password/<int:number>/<str:token>", people_views.set_password, name="set_password"),
    path("roles", people_views.all_roles, name="roles"),
    path("roles/proposals", people_views.all_proposals, name="proposals"),
    path("roles/proposals/<int:number>", people_views.decide, name="decide"),
    path("people/", people_views.all_people, name="people"),
    path("people/new", people_views.new, name="new"),
    path("people/<int:number>", people_views.person, name="person"),
    path("people/<int:number>/close", people_views.close, name="close"),
    path("people/<int:number>/link", people_views.send_link, name="send_link"),
    path("people/<int:number>/second-factor", people_views.remove_second_factor, name="remove_second_factor"),
    path("emergencies/", emergency_views.emergencies, name="emergencies"),
    path("emergencies/<int:number>/finding", emergency_views.review, name="review"),
    path("restricted/", restriction_views.all_restrictions, name="restrictions"),
    path("restricted/new", restriction_views.restrict, name="restrict"),
    path("restricted/<int:number>/lift", restriction_views.lift, name="lift_restriction"),
    path("restricted/<int:number>/decision", restriction_views.decide, name="decide_restriction"),
    path("relations/", restriction_views.all_relations, name="relations"),
    path("relations/<int:number>/withdraw", restriction_views.withdraw, name="withdraw_relation"),
    path("demo/sign-in", sign_in_views.demo_sign_in, name="demo_sign_in"),
]
