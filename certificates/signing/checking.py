"""Checks a file that claims to be a certificate: from the file alone, offline, against the roots that are trusted."""

from __future__ import annotations

import datetime as dt
import enum
import io
import logging
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .cms import is_as_sealed

LARGEST_FILE = 5 * 1024 * 1024  # bytes; a certificate has about 80,000


class Finding(enum.StrEnum):
    """What a check found. Only VALID means that the file is as the issuer signed it, and the issuer is trusted
    today."""

    VALID = "valid"
    NOT_A_PDF = "not_a_pdf"
    UNSIGNED = "unsigned"
    CHANGED = "changed"
    FOREIGN = "foreign_issuer"
    EXPIRED = "expired_issuer"


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """The finding, who signed and when (`signed_at` as the file claims, `stamped_at` as an authority vouches), and
    which certificate the file says it is."""

    finding: Finding
    signer: str = ""
    signed_at: dt.datetime | None = None
    stamped_at: dt.datetime | None = None
    signer_valid_until: dt.datetime | None = None
    number: str = ""
    code: str = ""
    payload_sha256: str = ""

    @property
    def is_valid(self) -> bool:
        return self.finding is Finding.VALID


def check_document(data: bytes, *, trusted: Sequence[x509.Certificate], at: dt.datetime | None = None) -> DocumentCheck:
    """What this file is, at a moment (now, if None). Never raises for what the file contains."""
    if data.lstrip()[:5] != b"%PDF-" or len(data) > LARGEST_FILE:
        return DocumentCheck(Finding.NOT_A_PDF)
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _check(data, trusted, at or dt.datetime.now(dt.UTC))
    except Exception:  # noqa: BLE001 (a parser of untrusted bytes may fail in many ways; each means the same to the reader)
        return DocumentCheck(Finding.CHANGED if _looks_signed(data) else Finding.NOT_A_PDF)


def _check(data: bytes, trusted: Sequence[x509.Certificate], at: dt.datetime) -> DocumentCheck:
    reader = PdfFileReader(io.BytesIO(data))
    if not _looks_signed(data):
        return DocumentCheck(Finding.UNSIGNED if "/Pages" in reader.root else Finding.NOT_A_PDF)
    signatures = reader.embedded_signatures
    if not signatures:
        return DocumentCheck(Finding.CHANGED)
    signature = signatures[0]
    status = _status(signature, trusted, at)
    stamped_at = _stamped_at(status)
    if stamped_at and not status.trusted:
        status = _status(signature, trusted, stamped_at)  # it stood then, whatever has become of the key since
    certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    details = {**_details(reader, status, certificate), "stamped_at": stamped_at}
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and len(signatures) == 1
    if not (status.intact and status.valid and whole):
        return DocumentCheck(Finding.CHANGED, **details)
    finding = Finding.VALID if status.trusted else Finding.FOREIGN
    if not status.trusted and at > certificate.not_valid_after_utc:
        last_moment = certificate.not_valid_after_utc - dt.timedelta(seconds=1)
        if _status(signature, trusted, last_moment).trusted:
            finding = Finding.EXPIRED
    if finding is not Finding.FOREIGN and not is_as_sealed(signature.pkcs7_content):
        finding = Finding.CHANGED
    return DocumentCheck(finding, **details)


def _looks_signed(data: bytes) -> bool:
    """A signature cannot hide: its range is counted in bytes of the file, so that it lies there unpacked."""
    return any(sign in data for sign in (b"/ByteRange", b"/ETSI.CAdES.", b"/adbe.pkcs7."))


def _status(signature: Any, trusted: Sequence[x509.Certificate], at: dt.datetime) -> PdfSignatureStatus:
    roots = [asn1.Certificate.load(root.public_bytes(Encoding.DER)) for root in trusted]
    context, of_time = (
        ValidationContext(trust_roots=roots, moment=at, allow_fetching=False, best_signature_time=at) for _ in range(2)
    )
    return validate_pdf_signature(signature, context, of_time)


def _stamped_at(status: PdfSignatureStatus) -> dt.datetime | None:
    """The moment that a time-stamping authority vouches for, if we trust that authority."""
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        return None
    moment: dt.datetime = stamp.timestamp
    return moment


def _details(reader: PdfFileReader, status: PdfSignatureStatus, certificate: x509.Certificate) -> dict[str, Any]:
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    info = reader.trailer_view.get("/Info", {})
    info = info.get_object() if hasattr(info, "get_object") else info

    def told(key: str) -> str:
        value = info.get(key, "")
        return str(value)[:64] if isinstance(value, str) else ""

    return {
        "signer": str(names[0].value) if names else certificate.subject.rfc4514_string(),
        "signed_at": status.signer_reported_dt,
        "signer_valid_until": certificate.not_valid_after_utc,
        "number": told("/PuenteNumber"),
        "code": told("/PuenteCode"),
        "payload_sha256": told("/PuentePayload"),
    }
