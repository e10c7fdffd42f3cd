"""GIFT, written. What the format cannot hold is left out, and said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from . import gift
from .questions import LANGUAGES, answers_in_all, bare, written_and_left
from .texts import marked

_SIGNS = re.compile(r"[\\~=#{}:]")


def write(items: Iterable[Mapping[str, Any]], languages: tuple[str, ...] = LANGUAGES) -> tuple[str, list[str]]:
    """The canonical items as a GIFT file in these languages, and the codes of those that GIFT cannot hold."""
    written, left_out = written_and_left(items, languages, _question, _reads_as)
    return "\n\n".join(written) + "\n", left_out


def _reads_as(question: str, item: Mapping[str, Any], languages: tuple[str, ...]) -> bool:
    """Whether the written question, read again, is the same one: nothing that is lost leaves unnoticed."""
    read = gift.read(question, languages[0]).questions
    return len(read) == 1 and bare(read[0].content, languages) == bare(item, languages)


def _question(code: str, item: dict[str, Any]) -> str:
    answers = _answers(item)
    stem, tail = _said(item.get("stem", {})), ""
    if item["kind"] == "gap" and answers:
        stems = item.get("stem", {})
        if all(words.endswith(" {1}") for words in stems.values()):
            stem = _said({code: words.removesuffix(" {1}") for code, words in stems.items()})
        elif len(stems) == 1:
            before, _, after = next(iter(stems.values())).partition("{1}")
            stem, tail = _escaped(before), _escaped(after)
    general = f"####{_said(item['rationale'])}" if "rationale" in item else ""
    return f"// [id:{code}]\n::{_escaped(code)}::[markdown]{stem}{{{answers}{general}}}{tail}" if answers else ""


def _answers(item: dict[str, Any]) -> str:
    kind, options = item["kind"], item.get("options", [])
    if kind == "numeric":
        return f"#{item['number']['answer']}:{item['number']['tolerance']}"
    if kind == "true_false":
        right, wrong = sorted(options, key=lambda option: not option["correct"])
        word = "TRUE" if options[0]["correct"] else "FALSE"
        return f"{word}#{_said(wrong.get('feedback', {}))}#{_said(right.get('feedback', {}))}"
    if kind in {"single", "multiple"}:
        return _listed(options, several=kind == "multiple")
    if kind == "ordering":
        return "\n".join([">ALL EXACT ABSOLUTE_POSITION HIDE SIMPLE", *(_said(option) for option in options)]) + "\n"
    if kind == "matching":
        sides = [(_said(pair["left"]), _said(pair["right"])) for pair in item["pairs"]]
        sides += [("", _said(row)) for row in item.get("distractors", [])]
        return "\n".join(f"={left} -> {right}" for left, right in sides)
    if kind == "gap" and len(item["gaps"]) == 1:
        gap = item["gaps"][0]
        if "choices" in gap:
            return _listed(gap["choices"], several=False)
        return "".join(f"={_said(answer)} " for answer in answers_in_all(gap["accepted"]))
    return ""


def _listed(options: list[dict[str, Any]], *, several: bool) -> str:
    right = sum(1 for option in options if option["correct"]) or 1
    share = f"{100 / right:.5f}".rstrip("0").rstrip(".")
    lines = []
    for option in options:
        sign = "=" if option["correct"] else "~"
        if several:
            sign = f"~%{share}%" if option["correct"] else "~%-100%"
        feedback = f"#{_said(option['feedback'])}" if "feedback" in option else ""
        lines.append(f"{sign}{_said(option)}{feedback}")
    return "\n".join(lines)


def _said(texts: Mapping[str, Any]) -> str:
    return _escaped(marked(texts, braces=True))


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda match: f"\\{match[0]}", text).replace("\n", "\\n")
