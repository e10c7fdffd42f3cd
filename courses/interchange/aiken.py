"""Aiken: a line of question, options `A.` or `A)`, and `ANSWER: A`."""

from __future__ import annotations

import re

from .questions import Question, QuestionRefused, Reading, Refusal, Remark, choice_content
from .texts import as_markdown, by_language

_OPTION = re.compile(r"^\s*([A-Za-z])[.)]\s+(.*\S)\s*$")
_ANSWER = re.compile(r"^\s*ANSWER\s*:\s*(.*?)\s*$")


def read(text: str, language: str) -> Reading:
    """All questions of the text, in `language` where they do not mark their languages themselves."""
    reading = Reading()
    stem: list[str] = []
    options: list[tuple[str, str]] = []
    start = 0
    for line, words in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        if answer := _ANSWER.match(words):
            _take(reading, start or line, " ".join(stem), options, answer[1], language)
            stem, options, start = [], [], 0
        elif stem and (option := _OPTION.match(words)):
            options.append((option[1].upper(), option[2]))
        elif words.strip():
            if options:  # a new question begins, and the last one had no answer
                _take(reading, start, " ".join(stem), options, "", language)
                stem, options, start = [], [], 0
            start = start or line
            stem.append(words.strip())
    if stem or options:
        _take(reading, start, " ".join(stem), options, "", language)
    return reading


def _take(reading: Reading, line: int, stem: str, options: list[tuple[str, str]], answer: str, language: str) -> None:
    remarks: list[Remark] = []
    try:
        if not stem:
            raise QuestionRefused("no_question")
        if not answer:
            raise QuestionRefused("no_answer_line")
        if answer.upper() not in [letter for letter, _ in options]:
            raise QuestionRefused("unknown_letter", letter=answer[:20])
        if [letter for letter, _ in options] != sorted({letter for letter, _ in options}):
            raise QuestionRefused("letters_out_of_order")
        rows = [{**_texts(words, language, remarks), "correct": letter == answer.upper()} for letter, words in options]
        content = {**choice_content(rows, several=False), "stem": _texts(stem, language, remarks)}
    except QuestionRefused as refused:
        reading.refusals.append(Refusal(line, stem[:80], refused.why))
        return
    reading.questions.append(Question(line, "", "", "", content, tuple(remarks)))


def _texts(words: str, language: str, remarks: list[Remark]) -> dict[str, str]:
    return {code: as_markdown(text, "plain", remarks) for code, text in by_language(words, language).items()}
