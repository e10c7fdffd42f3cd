"""Takes the canonical content out of pages and items, and freezes it.

The canonical form is plain JSON: texts as `{en, es}`, rules, keys; nothing of Wagtail's storage. Its SHA-256 over
sorted keys without spaces is the identity of the content. The shapes are written down in `docs/content.md`.
"""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage

from .checklist import DEFAULTS as DRILL
from .drawing import RowNotFilled, fill_rows
from .exceptions import BankTooSmall, BlueprintTooLong, ContentIncomplete
from .figures.library import frozen_figure
from .item_parts import parts_content
from .models import CoursePage, ExercisePage, FrozenCourse, GlossaryTerm, Item, LessonPage, QuizPage
from .parity import missing_texts
from .quiz_rules import DEFAULTS, beyond_defaults
from .shelf import document_content, keep_captions, picture_content
from .sources import shown

SCHEMA = 1
WITH_OPTIONS = {Item.Kind.SINGLE, Item.Kind.MULTIPLE, Item.Kind.TRUE_FALSE, Item.Kind.ORDERING}
TERM = re.compile(r"\[\[([^\]|]+)(?:\|[^\]]*)?\]\]")
"""A marked term: `[[interlock]]` or `[[interlock|interlocks]]`; the first part is the English name."""


def canonical_bytes(content: Any) -> bytes:
    """The one way content is written down before it is hashed."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sha256_of(content: Any) -> str:
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def freeze_course(page: CoursePage) -> FrozenCourse:
    """The frozen form of the latest draft of a course, its lessons, its quizzes and their items.

    The same content gives the same row. Constant queries whatever the number of lessons and items.

    Raises:
        ContentIncomplete: a text is missing in one language.
        BankTooSmall, BlueprintTooLong: the items of a quiz cannot fill its blueprint.
    """
    content, revisions = course_content(page)
    if missing := missing_texts(content):
        raise ContentIncomplete(count=len(missing), first=missing[0])
    for quiz in content["quizzes"]:
        require_blueprint(quiz)
    return freeze_content(content, revisions)


def freeze_content(content: dict[str, Any], revisions: dict[str, int]) -> FrozenCourse:
    """The frozen course of a canonical content: the one there is, or a new one. The caller has checked the content."""
    digest = sha256_of(content)
    frozen = FrozenCourse.objects.filter(sha256=digest).first()
    return frozen or FrozenCourse.objects.create(
        code=content["code"],
        title_en=content["title"]["en"],
        title_es=content["title"]["es"],
        hours=Decimal(content["hours"]),
        content=content,
        revisions=revisions,
        sha256=digest,
    )


def course_content(page: CoursePage, draft: CoursePage | None = None) -> tuple[dict[str, Any], dict[str, int]]:
    """The canonical content of the latest drafts, and the revision of each learning object that it came from.

    A `draft` that is not saved yet stands in for the course's own latest one.
    """
    draft = draft or page.get_latest_revision_as_object()
    lessons = [
        p.get_latest_revision_as_object()
        for p in LessonPage.objects.child_of(page).select_related("latest_revision").order_by("path")
    ]
    quizzes = [
        p.get_latest_revision_as_object()
        for p in QuizPage.objects.child_of(page).select_related("latest_revision").order_by("path")
    ]
    exercises = _exercises(draft)
    items = Item.objects.select_related("category", "scenario", "image").in_bulk(
        [place.item_id for places in (draft.pre_items, *(q.quiz_items for q in quizzes)) for place in places.all()]
    )
    content = {
        "schema": SCHEMA,
        "code": draft.code,
        "slug": draft.slug,
        "title": _pair(draft, "title"),
        "description": _pair(draft, "description"),
        "hours": str(draft.hours.normalize()),
        "modes": _pair(draft, "mode"),
        "outcomes": draft.outcomes,
        "prerequisites": draft.prerequisites,
        "goals": [
            {
                "instrument": g.goal.instrument.code,
                "number": g.goal.number,
                "primary": g.primary,
                "name": {"en": g.goal.name_en, "es": g.goal.name_es},
            }
            for g in sorted(draft.course_goals.all(), key=lambda g: (not g.primary, g.goal.number))
        ],
        "lessons": [lesson_content(lesson) for lesson in lessons],
        "quizzes": [quiz_content(quiz, items) for quiz in quizzes],
    }
    if before := [item_content(items[place.item_id]) for place in draft.pre_items.all()]:
        content["pre_assessment"] = {"items": before}
    if exercises:
        required = {place.exercise_id for place in draft.course_exercises.all() if place.required}
        content["exercises"] = [
            exercise_content(each) | ({"required": True} if each.pk in required else {}) for each in exercises
        ]
    content["glossary"] = glossary_content(content["lessons"])
    objects: list[Any] = [page, *lessons, *exercises, *quizzes, *items.values()]
    return content, {thing.code: thing.latest_revision_id for thing in objects}


def _exercises(draft: CoursePage) -> list[ExercisePage]:
    """The latest drafts of the practical exercises that a draft of a course names, in its order."""
    keys = [place.exercise_id for place in draft.course_exercises.all()]
    pages = ExercisePage.objects.select_related("latest_revision").in_bulk(keys)
    return [pages[key].get_latest_revision_as_object() for key in keys]


def glossary_content(lessons: list[dict[str, Any]]) -> dict[str, Any]:
    """The agreed terms that the lessons mark, by their English name, so that a frozen course explains itself."""
    marked = {name.strip() for name in TERM.findall(json.dumps(lessons, ensure_ascii=False))}
    return {
        term.en: {
            "term": {"en": term.en, "es": term.es},
            "definition": {"en": term.definition_en, "es": term.definition_es},
        }
        for term in GlossaryTerm.objects.filter(en__in=marked).order_by("en")
    }


def lesson_content(lesson: LessonPage) -> dict[str, Any]:
    """The canonical form of a lesson."""
    return {
        "code": lesson.code,
        "slug": lesson.slug,
        "number": lesson.number,
        "title": _pair(lesson, "title"),
        "minutes": lesson.minutes,
        "outcomes": lesson.outcomes,
        "sources": shown(lesson.sources),
        "blocks": [
            frozen_figure(block) if block["type"] == "figure" else block for block in stream_content(lesson.body)
        ],
    }


def exercise_content(exercise: ExercisePage) -> dict[str, Any]:
    """The canonical form of a practical exercise."""
    return {
        "code": exercise.code,
        "slug": exercise.slug,
        "title": _pair(exercise, "title"),
        "materials": _pair(exercise, "materials"),
        "safety": _pair(exercise, "safety"),
        "minutes": exercise.minutes,
        "pass_percent": exercise.pass_percent,
        "confirmed": exercise.confirmed,
        "steps": stream_content(exercise.steps),
        **{name: getattr(exercise, name) for name, usual in DRILL.items() if getattr(exercise, name) != usual},
    }


def quiz_content(quiz: QuizPage, items: dict[int, Item]) -> dict[str, Any]:
    """The canonical form of a quiz with its items, keys included."""
    return {
        "code": quiz.code,
        "slug": quiz.slug,
        "title": _pair(quiz, "title"),
        "instructions": _pair(quiz, "instructions"),
        "rules": {
            "items_drawn": quiz.items_drawn,
            "items_per_page": quiz.items_per_page,
            "time_limit_minutes": quiz.time_limit_minutes,
            "attempts_allowed": quiz.attempts_allowed,
            "pass_percent": quiz.pass_percent,
            **beyond_defaults({name: getattr(quiz, name) for name in DEFAULTS}),
            **draws_content(quiz),
        },
        "items": [item_content(items[quiz_item.item_id]) for quiz_item in quiz.quiz_items.all()],
    }


def draws_content(quiz: QuizPage) -> dict[str, Any]:
    """The blueprint of a quiz as `{draws: [...]}`; nothing when it has none."""
    rows = [
        {
            "outcome": row.outcome,
            "difficulty": row.difficulty,
            "category": row.category.code if row.category else "",
            "count": row.count,
        }
        for row in quiz.quiz_draws.all()
    ]
    draws = [{name: value for name, value in row.items() if value} for row in rows]
    return {"draws": draws} if draws else {}


def require_blueprint(quiz: dict[str, Any]) -> None:
    """Ask whether the items of a quiz can fill its blueprint.

    Raises:
        BlueprintTooLong: the rows ask for more items than are drawn. BankTooSmall: which row lacks items.
    """
    rows = quiz["rules"].get("draws", [])
    asked = sum(row["count"] for row in rows)
    if asked > quiz["rules"]["items_drawn"]:
        raise BlueprintTooLong(quiz=quiz["code"], asked=asked, drawn=quiz["rules"]["items_drawn"])
    try:
        fill_rows(quiz["items"], rows)
    except RowNotFilled as short:
        row = rows[short.row - 1]
        raise BankTooSmall(quiz=quiz["code"], row=short.row, wanted=row["count"], found=short.found) from None


def item_content(item: Item) -> dict[str, Any]:
    """The canonical form of an item, its key included. What an item of its kind does not have is left out."""
    content: dict[str, Any] = {
        "code": item.code,
        "kind": item.kind,
        "level": item.level,
        "lessons": item.lesson_codes,
        "stem": _pair(item, "stem"),
        "rationale": _pair(item, "rationale"),
    }
    if item.kind == Item.Kind.NUMERIC:
        content["number"] = {"answer": str(item.number_answer), "tolerance": str(item.number_tolerance)}
    elif item.kind in WITH_OPTIONS:
        content["options"] = [
            {key: value for key, value in option.items() if key != "type"} for option in stream_content(item.options)
        ]
    elif item.kind == Item.Kind.HOTSPOT:
        picture = picture_content(item.image) if item.image else {}
        words = {"shows_text": True, "text": _pair(item, "picture_text")} if item.shows_text else {}
        content["image"] = {**picture, "alt": _pair(item, "alt"), **words}
    return content | parts_content(item)


def stream_content(stream: StreamValue) -> list[dict[str, Any]]:
    """The blocks of a stream as plain dictionaries, each with its `type`; empty parts are left out.

    Files, and captions as files, are put on the shelf.
    """
    blocks = [{"type": child.block_type, **_plain(child.value)} for child in stream]
    for block in blocks:
        for text in block.get("captions", {}).values():
            keep_captions(text)
    return blocks


def _plain(value: Any) -> Any:
    if isinstance(value, AbstractImage):
        return picture_content(value)
    if isinstance(value, AbstractDocument):
        return document_content(value)
    if isinstance(value, GlossaryTerm):
        return {"name": {"en": value.en, "es": value.es}, "definition": _pair(value, "definition")}
    if isinstance(value, StructValue):
        parts = {key: _plain(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in (None, "", [], {})}
    if isinstance(value, (ListValue, list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, StreamValue):
        return stream_content(value)
    return plain_text(value) if isinstance(value, str) else value


def _pair(thing: Any, field: str) -> dict[str, str]:
    return {language: plain_text(getattr(thing, f"{field}_{language}")) for language in ("en", "es")}


def plain_text(text: str) -> str:
    """A browser sends other line ends than a file has; neither is another text."""
    return text.replace("\r\n", "\n")
