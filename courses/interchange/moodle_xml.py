"""Moodle XML, read: the export format of Moodle's question bank (docs.moodle.org, “Moodle XML format”)."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from .questions import (
    FileRefused,
    Question,
    QuestionRefused,
    Reading,
    Refusal,
    Remark,
    accepted_content,
    choice_content,
    letters,
    matching_content,
    number_text,
    true_false_content,
)
from .texts import as_markdown, by_language
from .xml_tree import Node, tree_of

FORMS = {"html": "html", "markdown": "markdown", "plain_text": "plain", "moodle_auto_format": "auto"}
_BLANK = re.compile(r"(?:\\?_){3,}")
_MARK = re.compile(r"\\?\[\\?\[(\d+)\]\]")


class _Texts:
    def __init__(self, language: str) -> None:
        self.language = language
        self.remarks: list[Remark] = []

    def pair(self, node: Node | None, form: str = "html") -> dict[str, str]:
        """The text of an element in its languages as Markdown; nothing for nothing."""
        if node is None or not (words := node.value("text")):
            return {}
        if node.first("file"):
            raise QuestionRefused("picture")
        form = FORMS.get(node.attributes.get("format", form), "html")
        parts = by_language(words, self.language)
        read = {code: as_markdown(part, form, self.remarks) for code, part in parts.items()}
        return {code: part for code, part in read.items() if part}


def read(text: str, language: str) -> Reading:
    """All questions of the text, in `language` where they do not mark their languages themselves.

    Raises:
        FileRefused: it is no XML, not Moodle's, or of a kind that is dangerous to read.
    """
    root = tree_of(text)
    if root.tag != "quiz":
        raise FileRefused("not_moodle", tag=root.tag[:40])
    reading = Reading()
    category = ""
    for node in root.all("question"):
        kind, name = node.attributes.get("type", ""), node.value("name/text")[:200]
        if kind == "category":
            category = node.value("category/text").removeprefix("$course$/").removeprefix("top/")
            continue
        texts = _Texts(language)
        try:
            content = _content(node, kind, texts)
        except QuestionRefused as refused:
            reading.refusals.append(Refusal(node.line, name, refused.why))
            continue
        reading.questions.append(
            Question(node.line, name, node.value("idnumber"), category, content, tuple(texts.remarks))
        )
    return reading


def _content(node: Node, kind: str, texts: _Texts) -> dict[str, Any]:
    if kind not in READERS:
        known = {"essay", "description", "cloze"}
        raise QuestionRefused(kind if kind in known else "unknown_kind", kind=kind[:40])
    stem = texts.pair(node.first("questiontext"))
    if not stem:
        raise QuestionRefused("no_question")
    content = {"stem": stem, **READERS[kind](node, texts)}
    if content["kind"] == "gap" and kind == "shortanswer":
        content["stem"] = {code: _with_gap(words) for code, words in stem.items()}
    elif content["kind"] == "gap":
        content["stem"] = {code: _numbered(words) for code, words in stem.items()}
    rationale = texts.pair(node.first("generalfeedback"))
    return content | ({"rationale": rationale} if rationale else {})


def _share(node: Node) -> Decimal:
    try:
        return Decimal(node.attributes.get("fraction", "0"))
    except InvalidOperation:
        raise QuestionRefused("no_number", value=node.attributes["fraction"][:40]) from None


def _with_feedback(node: Node, texts: _Texts) -> dict[str, Any]:
    said = texts.pair(node.first("feedback"))
    return {"feedback": said} if said else {}


def _choice(node: Node, texts: _Texts) -> dict[str, Any]:
    several = node.value("single").lower() in {"false", "0"}
    shares = [_share(answer) for answer in node.all("answer")]
    if not several and any(0 < share < 100 for share in shares):
        texts.remarks.append(Remark("partial_credit"))
    options = [
        {**texts.pair(answer), "correct": share > 0 if several else share >= 100, **_with_feedback(answer, texts)}
        for answer, share in zip(node.all("answer"), shares, strict=True)
    ]
    return choice_content(options, several=several)


def _true_false(node: Node, texts: _Texts) -> dict[str, Any]:
    answers = {answer.value("text").lower(): answer for answer in node.all("answer")}
    if set(answers) != {"true", "false"}:
        raise QuestionRefused("no_key")
    right = [word for word, answer in answers.items() if _share(answer) > 0]
    if len(right) != 1:
        raise QuestionRefused("no_key")
    feedback = [texts.pair(answers[word].first("feedback")) for word in ("true", "false")]
    return true_false_content(right == ["true"], (feedback[0], feedback[1]))


def _numeric(node: Node, texts: _Texts) -> dict[str, Any]:
    answers = [answer for answer in node.all("answer") if _share(answer) >= 100]
    if not answers:
        raise QuestionRefused("no_key")
    if len(answers) > 1:
        raise QuestionRefused("several_numbers")
    if len(list(node.all("answer"))) > 1:
        texts.remarks.append(Remark("partial_credit"))
    if texts.pair(answers[0].first("feedback")):
        texts.remarks.append(Remark("feedback_lost"))
    if node.first("units"):
        texts.remarks.append(Remark("unit_lost"))
    number = {
        "answer": number_text(answers[0].value("text")),
        "tolerance": number_text(answers[0].value("tolerance") or "0"),
    }
    if number["tolerance"].startswith("-"):
        raise QuestionRefused("empty_range")
    return {"kind": "numeric", "number": number}


def _matching(node: Node, texts: _Texts) -> dict[str, Any]:
    rows = [(texts.pair(row), texts.pair(row.first("answer"), "plain_text")) for row in node.all("subquestion")]
    return matching_content(rows)


def _ordering(node: Node, texts: _Texts) -> dict[str, Any]:
    rows = sorted(node.all("answer"), key=_share)
    if len(rows) < 2:
        raise QuestionRefused("too_few_options")
    options = letters({**texts.pair(row), "correct": False, **_with_feedback(row, texts)} for row in rows)
    return {"kind": "ordering", "options": options}


def _written(node: Node, texts: _Texts) -> dict[str, Any]:
    counted = [answer for answer in node.all("answer") if _share(answer) >= 100]
    if len(counted) < len(list(node.all("answer"))):
        texts.remarks.append(Remark("partial_credit"))
    if any(texts.pair(answer.first("feedback")) for answer in counted):
        texts.remarks.append(Remark("feedback_lost"))
    return accepted_content([by_language(answer.value("text"), texts.language) for answer in counted])


def _gaps(node: Node, texts: _Texts) -> dict[str, Any]:
    """Gaps with choices: `[[3]]` says that the third choice is right here; the others of its group are offered too."""
    choices = list(node.all("selectoption")) or list(node.all("dragbox"))
    marks = {tuple(_MARK.findall(words)) for words in texts.pair(node.first("questiontext")).values()}
    found = marks.pop() if len(marks) == 1 else ()
    if not found or not all(0 < int(mark) <= len(choices) for mark in found):
        raise QuestionRefused("gaps_unclear")
    gaps = []
    for number, mark in enumerate(found, start=1):
        right = choices[int(mark) - 1]
        rows = [choice for choice in choices if choice.value("group") == right.value("group")]
        if len(rows) < 2:
            raise QuestionRefused("too_few_options")
        offered = [{**texts.pair(row, "plain_text"), "correct": row is right} for row in rows]
        gaps.append({"number": number, "choices": letters(offered)})
    return {"kind": "gap", "gaps": gaps}


def _with_gap(words: str) -> str:
    return _BLANK.sub("{1}", words, count=1) if _BLANK.search(words) else f"{words} {{1}}"


def _numbered(words: str) -> str:
    numbers = iter(range(1, 1000))
    return _MARK.sub(lambda _: f"{{{next(numbers)}}}", words)


READERS: dict[str, Callable[[Node, _Texts], dict[str, Any]]] = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "numerical": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "shortanswer": _written,
    "gapselect": _gaps,
    "ddwtos": _gaps,
}
