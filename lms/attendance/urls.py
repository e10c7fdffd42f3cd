"""The address of the sheet."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("manage/sessions/<int:pk>/sheet.pdf", views.sheet, name="session_sheet")]
