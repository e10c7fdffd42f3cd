"""`reconcile_certificates`: finds completions without a certificate and certificates without a document, and mends
them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certificates.services.reconciling import reconcile


class Command(BaseCommand):
    """Harmless when repeated."""

    help = gettext_lazy("Issue certificates that are missing, and ask for documents that are missing.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry-problems", action="store_true", help=_("try again what could not be drawn"))

    def handle(self, *args: Any, **options: Any) -> None:
        found = reconcile(retry_problems=options["retry_problems"])
        lines = (
            (
                ngettext("%(count)s certificate issued late.", "%(count)s certificates issued late.", found.issued),
                found.issued,
            ),
            (ngettext("%(count)s document was lost.", "%(count)s documents were lost.", found.lost), found.lost),
            (
                ngettext("%(count)s document will be drawn.", "%(count)s documents will be drawn.", found.waiting),
                found.waiting,
            ),
        )
        for text, count in lines:
            self.stdout.write(text % {"count": count})
