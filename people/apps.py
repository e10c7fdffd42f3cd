"""The app of people and access; finds each app's `letter_kinds` and `personal_data` modules."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from . import audit_receivers, receivers  # noqa: F401
        from .audit_admin import follow_wagtail

        follow_wagtail()
        autodiscover_modules("letter_kinds", "personal_data")
