"""The state of the pairs of a page or an item, for the editor."""

from __future__ import annotations

from typing import Any

from django import template

from ..interchange.po import mark_of
from ..places import label_of, what_changed
from ..selectors import confirmations_of, days_open, parity_of

register = template.Library()


@register.simple_tag
def parity(thing: Any) -> dict[str, Any]:
    """Every pair with its words and its history, the open ones first in `open`, and the counts. Two queries."""
    pairs = parity_of(thing)
    history = confirmations_of(thing) if thing.pk else {}
    rows: list[dict[str, Any]] = [
        {
            "pair": pair,
            "label": label_of(pair),
            "changes": what_changed(pair),
            "changed_language": {"es": "en", "en": "es"}.get(pair.language, ""),
            "history": history.get(pair.path, []),
            "days": days_open(pair) if pair.is_open else 0,
            "shown": f"{mark_of(pair.en)}{mark_of(pair.es)}" if pair.is_stale else "",
        }
        for pair in pairs
    ]
    opened = [row for row in rows if row["pair"].is_open]
    return {
        "open": opened,
        "confirmed": [row for row in rows if not row["pair"].is_open],
        "total": len(rows),
        "stale": sum(row["pair"].is_stale for row in opened),
        "missing": sum(not row["pair"].is_stale for row in opened),
    }
