"""Differences as pages show them: each change with the words of its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.side_by_side import LABELS

from .changes import Change
from .differences import Difference

MORE_LABELS: dict[str, str | Promise] = {
    "answer": gettext_lazy("Right number"),
    "attempts_allowed": gettext_lazy("Attempts allowed"),
    "bytes": gettext_lazy("Size in bytes"),
    "correct": gettext_lazy("Right option"),
    "confirmed": gettext_lazy("A second instructor confirms the result"),
    "counts": gettext_lazy("Which result counts"),
    "courses": gettext_lazy("Courses"),
    "critical": gettext_lazy("Critical step"),
    "definition": gettext_lazy("Definition"),
    "feedback": gettext_lazy("When each question is explained"),
    "file": gettext_lazy("File"),
    "exercises": gettext_lazy("Practical exercises"),
    "glossary": gettext_lazy("Glossary"),
    "goals": gettext_lazy("Goal"),
    "height": gettext_lazy("Height"),
    "hours": gettext_lazy("Hours"),
    "id": gettext_lazy("Identifier"),
    "items": gettext_lazy("Items"),
    "items_drawn": gettext_lazy("Items drawn"),
    "items_per_page": gettext_lazy("Items on a page"),
    "key": gettext_lazy("Right option"),
    "kind": gettext_lazy("Kind"),
    "lessons": gettext_lazy("Lessons"),
    "level": gettext_lazy("Level"),
    "medium": gettext_lazy("Medium"),
    "minutes": gettext_lazy("Minutes"),
    "number": gettext_lazy("Number"),
    "ordered": gettext_lazy("Numbered"),
    "pass_percent": gettext_lazy("Pass mark in percent"),
    "poster": gettext_lazy("Picture before it plays"),
    "prerequisites": gettext_lazy("Prerequisites"),
    "primary": gettext_lazy("Primary goal"),
    "quizzes": gettext_lazy("Quizzes"),
    "required": gettext_lazy("Counts towards completion"),
    "rules": gettext_lazy("Rules"),
    "shapes": gettext_lazy("Lines of the drawing"),
    "seconds": gettext_lazy("Length in seconds"),
    "slug": gettext_lazy("Address"),
    "sources": gettext_lazy("Sources"),
    "start": gettext_lazy("First step"),
    "teaching_points": gettext_lazy("Teaching points"),
    "time_limit_minutes": gettext_lazy("Time limit in minutes"),
    "to": gettext_lazy("Leads to step"),
    "tolerance": gettext_lazy("Tolerance"),
    "tone": gettext_lazy("Tone"),
    "wait_hours": gettext_lazy("Hours between two attempts"),
    "width": gettext_lazy("Width"),
}
"""Words for the parts of the canonical form that are no texts, and so have none in `courses.side_by_side`."""

VALUES = {"true": gettext_lazy("yes"), "false": gettext_lazy("no"), "null": gettext_lazy("none"), "": "–"}


@dataclass(frozen=True, slots=True)
class Row:
    """One change to show: a text in both languages as pieces, or a value before and after."""

    labels: tuple[str, ...]
    place: str
    tag: str
    is_key: bool
    en: list[tuple[str, str]]
    es: list[tuple[str, str]]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A learning object with its rows."""

    difference: Difference
    rows: list[Row]


def shown(differences: Iterable[Difference]) -> list[Shown]:
    """The differences with the words of the active language."""
    return [Shown(each, [_row(change) for change in each.changes]) for each in differences]


def _row(change: Change) -> Row:
    is_text = change.what == "text"
    labels = [str(LABELS.get(name) or MORE_LABELS.get(name) or name) for name in change.path if name != "blocks"]
    return Row(
        labels=tuple(labels),
        place=change.place,
        tag=_tag(change),
        is_key=change.is_key,
        en=change.words("en") if is_text else [],
        es=change.words("es") if is_text else [],
        before="" if is_text else _value(change.before),
        after="" if is_text else _value(change.after),
    )


def _tag(change: Change) -> str:
    if change.what in {"order", "moved"}:
        return _("Order")
    if change.before is None:
        return _("Added")
    return _("Removed") if change.after is None else _("Changed")


def _value(value: str | None) -> str:
    return "–" if value is None else str(VALUES.get(value, value))
