"""Whether an item's key can be right at all. Pure: the canonical form of an item in, a code out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

ONE_RIGHT = {"single", "true_false"}
WITH_OPTIONS = {"single", "multiple", "true_false", "check"}


def key_problem(item: Mapping[str, Any]) -> str | None:
    """`no_key`, `several_keys`, `too_few_options`, `same_letters`, `key_not_an_option`, `negative_tolerance`; or None.

    Kinds that are not known here are judged by whoever brings them.
    """
    if item["kind"] == "numeric":
        return _number_problem(item.get("number", {}))
    if item["kind"] not in WITH_OPTIONS:
        return None
    options = item.get("options", [])
    letters = [option.get("letter", "") for option in options]
    if len(options) < 2:
        return "too_few_options"
    if len(set(letters)) < len(letters):
        return "same_letters"
    if item["kind"] == "check":
        return None if item.get("key") in letters else "key_not_an_option" if item.get("key") else "no_key"
    right = sum(1 for option in options if option.get("correct") is True)
    if not right:
        return "no_key"
    return "several_keys" if right > 1 and item["kind"] in ONE_RIGHT else None


def _number_problem(number: Mapping[str, Any]) -> str | None:
    try:
        Decimal(str(number.get("answer")))
        tolerance = Decimal(str(number.get("tolerance", "0")))
    except InvalidOperation:
        return "no_key"
    return "negative_tolerance" if tolerance < 0 else None
