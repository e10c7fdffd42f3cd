"""Where the items of the bank, and files, are used. A constant number of queries, whatever the number of items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .exceptions import ExerciseInACourse, ItemInAnEdition, ItemInAQuiz
from .models import CoursePage, ExercisePage, FileUse, FrozenCourse, Item, QuizItem, QuizPage


@dataclass(slots=True)
class Usage:
    """The codes of the quizzes that name an item, live or in their draft; the keys of the editions that hold it."""

    quizzes: set[str] = field(default_factory=set)
    editions: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.quizzes or self.editions)

    def __str__(self) -> str:
        """In words, such as “2 quizzes, 1 edition”."""
        words = []
        if count := len(self.quizzes):
            words.append(ngettext("%(count)s quiz", "%(count)s quizzes", count) % {"count": count})
        if count := len(self.editions):
            words.append(ngettext("%(count)s edition", "%(count)s editions", count) % {"count": count})
        return ", ".join(words) or _("not used")


def usage_of(items: Iterable[Item]) -> dict[int, Usage]:
    """Each item's usage by its key: three queries, over all quizzes and the frozen courses that hold such items."""
    codes = {item.code: item.pk for item in items}
    found: dict[int, Usage] = {pk: Usage() for pk in codes.values()}
    if not codes:
        return found
    for quiz, pk in _named():
        if pk in found:
            found[pk].quizzes.add(quiz)
    for code, editions in _editions(codes).items():
        found[codes[code]].editions |= editions
    return found


def is_picture_of_a_question(name: str) -> bool:
    """Whether a file of the shelf is the picture of an item, as a draft or a frozen course has it."""
    return FileUse.objects.filter(file=name, is_of_a_question=True).exists()


def require_unused(item: Item, usage: Usage) -> None:
    """Ask whether an item may be deleted.

    Raises:
        ItemInAnEdition: an edition holds it. ItemInAQuiz: a quiz names it.
    """
    if usage.editions:
        raise ItemInAnEdition(code=item.code, usage=usage)
    if usage.quizzes:
        raise ItemInAQuiz(code=item.code, quizzes=", ".join(sorted(usage.quizzes)))


def require_unnamed(exercise: ExercisePage) -> None:
    """Ask whether a practical exercise may be deleted.

    Raises:
        ExerciseInACourse: the draft of a course names it.
    """
    drafts = CoursePage.objects.values_list("code", "latest_revision__content")
    named = {code: [row["exercise"] for row in (content or {}).get("course_exercises", [])] for code, content in drafts}
    if courses := sorted(code for code, keys in named.items() if exercise.pk in keys):
        raise ExerciseInACourse(code=exercise.code, courses=", ".join(courses))


def _named() -> Iterable[tuple[str, int]]:
    """The code of each quiz, and of each course with a pre-assessment, with the key of each of its items."""
    yield from QuizItem.objects.values_list("quiz__code", "item_id")
    for code, content in CoursePage.objects.values_list("code", "latest_revision__content"):
        for row in (content or {}).get("pre_items", []):
            yield code, row["item"]
    for code, content in QuizPage.objects.values_list("code", "latest_revision__content"):
        for row in (content or {}).get("quiz_items", []):
            yield code, row["item"]


def _editions(codes: Iterable[str]) -> dict[str, set[int]]:
    """The keys of the editions that hold the item of each code."""
    wanted = list(codes)
    held = FrozenCourse.objects.filter(revisions__has_any_keys=wanted, editions__isnull=False)
    found: dict[str, set[int]] = defaultdict(set)
    for edition, revisions in held.values_list("editions", "revisions"):
        for code in revisions.keys() & set(wanted):
            found[code].add(edition)
    return found
