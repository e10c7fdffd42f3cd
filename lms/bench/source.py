"""The course of the benchmark as a source file would say it. Its words mean nothing; their number is what counts."""

from __future__ import annotations

import random
from typing import Any

LESSONS, ITEMS, PASS_PERCENT = 10, 20, 60
COURSE = "CO-900"
_HEADINGS, _PARAGRAPHS, _WORDS, _LISTS, _POINTS = 6, 6, 90, 3, 5
_LETTERS = "ABCD"
_ENGLISH = """
the officer reads cargo manifest before release and compares seal number with entry record while tariff code origin
value of goods at border crossing is declared by broker or importer under agreed rules each step has its evidence a
signature date port risk channel inspection sample report duty refund control
"""
_SPANISH = """
el oficial lee manifiesto de carga antes del despacho y compara número sello con registro entrada mientras la fracción
arancelaria origen valor mercancías en cruce fronterizo se declara por agente o importador según reglas acordadas cada
paso tiene su constancia una firma fecha aduana riesgo canal revisión muestra informe arancel
"""
_VOCABULARY = {"en": _ENGLISH.split(), "es": _SPANISH.split()}


def course() -> dict[str, Any]:
    """The course."""
    draw = random.Random(COURSE)  # noqa: S311 (text, no secret)
    return {
        "code": COURSE,
        "title": _text(draw, 5),
        "goals": ["G1", "G3"],
        "hours": 10,
        "modes": {"en": "Self-paced 10 h", "es": "Autoformación 10 h"},
        "prerequisites": [],
        "description": _text(draw, 40),
        "outcomes": [_text(draw, 12) for _outcome in range(4)],
    }


def items() -> list[dict[str, Any]]:
    """The items of its quiz."""
    draw = random.Random(ITEMS)  # noqa: S311 (text, no secret)
    return [_item(draw, number) for number in range(1, ITEMS + 1)]


def lessons() -> list[dict[str, Any]]:
    """Ten lessons of six headings, six paragraphs of ninety words, three lists."""
    return [_lesson(random.Random(number), number) for number in range(1, LESSONS + 1)]  # noqa: S311


def key_of(item_code: str) -> str:
    """The letter of the right option."""
    return _LETTERS[int(item_code.rpartition("-")[2]) % len(_LETTERS)]


def answers_of(officer: int, item_codes: list[str]) -> dict[str, list[str]]:
    """What an officer answers: 16 or 17 of 20 right, 82 percent over all officers."""
    wrong = len(item_codes) - (17 if officer % 5 < 2 else 16)
    missed = set(random.Random(officer).sample(sorted(item_codes), max(0, wrong)))  # noqa: S311
    return {code: [_other(key_of(code)) if code in missed else key_of(code)] for code in item_codes}


def _other(letter: str) -> str:
    return _LETTERS[(_LETTERS.index(letter) + 1) % len(_LETTERS)]


def _lesson(draw: random.Random, number: int) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    for place in range(_HEADINGS):
        blocks.append({"type": "heading", "level": 2, "id": f"part-{place + 1}", **_text(draw, 5)})
        if place < _PARAGRAPHS:
            blocks.append({"type": "prose", **_text(draw, _WORDS)})
        if place < _LISTS:
            points = [_text(draw, 12) for _point in range(_POINTS)]
            blocks.append({"type": "steps", "title": _text(draw, 4), "steps": points})
    common = {"minutes": 45, "outcomes": [1], "sources": []}
    return {"code": f"{COURSE}-L{number}", "number": number, "title": _text(draw, 4), "blocks": blocks, **common}


def _item(draw: random.Random, number: int) -> dict[str, Any]:
    code = f"{COURSE}-{number:02d}"
    return {
        "code": code,
        "level": "remember",
        "lesson": [1 + number % LESSONS],
        "stem": _text(draw, 20),
        "options": {letter: {**_text(draw, 9), "feedback": _text(draw, 12)} for letter in _LETTERS},
        "key": key_of(code),
        "rationale": _text(draw, 25),
    }


def _text(draw: random.Random, words: int) -> dict[str, str]:
    return {
        language: " ".join(draw.choice(vocabulary) for _word in range(words)).capitalize()
        for language, vocabulary in _VOCABULARY.items()
    }
