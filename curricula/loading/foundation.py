"""Participants, agencies, instruments and goals, glossary: what stands before any course."""

from __future__ import annotations

from typing import Any

from courses.models import GlossaryTerm, Goal, Instrument
from people.models import Agency, Participant


def load_foundation(data: dict[str, Any], glossary: list[dict[str, str]]) -> None:
    """Write what is new or changed; never remove."""
    participants = {}
    for row in data["participants"]:
        participants[row["code"]], _ = Participant.objects.update_or_create(code=row["code"], defaults=row)
    for row in data["agencies"]:
        values = row | {"participant": participants[row["participant"]]}
        Agency.objects.update_or_create(code=row["code"], defaults=values)
    for row in data["instruments"]:
        goals = row.pop("goals")
        instrument, _ = Instrument.objects.update_or_create(code=row["code"], defaults=row)
        for goal in goals:
            Goal.objects.update_or_create(instrument=instrument, number=goal["number"], defaults=goal)
    terms: dict[str, GlossaryTerm] = {}
    for row in glossary:
        terms.setdefault(row["en"], GlossaryTerm(**row))
    GlossaryTerm.objects.bulk_create(
        terms.values(),
        update_conflicts=True,
        unique_fields=["en"],
        update_fields=["es", "domain", "definition_en", "definition_es", "note_en", "note_es"],
    )
