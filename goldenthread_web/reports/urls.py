"""Addresses of reports, and of what anybody may read."""

from django.urls import URLPattern, path

from goldenthread_web.reports import content_views, release_views, report_views

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("reports/", content_views.listed, name="list"),
    path("reports/new/", content_views.new, name="new"),
    path("reports/contents/<int:number>/", content_views.content, name="content"),
    path("reports/contents/<int:number>/priorities/", content_views.priorities, name="priorities"),
    path("reports/contents/<int:number>/sections/<slug:code>/", content_views.section, name="section"),
    path("reports/contents/<int:number>/sections/<slug:code>/draft/", content_views.draft, name="draft"),
    path("reports/contents/<int:number>/sections/<slug:code>/quotes/", content_views.quotes, name="quotes"),
    path("reports/<int:number>/", report_views.report, name="report"),
    path("reports/<int:number>/files/<slug:kind>/", report_views.draft_file, name="draft_file"),
    path("reports/<int:number>/build/", report_views.build_again, name="build"),
    path("reports/<int:number>/freeze/", report_views.freeze, name="freeze"),
    path("reports/<int:number>/open/", report_views.open_again, name="open"),
    path("reports/<int:number>/sign/<slug:section>/", report_views.sign, name="sign"),
    path("reports/<int:number>/weaknesses/", report_views.let_weaknesses_go, name="weaknesses"),
    path("reports/<int:number>/approve/", report_views.approve, name="approve"),
    path("reports/<int:number>/release/", report_views.release, name="release_it"),
    path("reports/<int:number>/withdraw/", report_views.withdraw, name="withdraw"),
    path("reports/releases/<int:number>/", release_views.release, name="release"),
    path("reports/releases/<int:number>/files/<slug:kind>/", release_views.release_file, name="release_file"),
    path("reports/releases/<int:number>/beside/<int:other>/", release_views.compare, name="compare"),
    path("public/", release_views.public_list, name="public_list"),
    path("public/<int:number>/", release_views.public_release, name="public_release"),
    path("public/<int:number>/files/<slug:kind>/", release_views.public_file, name="public_file"),
]
