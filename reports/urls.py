"""The addresses of reports and exports, under `manage/`."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("cohorts/<slug:code>/export/<str:file_format>/", views.cohort_export, name="cohort_export"),
]
