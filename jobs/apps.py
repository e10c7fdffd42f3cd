"""The app of jobs; finds each app's `job_kinds` module."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from . import receivers  # noqa: F401

        autodiscover_modules("job_kinds")
