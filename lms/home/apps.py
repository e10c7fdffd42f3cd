"""The app of the first page."""

from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "lms.home"
    label = "home"
    verbose_name = "Home"
