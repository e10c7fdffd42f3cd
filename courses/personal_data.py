"""What courses hold about a person: records, lessons, attempts and each answer.

A key leaves the server with the result, never before: whether an answer was right is told only of attempts that were
handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from people.bilingual import choose
from people.erasing import Erasure, erases
from people.held_data import Field, Row, held, is_about_a_person
from people.models import User

from . import assessment_data, authors_data, pre_assessment_data, qualification_data  # noqa: F401 (register their sections)
from .access import key_opens_on
from .content import content_of
from .models import Accommodation, Attempt, CourseRecord, LessonNote, LessonProgress, Response
from .scoring import PARTS, key_of, parts_of

LANGUAGES = dict(User.Language.choices)

is_about_a_person("courses.CourseRecord", "person")
is_about_a_person("courses.Attempt", "record__person")


@held(
    "course_records",
    title=_("Course records"),
    about=_("How far you came in each course. Your certificate, your cohort’s board and the reports are made from it."),
    place=200,
    fields=(
        Field("record", _("Number of the record")),
        Field("course", _("Course")),
        Field("content_sha256", _("Content that you followed (SHA-256)")),
        Field("objects_total", _("Learning objects")),
        Field("objects_done", _("Learning objects completed")),
        Field("score_percent", _("Best score")),
        Field("language", _("Language last used"), lambda: LANGUAGES),
        Field("last_object", _("Last learning object")),
        Field("created_at", _("Created")),
        Field("opened_at", _("Opened")),
        Field("last_activity_at", _("Last activity")),
        Field("completed_at", _("Completed")),
    ),
    covers=["courses.CourseRecord.person"],
)
def course_records(person: User) -> Iterable[Row]:
    """One row a course followed."""
    return (
        CourseRecord.objects.filter(person=person)
        .order_by("pk")
        .values_list(
            "pk", "course__code", "course__sha256", "objects_total", "objects_done", "score_percent", "language",
            "last_object_code", "created_at", "opened_at", "last_activity_at", "completed_at",
        )
    )  # fmt: skip


@held(
    "lesson_progress",
    title=_("Lessons"),
    about=_("When you opened and completed each lesson, and in which language you last read it."),
    place=210,
    fields=(
        Field("record", _("Number of the record")),
        Field("lesson", _("Lesson")),
        Field("language", _("Language"), lambda: LANGUAGES),
        Field("opened_at", _("Opened")),
        Field("completed_at", _("Completed")),
        Field("place", _("Heading last read")),
    ),
)
def lesson_progress(person: User) -> Iterable[Row]:
    """One row a lesson opened."""
    columns = ("record", "lesson_code", "language", "opened_at", "completed_at", "place")
    return LessonProgress.objects.filter(record__person=person).order_by("opened_at", "pk").values_list(*columns)


@held(
    "attempts",
    title=_("Attempts"),
    about=_("Each time that you took an assessment."),
    place=220,
    fields=(
        Field("attempt", _("Number of the attempt")),
        Field("record", _("Number of the record")),
        Field("quiz", _("Assessment")),
        Field("number", _("Which attempt")),
        Field("state", _("State"), lambda: dict(Attempt.State.choices)),
        Field("started_at", _("Started")),
        Field("deadline_at", _("Deadline")),
        Field("submitted_at", _("Handed in")),
        Field("language", _("Language at the start"), lambda: LANGUAGES),
        Field("score_percent", _("Score")),
        Field("passed", _("Passed")),
        Field("extra_minutes", _("Minutes added to the time limit")),
        Field("breaks", _("Breaks taken")),
    ),
)
def attempts(person: User) -> Iterable[Row]:
    """One row a sitting."""
    return (
        Attempt.objects.filter(record__person=person)
        .annotate(breaks_taken=Count("breaks"))
        .order_by("started_at", "pk")
        .values_list(
            "pk", "record", "quiz_code", "number", "state", "started_at", "deadline_at", "submitted_at", "language",
            "score_percent", "passed", "extra_minutes", "breaks_taken",
        )
    )  # fmt: skip


@held(
    "accommodation",
    title=_("Accommodation"),
    about=_("More time and breaks that were granted to you. Why is not kept. Only whoever may grant it sees it."),
    place=225,
    fields=(
        Field("extra_time_percent", _("More time, in percent of the time limit")),
        Field("breaks_allowed", _("Breaks in an attempt")),
        Field("break_minutes", _("Longest break, in minutes")),
        Field("until_on", _("Holds until")),
        Field("granted_at", _("Granted")),
    ),
    covers=["courses.Accommodation.person"],
)
def accommodation(person: User) -> Iterable[Row]:
    """One row at most."""
    columns = ("extra_time_percent", "breaks_allowed", "break_minutes", "until_on", "granted_at")
    return Accommodation.objects.filter(person=person).values_list(*columns)


@held(
    "notes",
    title=_("Bookmarks and notes"),
    about=_("Lessons that you marked, and what you wrote for yourself beside them. Nobody else sees it."),
    place=212,
    fields=(
        Field("course", _("Course")),
        Field("lesson", _("Lesson")),
        Field("is_bookmarked", _("Bookmarked")),
        Field("text", _("Note")),
        Field("changed_at", _("Changed")),
    ),
    covers=["courses.LessonNote.person"],
)
def notes(person: User) -> Iterable[Row]:
    """One row a lesson."""
    found = LessonNote.objects.filter(person=person).order_by("course_code", "lesson_code")
    return found.values_list("course_code", "lesson_code", "is_bookmarked", "text", "changed_at")


@held(
    "responses",
    title=_("Answers"),
    about=_(
        "Each answer, in the language in which you gave it. Marks and right answers are shown once the assessment "
        "explains its questions."
    ),
    place=230,
    fields=(
        Field("attempt", _("Number of the attempt")),
        Field("item", _("Question")),
        Field("question", _("Text of the question")),
        Field("answer", _("Your answer")),
        Field("language", _("Language"), lambda: LANGUAGES),
        Field("answered_at", _("Answered")),
        Field("mark", _("Mark, from 0 to 1")),
        Field("right_answer", _("Right answer")),
    ),
)
def responses(person: User) -> Iterable[Row]:
    """One row an answer, with the frozen text of its question."""
    found = Response.objects.filter(attempt__record__person=person).select_related("attempt")
    for response in found.order_by("attempt__started_at", "attempt", "answered_at", "pk"):
        item = content_of(response.attempt.content_sha256).items.get(response.item_code, {})
        is_over = response.attempt.state == Attempt.State.SUBMITTED and key_opens_on(response.attempt) is None
        language = response.language
        right = key_of(item) if item and is_over else []
        yield (
            response.attempt_id, response.item_code, choose(item.get("stem", {}), language),
            shown_answer(item, response.answer, language), language, response.answered_at,
            response.mark if is_over else None, shown_answer(item, right, language) if is_over else None,
        )  # fmt: skip


def shown_answer(item: Mapping[str, Any], answer: Sequence[str], language: str) -> list[str]:
    """The words of what was chosen, part by part; what was written and numbers as they are."""
    if item.get("kind") in PARTS:
        return [_shown_part(item, name, value, language) for name, value in parts_of(answer).items()]
    words = {option["letter"]: choose(option, language) for option in item.get("options", [])}
    return [words.get(each, each) for each in answer]


def _shown_part(item: Mapping[str, Any], name: str, value: str, language: str) -> str:
    if item["kind"] == "gap":
        choices = next(gap.get("choices", []) for gap in item["gaps"] if str(gap["number"]) == name)
        words = {choice["letter"]: choose(choice, language) for choice in choices}
        return f"{name}: {words.get(value, value)}"
    if item["kind"] == "ordering":
        words = {option["letter"]: choose(option, language) for option in item["options"]}
        return f"{value}: {words[name]}"
    lefts = {pair["letter"]: choose(pair["left"], language) for pair in item["pairs"]}
    rights = {pair["letter"]: choose(pair["right"], language) for pair in item["pairs"]}
    rights |= {row["letter"]: choose(row, language) for row in item.get("distractors", [])}
    return f"{lefts[name]} – {rights[value]}"


@erases(
    "courses",
    says=_(
        "Course records, lessons, attempts and answers stay as anonymous statistics, because the figures of past "
        "reports are counted from them. Words that the person wrote into a gap of a question are removed; so are "
        "bookmarks, notes and an accommodation."
    ),
    place=300,
)
def keep_statistics(erasure: Erasure) -> None:
    """Answers are letters of options, numbers, places; the words written into gaps go, their marks stay.

    Why a text of a course still stands is a word about the course.
    """
    erasure.remove("courses.LessonNote", LessonNote.objects.filter(person=erasure.person))
    erasure.remove("courses.Accommodation", Accommodation.objects.filter(person=erasure.person))
    kept = Response.objects.filter(attempt__record__person=erasure.person).select_related("attempt")
    written = []
    for response in kept.iterator():
        item = content_of(response.attempt.content_sha256).items.get(response.item_code, {})
        free = {str(gap["number"]) for gap in item.get("gaps", []) if not gap.get("choices")}
        if free & parts_of(response.answer).keys():
            response.answer = [part for part in response.answer if part.partition("=")[0] not in free]
            written.append(response)
    Response.objects.bulk_update(written, ["answer"], batch_size=500)
    erasure.done["courses.CourseRecord kept"] += CourseRecord.objects.filter(person=erasure.person).count()
