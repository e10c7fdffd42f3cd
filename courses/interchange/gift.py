"""GIFT, read: the text format of Moodle's question bank (docs.moodle.org, “GIFT format”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .gift_answers import Texts, answers_of
from .questions import Question, QuestionRefused, Reading, Refusal, Remark

HELD = "\\~=#{}:"
"""Characters with a meaning. While a question is read, each that is escaped stands as a private character."""
_HIDE = {f"\\{sign}": chr(0xE000 + place) for place, sign in enumerate(HELD)} | {"\\n": chr(0xE000 + len(HELD))}
_ESCAPE = re.compile(r"\\[\\~=#{}:n]")
_NAME = re.compile(r"^::(.*?)::", re.DOTALL)
_FORM = re.compile(r"^\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_IDENTITY = re.compile(r"\[id:([^\]\n]{1,100})\]")
_CATEGORY = re.compile(r"^\s*\$CATEGORY\s*:\s*(.*?)\s*$")


@dataclass(slots=True)
class _Block:
    line: int
    text: str
    category: str
    identity: str


def read(text: str, language: str) -> Reading:
    """All questions of the text, in `language` where they do not mark their languages themselves."""
    reading = Reading()
    for block in _blocks(text.lstrip("\ufeff")):
        named = _NAME.match(block.text)
        texts = Texts(language)
        name = texts.shown(named[1]) if named else ""
        try:
            content = _content(block.text[named.end() :] if named else block.text, texts)
        except QuestionRefused as refused:
            reading.refusals.append(Refusal(block.line, name or texts.shown(block.text)[:80], refused.why))
            continue
        reading.questions.append(
            Question(block.line, name, block.identity, block.category, content, tuple(texts.remarks))
        )
    return reading


def hidden(text: str) -> str:
    """The text with what is escaped in private characters."""
    return _ESCAPE.sub(lambda match: _HIDE[match[0]], text)


def _blocks(text: str) -> Iterator[_Block]:
    """Questions with the line they begin on. A blank line ends one, unless its answers are still open."""
    category = identity = ""
    lines: list[str] = []
    start, depth = 0, 0
    numbered = list(enumerate(text.split("\n"), start=1))
    for number, raw in [*numbered, (len(numbered) + 1, "")]:
        line = hidden(raw)
        begins_anew = line.lstrip().startswith(("::", "$CATEGORY")) or (depth > 0 and "{" in line)
        if lines and ((begins_anew and (depth > 0 or not lines)) or (not line.strip() and depth <= 0)):
            yield _Block(start, "\n".join(lines).strip(), category, identity)
            lines, depth, identity = [], 0, ""
        if line.lstrip().startswith("//"):
            if found := _IDENTITY.search(raw):
                identity = found[1].strip()
        elif not lines and (found := _CATEGORY.match(raw)):
            category = found[1].removeprefix("$course$/").removeprefix("top/")
        elif line.strip() or lines:
            start = start if lines else number
            lines.append(line)
            depth += line.count("{") - line.count("}")
    if lines and "".join(lines).strip():
        yield _Block(start, "\n".join(lines).strip(), category, identity)


def _content(text: str, texts: Texts) -> dict[str, Any]:
    text = text.strip()
    if form := _FORM.match(text):
        texts.form = "auto" if form[1].lower() == "moodle" else form[1].lower()
        text = text[form.end() :]
    opening, closing = text.find("{"), text.rfind("}")
    if opening < 0 and closing < 0:
        raise QuestionRefused("description")
    if opening < 0:
        raise QuestionRefused("no_opening_brace")
    if closing < opening:
        raise QuestionRefused("no_closing_brace")
    inside = text[opening + 1 : closing]
    if "{" in inside or "}" in inside:
        raise QuestionRefused("several_answers")
    before, after = text[:opening], text[closing + 1 :]
    if "{" in after:
        raise QuestionRefused("no_closing_brace")
    inside, _, general = inside.partition("####")
    content = answers_of(inside.strip(), texts, has_tail=bool(after.strip()))
    stem = texts.pair(before + (_GAP if after.strip() and content["kind"] == "gap" else "") + after)
    if content["kind"] == "gap":
        stem = {code: _with_gap(words) for code, words in stem.items()}
    elif after.strip():
        texts.remarks.append(Remark("blank_lost"))
    if not any(stem.values()):
        raise QuestionRefused("no_question")
    rationale = texts.pair(general)
    return {**content, "stem": stem, **({"rationale": rationale} if rationale else {})}


_GAP = chr(0xE100)


def _with_gap(words: str) -> str:
    return words.replace(_GAP, "{1}") if _GAP in words else f"{words} {{1}}".strip()
