"""Searching inside courses, in both languages: accents and capitals do not matter, nor do plural and gender.

What is searched is the frozen content that the reader may read: the editions of the own enrollments; with the right to
read curricula also what is published. PostgreSQL finds stems by its English and Spanish dictionaries over an index;
SQLite looks for the beginnings of words that `terminology` counts as stems.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q, QuerySet

from people.access import may
from people.bilingual import choose
from people.models import User
from people.roles import Right

from .access import records_of
from .content import content_of
from .models import CoursePage, FrozenCourse, LessonWords
from .rendering import render_lesson
from .scoring import folded
from .terminology import stems_of

LANGUAGES = ("en", "es")
DICTIONARIES = {"en": "english", "es": "spanish"}
MOST_WORDS, MOST_FOUND, EXCERPT = 8, 30, 220
WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^>]+>")
SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Found:
    """A lesson in which the words stand: an excerpt in the language in which they were found, cut at found words."""

    course: dict[str, Any]
    lesson: dict[str, Any]
    language: str
    pieces: list[tuple[str, bool]]  # text, whether it was sought


def search_lessons(user: User | AnonymousUser, words: str, language: str) -> list[Found]:
    """The lessons that hold all the words, those in the reader's language first. Six queries, whatever is there.

    The first search after an edition is published makes the words of its courses ready, three queries for each.
    """
    sought = WORD.findall(folded(words))[:MOST_WORDS]
    courses = courses_readable_by(user)
    if not sought or not courses:
        return []
    _make_ready(courses)
    hashes = {course.pk: course.sha256 for course in courses}
    found: dict[tuple[int, str], Found] = {}
    for each in (language, *(other for other in LANGUAGES if other != language)):
        rows = LessonWords.objects.filter(course__in=hashes, language=each)
        for row in _matching(rows, sought, each)[:MOST_FOUND]:
            content = content_of(hashes[row.course_id])
            lesson = next(one for one in content.data["lessons"] if one["code"] == row.lesson_code)
            excerpt = _excerpt(row.text, sought)
            found.setdefault((row.course_id, row.lesson_code), Found(content.data, lesson, each, excerpt))
    return list(found.values())[:MOST_FOUND]


def courses_readable_by(user: User | AnonymousUser) -> list[FrozenCourse]:
    """The frozen courses whose lessons a person may read now, one a course, without their content. Two queries."""
    own = {record.course.code: record.course for record in records_of(user)}
    if may(user, Right.READ_CURRICULA):
        live = CoursePage.objects.live().filter(published__isnull=False).exclude(code__in=own)
        published = FrozenCourse.objects.filter(pk__in=live.values("published")).defer("content")
        own |= {course.code: course for course in published}
    return sorted(own.values(), key=lambda course: course.code)


NO_WORDS = {
    "type",
    "id",
    "level",
    "tone",
    "start",
    "to",
    "key",
    "letter",
    "brief",
    "sources",
    "svg",
    "language",
    "file",
    "url",
}
FILES = {"image", "poster", "medium", "document", "tracks", "drawing"}
"""Parts of a block that hold no words, and those that say where its files are."""


def plain_words(lesson: dict[str, Any], glossary: dict[str, Any], language: str) -> str:
    """The text of a canonical lesson in a language, a line a passage, without marks."""
    text = render_lesson(lesson, glossary, language, address=str)
    lines = [choose(lesson["title"], language), *_texts(text.blocks)]
    return "\n".join(line for line in (html.unescape(TAG.sub(" ", each)).strip() for each in lines) if line)


def _texts(value: Any, key: str = "") -> Iterable[str]:
    if isinstance(value, str):
        if key not in NO_WORDS:
            yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in FILES:
                yield from _texts(part, name)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part, key)


def _make_ready(courses: list[FrozenCourse]) -> None:
    ready = set(LessonWords.objects.filter(course__in=courses).values_list("course_id", flat=True).distinct())
    for course in courses:
        if course.pk in ready:
            continue
        content = content_of(course.sha256)
        rows = []
        for lesson in content.data["lessons"]:
            for language in LANGUAGES:
                text = plain_words(lesson, content.data["glossary"], language)
                words = " " + " ".join(WORD.findall(folded(text)))
                rows.append(
                    LessonWords(course=course, lesson_code=lesson["code"], language=language, text=text, words=words)
                )
        LessonWords.objects.bulk_create(rows, ignore_conflicts=True)


def _matching(rows: QuerySet[LessonWords], sought: list[str], language: str) -> list[LessonWords]:
    """The rows that hold all the words, the best first."""
    if connection.vendor == "postgresql":
        from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector

        dictionary = DICTIONARIES[language]
        vector = SearchVector("words", config=dictionary)
        query = SearchQuery(" ".join(sought), config=dictionary)
        stems = rows.extra(  # noqa: S610 (the index stands over exactly this expression)
            where=[f"to_tsvector('{dictionary}', words) @@ plainto_tsquery('{dictionary}', %s)"],
            params=[" ".join(sought)],
        )
        return list(stems.annotate(rank=SearchRank(vector, query)).order_by("-rank", "lesson_code")[:MOST_FOUND])
    condition = Q()
    stems_sought = stems_of(" ".join(sought))
    for stem in stems_sought:
        condition &= Q(words__contains=f" {stem}")
    found = list(rows.filter(condition)) if stems_sought else []
    return sorted(found, key=lambda row: -sum(row.words.count(f" {stem}") for stem in stems_sought))


def _excerpt(text: str, sought: list[str]) -> list[tuple[str, bool]]:
    """The passage with the most of the words, cut into pieces that were sought and others."""
    stems = set(stems_of(" ".join(sought))) or set(sought)

    def is_sought(word: str) -> bool:
        return bool(set(stems_of(word)) & stems)

    passages = [passage for passage in SENTENCE.split(text) if passage.strip()]
    best = max(passages, key=lambda passage: len(stems.intersection(stems_of(passage))), default="")
    first = next((match.start() for match in WORD.finditer(best) if is_sought(match[0])), 0)
    start = max(0, first - EXCERPT // 2)
    shown = ("… " if start else "") + best[start : start + EXCERPT] + ("…" if len(best) > start + EXCERPT else "")
    pieces, end = list[tuple[str, bool]](), 0
    for match in WORD.finditer(shown):
        if is_sought(match[0]):
            pieces += [(shown[end : match.start()], False), (match[0], True)]
            end = match.end()
    return [piece for piece in [*pieces, (shown[end:], False)] if piece[0]]
