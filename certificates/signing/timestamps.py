"""Time stamps of an authority (RFC 3161): a signature with one (level B-T) stands when its key has expired."""

from __future__ import annotations

import asyncio
import urllib.request
from typing import Protocol

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

LONGEST_TOKEN = 16 * 1024  # bytes; with its chain a token has 3,000 to 8,000
_PATIENCE_SECONDS = 10


class TimestampFailed(Exception):
    """The authority did not answer, or with something else than a time stamp."""


class Timestamper(Protocol):
    """Whoever stamps the time."""

    def token(self, digest: bytes) -> bytes:
        """The DER of a time-stamp token over a SHA-256. Raises TimestampFailed."""


class AuthorityOverHttp(TimeStamper):  # type: ignore[misc]
    """An authority that is asked over HTTP, as RFC 3161 says in its section 3.4."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    def token(self, digest: bytes) -> bytes:
        """The DER of a time-stamp token over a SHA-256. Raises TimestampFailed."""
        try:
            found = bytes(asyncio.run(self.async_timestamp(digest, "sha256")).dump())
        except Exception as fault:
            raise TimestampFailed(f"{self._url}: {fault}") from fault
        if len(found) > LONGEST_TOKEN:
            raise TimestampFailed(f"{self._url}: a token of {len(found)} bytes; {LONGEST_TOKEN} fit")
        return found

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """One question and its answer; pyHanko compares the nonce and the digest."""
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        question = urllib.request.Request(self._url, req.dump(), headers)  # noqa: S310 (the operator's own setting)
        with urllib.request.urlopen(question, timeout=_PATIENCE_SECONDS) as answer:  # noqa: S310
            return tsp.TimeStampResp.load(answer.read())
