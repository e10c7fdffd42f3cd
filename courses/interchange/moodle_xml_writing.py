"""Moodle XML, written. What the format cannot hold is left out, and said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from . import moodle_xml
from .questions import LANGUAGES, FileRefused, answers_in_all, bare, written_and_left
from .texts import marked

TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "truefalse",
    "numeric": "numerical",
    "matching": "matching",
    "ordering": "ordering",
}
_GAP = re.compile(r"\{(\d+)\}")


def write(items: Iterable[Mapping[str, Any]], languages: tuple[str, ...] = LANGUAGES) -> tuple[str, list[str]]:
    """The canonical items as a Moodle XML file in these languages, and the codes of those that it cannot hold."""
    written, left_out = written_and_left(items, languages, _question, _reads_as)
    return _file(written), left_out


def _file(questions: list[str]) -> str:
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *questions, "</quiz>", ""])


def _reads_as(question: str, item: Mapping[str, Any], languages: tuple[str, ...]) -> bool:
    """Whether the written question, read again, is the same one: nothing that is lost leaves unnoticed."""
    try:
        read = moodle_xml.read(_file([question]), languages[0]).questions
    except FileRefused:
        return False
    return len(read) == 1 and bare(read[0].content, languages) == bare(item, languages)


def _question(code: str, item: dict[str, Any]) -> str:
    kind, stems = item["kind"], dict(item.get("stem", {}))
    written = kind == "gap" and "accepted" in item["gaps"][0]
    name = "shortanswer" if written else "gapselect" if kind == "gap" else TYPES.get(kind, "")
    if not name or (written and len(item["gaps"]) > 1):
        return ""
    if written:
        stems = {
            c: w.removesuffix(" {1}") if w.endswith(" {1}") else w.replace("{1}", "_____") for c, w in stems.items()
        }
    elif kind == "gap":
        rights = _rights(item["gaps"])
        stems = {c: _GAP.sub(lambda match: f"[[{rights.get(match[1], 0)}]]", w) for c, w in stems.items()}
    lines = [
        f"  <question type={quoteattr(name)}>",
        f"    <name><text>{escape(code)}</text></name>",
        _text("questiontext", stems),
        _text("generalfeedback", item["rationale"]) if "rationale" in item else "",
        f"    <idnumber>{escape(code)}</idnumber>",
        *_answers(item),
        "  </question>",
    ]
    return "\n".join(line for line in lines if line)


def _rights(gaps: list[dict[str, Any]]) -> dict[str, int]:
    """For each gap the place of its right choice among the choices of all gaps."""
    rights, before = {}, 0
    for gap in gaps:
        places = [place for place, choice in enumerate(gap["choices"], start=1) if choice["correct"]]
        rights[str(gap["number"])] = before + (places[0] if places else 0)
        before += len(gap["choices"])
    return rights


def _answers(item: dict[str, Any]) -> list[str]:
    kind, options = item["kind"], item.get("options", [])
    if kind in {"single", "multiple"}:
        right = sum(1 for option in options if option["correct"]) or 1
        wrong = "-100" if kind == "multiple" else "0"
        share = f"{100 / right:.5f}".rstrip("0").rstrip(".") if kind == "multiple" else "100"
        single = f"    <single>{'true' if kind == 'single' else 'false'}</single>"
        return [single, *(_answer(option, share if option["correct"] else wrong) for option in options)]
    if kind == "true_false":
        return [
            _answer({"en": word, "feedback": option.get("feedback", {})}, "100" if option["correct"] else "0")
            for word, option in zip(("true", "false"), options, strict=False)
        ]
    if kind == "numeric":
        number = item["number"]
        inside = f"<text>{number['answer']}</text><tolerance>{number['tolerance']}</tolerance>"
        return [f'    <answer fraction="100">{inside}</answer>']
    if kind == "ordering":
        return [_answer(option, str(place)) for place, option in enumerate(options, start=1)]
    if kind == "matching":
        sides = [(pair["left"], pair["right"]) for pair in item["pairs"]]
        return [_pair(left, right) for left, right in sides + [({}, row) for row in item.get("distractors", [])]]
    return _gap_answers(item["gaps"])


def _gap_answers(gaps: list[dict[str, Any]]) -> list[str]:
    if accepted := gaps[0].get("accepted"):
        return [
            f'    <answer fraction="100"><text>{escape(marked(answer, braces=True))}</text></answer>'
            for answer in answers_in_all(accepted)
        ]
    return [
        f'    <selectoption format="markdown"><text>{_said(choice)}</text><group>{place}</group></selectoption>'
        for place, gap in enumerate(gaps, start=1)
        for choice in gap.get("choices", [])
    ]


def _answer(option: Mapping[str, Any], share: str) -> str:
    feedback = _text("feedback", option["feedback"]).strip() if "feedback" in option else ""
    return f'    <answer fraction="{share}" format="markdown"><text>{_said(option)}</text>{feedback}</answer>'


def _pair(left: Mapping[str, str], right: Mapping[str, str]) -> str:
    answer = f'<answer format="markdown"><text>{_said(right)}</text></answer>'
    return f'    <subquestion format="markdown"><text>{_said(left)}</text>{answer}</subquestion>'


def _text(tag: str, texts: Mapping[str, str]) -> str:
    return f'    <{tag} format="markdown"><text>{_said(texts)}</text></{tag}>'


def _said(texts: Mapping[str, str]) -> str:
    return escape(marked(texts, braces=False))
