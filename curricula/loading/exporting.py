"""From the latest drafts back to the source files that they are loaded from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from courses.freezing import draws_content, exercise_content, item_content, lesson_content
from courses.models import (
    CatalogPage,
    CoursePage,
    ExercisePage,
    GlossaryTerm,
    Instrument,
    Item,
    ItemCategory,
    LessonPage,
    QuizPage,
)
from courses.quiz_rules import DEFAULTS, beyond_defaults
from people.models import Agency, Participant

from ..models import Curriculum, WorkingGroup
from .form import GLOSSARY, OWNED, glossary_text, yaml_text
from .library import FILES, files_of, with_names
from .sources import (
    BANK,
    QUIZ_RULES,
    SourceFacts,
    blocks_of,
    goal_name,
    read_source_facts,
    row_of_item,
    rows_of_steps,
)

NAMES = ("code", "name_en", "name_es")
DATES = ("valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class Exported:
    """Names of files, relative to the folder: what was written anew, and what the database knows nothing of."""

    written: list[str]
    left_alone: list[str]


def export_content(folder: Path) -> Exported:
    """Write the source files of everything that can be loaded; a file that holds these bytes already is not touched.

    Files without a counterpart in the database are left and named: whoever knows why they stand there removes them.
    """
    written, kept = [], set()
    for name, content in files(read_source_facts(folder / "sources.yaml")):
        path = folder / name
        kept.add(path)
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(name)
    strangers = sorted({path for owned in OWNED for path in (folder / owned).glob("*.yaml")} - kept)
    return Exported(written, [path.relative_to(folder).as_posix() for path in strangers])


def files(facts: SourceFacts) -> Iterator[tuple[str, bytes]]:
    """Each source file by its name and its bytes. Lessons leave out what `facts` already says of their sources."""
    yield "foundation.yaml", yaml_text(_foundation()).encode()
    yield "glossary.csv", glossary_text(GlossaryTerm.objects.values(*GLOSSARY)).encode()
    pages = list(CoursePage.objects.select_related("latest_revision"))
    for page in pages:
        yield from _course(page, facts)
    for exercise in ExercisePage.objects.select_related("latest_revision"):
        content = exercise_content(exercise.get_latest_revision_as_object())
        row = content | {"steps": rows_of_steps(content["steps"])}
        yield f"exercises/{exercise.code}.yaml", yaml_text(row).encode()
    yield from _items([page.code for page in pages])


def _foundation() -> dict[str, Any]:
    catalog = CatalogPage.objects.first()
    parts: dict[str, Any] = {
        "catalog": {"title": _pair(catalog, "title"), "intro": _pair(catalog, "intro")} if catalog else {},
        "participants": [
            _row(one, "position", *NAMES, "country_en", "country_es", "time_zone", *DATES)
            for one in _sorted(Participant)
        ],
        "agencies": [
            {**_row(agency, *NAMES, *DATES), "participant": agency.participant.code} for agency in _sorted(Agency)
        ],
        "instruments": [
            {
                **_row(instrument, *NAMES, "signed_on"),
                "goals": [_row(goal, "number", "name_en", "name_es") for goal in instrument.goals.order_by("number")],
            }
            for instrument in _sorted(Instrument)
        ],
        "working_groups": [_row(group, *NAMES) for group in _sorted(WorkingGroup)],
        "item_categories": list(_categories()),
        "curricula": [_curriculum(one) for one in _sorted(Curriculum)],
    }
    return {name: part for name, part in parts.items() if part}


def _curriculum(curriculum: Curriculum) -> dict[str, Any]:
    row = _row(curriculum, "code", "title_en", "title_es", "description_en", "description_es")
    places = curriculum.courses.select_related("course").order_by("sort_order")
    owner = {"owner": curriculum.owner.code} if curriculum.owner else {}
    return row | owner | {"courses": [place.course.code for place in places]}


def _categories() -> Iterator[dict[str, Any]]:
    """A category after the one that it is part of."""
    waiting = _sorted(ItemCategory)
    written: set[str] = set()
    while waiting:
        ready = [one for one in waiting if one.parent is None or one.parent.code in written]
        for category in ready:
            parent = {"parent": category.parent.code} if category.parent else {}
            yield {"code": category.code, "name": _pair(category, "name"), **parent}
        written |= {category.code for category in ready}
        waiting = [one for one in waiting if one.code not in written]


def _course(page: CoursePage, facts: SourceFacts) -> Iterator[tuple[str, bytes]]:
    draft = page.get_latest_revision_as_object()
    lessons, quizzes = _drafts(LessonPage, page), _drafts(QuizPage, page)
    goals = sorted(draft.course_goals.all(), key=lambda g: (not g.primary, g.goal.instrument.code, g.goal.number))
    course = {
        "code": draft.code,
        "slug": draft.slug,
        "title": _pair(draft, "title"),
        "description": _pair(draft, "description"),
        "hours": _number(draft.hours),
        "modes": _pair(draft, "mode"),
        "goals": [goal_name(g.goal.instrument.code, g.goal.number) for g in goals],
        "prerequisites": draft.prerequisites,
        "outcomes": draft.outcomes,
        "lessons": [lesson.code for lesson in lessons],
        "quizzes": [_quiz(quiz) for quiz in quizzes],
    }
    if before := [place.item.code for place in draft.pre_items.all()]:
        course["pre_assessment"] = before
    if exercises := [place.exercise.code for place in draft.course_exercises.all()]:
        course["exercises"] = exercises
    if required := [place.exercise.code for place in draft.course_exercises.all() if place.required]:
        course["required_exercises"] = required
    yield f"courses/{draft.code}.yaml", yaml_text(course).encode()
    for lesson in lessons:
        yield from _lesson(lesson, draft.code, facts)


def _lesson(lesson: LessonPage, course_code: str, facts: SourceFacts) -> Iterator[tuple[str, bytes]]:
    content = lesson_content(lesson)
    numbers = accumulate(block["type"] in FILES for block in content["blocks"])
    stems = [f"media/{lesson.code}-{number}" for number in numbers]
    blocks = [with_names(stem, block) for stem, block in zip(stems, blocks_of(content["blocks"]), strict=True)]
    row = content | {"course": course_code, "blocks": blocks, "sources": facts.rows(lesson.sources)}
    yield f"lessons/{lesson.code}.yaml", yaml_text(row).encode()
    for stem, block in zip(stems, content["blocks"], strict=True):
        yield from files_of(stem, block)


def _quiz(quiz: QuizPage) -> dict[str, Any]:
    return {
        "code": quiz.code,
        "slug": quiz.slug,
        "title": _pair(quiz, "title"),
        "instructions": _pair(quiz, "instructions"),
        **{rule: getattr(quiz, rule) for rule in QUIZ_RULES},
        **beyond_defaults({rule: getattr(quiz, rule) for rule in DEFAULTS}),
        **draws_content(quiz),
        "items": [place.item.code for place in quiz.quiz_items.all()],
    }


def _items(courses: list[str]) -> Iterator[tuple[str, bytes]]:
    """The items in files by the course with whose code theirs begins, each with its picture."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    everything = Item.objects.select_related("category", "scenario", "image").prefetch_related("tagged_items__tag")
    for item in sorted(everything, key=lambda item: item.code):
        name = max((code for code in courses if item.code.startswith(f"{code}-")), key=len, default=BANK)
        row = row_of_item(name, item_content(item))
        if tags := sorted(item.tags.names()):
            row["tags"] = tags
        if item.image and "image" in row:
            file = f"pictures/{item.code}{Path(item.image.file.name).suffix}"
            row["image"]["file"] = file
            with item.image.file.open("rb") as picture:
                yield file, picture.read()
        rows[name].append(row)
    for name, of_course in rows.items():
        yield f"items/{name}.yaml", yaml_text(of_course).encode()


def _drafts(kind: Any, page: CoursePage) -> list[Any]:
    children: Iterable[Any] = kind.objects.child_of(page).select_related("latest_revision").order_by("path")
    return [child.get_latest_revision_as_object() for child in children]


def _sorted(kind: Any) -> list[Any]:
    """All of a kind by code, as Python sorts and not as one database or the other does."""
    return sorted(kind._base_manager.all(), key=lambda thing: thing.code)


def _row(thing: Any, *fields: str) -> dict[str, Any]:
    values = {field: getattr(thing, field) for field in fields}
    return {field: value for field, value in values.items() if value not in (None, "")}


def _pair(thing: Any, field: str) -> dict[str, str]:
    return {language: getattr(thing, f"{field}_{language}").replace("\r\n", "\n") for language in ("en", "es")}


def _number(hours: Any) -> int | float:
    return int(hours) if hours == int(hours) else float(hours)
