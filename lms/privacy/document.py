"""Everything that is held about a person, read once; and its machine-readable form."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import translation

from people import clock
from people.held_data import Section, Text, sections
from people.models import User

SCHEMA = "puente.held-data/1"
"""Under this name keys are only added; one that changes its meaning makes it /2. docs/held-data.md lists them."""


@dataclass(frozen=True, slots=True)
class HeldData:
    """All sections with their rows, as of a moment."""

    name: str
    is_demo: bool
    made_at: dt.datetime
    parts: list[tuple[Section, list[dict[str, Any]]]]


def read_held_data(person: User) -> HeldData:
    """Read everything. The number of queries does not depend on how much the person did."""
    parts = [(section, section.read(person)) for section in sections()]
    return HeldData(person.full_name, person.is_demo, clock.now(), parts)


def as_json(held: HeldData) -> bytes:
    """UTF-8, sections, fields and rows in their order, texts that explain in both languages."""
    document = {
        "schema": SCHEMA,
        "made_at": _plain(held.made_at),
        "demonstration": held.is_demo,
        "sections": [
            {
                "key": section.key,
                "title": _pair(section.title),
                "about": _pair(section.about),
                "fields": [{"key": field.key, "title": _pair(field.title)} for field in section.fields],
                "rows": [{key: _plain(value) for key, value in row.items()} for row in rows],
            }
            for section, rows in held.parts
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def _pair(text: Text) -> dict[str, str]:
    found = {}
    for language in ("en", "es"):
        with translation.override(language):
            found[language] = str(text)
    return found


def _plain(value: Any) -> Any:
    """Moments and days as ISO 8601 (moments in UTC), decimals as numbers."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
