"""Write the source files of the curricula in the one form that an export gives them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from curricula.loading.form import files_in_form


class Command(BaseCommand):
    """Changes how a file is written and nothing that it says; comments go."""

    help = "Write the source files of the curricula in their one form: keys in order, texts as blocks."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.PUENTE_CONTENT_DIR
        parser.add_argument("folder", type=Path, nargs="?", default=default, help="the folder of sources")

    def handle(self, *args: Any, **options: Any) -> None:
        for path, is_now, shall_be in files_in_form(options["folder"]):
            if is_now != shall_be:
                path.write_text(shall_be, encoding="utf-8")
                self.stdout.write(path.relative_to(options["folder"]).as_posix())
