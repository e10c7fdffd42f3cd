"""What is read across pages, items and their pairs of texts. Every function costs a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from people import clock
from people.bilingual import other, pick
from people.models import User

from .models import (
    CoursePage,
    ExercisePage,
    Item,
    LessonPage,
    LessonSource,
    PairConfirmation,
    QuizPage,
    SourceReview,
    TextPair,
)
from .places import label_of

KINDS = ("course", "lesson", "exercise", "quiz", "item")
TEXTS = ("en", "es", "confirmed_en", "confirmed_es", "reason")


@dataclass(slots=True)
class LearningObject:
    """A course, a lesson, a quiz or an item with the pairs of its latest draft."""

    kind: str
    thing: Any
    course: CoursePage
    owner: User | None
    address: str
    pairs: list[TextPair] = field(default_factory=list)

    @property
    def code(self) -> str:
        return str(self.thing.code)

    @property
    def title(self) -> str:
        return pick(self.thing, "stem" if self.kind == "item" else "title")

    @property
    def open_pairs(self) -> list[TextPair]:
        return [pair for pair in self.pairs if pair.is_open]


@dataclass(frozen=True, slots=True)
class OpenPair:
    """A text that keeps an edition from being proposed: `language` is the one in which something is to be done."""

    object_code: str
    kind: str
    label: str
    language: str
    state: str
    since: dt.datetime
    by: str
    address: str


def open_pairs(pages: Iterable[CoursePage]) -> list[OpenPair]:
    """Missing and stale texts of all that the courses hold. Six queries."""
    return [
        OpenPair(
            object_code=thing.code,
            kind=thing.kind,
            label=label_of(pair),
            language=pair.language,
            state=pair.state,
            since=pair.since,
            by=pair.since_by.full_name if pair.since_by else "",
            address=address_of_pair(thing.address, pair),
        )
        for thing in learning_objects(pages)
        for pair in thing.open_pairs
    ]


def learning_objects(pages: Iterable[CoursePage]) -> list[LearningObject]:
    """All that the courses hold, in their order, with its pairs; items and exercises stand once. Six queries."""
    courses = list(pages)
    if not courses:
        return []
    below = reduce(or_, (Q(path__startswith=course.path) for course in courses))
    lessons = LessonPage.objects.filter(below).select_related("owner", "latest_revision__user")
    quizzes = QuizPage.objects.filter(below).select_related("owner", "latest_revision__user")
    children = [*lessons.defer("body", "latest_revision__content").order_by("path"), *quizzes.order_by("path")]
    named = {quiz.pk: _keys(quiz, "quiz_items", "item") for quiz in children if isinstance(quiz, QuizPage)}
    named |= {course.pk: _keys(course, "pre_items", "item") for course in courses}
    items = Item.objects.select_related("latest_revision__user").defer("options", "latest_revision__content")
    known = items.in_bulk({key for keys in named.values() for key in keys})
    drills = {course.pk: _keys(course, "course_exercises", "exercise") for course in courses}
    exercises = ExercisePage.objects.select_related("owner", "latest_revision__user").defer("steps")
    waiting = exercises.in_bulk({key for keys in drills.values() for key in keys})
    found: list[LearningObject] = []
    for course in courses:
        found.append(_page("course", course, course))
        found += [_item(known.pop(key), course) for key in named[course.pk] if key in known]
        found += [_page("exercise", waiting.pop(key), course) for key in drills[course.pk] if key in waiting]
        for child in (child for child in children if child.path.startswith(course.path)):
            found.append(_page("lesson" if isinstance(child, LessonPage) else "quiz", child, course))
            found += [_item(known.pop(key), course) for key in named.get(child.pk, ()) if key in known]
    _give_pairs(found)
    return found


def pairs_to_render(pages: Iterable[CoursePage], source: str) -> list[tuple[LearningObject, TextPair]]:
    """Open pairs, with their texts, that lack the other language and have a text in the `source` language."""
    target = other(source)
    waiting = [
        (thing, pair) for thing in learning_objects(pages) for pair in thing.open_pairs if pair.language == target
    ]
    whole = TextPair.objects.in_bulk([pair.pk for _, pair in waiting])
    return [(thing, whole[pair.pk]) for thing, pair in waiting if getattr(whole[pair.pk], source)]


def parity_of(thing: Any) -> list[TextPair]:
    """The pairs of one page or item, in reading order. One query."""
    owner = "item" if isinstance(thing, Item) else "page"
    pairs = TextPair.objects.filter(**{f"{owner}_id": thing.pk}) if thing.pk else TextPair.objects.none()
    return list(pairs.select_related("since_by", "confirmed_by"))


def confirmations_of(thing: Any) -> dict[str, list[PairConfirmation]]:
    """Every confirmation of a page's or an item's pairs by the place of the pair, the latest first. One query."""
    found: dict[str, list[PairConfirmation]] = defaultdict(list)
    for deed in PairConfirmation.objects.filter(object_code=thing.code).select_related("confirmed_by"):
        found[deed.place].append(deed)
    return found


def address_of_pair(editor: str, pair: TextPair) -> str:
    """Where the text is edited: the editor's address with the passage."""
    return f"{editor}#pair-{pair.path}"


