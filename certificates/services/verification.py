"""Tells anyone whether a certificate is genuine and valid today. Shows the least: name, curriculum, dates."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509

from people import clock

from ..codes import tidy_code, tidy_number
from ..models import Credential, Standing
from ..payload import Payload
from ..signing.checking import DocumentCheck, Finding, check_document
from .issuer import trusted_roots


class Status(enum.StrEnum):
    """How a certificate stands, for whoever asks; UNKNOWN is none of ours."""

    VALID = Standing.VALID
    EXPIRED = Standing.EXPIRED
    SUPERSEDED = Standing.SUPERSEDED
    SUSPENDED = Standing.SUSPENDED
    REVOKED = Standing.REVOKED
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a certificate. `knows_code` is False when only the number was given: numbers can be counted
    through, so that the name of the holder is told only to those who have the code."""

    status: Status
    asked: str
    checked_at: dt.datetime
    credential: Credential | None = None
    payload: Payload | None = None
    knows_code: bool = False

    @property
    def shown(self) -> str:
        """The code or number as it is printed."""
        if self.credential is None:
            return self.asked
        return self.credential.shown_code if self.knows_code else self.credential.number


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What is said of a file: its signature, and the status of the certificate that it claims to be."""

    check: DocumentCheck
    verdict: Verdict | None
    sha256: str = ""

    @property
    def is_valid(self) -> bool:
        stands = self.check.is_valid or self.is_on_record
        return stands and self.verdict is not None and self.verdict.status is Status.VALID

    @property
    def is_on_record(self) -> bool:
        """Whether the key has expired since, and the file is, byte for byte, the one that is on record as signed."""
        credential = self.verdict.credential if self.verdict else None
        is_ours = credential is not None and self.sha256 == credential.document_sha256
        return self.check.finding is Finding.EXPIRED and is_ours

    @property
    def has_ended(self) -> bool:
        """Whether the certificate is genuine and known, but suspended, superseded or expired."""
        ended = {Status.SUSPENDED, Status.SUPERSEDED, Status.EXPIRED}
        return self.verdict is not None and self.verdict.status in ended


def look_up(typed: str) -> Verdict:
    """The status of the certificate with this code or number, however it was typed. One query."""
    now, typed = clock.now(), typed.strip()[:64]
    code, number = tidy_code(typed), tidy_number(typed)
    known, found = Credential.objects.select_related("revocation_authority"), None
    if code:
        found = known.filter(code=code).first()
    elif number:
        found = known.filter(number=number).first()
    if found is None:
        return Verdict(Status.UNKNOWN, typed, now)
    return Verdict(Status(found.standing_at(now)), typed, now, found, found.said, knows_code=bool(code))


def verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict for machines, with no more in it than the page shows. Days are ISO 8601."""
    said: dict[str, Any] = {
        "status": str(verdict.status),
        "asked": verdict.shown,
        "checked_at": verdict.checked_at.isoformat(timespec="seconds"),
    }
    credential, payload = verdict.credential, verdict.payload
    if credential is None or payload is None:
        return said
    said |= {
        "number": credential.number,
        "holder": payload.holder.name if verdict.knows_code else None,
        "curriculum": {"code": payload.curriculum.code, "en": payload.curriculum.title_en,
                       "es": payload.curriculum.title_es},
        "edition": str(payload.edition.number),
        "hours": payload.hours,
        "issued_on": payload.issued_on,
        "valid_until": payload.valid_until,
        "issuers": [body.participant for body in payload.bodies],
        "demonstration": payload.demonstration,
        "document_sha256": (credential.document_sha256 or None) if verdict.knows_code else None,
    }  # fmt: skip
    if verdict.status is Status.REVOKED and credential.revoked_at:
        authority = credential.revocation_authority
        said["revocation"] = {
            "on": credential.revoked_at.date().isoformat(),
            "authority": authority.code if authority else None,
            "reason": {"en": credential.revocation_reason_en, "es": credential.revocation_reason_es},
        }
    return said


def verify_file(
    data: bytes, *, trusted: Sequence[x509.Certificate] | None = None, offline: bool = False
) -> FileVerdict:
    """Signature, integrity and status of a PDF; offline, without the status. The record counts only if the file carries
    the very payload that was issued. `trusted` are the roots to trust, those of this installation if None."""
    check = check_document(data, trusted=trusted_roots() if trusted is None else trusted, at=clock.now())
    if offline or check.finding not in {Finding.VALID, Finding.EXPIRED} or not check.code:
        return FileVerdict(check, None)
    verdict = look_up(check.code)
    if verdict.credential and verdict.credential.payload_sha256 != check.payload_sha256:
        verdict = Verdict(Status.UNKNOWN, check.code, verdict.checked_at)
    return FileVerdict(check, verdict, hashlib.sha256(data).hexdigest())
