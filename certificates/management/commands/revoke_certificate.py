"""`revoke_certificate NUMBER --reason-en … --reason-es …`: from now on whoever checks it reads that it was revoked,
and why."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.codes import tidy_number
from certificates.exceptions import CertificateError
from certificates.models import Credential
from certificates.services.revocation import revoke
from people.models import Participant


class Command(BaseCommand):
    """For the operator; it cannot be undone."""

    help = gettext_lazy("Revoke a certificate, with a reason in both languages.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help=_("the number, such as PU-2026-000123"))
        parser.add_argument("--reason-en", required=True, help=_("the reason in English"))
        parser.add_argument("--authority", default="", help=_("the code of the Participant that decided it"))
        parser.add_argument("--reason-es", required=True, help=_("the reason in Spanish"))

    def handle(self, *args: Any, **options: Any) -> None:
        credential = Credential.objects.filter(number=tidy_number(options["number"]) or "").first()
        if credential is None:
            raise CommandError(
                _("There is no certificate %(number)s. Check the number.") % {"number": options["number"]}
            )
        authority = Participant.objects.filter(code=options["authority"]).first()
        if options["authority"] and authority is None:
            text = _("There is no Participant %(code)s. Check the code.")
            raise CommandError(text % {"code": options["authority"]})
        reasons = {"reason_en": options["reason_en"], "reason_es": options["reason_es"]}
        try:
            revoke(credential=credential, **reasons, authority=authority, by=None)
        except CertificateError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(self.style.SUCCESS(_("Certificate %(number)s is revoked.") % {"number": credential.number}))
