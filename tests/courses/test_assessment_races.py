"""Two who score, hand in or confirm at the same moment: on PostgreSQL, where they really do."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from courses.models import CourseRecord, ExerciseAssessment
from courses.services.assessments import Mark, hand_in_assessment, save_steps
from courses.services.confirming import confirm_assessment, correct_assessment
from people.exceptions import DomainError
from people.models import AuditEntry, User
from tests.school import build

from .practice import ALL_DONE, begin, instructor, school_with_exercise, score

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("postgresql")]


def together(*deeds: Callable[[], object]) -> list[str]:
    """All at once; what each came to: its class of refusal, or `done`."""

    def run(deed: Callable[[], object]) -> str:
        try:
            deed()
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as threads:
        return sorted(threads.map(run, deeds))


def stage(*, confirmed: bool = False) -> tuple[CourseRecord, list[User]]:
    school = school_with_exercise(build(), confirmed=confirmed)
    return school.trainee()[2], [instructor(school) for _ in range(3)]


def test_two_instructors_begin_and_one_assessment_stands() -> None:
    record, (first, second, _third) = stage()
    assert together(*[lambda by=by: begin(record, by) for by in (first, second)]) == ["assessment_of_another", "done"]
    assert ExerciseAssessment.objects.count() == 1


def test_two_tablets_of_one_instructor_get_the_same() -> None:
    record, (first, *_others) = stage()
    assert together(*[lambda: begin(record, first)] * 4) == ["done"] * 4
    assert ExerciseAssessment.objects.count() == 1


def test_steps_saved_at_once_are_all_there_and_handed_in_once() -> None:
    record, (first, *_others) = stage()
    going = begin(record, first)
    deeds = [lambda n=n: save_steps(assessment=going, marks={n: Mark(2)}, by=first) for n in ALL_DONE for _ in range(2)]
    assert together(*deeds) == ["done"] * 4
    assert dict(going.steps.values_list("number", "points")) == ALL_DONE
    assert together(*[lambda: hand_in_assessment(assessment=going, by=first)] * 3) == ["done"] * 3
    record.refresh_from_db()
    assert record.objects_done == 1
    assert AuditEntry.objects.filter(action="courses.assessment.final").count() == 1


def test_two_confirm_at_once_and_one_of_them_stands() -> None:
    record, (first, second, third) = stage(confirmed=True)
    given = score(begin(record, first), first)
    done = together(*[lambda by=by: confirm_assessment(assessment=given, by=by) for by in (second, third, second)])
    assert done == ["done"] * 3
    given.refresh_from_db()
    assert given.state == "final" and given.confirmed_by in {second, third}
    assert AuditEntry.objects.filter(action="courses.assessment.final").count() == 1


def test_two_who_correct_make_one_correction() -> None:
    record, (first, second, third) = stage()
    wrong = score(begin(record, first), first)
    deeds = [lambda by=by: correct_assessment(assessment=wrong, reason="Wrong", by=by) for by in (second, third)]
    assert together(*deeds) == ["corrected_already", "done"]
    assert ExerciseAssessment.objects.filter(corrects=wrong).count() == 1
