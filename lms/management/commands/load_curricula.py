"""Load the shared curricula from their source files and propose an edition of each that changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from curricula.loading import load_content
from lms.home.site import ensure_home


class Command(BaseCommand):
    """Loading twice changes nothing."""

    help = "Load the shared curricula from their source files; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=settings.PUENTE_CONTENT_DIR, help="the folder of source files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_home()
        editions = load_content(folder=options["folder"], by=None)
        call_command("sync_roles", verbosity=0)
        for edition in editions:
            self.stdout.write(
                _("%(curriculum)s: edition %(number)s proposed.")
                % {"curriculum": edition.curriculum.title, "number": edition.number}
            )
        if not editions:
            self.stdout.write(_("Nothing has changed."))
