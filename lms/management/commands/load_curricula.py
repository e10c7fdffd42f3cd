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
        parser.add_argument("--drafts-only", action="store_true", help="propose no editions")
        parser.add_argument("--overwrite", action="store_true", help="also what people have changed since")

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_home()
        loaded = load_content(
            folder=options["folder"], by=None, proposes=not options["drafts_only"], overwrites=options["overwrite"]
        )
        call_command("sync_roles", verbosity=0)
        for edition in loaded.editions:
            self.stdout.write(
                _("%(curriculum)s: edition %(number)s proposed.")
                % {"curriculum": edition.curriculum.title, "number": edition.label}
            )
        for refusal in loaded.not_ready:
            self.stdout.write(str(refusal))
        if loaded.left_alone:
            self.stdout.write(
                _("Changed by people since and left as they are (--overwrite takes the files): %(codes)s.")
                % {"codes": ", ".join(loaded.left_alone)}
            )
        if not loaded.editions and not loaded.not_ready and not options["drafts_only"]:
            self.stdout.write(_("There is nothing to propose."))
