"""Form controls of the editor."""

from __future__ import annotations

import json
from typing import Any

from django import forms

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
