"""Attempts at a quiz: started, answered, handed in. The clock is the server's; the key stays there until the end."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from people import clock
from people.bilingual import choose
from people.models import User

from ..content import content_of
from ..drawing import draw_items
from ..exceptions import AnswerNotReadable, AttemptClosed, LessonsMissing, NoAttemptsLeft, TimeIsOver
from ..models import Attempt, CourseRecord, LessonProgress, Response
from ..scoring import Result, UnreadableAnswer, read_answer, score
from .records import recount

GRACE = dt.timedelta(seconds=15)
"""How long after the deadline an answer that was on its way is still taken."""


@transaction.atomic
def start_attempt(
    *, record: CourseRecord, quiz_code: str, language: str, by: User, draw: random.Random | None = None
) -> Attempt:
    """The open attempt at a quiz, or a new one with its items, their order and the order of options drawn for good.

    Holds the record's row: two tabs get the same attempt, and nobody starts more attempts than allowed.

    Raises:
        LessonsMissing: lessons of the course are not completed.
        NoAttemptsLeft: all attempts are used.
    """
    record = (
        CourseRecord.objects.select_for_update(of=("self",))
        .select_related("course")
        .defer("course__content")
        .get(pk=record.pk)
    )
    attempts = list(Attempt.objects.filter(record=record, quiz_code=quiz_code).order_by("number"))
    if attempts and attempts[-1].state == Attempt.State.OPEN:
        return attempts[-1]
    content = content_of(record.course.sha256)
    quiz = content.quizzes_by_code[quiz_code]
    _require_lessons(record, content.data["lessons"])
    allowed = quiz["rules"]["attempts_allowed"]
    if len(attempts) >= allowed:
        raise NoAttemptsLeft(allowed=allowed)
    now = clock.now()
    minutes = quiz["rules"]["time_limit_minutes"]
    attempt = Attempt.objects.create(
        record=record,
        quiz_code=quiz_code,
        content_sha256=record.course.sha256,
        number=len(attempts) + 1,
        layout=draw_layout(quiz, draw or random.SystemRandom()),
        started_at=now,
        deadline_at=now + dt.timedelta(minutes=minutes) if minutes else None,
        language=language,
    )
    CourseRecord.objects.filter(pk=record.pk).update(
        opened_at=record.opened_at or now, last_activity_at=now, language=language, last_object_code=quiz_code
    )
    return attempt


@transaction.atomic
def save_answers(*, attempt: Attempt, given: Mapping[str, Sequence[str]], language: str, by: User) -> list[str]:
    """Keep answers, each under its item's code; the last one given counts. Returns the codes that were kept.

    All or nothing; the same answers again change nothing. When this returns, they are on disk. Holds the attempt's row.

    Raises:
        AttemptClosed: it was handed in.
        TimeIsOver: the deadline has passed.
        AnswerNotReadable: which question, and what it held.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    now = clock.now()
    if attempt.state != Attempt.State.OPEN:
        raise AttemptClosed
    if attempt.deadline_at and now > attempt.deadline_at + GRACE:
        raise TimeIsOver(deadline=f"{attempt.deadline_at:%H:%M}")
    items = content_of(attempt.content_sha256).items
    responses = []
    for position, place in enumerate(attempt.layout, start=1):
        code = place["item"]
        if code in given:
            try:
                answer = read_answer(items[code], given[code])
            except UnreadableAnswer as error:
                raise AnswerNotReadable(position=position, value=str(error)) from None
            responses.append(
                Response(attempt=attempt, item_code=code, answer=answer, language=language, answered_at=now)
            )
    Response.objects.bulk_create(
        responses,
        update_conflicts=True,
        unique_fields=["attempt", "item_code"],
        update_fields=["answer", "language", "answered_at"],
    )
    return [response.item_code for response in responses]


@transaction.atomic
def submit_attempt(*, attempt: Attempt, language: str, by: User | None) -> Attempt:
    """Hand an attempt in and mark it. A second time gives the same result.

    Holds the record's row, then the attempt's.
    """
    record = (
        CourseRecord.objects.select_for_update(of=("self",))
        .select_related("course")
        .defer("course__content")
        .get(pk=attempt.record_id)
    )
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.state == Attempt.State.SUBMITTED:
        return attempt
    content = content_of(attempt.content_sha256)
    result = score(
        [content.items[place["item"]] for place in attempt.layout],
        dict(Response.objects.filter(attempt=attempt).values_list("item_code", "answer")),
        content.quizzes_by_code[attempt.quiz_code]["rules"]["pass_percent"],
    )
    now = clock.now()
    _keep_result(attempt, result, now)
    record.score_percent = max(record.score_percent or result.score_percent, result.score_percent)
    record.language, record.last_object_code = language, attempt.quiz_code
    recount(record, now)
    return attempt


def draw_layout(quiz: Mapping[str, Any], draw: random.Random) -> list[dict[str, Any]]:
    """Which items, in which order, with their options in which order."""
    layout = []
    for item in draw_items(quiz, draw):
        letters = [option["letter"] for option in item.get("options", [])]
        if item["kind"] == "matching":
            letters = [part["letter"] for part in [*item["pairs"], *item.get("distractors", [])]]
        if item["kind"] != "true_false":
            draw.shuffle(letters)
        layout.append({"item": item["code"], "options": letters, **_parts_layout(item, draw)})
    return layout


def _parts_layout(item: Mapping[str, Any], draw: random.Random) -> dict[str, Any]:
    """The order of left sides, and of the choices of each gap."""
    if item["kind"] == "matching":
        lefts = [pair["letter"] for pair in item["pairs"]]
        draw.shuffle(lefts)
        return {"lefts": lefts}
    if item["kind"] == "gap":
        choices = {str(gap["number"]): [choice["letter"] for choice in gap.get("choices", [])] for gap in item["gaps"]}
        for letters in choices.values():
            draw.shuffle(letters)
        return {"gaps": choices}
    return {}


def _require_lessons(record: CourseRecord, lessons: Sequence[Mapping[str, Any]]) -> None:
    done = set(
        LessonProgress.objects.filter(record=record, completed_at__isnull=False).values_list("lesson_code", flat=True)
    )
    missing = [choose(lesson["title"]) for lesson in lessons if lesson["code"] not in done]
    if missing:
        raise LessonsMissing(lessons=get_text_list(missing, _("and")))


def _keep_result(attempt: Attempt, result: Result, now: dt.datetime) -> None:
    for mark in set(result.marks.values()):
        codes = [code for code, given in result.marks.items() if given == mark]
        Response.objects.filter(attempt=attempt, item_code__in=codes).update(mark=mark)
    attempt.state, attempt.submitted_at = Attempt.State.SUBMITTED, now
    attempt.score_percent, attempt.passed = result.score_percent, result.passed
    attempt.save(update_fields=["state", "submitted_at", "score_percent", "passed"])
