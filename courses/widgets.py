"""Form controls of the editor."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from .sources import KINDS, SIDES

SOURCE_TEXTS = ("tag", "reference", "en", "es", "kind", "side", "year", "url", "consulted_on", "review_by")

SPARE_ROWS = 2


class PairList(forms.Widget):
    """A list of texts, each in English and Spanish beside each other; two empty rows at the end take more.

    Its value is the JSON of `[{"en": …, "es": …}]`; a row that is empty in both languages is left out.
    """

    template_name = "courses/admin/pair_list.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = json.loads(value) if isinstance(value, str) and value else value or []
        context["rows"] = [*rows, *[{"en": "", "es": ""}] * SPARE_ROWS]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        rows: list[dict[str, str]] = []
        while f"{name}-{len(rows)}-en" in data:
            number = len(rows)
            rows.append({language: data.get(f"{name}-{number}-{language}", "").strip() for language in ("en", "es")})
        return json.dumps([row for row in rows if row["en"] or row["es"]], ensure_ascii=False)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-0-en" not in data

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}-0-en"


class SourceList(forms.Widget):
    """The sources of a lesson, a group of fields each; two empty groups at the end take more. An emptied one goes.

    Its value is the JSON of the rows (`courses.sources`).
    """

    template_name = "courses/admin/source_list.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = json.loads(value) if isinstance(value, str) and value else value or []
        context |= {"rows": [*rows, *[{}] * SPARE_ROWS], "kinds": KINDS, "sides": SIDES}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        rows: list[dict[str, Any]] = []
        number = 0
        while f"{name}-{number}-tag" in data:
            texts = {key: data.get(f"{name}-{number}-{key}", "").strip() for key in SOURCE_TEXTS}
            row: dict[str, Any] = {key: text for key, text in texts.items() if text}
            if row:
                year = row.get("year")
                rows.append(row | {"year": int(year) if year and year.isascii() and year.isdigit() else year})
            number += 1
        return json.dumps(rows, ensure_ascii=False)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-0-tag" not in data

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}-0-tag"
