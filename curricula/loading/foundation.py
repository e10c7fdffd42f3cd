"""Participants, agencies, instruments and goals, glossary: what stands before any course."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Manager

from courses.models import GlossaryTerm, Goal, Instrument
from people import audit
from people.models import Agency, Participant

from ..models import WorkingGroup


def load_foundation(data: dict[str, Any], glossary: list[dict[str, str]]) -> None:
    """Write what is new or changed; never remove."""
    participants = {}
    for row in data["participants"]:
        participants[row["code"]] = _written(Participant, row)
    for row in data["agencies"]:
        _written(Agency, row | {"participant": participants[row["participant"]]})
    for row in data.get("working_groups", []):
        _written(WorkingGroup, row)
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


def _written[Kind: Participant | Agency | WorkingGroup](kind: type[Kind], values: dict[str, Any]) -> Kind:
    """The row of that code with these values; a new or changed one is recorded."""
    rows = cast("Manager[Kind]", kind._base_manager)
    before = rows.filter(code=values["code"]).first()
    known = audit.values_of(before) if before else None
    pk = rows.update_or_create(code=values["code"], defaults=values)[0].pk
    written = rows.get(pk=pk)
    audit.record_saved(written, known, by=None)
    return written
