"""A learning object's texts as rows with both languages beside each other, for whoever approves or previews it.

Nothing is left out: every branch of a case, every option with its feedback, and the key. Pure but for the words of
the labels: canonical content in, rows out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .pairs import plain
from .rendering import drawn, without_popups

LABELS: dict[str, str | Promise] = {
    "accepted": _("Accepted answers"),
    "alt": _("Alternative text"),
    "audio": _("Audio"),
    "callout": _("Callout"),
    "caption": _("Caption"),
    "captions": _("Captions"),
    "check": _("Check yourself"),
    "choices": _("Choice"),
    "consequence": _("Consequence"),
    "credit": _("Credit"),
    "critical": _("Critical step"),
    "debrief": _("Debriefing"),
    "definition": _("Definition"),
    "description": _("Description"),
    "document": _("Document"),
    "drawing": _("Drawing"),
    "entries": _("Entry"),
    "example": _("Worked example"),
    "feedback": _("Feedback"),
    "distractors": _("Further right side"),
    "figure": _("Figure"),
    "gaps": _("Gap"),
    "header": _("Column heading"),
    "heading": _("Heading"),
    "image": _("Picture"),
    "instructions": _("Instructions"),
    "items": _("Question"),
    "label": _("What is there"),
    "labels": _("Words in the drawing"),
    "left": _("Left side"),
    "list": _("List"),
    "materials": _("Place, people and materials"),
    "modes": _("Modes"),
    "mx": _("Mexico"),
    "name": _("Name"),
    "national": _("Each country’s rules"),
    "nodes": _("Step"),
    "opening": _("Opening"),
    "options": _("Option"),
    "outcomes": _("Outcome"),
    "pairs": _("Pair"),
    "points": _("Point"),
    "pre_assessment": _("Pre-assessment"),
    "prose": _("Text"),
    "quote": _("Quotation"),
    "rationale": _("Rationale"),
    "reasoning": _("Reasoning"),
    "regions": _("Place"),
    "result": _("Result"),
    "right": _("Right side"),
    "rows": _("Row"),
    "safety": _("Safety remarks"),
    "scenario": _("Case study"),
    "situation": _("Situation"),
    "source": _("Source"),
    "stem": _("Question"),
    "sources": _("Source"),
    "step": _("Step"),
    "steps": _("Steps"),
    "summary": _("Summary"),
    "table": _("Table"),
    "term": _("Term"),
    "text": _("Text"),
    "title": _("Title"),
    "transcript": _("Transcript"),
    "us": _("United States"),
    "video": _("Video"),
}
"""The word for each part of the canonical form (`docs/content.md`) that holds a pair of texts."""

APART = {"lessons", "exercises", "quizzes", "glossary", "goals", "sources", "prerequisites", "rules", "teaching_points"}
"""Parts that stand on pages of their own, or hold no text to approve."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of texts: where it stands, as label and number; both texts; what a reader must know beside them. In a
    preview, `mark` says that one language is missing or stale (`courses.preview_marks`)."""

    labels: tuple[str | Promise, ...]
    number: str
    en: SafeString
    es: SafeString
    is_key: bool
    is_new: bool
    mark: Any = None


def rows_of(
    thing: dict[str, Any],
    glossary: dict[str, Any],
    before: dict[str, Any] | None = None,
    marks: Mapping[tuple[str, str], Any] | None = None,
) -> list[Row]:
    """The pairs of a course, a lesson, a quiz or an item, in reading order.

    With the same learning object `before`, a pair that it did not hold is marked as new. `marks` stand beside the pairs
    of those two texts.
    """
    known = None if before is None else {pair for _, _, pair, _ in _pairs(before, (), "", is_key=False)}
    drawings = _drawings(thing, before)
    rows = []
    for path, number, pair, is_key in _pairs(thing, (), "", is_key=False):
        if drawing := drawings.pop(number.partition(".")[0], None):
            rows.append(drawing)
        rows.append(
            Row(
                labels=tuple(LABELS[name] for name in path if name in LABELS),
                number=number,
                en=without_popups(pair[0], glossary, "en"),
                es=without_popups(pair[1], glossary, "es"),
                is_key=is_key,
                is_new=known is not None and pair not in known,
                mark=marks.get((plain(pair[0]), plain(pair[1]))) if marks else None,
            )
        )
    return rows


def _drawings(thing: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Row]:
    """The drawings of a lesson in both languages, by the number of the passages of their figure."""
    known = [block.get("drawing") for block in before.get("blocks", [])] if before else []
    return {
        block["id"]: Row(
            labels=(LABELS["figure"], LABELS["drawing"]),
            number=block["id"],
            en=drawn(block, "en"),
            es=drawn(block, "es"),
            is_key=False,
            is_new=before is not None and block["drawing"] not in known,
        )
        for block in thing.get("blocks", [])
        if block["type"] == "figure" and "shapes" in (block.get("drawing") or {})
    }


def pairs_of(thing: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """The number and both texts of each pair of a learning object, in reading order."""
    for _path, number, (en, es), _is_key in _pairs(thing, (), "", is_key=False):
        yield number, {"en": en, "es": es}


Found = tuple[tuple[str, ...], str, tuple[str, str], bool]


def _pairs(part: Any, path: tuple[str, ...], number: str, *, is_key: bool) -> Iterator[Found]:
    if isinstance(part, list):
        for place, each in enumerate(part, start=1):
            name = each.get("letter") or each.get("id") or str(place) if isinstance(each, dict) else str(place)
            yield from _pairs(each, path, f"{number}.{name}".strip("."), is_key=is_key)
    elif isinstance(part, dict):
        if isinstance(part.get("type"), str):
            path = (*path[:-1], part["type"]) if path[-1:] == ("blocks",) else (*path, part["type"])
        if part.get("critical"):
            path = (*path, "critical")
        if {"en", "es"} & part.keys():
            yield path, number, (_text(part.get("en", "")), _text(part.get("es", ""))), is_key or _is_right(part)
            if isinstance(part.get("en", part.get("es")), list):
                return
        key: Collection[str] = part.get("key", ())
        for name, value in part.items():
            if name in APART or not isinstance(value, dict | list):
                continue
            if name == "options" and key:
                value = [option | {"correct": option["letter"] in key} for option in value]
            yield from _pairs(value, (*path, name), number, is_key=False)


def _text(words: str | list[str]) -> str:
    """A text; the answers that count in a gap beside each other."""
    return words if isinstance(words, str) else " · ".join(words)


def _is_right(part: dict[str, Any]) -> bool:
    return part.get("correct") is True
