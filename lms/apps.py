"""The composition root as an app: commands, templates, the demonstration."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.apps import AppConfig
from django.utils import translation


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "Puente"

    def ready(self) -> None:
        from . import checks, receivers  # noqa: F401

        if Path(sys.argv[0]).name == "manage.py":
            translation.activate(operators_language())


def operators_language() -> str:
    """What commands speak: Spanish where the terminal says so (LC_ALL, LC_MESSAGES, LANG), else English."""
    said = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "es" if next((value for value in said if value), "").startswith("es") else "en"
