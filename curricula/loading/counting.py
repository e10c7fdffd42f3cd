"""How much there is: counts over the source files, for whoever answers for the curricula."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .checking import LANGUAGES, MARKED, WORD, halves_in, texts_in
from .checking_feedback import without_feedback
from .sources import read_exercises, read_items, read_yaml


@dataclass(frozen=True, slots=True)
class Counts:
    """Words are those of lessons, in every block; `missing` are texts in one language only; `terms` are linked ones;
    `without_feedback` are options, pairs, places and words for gaps, in items of every kind."""

    courses: int
    lessons: int
    words_en: int
    words_es: int
    items: int
    without_rationale: int
    without_feedback: int
    pre_assessment_items: int
    exercises: int
    steps: int
    missing: int
    terms: int


def count_sources(folder: Path) -> Counts:
    """The counts of the sources under `folder`."""
    courses = [read_yaml(path) for path in sorted((folder / "courses").glob("*.yaml"))]
    lessons = [read_yaml(path) for path in sorted((folder / "lessons").glob("*.yaml"))]
    items = [item for path in sorted((folder / "items").glob("*.yaml")) for item in read_items(folder, path.stem)]
    exercises = read_exercises(folder)
    texts = [pair for lesson in lessons for pair in texts_in(lesson)]
    words = {language: sum(len(WORD.findall(pair[language])) for pair in texts) for language in LANGUAGES}
    return Counts(
        courses=len(courses),
        lessons=len(lessons),
        words_en=words["en"],
        words_es=words["es"],
        items=len(items),
        without_rationale=sum(not all(item.get("rationale", {}).get(lang) for lang in LANGUAGES) for item in items),
        without_feedback=sum(len(without_feedback(item)) for item in items),
        pre_assessment_items=sum(len(course.get("pre_assessment", [])) for course in courses),
        exercises=len(exercises),
        steps=sum(len(exercise["steps"]) for exercise in exercises),
        missing=sum(1 for part in (*courses, *lessons, *items, *exercises) for _place in halves_in(part)),
        terms=len({name.strip() for pair in texts for name in MARKED.findall(pair["en"])}),
    )
