"""Reads the source files as a strict editor does: what is missing, broken, repeated, lopsided or hard to read.

Plain values in, findings out; codes with what they are about, so that the edge says them in the reader's language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from courses.accessibility import figure_problems
from courses.cases import case_faults
from courses.figures.faults import drawing_faults, figure_faults
from courses.figures.library import FOLDER, Drawing, frozen_figure, read_drawings, sound_drawings

from .checking_feedback import without_feedback
from .checking_files import files_to_mend
from .finding import Finding
from .form import files_in_form
from .sources import read_glossary, read_items, read_yaml

LANGUAGES = ("en", "es")
FEWEST_WORDS, MOST_WORDS = 500, 1000
"""Of a lesson, in each language, without its checks and cases: a reading of three to five minutes."""
MOST_WORDS_A_SENTENCE = 18
"""On average over the prose of a lesson. The U.S. Federal Plain Language Guidelines (2011) advise 20 and less."""
MOST_OF_ONE_LETTER = 0.45
FEWEST_ITEMS_FOR_BIAS = 10
MARKED = re.compile(r"\[\[([^\]|]+)(?:\|[^\]]*)?\]\]")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
WITHOUT_KEY: list[str] = []
"""Options whose order is the answer."""
NOT_READ = {"scenario", "check", "figure", "audio", "video"}
"""Blocks that are done, looked at, heard or watched."""


def check_sources(folder: Path) -> list[Finding]:
    """Everything that is to be mended under `folder`, in the order of its files."""
    glossary = {row["en"] for row in read_glossary(folder / "glossary.csv")}
    drawings = read_drawings(folder)
    sound = sound_drawings(drawings)
    findings = [finding for name, drawing in drawings.items() for finding in _drawing(name, drawing)]
    codes: Counter[str] = Counter()
    for path in sorted((folder / "courses").glob("*.yaml")):
        course = read_yaml(path)
        lessons = {p.name: read_yaml(p) for p in sorted((folder / "lessons").glob(f"{course['code']}-L*.yaml"))}
        items = read_items(folder, course["code"])
        codes.update(item["code"] for item in items)
        findings += _course(f"courses/{path.name}", course, lessons)
        findings += _items(f"items/{path.name}", items, [lesson["number"] for lesson in lessons.values()])
        for name, lesson in lessons.items():
            findings += _lesson(f"lessons/{name}", lesson, len(course["outcomes"]), glossary)
            findings += _figures(f"lessons/{name}", lesson, sound)
            findings += files_to_mend(f"lessons/{name}", lesson, folder)
    for path in sorted((folder / "exercises").glob("*.yaml")):
        exercise = read_yaml(path)
        findings += [Finding(f"exercises/{path.name}", place, "text_missing") for place in halves_in(exercise)]
        if path.stem != exercise["code"]:
            findings.append(
                Finding(f"exercises/{path.name}", "code", "file_named_otherwise", {"code": exercise["code"]})
            )
    findings += [Finding("items", code, "code_repeated") for code, times in codes.items() if times > 1]
    return findings + _forms(folder)


def count_figures(folder: Path) -> dict[str, int]:
    """How many figures the lessons have, how many of them are drawn, and in how many courses they stand."""
    lessons = [read_yaml(path) for path in sorted((folder / "lessons").glob("*.yaml"))]
    figures = [
        (lesson["course"], block) for lesson in lessons for block in lesson["blocks"] if block["type"] == "figure"
    ]
    drawn = sum(1 for _course, block in figures if block.get("drawing"))
    return {"figures": len(figures), "drawn": drawn, "courses": len({course for course, _block in figures})}


def _forms(folder: Path) -> list[Finding]:
    """Files that are not written as an export writes them: an export would change more of them than people changed."""
    return [
        Finding(path.relative_to(folder).as_posix(), "", "written_otherwise")
        for path, is_now, shall_be in files_in_form(folder)
        if is_now != shall_be
    ]


def _course(file: str, course: dict[str, Any], lessons: dict[str, Any]) -> list[Finding]:
    found = [Finding(file, place, "text_missing") for place in halves_in(course)]
    numbers = [lesson["number"] for lesson in lessons.values()]
    if sorted(numbers) != list(range(1, len(numbers) + 1)) or len(numbers) != len(course["lessons"]):
        found.append(Finding(file, "lessons", "lessons_not_numbered", {"numbers": numbers}))
    return found


def _items(file: str, items: list[dict[str, Any]], lessons: Collection[int]) -> list[Finding]:
    found = [Finding(file, place, "text_missing") for place in halves_in(items)]
    for item in items:
        found += _item(file, item, lessons)
    keys = Counter(item["key"] for item in items if isinstance(item.get("key"), str))
    for letter, times in keys.items():
        if sum(keys.values()) >= FEWEST_ITEMS_FOR_BIAS and times / sum(keys.values()) > MOST_OF_ONE_LETTER:
            values = {"letter": letter, "times": times, "all": sum(keys.values())}
            found.append(Finding(file, "items", "letter_favored", values))
    return found


def _item(file: str, item: dict[str, Any], lessons: Collection[int]) -> Iterator[Finding]:
    place = item["code"]
    if unknown := {number for number in item["lesson"] if isinstance(number, int)} - set(lessons):
        yield Finding(file, place, "lesson_unknown", {"numbers": sorted(unknown)})
    if "options" in item:
        key = WITHOUT_KEY if item.get("kind") == "ordering" else item.get("key", "")
        yield from _options(file, place, item["options"], key)
    if silent := without_feedback(item):
        yield Finding(file, place, "feedback_missing", {"letters": ", ".join(silent)})


def _options(file: str, place: str, options: Mapping[str, Any], key: str | list[str]) -> Iterator[Finding]:
    letters = [key] if isinstance(key, str) else key
    if (letters or key != WITHOUT_KEY) and not (letters and set(letters) <= options.keys()):
        yield Finding(file, place, "key_unknown", {"key": ", ".join(letters)})
    for language in LANGUAGES:
        texts = Counter(" ".join(option.get(language, "").casefold().split()) for option in options.values())
        for text, times in texts.items():
            if text and times > 1:
                yield Finding(file, place, "option_repeated", {"text": text})


def _lesson(file: str, lesson: dict[str, Any], outcomes: int, glossary: Collection[str]) -> list[Finding]:
    found = [Finding(file, place, "text_missing") for place in halves_in(lesson)]
    if Path(file).stem != lesson["code"]:
        found.append(Finding(file, "code", "file_named_otherwise", {"code": lesson["code"]}))
    if not set(lesson["outcomes"]) <= set(range(1, outcomes + 1)):
        found.append(Finding(file, "outcomes", "outcome_unknown", {"numbers": lesson["outcomes"]}))
    tags = {source["tag"] for source in lesson["sources"]}
    names: Counter[str] = Counter()
    for number, block in enumerate(lesson["blocks"], start=1):
        place = f"blocks[{number}] {block['type']}"
        if unknown := set(block.get("sources", [])) - tags:
            found.append(Finding(file, place, "source_unknown", {"tags": ", ".join(sorted(unknown))}))
        if "id" in block:
            names[block["id"]] += 1
        if block["type"] == "scenario":
            found += [Finding(file, place, code, {"step": step}) for code, step in case_faults(block)]
        if block["type"] == "check":
            found += _options(file, place, block["options"], block["key"])
        if block["type"] == "term" and block["term"] not in glossary:
            found.append(Finding(file, place, "term_unknown", {"term": block["term"]}))
        found += _pairs(file, place, block, glossary)
    found += [Finding(file, name, "id_repeated") for name, times in names.items() if times > 1]
    return found + list(_reading(file, lesson))


def _drawing(name: str, drawing: Drawing) -> Iterator[Finding]:
    """The lines of a drawing, both languages of its words, and whether each word stays in its place."""
    file = f"{FOLDER}/{name}.yaml"
    for place in halves_in({"title": drawing.title, "labels": drawing.labels}):
        yield Finding(file, place, "text_missing")
    faults = list(drawing_faults(drawing.shapes, drawing.height, drawing.labels))
    drawn = {"drawing": {"shapes": drawing.shapes}, "labels": drawing.words}
    for code, _language, what in faults or figure_faults(drawn):
        yield Finding(file, "drawing", code, {"text": what})


def _figures(file: str, lesson: dict[str, Any], drawings: Mapping[str, Drawing]) -> Iterator[Finding]:
    """The drawing of each figure exists, and the texts in its place are as `courses.accessibility` wants them."""
    for number, block in enumerate(lesson["blocks"], start=1):
        if block["type"] != "figure":
            continue
        for _language, code, *values in figure_problems(frozen_figure(block, drawings)):
            if code != "label_long" or "labels" in block:  # the words of the drawing are read with its file
                yield Finding(file, f"blocks[{number}] figure", code, dict(*values))


def _pairs(file: str, place: str, block: dict[str, Any], glossary: Collection[str]) -> Iterator[Finding]:
    """Both languages mark the same terms, the terms are agreed, and no address stands bare in the text."""
    for pair in texts_in(block):
        marked = {language: {name.strip() for name in MARKED.findall(pair[language])} for language in LANGUAGES}
        for name in marked["en"] ^ marked["es"]:
            yield Finding(file, place, "term_in_one_language", {"term": name})
        for name in (marked["en"] | marked["es"]) - set(glossary):
            yield Finding(file, place, "term_unknown", {"term": name})
        for text in pair.values():
            if address := ADDRESS.search(text):
                yield Finding(file, place, "bare_address", {"address": address[0]})


def _reading(file: str, lesson: dict[str, Any]) -> Iterator[Finding]:
    """How much there is to read, and how long the sentences are."""
    for language in LANGUAGES:
        read = [b for b in lesson["blocks"] if b["type"] not in NOT_READ]
        texts = [pair[language] for block in read for pair in texts_in(block)]
        words = sum(len(WORD.findall(text)) for text in texts)
        if not FEWEST_WORDS <= words <= MOST_WORDS:
            values = {"language": language, "words": words, "fewest": FEWEST_WORDS, "most": MOST_WORDS}
            yield Finding(file, "blocks", "length", values)
        prose = " ".join(pair[language] for b in read if b["type"] == "prose" for pair in texts_in(b))
        sentences = [part for part in re.split(r"[.!?…:]+\s+|\n+", prose) if WORD.search(part)]
        average = len(WORD.findall(prose)) / max(1, len(sentences))
        if average > MOST_WORDS_A_SENTENCE:
            values = {"language": language, "words": round(average, 1), "most": MOST_WORDS_A_SENTENCE}
            yield Finding(file, "blocks", "sentences_long", values)


def texts_in(part: Any) -> Iterator[dict[str, str]]:
    """All pairs of texts in a value, in reading order."""
    if isinstance(part, dict):
        if isinstance(part.get("en"), str) and isinstance(part.get("es"), str):
            yield {language: part[language] for language in LANGUAGES}
        for value in part.values():
            yield from texts_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts_in(value)


def halves_in(part: Any, place: str = "") -> Iterator[str]:
    """Places of pairs that lack a language, or are empty in one."""
    if isinstance(part, dict):
        there = {language for language in LANGUAGES if part.get(language)}
        if there and len(there) < len(LANGUAGES):
            yield f"{place}.{min(set(LANGUAGES) - there)}".lstrip(".")
        for key, value in part.items():
            yield from halves_in(value, f"{place}.{key}".lstrip("."))
    elif isinstance(part, list):
        for number, value in enumerate(part, start=1):
            yield from halves_in(value, f"{place}[{number}]")
