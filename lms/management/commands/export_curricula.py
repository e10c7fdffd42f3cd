"""Write the shared curricula, as they stand in the editor, back to the source files that they are loaded from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curricula.loading import export_content


class Command(BaseCommand):
    """What was loaded and not changed since gives the same bytes."""

    help = "Write the drafts of the shared curricula to a folder of source files; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder of source files; files that differ are replaced")

    def handle(self, *args: Any, **options: Any) -> None:
        exported = export_content(options["folder"])
        for name in exported.written:
            self.stdout.write(name)
        count = len(exported.written)
        self.stdout.write(
            ngettext("%(count)s file written.", "%(count)s files written.", count) % {"count": count}
            if count
            else _("The folder holds the same files already.")
        )
        if exported.left_alone:
            self.stdout.write(
                _("Not in the database and left as they are: %(files)s.") % {"files": ", ".join(exported.left_alone)}
            )
