"""Attempts at a quiz: started, answered, handed in. The clock is the server's; the key stays there until the end."""

from __future__ import annotations

import datetime as dt
import random
import uuid
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
from ..exceptions import AnswerNotReadable, AttemptClosed, LessonsMissing, NoAttemptsLeft, NotYet, TimeIsOver
from ..models import Attempt, CourseRecord, LessonProgress, Response, SavedAnswers
from ..quiz_rules import extra_minutes, is_over, opens_again_at, rules_of
from ..scoring import Result, UnreadableAnswer, read_answer, score
from .accommodations import accommodation_of
from .breaks import go_on
from .records import recount


@transaction.atomic
def start_attempt(
    *, record: CourseRecord, quiz_code: str, language: str, by: User, draw: random.Random | None = None
) -> Attempt:
    """The open attempt at a quiz, or a new one with its items, their order and the order of options drawn for good.

    Holds the record's row: two tabs get the same attempt, and nobody starts more attempts than allowed.

    Raises:
        LessonsMissing: lessons of the course are not completed.
        NoAttemptsLeft: all attempts are used.
        NotYet: the waiting time after the last one has not passed.
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
    rules, now = rules_of(quiz), clock.now()
    if len(attempts) >= rules["attempts_allowed"]:
        raise NoAttemptsLeft(allowed=rules["attempts_allowed"])
    opens_at = opens_again_at(rules, attempts[-1].submitted_at) if attempts else None
    if opens_at and now < opens_at:
        raise NotYet(date=f"{opens_at:%Y-%m-%d}", time=f"{opens_at:%H:%M}")
    granted = accommodation_of(record.person_id)
    more = extra_minutes(rules["time_limit_minutes"], granted.extra_time_percent)
    minutes = (rules["time_limit_minutes"] or 0) + more
    attempt = Attempt.objects.create(
        record=record,
        quiz_code=quiz_code,
        content_sha256=record.course.sha256,
        number=len(attempts) + 1,
        layout=draw_layout(quiz, draw or random.SystemRandom()),
        started_at=now,
        deadline_at=now + dt.timedelta(minutes=minutes) if minutes else None,
        language=language,
        extra_minutes=more,
        breaks_allowed=granted.breaks_allowed,
        break_minutes=granted.break_minutes,
    )
    CourseRecord.objects.filter(pk=record.pk).update(
        opened_at=record.opened_at or now, last_activity_at=now, language=language, last_object_code=quiz_code
    )
    return attempt


@transaction.atomic
def save_answers(
    *,
    attempt: Attempt,
    given: Mapping[str, Sequence[str]],
    language: str,
    by: User,
    flags: Mapping[str, bool] | None = None,
    key: uuid.UUID | None = None,
    given_at: dt.datetime | None = None,
) -> list[str]:
    """Keep answers, each under its item's code, and flags. Returns the codes whose answers are safe.

    All or nothing; when this returns, they are on disk. What was given last counts: an answer that a lost link brings
    late, `given_at` a time in the past (None: now), does not push a later one away. A saving with a `key` counts once,
    however often it is sent.
    Where each question is explained at once, the first answer stays. Whoever answers within a break has ended it.
    Holds the attempt's row.

    Raises:
        AttemptClosed: it was handed in.
        TimeIsOver: the deadline has passed.
        AnswerNotReadable: which question, and what it held.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if key and (known := SavedAnswers.objects.filter(attempt=attempt, key=key).first()):
        return list(known.item_codes)
    now = clock.now()
    if attempt.state != Attempt.State.OPEN:
        raise AttemptClosed
    if attempt.breaks_allowed:
        go_on(attempt, now)
    if attempt.deadline_at and is_over(attempt.deadline_at, now):
        raise TimeIsOver(deadline=f"{attempt.deadline_at:%H:%M}")
    content = content_of(attempt.content_sha256)
    read = _read_answers(attempt, content.items, given)
    given_at = max(attempt.started_at, min(given_at or now, now))
    is_final = rules_of(content.quizzes_by_code[attempt.quiz_code])["feedback"] == "immediately"
    kept = set()
    if key or is_final:
        before = Response.objects.filter(attempt=attempt, item_code__in=read)
        kept = {one.item_code for one in before if one.answered_at > given_at or (is_final and one.answer)}
    Response.objects.bulk_create(
        [
            Response(attempt=attempt, item_code=code, answer=answer, language=language, answered_at=given_at)
            for code, answer in read.items()
            if code not in kept
        ],
        update_conflicts=True,
        unique_fields=["attempt", "item_code"],
        update_fields=["answer", "language", "answered_at"],
    )
    _keep_flags(attempt, flags or {})
    if key:
        SavedAnswers.objects.create(attempt=attempt, key=key, item_codes=list(read), saved_at=now)
    return list(read)


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
    rules = rules_of(content.quizzes_by_code[attempt.quiz_code])
    result = score(
        [content.items[place["item"]] for place in attempt.layout],
        dict(Response.objects.filter(attempt=attempt).values_list("item_code", "answer")),
        rules["pass_percent"],
    )
    now = clock.now()
    _keep_result(attempt, result, now)
    if record.score_percent is None or result.score_percent > record.score_percent or rules["counts"] == "last":
        record.score_percent = result.score_percent
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


def _read_answers(
    attempt: Attempt, items: Mapping[str, Any], given: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The answers to items of the attempt in their written form, by code."""
    read = {}
    for position, place in enumerate(attempt.layout, start=1):
        code = place["item"]
        if code in given:
            try:
                read[code] = read_answer(items[code], given[code])
            except UnreadableAnswer as error:
                raise AnswerNotReadable(position=position, value=str(error)) from None
    return read


def _keep_flags(attempt: Attempt, flags: Mapping[str, bool]) -> None:
    drawn = [place["item"] for place in attempt.layout]
    flagged = [code for code in drawn if flags.get(code, code in attempt.flagged)]
    if flagged != attempt.flagged:
        attempt.flagged = flagged
        attempt.save(update_fields=["flagged"])


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
