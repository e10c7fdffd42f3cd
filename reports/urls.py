"""The addresses under `manage/`: reports, and cohorts as files."""

from __future__ import annotations

from django.urls import path

from .views import committee, evaluations, exports, reports

app_name = "reports"
urlpatterns = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/committee/", committee.esc, name="esc"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/<str:name>", reports.download, name="download"),
    path("certificates/register.<str:file_format>", exports.register, name="register_export"),
    path("cohorts/<slug:code>/evaluations/", evaluations.evaluations, name="evaluations"),
    path("cohorts/<slug:code>/export/", exports.choose, name="export"),
    path("cohorts/<slug:code>/export/<str:content>.csv", exports.download, name="export_file"),
    path("exports/<int:pk>/stop/", exports.stop, name="export_stop"),
]
