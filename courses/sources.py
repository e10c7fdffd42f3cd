"""The sources of a lesson as its draft keeps them: plain rows, what is wrong with them, and when each is due. Pure.

A row of the draft is a mapping with `tag`, `reference` and any of `year`, `en` and `es` (what it is, where the citation
alone does not say it), `kind`, `side`, `url`, `consulted_on` and `review_by` (days as ISO 8601).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MONTHS = 12
"""After so many months a source is looked at again, unless its row says another day."""

AUTHORS = "authors"
KINDS: dict[str, str | Promise] = {
    "law": gettext_lazy("law or regulation"),
    "agreement": gettext_lazy("treaty or agreement"),
    "standard": gettext_lazy("standard of an organization"),
    "guidance": gettext_lazy("guidance or manual"),
    "study": gettext_lazy("study or report"),
    "page": gettext_lazy("public page"),
    AUTHORS: gettext_lazy("judgment of the authors"),
}
SIDES: dict[str, str | Promise] = {
    "us": gettext_lazy("United States"),
    "mx": gettext_lazy("Mexico"),
    "shared": gettext_lazy("both or international"),
}
"""Whose text it is."""

SHOWN = ("tag", "reference", "year", "en", "es", "url")
"""What readers and approvers see. The days stay out of frozen content: looking at a source again changes no text."""

TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9&._-]{0,39}")
YEARS = range(1500, 2200)
_web = URLValidator(schemes=["http", "https"])

Row = Mapping[str, Any]


def read_sources(rows: Any) -> list[dict[str, Any]]:
    """The rows as values of `courses.LessonSource`; what cannot be read is left empty. The first of a tag counts."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows if isinstance(rows, list) else []:
        tag = str(row.get("tag") or "")[:40] if isinstance(row, Mapping) else ""
        if tag and tag not in found:
            found[tag] = {
                "tag": tag,
                "reference": str(row.get("reference") or ""),
                "name_en": str(row.get("en") or ""),
                "name_es": str(row.get("es") or ""),
                "kind": kind_of(row),
                "side": str(row.get("side") or "")[:6],
                "year": _number(row.get("year")),
                "url": str(row.get("url") or "")[:500],
                "consulted_on": _day(row.get("consulted_on")),
                "review_by": _day(row.get("review_by")),
            }
    return list(found.values())


def kind_of(row: Row) -> str:
    """The kind that the row names; the tag AUTHOR says the judgment of the authors."""
    return str(row.get("kind") or (AUTHORS if row.get("tag") == "AUTHOR" else ""))[:10]


def due_day(row: Row) -> dt.date | None:
    """By when a source (values of `read_sources`) is looked at again: its own day, else twelve months after it was
    consulted. What the authors judge themselves has no such day unless it names one."""
    if row["review_by"]:
        return _as_day(row["review_by"])
    if row["kind"] == AUTHORS or not row["consulted_on"]:
        return None
    return a_year_after(_as_day(row["consulted_on"]))


def a_year_after(day: dt.date) -> dt.date:
    """The same day of the next year; the 28th of February after a 29th."""
    try:
        return day.replace(year=day.year + MONTHS // 12)
    except ValueError:
        return day.replace(year=day.year + MONTHS // 12, day=28)


def shown(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows as frozen content holds them. `year` stands even where there is none, as it always has."""
    return [{key: row[key] for key in SHOWN if row.get(key) or (key == "year" and key in row)} for row in rows]


def faults_of_sources(rows: Any) -> Iterator[str]:
    """What is to be mended, one sentence each with the number of the row."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield _("Sources are a list of rows.")
        return
    times = Counter(row.get("tag") for row in rows)
    for number, row in enumerate(rows, start=1):
        for sentence in _faults(row, times):
            yield _("Source %(number)s: %(sentence)s") % {"number": number, "sentence": sentence}


def _faults(row: Row, times: Counter[Any]) -> Iterator[str]:
    tag = str(row.get("tag") or "")
    if not TAG.fullmatch(tag):
        yield _("write a tag of letters, digits, points and hyphens, such as CFR-19; blocks name the source by it.")
    elif times[row["tag"]] > 1:
        yield _("the tag %(tag)s is used twice. Give each source a tag of its own.") % {"tag": tag}
    if not row.get("reference"):
        yield _("write the citation: who issued it, its name, its date.")
    if row.get("url") and not _is_address(str(row["url"])):
        yield _("“%(url)s” is no address. Write it whole, beginning with https://.") % {"url": row["url"]}
    if row.get("year") not in (None, "") and _number(row["year"]) is None:
        yield _("“%(year)s” is no year. Write four digits, or nothing.") % {"year": row["year"]}
    if (row.get("kind") and row["kind"] not in KINDS) or (row.get("side") and row["side"] not in SIDES):
        yield _("choose its kind, and whose text it is, from the lists.")
    for name in ("consulted_on", "review_by"):
        if row.get(name) and _day(row[name]) is None:
            yield _("“%(day)s” is no day. Write it as 2026-11-30.") % {"day": row[name]}


def _is_address(text: str) -> bool:
    try:
        _web(text)
    except ValidationError:
        return False
    return len(text) <= 500


def _number(value: Any) -> int | None:
    try:
        number = int(value)
    except (TypeError, ValueError):
        return None
    return number if number in YEARS else None


def _day(value: Any) -> dt.date | None:
    try:
        return _as_day(value) if value else None
    except ValueError:
        return None


def _as_day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
