"""Tells anyone whether a certificate is genuine and valid today. Shows the least: name, curriculum, dates."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

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

    @property
    def is_valid(self) -> bool:
        return self.check.is_valid and self.verdict is not None and self.verdict.status is Status.VALID

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


def verify_file(data: bytes) -> FileVerdict:
    """Signature, integrity and status of a PDF. The record counts only if the file carries the very payload that was
    issued."""
    check = check_document(data, trusted=trusted_roots(), at=clock.now())
    if check.finding not in {Finding.VALID, Finding.EXPIRED} or not check.code:
        return FileVerdict(check, None)
    verdict = look_up(check.code)
    if verdict.credential and verdict.credential.payload_sha256 != check.payload_sha256:
        verdict = Verdict(Status.UNKNOWN, check.code, verdict.checked_at)
    return FileVerdict(check, verdict)
