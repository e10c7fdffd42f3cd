"""The issuer of this installation: its key, and the roots that it trusts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from django.conf import settings

from people import clock

from ..exceptions import IssuerExpired, IssuerUnreadable
from ..signing.cms import Envelope
from ..signing.development import development_issuer
from ..signing.signer import FileSigner, KeyUnreadable, Signer


@dataclass(frozen=True, slots=True)
class Issuer:
    """A signer with its prepared envelope, and how long its certificate lasts."""

    signer: Signer
    envelope: Envelope
    valid_until: dt.datetime


def issuer() -> Issuer:
    """The issuer that signs now: the PKCS#12 file that PUENTE_ISSUER_FILE names, else the development issuer
    (SPECIMEN), made on first run. Raises IssuerUnreadable, IssuerExpired."""
    configured = getattr(settings, "PUENTE_ISSUER_FILE", None)
    path = Path(configured) if configured else development_issuer(Path(settings.PUENTE_KEYS_DIR), now=clock.now())
    password = getattr(settings, "PUENTE_ISSUER_PASSWORD", None) if configured else None
    try:
        found = _read(path, path.stat().st_mtime_ns, password)
    except (KeyUnreadable, OSError) as problem:
        raise IssuerUnreadable(problem=problem) from problem
    if clock.now() > found.valid_until:
        raise IssuerExpired(day=found.valid_until.date())
    return found


@lru_cache(maxsize=4)
def _read(path: Path, changed_ns: int, password: str | None) -> Issuer:
    signer = FileSigner.from_file(path, password)
    until = x509.load_der_x509_certificate(signer.certificate).not_valid_after_utc
    return Issuer(signer, Envelope(signer), until)


def trusted_roots() -> list[x509.Certificate]:
    """The roots in the folder `trusted` beside the keys: the operator's own, and the development issuer's."""
    folder = Path(settings.PUENTE_KEYS_DIR) / "trusted"
    roots: list[x509.Certificate] = []
    for path in sorted(folder.glob("*.pem")):
        roots += x509.load_pem_x509_certificates(path.read_bytes())
    return roots