def editor_of(pair: TextPair) -> str:
    """The address of the editor that holds the pair."""
    if pair.item_id:
        return reverse("wagtailsnippets_courses_item:edit", args=[pair.item_id])
    return reverse("wagtailadmin_pages:edit", args=[pair.page_id])


def address_in_editor(source: LessonSource) -> str:
    """Where a source is edited: the editor of its lesson with the row."""
    return f"{reverse('wagtailadmin_pages:edit', args=[source.page_id])}#source-row-{source.tag}"


def overdue_sources(lesson_codes: Iterable[str]) -> list[LessonSource]:
    """Sources of these lessons that were to be looked at again before today, the longest overdue first. One query."""
    overdue = LessonSource.objects.overdue().filter(page__code__in=list(lesson_codes))
    lessons = overdue.select_related("page").defer("page__body", "page__sources")
    return list(lessons.order_by("due_on", "page__path", "position"))


def reviews_of(source: LessonSource) -> QuerySet[SourceReview]:
    """Who looked at this citation in this lesson, when, and what was found, the latest first."""
    own = SourceReview.objects.filter(lesson_code=source.page.code, tag=source.tag, reference=source.reference)
    return own.select_related("reviewed_by")


def address_of_thing(thing: Any) -> str:
    """The address of the editor of a page or an item."""
    name = "wagtailsnippets_courses_item:edit" if isinstance(thing, Item) else "wagtailadmin_pages:edit"
    return reverse(name, args=[thing.pk])


def days_open(pair: TextPair) -> int:
    """Whole days since a text became missing or stale."""
    return (clock.now() - pair.since).days


def _give_pairs(found: list[LearningObject]) -> None:
    items = [thing.thing.pk for thing in found if thing.kind == "item"]
    pages = [thing.thing.pk for thing in found if thing.kind != "item"]
    pairs: dict[tuple[bool, int | None], list[TextPair]] = defaultdict(list)
    rows = TextPair.objects.filter(Q(page__in=pages) | Q(item__in=items)).select_related("since_by")
    for pair in rows.defer(*TEXTS).order_by("position"):
        pairs[pair.item_id is not None, pair.item_id or pair.page_id].append(pair)
    for thing in found:
        thing.pairs = pairs[thing.kind == "item", thing.thing.pk]


def _keys(page: Any, rows: str, field: str) -> list[int]:
    """What the latest draft of a page names in its rows."""
    content = page.latest_revision.content if page.latest_revision else {}
    return [row[field] for row in content.get(rows, [])]


def _page(kind: str, page: Any, course: CoursePage) -> LearningObject:
    owner = page.owner or (page.latest_revision.user if page.latest_revision else None)
    return LearningObject(kind, page, course, owner, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _item(item: Item, course: CoursePage) -> LearningObject:
    owner = item.latest_revision.user if item.latest_revision else None
    return LearningObject("item", item, course, owner, reverse("wagtailsnippets_courses_item:edit", args=[item.pk]))
