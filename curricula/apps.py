"""The app of curricula."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CurriculaConfig(AppConfig):
    name = "curricula"
    verbose_name = _("Curricula")

    def ready(self) -> None:
        from . import nomination_letter_kinds, receivers  # noqa: F401

        autodiscover_modules("bulk_actions")
