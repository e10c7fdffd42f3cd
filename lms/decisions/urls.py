"""The addresses of records of decision."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "decisions"
urlpatterns = [
    path("manage/editions/<int:pk>/decision/", views.record, name="record"),
    path("manage/editions/<int:pk>/decision.pdf", views.document, name="document"),
]
