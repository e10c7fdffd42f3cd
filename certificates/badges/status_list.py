"""Which badges are revoked or suspended, as one bit each (W3C Bitstring Status List 1.0). Pure."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterable
from typing import Any

from .terms import VC_CONTEXT, moment
from .tokens import encoded

REVOCATION, SUSPENSION = "revocation", "suspension"
PURPOSES = {REVOCATION: (REVOCATION, SUSPENSION), SUSPENSION: (SUSPENSION,)}
"""What the bits of each list say. A badge names the first list alone, as Open Badges 3.0 takes one status; the second
is for badges of before, which named both."""

LENGTH = 131_072
"""Bits of one list: the least that the standard allows, so that nobody is found out by asking for a list."""
KEPT_FOR = dt.timedelta(minutes=5)
"""For so long a verifier may keep a list before it asks again."""
LASTS = dt.timedelta(days=1)


def status_address(base_url: str, purpose: str, number: int) -> str:
    """The address of a status list."""
    return f"{base_url}/badges/status/{purpose}/{number}"


def status_entry(base_url: str, purpose: str, index: int) -> dict[str, str]:
    """Where a verifier looks up whether the badge with this index, from 0, is revoked or suspended."""
    number, place = divmod(index, LENGTH)
    address = status_address(base_url, purpose, number)
    return {
        "id": f"{address}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def bitstring(places: Iterable[int]) -> str:
    """The encoded list in which these places, from 0, are set. The first place is the highest bit of the first byte."""
    bits = bytearray(LENGTH // 8)
    for place in places:
        bits[place >> 3] |= 0x80 >> (place & 7)
    return "u" + encoded(gzip.compress(bytes(bits), mtime=0))


def status_claims(
    places: Iterable[int], *, did: str, base_url: str, purpose: str, number: int, at: dt.datetime
) -> dict[str, Any]:
    """The claims of a status list: a credential of its own, signed like a badge."""
    address = status_address(base_url, purpose, number)
    return {
        "@context": [VC_CONTEXT],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": moment(at),
        "validUntil": moment(at + LASTS),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": list(said) if len(said := PURPOSES[purpose]) > 1 else purpose,
            "encodedList": bitstring(places),
            "ttl": int(KEPT_FOR.total_seconds() * 1000),
        },
        "iss": did,
        "nbf": int(at.timestamp()),
        "exp": int((at + LASTS).timestamp()),
    }
