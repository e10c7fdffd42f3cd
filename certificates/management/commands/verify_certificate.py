"""`verify_certificate FILE.pdf`: is this file genuine, unchanged, of a trusted issuer, and is the certificate valid
today?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography import x509
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.services.issuer import trusted_roots
from certificates.services.verification import FileVerdict, Status, verify_file
from certificates.signing.checking import LARGEST_FILE, Finding


class Command(BaseCommand):
    """Exit code 0 when the certificate is valid, 1 when it is not or cannot be checked."""

    help = gettext_lazy("Check the signature and the status of a certificate's PDF.")  # type: ignore[assignment]

    requires_system_checks = []  # `serve` has checked; this starts half a second sooner

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("the PDF file"))
        parser.add_argument(
            "--issuer",
            type=Path,
            help=_("the issuer's published root certificate (PEM), instead of those trusted here"),
        )
        parser.add_argument(
            "--offline", action="store_true", help=_("check the file alone; its status today is not looked up")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.exists():
            raise CommandError(_("There is no file “%(file)s”. Check the path.") % {"file": path})
        if path.is_dir():
            raise CommandError(_("“%(file)s” is a folder. Name one PDF file.") % {"file": path})
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(_("“%(file)s” is too large to be a certificate.") % {"file": path})
        try:
            roots = _roots(options["issuer"]) if options["issuer"] else trusted_roots()
            judged = verify_file(path.read_bytes(), trusted=roots, offline=options["offline"])
        except OSError as error:
            raise CommandError(
                _("“%(file)s” cannot be read: %(reason)s") % {"file": path, "reason": error.strerror}
            ) from None
        if options["offline"] and judged.check.is_valid:
            said = _("Genuine: as “%(signer)s” signed it. Whether it was revoked since is not known offline.")
            self.stdout.write(self.style.SUCCESS(said % {"signer": judged.check.signer}))
            self.stdout.write(f"  {_('Number')}: {judged.check.number}")
            return
        if not judged.is_valid:
            raise CommandError(refusal(judged, path))
        self.stdout.write(self.style.SUCCESS(_("Genuine and valid.")))
        self._tell(judged)

    def _tell(self, judged: FileVerdict) -> None:
        assert judged.verdict is not None and judged.verdict.payload is not None
        payload, check = judged.verdict.payload, judged.check
        for name, value in (
            (_("Number"), payload.number),
            (_("Holder"), payload.holder.name),
            (_("Curriculum"), f"{payload.curriculum.title_en} / {payload.curriculum.title_es}"),
            (_("Issued"), payload.issued_on),
            (_("Signed with the key of"), check.signer),
        ):
            self.stdout.write(f"  {name}: {value}")
        if payload.demonstration:
            self.stdout.write(self.style.WARNING(_("Demonstration: not a real certificate.")))


def _roots(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError:
        raise CommandError(_("“%(file)s” holds no certificate in PEM.") % {"file": path}) from None


def refusal(judged: FileVerdict, path: Path) -> str:
    """What is wrong with the file, in one sentence, and what to do."""
    check, verdict = judged.check, judged.verdict
    names = {"file": path.name, "signer": check.signer, "number": check.number or "—"}
    match check.finding:
        case Finding.NOT_A_PDF:
            return _("“%(file)s” is not a PDF that can be read. Name the PDF that was issued.") % names
        case Finding.UNSIGNED:
            return (
                _("“%(file)s” is not signed. Every certificate is; a file without a signature proves nothing.") % names
            )
        case Finding.CHANGED:
            return (
                _("“%(file)s” was changed after it was signed, or is damaged. Ask for the file that was issued.")
                % names
            )
        case Finding.FOREIGN:
            return _("“%(file)s” is signed by “%(signer)s”, an issuer that is not trusted here.") % names
        case Finding.EXPIRED:
            day = check.signer_valid_until.date() if check.signer_valid_until else ""
            text = _(
                "“%(file)s” is as it was signed, but the key of “%(signer)s” expired on %(day)s. "
                "Check the certificate by its code."
            )
            return text % {**names, "day": day}
    if (
        verdict is not None
        and verdict.status is Status.REVOKED
        and verdict.credential
        and verdict.credential.revoked_at
    ):
        credential = verdict.credential
        text = _("Certificate %(number)s is genuine, but was revoked on %(day)s: %(reason_en)s / %(reason_es)s")
        return text % {
            "number": credential.number,
            "day": verdict.credential.revoked_at.date(),
            "reason_en": credential.revocation_reason_en,
            "reason_es": credential.revocation_reason_es,
        }
    if verdict is not None and verdict.credential and judged.has_ended:
        text = _("Certificate %(number)s is genuine, but %(standing)s.")
        return text % {"number": verdict.credential.number, "standing": verdict.credential.standing.label}
    return (
        _("The signature of “%(file)s” is good, but no certificate %(number)s with this content is known here.") % names
    )
