"""An officer evaluates a course. What is said is added to counts; of the person only stays that it was done.

The record of who did what says nothing of it: with its moment, and the counts before and after, it would tell what a
person said.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from courses.models import CourseRecord
from people import clock
from people.models import User

from ..evaluation import QUESTIONS, SCALE
from ..exceptions import EvaluationClosed, EvaluationEmpty, EvaluationGivenAlready
from ..models import Enrollment, EvaluationGiven, EvaluationTally


@transaction.atomic
def evaluate_course(*, record: CourseRecord, answers: Mapping[str, int], by: User) -> None:
    """Count the answers, by code of the question, of an officer who has completed the course. Once.

    Holds the record's row, then those of the counts in their order.

    Raises:
        EvaluationClosed: the course is not completed, or its cohort has closed.
        EvaluationGivenAlready: this officer has answered. EvaluationEmpty: no question is answered.
    """
    record = CourseRecord.objects.select_for_update(of=("self",)).select_related("course").get(pk=record.pk)
    enrollment = Enrollment.objects.select_related("cohort").filter(courses__record=record).first()
    if enrollment is None or record.completed_at is None or enrollment.cohort.closes_on < clock.today():
        raise EvaluationClosed
    if EvaluationGiven.objects.filter(record=record).exists():
        raise EvaluationGivenAlready
    given = {question: answers[question] for question in QUESTIONS if answers.get(question) in SCALE}
    if not given:
        raise EvaluationEmpty
    for question, value in sorted(given.items()):
        tally, _ = EvaluationTally.objects.get_or_create(
            cohort=enrollment.cohort,
            participant_id=enrollment.participant_id,
            course_code=record.course.code,
            question=question,
            value=value,
        )
        EvaluationTally.objects.filter(pk=tally.pk).update(count=F("count") + 1)
    EvaluationGiven.objects.create(record=record)
