"""`verify_audit [--head HASH]`: is the record of who did what as it was written?"""

from __future__ import annotations

import re
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.audit_verification import sentence_for, verify


class Command(BaseCommand):
    """Exit code 0 when the record is whole, 1 when an entry was changed, removed or inserted."""

    help = gettext_lazy("Verify the chain of the audit record, and say which entries are not as they were written.")  # type: ignore[assignment]

    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", default="", metavar="HASH", help=_("a head that was kept elsewhere; it must be in the record")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        anchor = options["head"].strip().lower()
        if anchor and not re.fullmatch(r"[0-9a-f]{64}", anchor):
            raise CommandError(_("A head has 64 digits from 0 to 9 and a to f. Copy it whole."))
        started = time.monotonic()
        walk = verify(anchor=anchor)
        for finding in walk.findings:
            self.stderr.write(sentence_for(finding))
        if walk.found:
            raise CommandError(
                ngettext(
                    "The record is not as it was written: %(count)s finding in %(entries)s entries. "
                    "Keep a copy of the database as it is, and compare it with a backup.",
                    "The record is not as it was written: %(count)s findings in %(entries)s entries. "
                    "Keep a copy of the database as it is, and compare it with a backup.",
                    walk.found,
                )
                % {"count": walk.found, "entries": f"{walk.count:,}"}
            )
        said = {"count": f"{walk.count:,}", "seconds": f"{time.monotonic() - started:.1f}"}
        self.stdout.write(
            self.style.SUCCESS(_("The record is whole: %(count)s entries, verified in %(seconds)s seconds.") % said)
        )
        if walk.anchored_at is not None:
            self.stdout.write(_("The head that was kept is entry %(number)s.") % {"number": walk.anchored_at})
        self.stdout.write(_("Head: %(head)s") % {"head": walk.sha256})
