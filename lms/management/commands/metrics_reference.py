"""Write the public definitions of all metrics, from the registry that the reports use."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.metrics.registry import DEFINITIONS, reference

HEADS = (
    (
        "metrics.md",
        (
            "# How each figure is counted\n\n*[Español](metrics.es.md)*\n\nVersion {version} of the definitions. "
            "Written by `manage.py metrics_reference` from the registry that the reports use.\n"
        ),
    ),
    (
        "metrics.es.md",
        (
            "# Cómo se cuenta cada cifra\n\n*[English](metrics.md)*\n\nVersión {version} de las definiciones. "
            "Escrito por `manage.py metrics_reference` a partir del registro que usan los informes.\n"
        ),
    ),
)


def pages() -> dict[str, str]:
    """The text of each page by its name."""
    return {
        name: "\n".join([head.format(version=DEFINITIONS), *reference(language)]).rstrip() + "\n"
        for language, (name, head) in enumerate(HEADS)
    }


class Command(BaseCommand):
    """Run it after a definition has changed; a test holds pages and registry together."""

    help = "Write docs/metrics.md and docs/metrics.es.md from the registry of metrics."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path(settings.BASE_DIR) / "docs")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, text in pages().items():
            (options["folder"] / name).write_text(text, encoding="utf-8")
            self.stdout.write(name)
