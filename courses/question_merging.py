"""A question that was read, laid over the item of the same code: what the file does not hold stays."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from .interchange.questions import LANGUAGES, Question, QuestionRefused, bare

PARTS = ("options", "number", "pairs", "distractors", "gaps", "image", "regions")
"""What belongs to the kind of an item and goes with it."""
_CODE = re.compile(r"[-A-Za-z0-9_]{1,40}")


def code_of(question: Question) -> str:
    """The code that the question always has: its id or name if they can be one, else made of them, or of its text."""
    named = question.identity or question.name
    if _CODE.fullmatch(named):
        return named
    if named:
        return f"{slugify(named)[:31].strip('-_') or 'q'}-{_hash(named)[:8]}"
    stem = question.content["stem"]
    return f"q-{_hash(question.content['kind'] + stem.get('en', stem.get('es', '')))[:12]}"


def laid_over(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The old canonical item with what the new question says; texts of the other language stay.

    Raises:
        QuestionRefused: the other language's texts would lose their place, or a second language brings another key.
    """
    given = set(new["stem"])
    others = {code for code in LANGUAGES if old["stem"].get(code)} - given
    if others and _shape(old) != _shape(new):
        raise QuestionRefused("other_structure", code=old["code"])
    is_completing = others and not any(old["stem"].get(code) for code in given)
    if is_completing and _key(old) != _key(new):
        raise QuestionRefused("other_key", code=old["code"])
    kept = old if old["kind"] == new["kind"] else {key: part for key, part in old.items() if key not in PARTS}
    return {**kept, **{key: _over(kept.get(key), part) for key, part in new.items()}}


def _over(old: Any, new: Any) -> Any:
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        return {**old, **{key: _over(old.get(key), part) for key, part in new.items() if key != "letter"}}
    if isinstance(new, list) and isinstance(old, list) and len(new) == len(old) and isinstance(new[0], Mapping):
        return [_over(before, after) for before, after in zip(old, new, strict=True)]
    return new


def _shape(content: Mapping[str, Any]) -> tuple[object, ...]:
    gaps = [(gap["number"], len(gap.get("choices", []))) for gap in content.get("gaps", [])]
    return content["kind"], gaps, *(len(content.get(part, [])) for part in ("options", "pairs", "distractors"))


def _key(content: Mapping[str, Any]) -> tuple[object, ...]:
    """What is right, without words: it must be the same in both languages."""
    reduced = bare(content)
    rows = [reduced.get("options", []), *(gap.get("choices", []) for gap in reduced.get("gaps", []))]
    return reduced.get("number"), [[row["correct"] for row in choices] for choices in rows]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
