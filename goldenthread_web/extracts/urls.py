"""Addresses of the extracts."""

from django.urls import path

from goldenthread_web.extracts import load_report_views, quality_views, views

app_name = "extracts"
urlpatterns = [
    path("extracts/", views.loads, name="loads"),
    path("extracts/deliver", views.deliver, name="deliver"),
    path("extracts/<int:number>/", views.run, name="run"),
    path("extracts/<int:number>/again", views.again, name="again"),
    path("extracts/<int:number>/mapping", load_report_views.matched, name="mapping"),
    path("extracts/<int:number>/<slug:folder>/", load_report_views.findings, name="findings"),
    path(
        "extracts/<int:number>/<slug:folder>/by-rule.csv",
        load_report_views.findings_counted,
        name="findings_counted",
    ),
    path(
        "extracts/<int:number>/<slug:folder>/rows.csv", load_report_views.findings_rows, name="findings_rows"
    ),
    path("data-quality/", quality_views.report, name="quality"),
    path("data-quality/teams.csv", quality_views.teams_file, name="quality_teams"),
    path("data-quality/rows", quality_views.rows, name="quality_rows"),
    path("data-quality/rows.csv", quality_views.rows_file, name="quality_rows_file"),
]
