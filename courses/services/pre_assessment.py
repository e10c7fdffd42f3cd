"""The pre-assessment: started once before the first lesson, answered, handed in. It moves no progress."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from django.db import transaction

from people import clock
from people.models import User

from ..content import content_of
from ..exceptions import AnswerNotReadable, AttemptClosed, NoPreAssessment, PreAssessmentClosed
from ..gain import items_of
from ..models import CourseRecord, LessonProgress, PreAssessment
from ..scoring import UnreadableAnswer, mark, read_answer
from .attempts import draw_layout


@transaction.atomic
def start_pre_assessment(
    *, record: CourseRecord, language: str, by: User, draw: random.Random | None = None
) -> PreAssessment:
    """The officer's pre-assessment, or a new one with the order of its items and options drawn for good.

    Holds the record's row: two tabs get the same one.

    Raises:
        NoPreAssessment: the course asks nothing before its lessons.
        PreAssessmentClosed: a lesson was opened before, so that it would no longer say what was known before.
    """
    record = _locked(record)
    known = PreAssessment.objects.filter(record=record).first()
    if known:
        return known
    items = items_of(content_of(record.course.sha256).data)
    if not items:
        raise NoPreAssessment
    if LessonProgress.objects.filter(record=record).exists():
        raise PreAssessmentClosed
    quiz = {"items": items, "rules": {"items_drawn": len(items)}}
    return PreAssessment.objects.create(
        record=record,
        content_sha256=record.course.sha256,
        layout=draw_layout(quiz, draw or random.SystemRandom()),
        language=language,
        started_at=clock.now(),
    )


@transaction.atomic
def save_pre_answers(
    *, taken: PreAssessment, given: Mapping[str, Sequence[str]], language: str, by: User, hands_in: bool = False
) -> PreAssessment:
    """Keep answers by the codes of their items, all or none; with `hands_in` mark them, for good.

    Handing in a second time gives the same result. Holds the row.

    Raises:
        AttemptClosed: it was handed in. AnswerNotReadable: which question, and what it held.
    """
    taken = PreAssessment.objects.select_for_update().get(pk=taken.pk)
    if taken.submitted_at:
        if hands_in:
            return taken
        raise AttemptClosed
    items = {item["code"]: item for item in items_of(content_of(taken.content_sha256).data)}
    for position, place in enumerate(taken.layout, start=1):
        code = place["item"]
        if code in given:
            try:
                taken.answers[code] = read_answer(items[code], given[code])
            except UnreadableAnswer as error:
                raise AnswerNotReadable(position=position, value=str(error)) from None
    taken.language = language
    if hands_in:
        taken.submitted_at = clock.now()
        taken.items_right = sum(
            mark(items[place["item"]], taken.answers.get(place["item"], [])) == 1 for place in taken.layout
        )
    taken.save(update_fields=["answers", "language", "submitted_at", "items_right"])
    return taken


def _locked(record: CourseRecord) -> CourseRecord:
    rows = CourseRecord.objects.select_for_update(of=("self",)).select_related("course").defer("course__content")
    return rows.get(pk=record.pk)
