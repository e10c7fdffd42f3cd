"""What stands between the braces of a GIFT question."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .questions import (
    QuestionRefused,
    Remark,
    accepted_content,
    choice_content,
    letters,
    matching_content,
    number_text,
    true_false_content,
)
from .texts import as_markdown, by_language

_SHOW = {chr(0xE000 + place): sign for place, sign in enumerate("\\~=#{}:")} | {chr(0xE007): "\n"}
_SHOWN = re.compile("[\ue000-\ue007]")
_WEIGHT = re.compile(r"^%(-?\d+(?:\.\d+)?)%")
_ORDER = re.compile(r"^>[^\n]*\n")
_TRUE, _FALSE = {"T", "TRUE"}, {"F", "FALSE"}


@dataclass(slots=True)
class Texts:
    """How the texts of one question are read: its language, its form, and what was remarked on the way."""

    language: str
    form: str = "auto"
    remarks: list[Remark] = field(default_factory=list)

    def shown(self, text: str) -> str:
        """The text with what was escaped in its own characters."""
        return _SHOWN.sub(lambda match: _SHOW[match[0]], text).strip()

    def pair(self, text: str) -> dict[str, str]:
        """The text in its languages as Markdown; nothing for nothing."""
        parts = by_language(self.shown(text), self.language)
        read = {code: as_markdown(part, self.form, self.remarks) for code, part in parts.items()}
        return {code: part for code, part in read.items() if part}


def answers_of(text: str, texts: Texts, *, has_tail: bool) -> dict[str, Any]:
    """Kind and answers. `has_tail` says that the question goes on behind the braces (a missing word).

    Raises:
        QuestionRefused: an essay, or answers that no kind can hold.
    """
    if not text:
        raise QuestionRefused("essay")
    if text.startswith("#"):
        return {"kind": "numeric", "number": _number(text[1:].strip(), texts)}
    if ordered := _ORDER.match(text + "\n"):
        rows = [line for line in text[ordered.end() :].split("\n") if line.strip()]
        if len(rows) < 2:
            raise QuestionRefused("too_few_options")
        return {"kind": "ordering", "options": letters({**texts.pair(row), "correct": False} for row in rows)}
    word = text.split("#")[0].strip().upper()
    if word in _TRUE | _FALSE:
        wrong, _, right = text.partition("#")[2].partition("#")
        said = (texts.pair(right), texts.pair(wrong))  # of the right and of the wrong choice
        return true_false_content(word in _TRUE, said if word in _TRUE else said[::-1])
    return _listed(text, texts, has_tail=has_tail)


def _listed(text: str, texts: Texts, *, has_tail: bool) -> dict[str, Any]:
    if text[0] not in "=~":
        raise QuestionRefused("no_sign", value=texts.shown(text)[:40])
    parts = [(part[0], part[1:].strip()) for part in re.findall(r"[=~][^=~]*", text)]
    signs = {sign for sign, _ in parts}
    if signs == {"="} and all("->" in words for _, words in parts):
        sides = [words.split("->", 1) for _, words in parts]
        return matching_content([(texts.pair(left), texts.pair(right)) for left, right in sides])
    rows = [_option(sign, words, texts) for sign, words in parts]
    if signs == {"="}:
        return _written(rows, texts)
    weighed = any(row["weight"] > 0 for row in rows if row["sign"] == "~")
    right = [row for row in rows if row["sign"] == "="]
    several = (weighed and not right) or len(right) > 1
    if weighed and right:
        texts.remarks.append(Remark("partial_credit"))
    options = [
        {key: row[key] for key in row if key not in {"sign", "weight"}}
        | {"correct": row["sign"] == "=" or (weighed and not right and row["weight"] > 0)}
        for row in rows
    ]
    content = choice_content(options, several=several)
    if has_tail and content["kind"] == "single":
        return {"kind": "gap", "gaps": [{"number": 1, "choices": content["options"]}]}
    return content


def _option(sign: str, words: str, texts: Texts) -> dict[str, Any]:
    weight = _WEIGHT.match(words)
    words, _, feedback = (words[weight.end() :] if weight else words).partition("#")
    said = texts.pair(feedback)
    share = Decimal(weight[1]) if weight else Decimal(100 if sign == "=" else 0)
    return {**texts.pair(words), "sign": sign, "weight": share, **({"feedback": said} if said else {})}


def _written(rows: list[dict[str, Any]], texts: Texts) -> dict[str, Any]:
    counted = [row for row in rows if row["weight"] >= 100]
    if len(counted) < len(rows):
        texts.remarks.append(Remark("partial_credit"))
    if any("feedback" in row for row in rows):
        texts.remarks.append(Remark("feedback_lost"))
    return accepted_content(counted)


def _number(text: str, texts: Texts) -> dict[str, str]:
    parts = re.findall(r"=[^=~]*", text) or [text]
    found: dict[str, str] | None = None
    for part in parts:
        words, _, feedback = part.removeprefix("=").strip().partition("#")
        weight = _WEIGHT.match(words)
        if feedback.strip():
            texts.remarks.append(Remark("feedback_lost"))
        if weight and Decimal(weight[1]) < 100:
            texts.remarks.append(Remark("partial_credit"))
        elif found is None:
            found = _range(words[weight.end() :] if weight else words)
        else:
            raise QuestionRefused("several_numbers")
    if found is None:
        raise QuestionRefused("no_key")
    return found


def _range(words: str) -> dict[str, str]:
    if ".." in words:
        low, high = (Decimal(number_text(end)) for end in words.split("..", 1))
        if high < low:
            raise QuestionRefused("empty_range")
        return {"answer": number_text(str((low + high) / 2)), "tolerance": number_text(str((high - low) / 2))}
    answer, _, tolerance = words.partition(":")
    if Decimal(number_text(tolerance or "0")) < 0:
        raise QuestionRefused("empty_range")
    return {"answer": number_text(answer), "tolerance": number_text(tolerance or "0")}
