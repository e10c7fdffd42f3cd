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
from ..signing.development import development_issuer, publish
from ..signing.signer import FileSigner, KeyUnreadable, Signer
from ..signing.timestamps import AuthorityOverHttp


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
        found = _read(path, path.stat().st_mtime_ns, password, settings.PUENTE_TSA_URL)
    except (KeyUnreadable, OSError) as problem:
        raise IssuerUnreadable(problem=problem) from problem
    if clock.now() > found.valid_until:
        raise IssuerExpired(day=found.valid_until.date())
    return found


@lru_cache(maxsize=4)
def _read(path: Path, changed_ns: int, password: str | None, tsa_url: str) -> Issuer:
    signer = FileSigner.from_file(path, password)
    certificate = x509.load_der_x509_certificate(signer.certificate)
    publish(Path(settings.PUENTE_KEYS_DIR), certificate)
    envelope = Envelope(signer, AuthorityOverHttp(tsa_url) if tsa_url else None)
    return Issuer(signer, envelope, certificate.not_valid_after_utc)


def trusted_roots() -> list[x509.Certificate]:
    """The roots in the folder `trusted` beside the keys: the operator's own, and the development issuer's."""
    return _certificates_in("trusted")


def published_certificates() -> list[x509.Certificate]:
    """The certificates of all keys that this installation has signed with, the present one among them."""
    return _certificates_in("published")


def _certificates_in(folder: str) -> list[x509.Certificate]:
    found: list[x509.Certificate] = []
    for path in sorted((Path(settings.PUENTE_KEYS_DIR) / folder).glob("*.pem")):
        found += x509.load_pem_x509_certificates(path.read_bytes())
    return found
