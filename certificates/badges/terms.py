"""What the documents of badges share: their contexts, and how they write a moment and a text in both languages."""

from __future__ import annotations

import datetime as dt

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
BADGE_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def moment(at: dt.datetime) -> str:
    """A moment as the data model writes it: UTC, in seconds."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_both(english: str, spanish: str) -> str:
    """A text of both languages; once, where they are the same."""
    return english if english == spanish else f"{english} / {spanish}"
