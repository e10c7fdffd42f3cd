"""Practical exercises scored by instructors: nothing lost, the result once, completion with it and never backwards."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from courses.checklist import result_of
from courses.content import content_of
from courses.exceptions import (
    AssessmentClosed,
    AssessmentOfAnother,
    CorrectedAlready,
    ExercisePassed,
    NoAssessmentsLeft,
    NobodyAssessesThemself,
    NobodyConfirmsOwnScores,
    NotQualified,
    NotYetAgain,
    ReasonOfCorrectionMissing,
    StepNotReadable,
    StepsMissing,
)
from courses.models import AssessedStep, CourseRecord, ExerciseAssessment, FrozenCourse
from courses.services.assessments import Mark, discard_assessment, hand_in_assessment, save_steps
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from courses.services.confirming import confirm_assessment, correct_assessment, return_assessment
from courses.services.lessons import complete_lesson, open_lesson
from courses.services.qualifications import qualify_instructor
from people import clock
from people.held_data import sections
from people.models import AuditEntry, User
from people.roles import Role
from people.services.erasure import erase_person
from tests.school import RIGHT, School

from .practice import ALL_DONE, begin, instructor, school_with_exercise, score


def finish_the_rest(record: CourseRecord, person: User) -> CourseRecord:
    """Lessons and the quiz."""
    content = content_of(record.course.sha256)
    for code in content.lesson_codes:
        open_lesson(record=record, lesson_code=code, language="es", by=person)
        complete_lesson(record=record, lesson_code=code, language="es", by=person)
    attempt = start_attempt(record=record, quiz_code=content.quiz_codes[0], language="es", by=person)
    save_answers(attempt=attempt, given={f"CO-101-{n}": a for n, a in RIGHT.items()}, language="es", by=person)
    submit_attempt(attempt=attempt, language="es", by=person)
    record.refresh_from_db()
    return record


@pytest.mark.parametrize("order", ["exercise first", "exercise last"])
def test_the_course_is_completed_with_the_exercise_and_not_without(school: School, order: str) -> None:
    school_with_exercise(school)
    teacher = instructor(school)
    person, enrollment, record = school.trainee()
    assert record.objects_total == 4
    if order == "exercise first":
        assert score(begin(record, teacher), teacher).passed
        record.refresh_from_db()
        assert (record.objects_done, record.percent) == (1, 25)
        finish_the_rest(record, person)
    else:
        assert finish_the_rest(record, person).completed_at is None and record.percent == 75
        assert score(begin(record, teacher), teacher).passed
    record.refresh_from_db()
    enrollment.refresh_from_db()
    assert record.completed_at and record.percent == 100 and enrollment.state == "completed"


def test_an_exercise_that_is_practice_keeps_nobody_back_and_old_content_its_hash(school: School) -> None:
    before = set(FrozenCourse.objects.values_list("sha256", flat=True))
    school_with_exercise(school, required=False)
    assert before < set(FrozenCourse.objects.values_list("sha256", flat=True))
    content = FrozenCourse.objects.latest("pk").content
    assert not {"required", "attempts_allowed", "wait_hours"} & content["exercises"][0].keys()
    person, _, record = school.trainee()
    assert record.objects_total == 3
    assert finish_the_rest(record, person).completed_at


def test_a_critical_step_fails_the_whole_and_percentages_are_never_rounded_up() -> None:
    exercise = {"pass_percent": 80, "steps": [{"critical": True}, *({} for _ in range(9))]}
    points = dict.fromkeys(range(1, 11), 2)
    assert result_of(exercise, points).passed
    missed = result_of(exercise, points | {1: 0})
    assert missed.percent == 90 and missed.critical_missed == [1] and not missed.passed
    assert result_of(exercise, points | {1: 1}).passed
    third = result_of({"pass_percent": 67, "steps": [{}, {}, {}]}, {1: 2, 2: 2, 3: 0})
    assert str(third.percent) == "66.66" and not third.passed


def test_steps_are_saved_one_by_one_once_for_each_key_and_by_their_instructor_alone(school: School) -> None:
    school_with_exercise(school)
    teacher, other = instructor(school), instructor(school)
    record = school.trainee()[2]
    going = begin(record, teacher)
    assert begin(record, teacher) == going, "a second tablet gets the same"
    key = uuid.uuid4()
    for _ in range(2):
        assert save_steps(assessment=going, marks={1: Mark(2, " seen ")}, by=teacher, key=key) == [1]
    save_steps(assessment=going, marks={1: Mark(1)}, by=teacher)
    save_steps(assessment=going, marks={1: Mark(2, "again")}, by=teacher, key=key)
    assert going.steps.get().points == 1, "what was sent with a known key is not applied again"
    with pytest.raises(StepsMissing, match="2"):
        hand_in_assessment(assessment=going, by=teacher)
    for marks in ({3: Mark(1)}, {0: Mark(1)}, {1: Mark(3)}, {1: Mark(-1)}, {2: Mark(2), 9: Mark(0)}):
        with pytest.raises(StepNotReadable):
            save_steps(assessment=going, marks=marks, by=teacher)
    assert going.steps.count() == 1, "all or nothing"
    for deed in (
        lambda: save_steps(assessment=going, marks={1: Mark(0)}, by=other),
        lambda: hand_in_assessment(assessment=going, by=other),
        lambda: discard_assessment(assessment=going, by=other),
        lambda: begin(record, other),
    ):
        with pytest.raises(AssessmentOfAnother):
            deed()
    score(going, teacher)
    with pytest.raises(AssessmentClosed):
        save_steps(assessment=going, marks={1: Mark(0)}, by=teacher)
    final = hand_in_assessment(assessment=going, by=teacher)
    assert final.state == "final" and final.points == 4
    codes = AuditEntry.objects.filter(action__startswith="courses.assessment.").values_list("action", flat=True)
    assert sorted(codes) == ["courses.assessment.final", "courses.assessment.started"]


def test_only_who_is_qualified_scores_and_nobody_scores_themself(school: School) -> None:
    school_with_exercise(school)
    record = school.trainee()[2]
    unqualified, spanish = school.person(role=Role.INSTRUCTOR), instructor(school)
    with pytest.raises(NotQualified):
        begin(record, unqualified)
    with pytest.raises(NotQualified):
        begin(record, spanish, language="en")
    learner, _, own = school.trainee()
    qualify_instructor(person=learner, course_code="CO-101", language="es", by=None)
    with pytest.raises(NobodyAssessesThemself):
        begin(own, learner)
    going = begin(record, spanish)
    save_steps(assessment=going, marks={n: Mark(p) for n, p in ALL_DONE.items()}, by=spanish)
    spanish.qualifications.update(until_on=clock.yesterday(), from_on=clock.yesterday())
    with pytest.raises(NotQualified):
        hand_in_assessment(assessment=going, by=spanish)


def test_attempts_are_counted_and_lie_apart(school: School) -> None:
    school_with_exercise(school)
    teacher = instructor(school)
    record = school.trainee()[2]
    thrown = begin(record, teacher)
    discard_assessment(assessment=thrown, by=teacher)
    assert not score(begin(record, teacher), teacher, {1: 0, 2: 2}).passed
    with pytest.raises(NotYetAgain):
        begin(record, teacher)
    with clock.simulated(clock.now() + dt.timedelta(hours=25)):
        second = score(begin(record, teacher), teacher, {1: 2, 2: 0})
        assert second.number == 2 and not second.passed
    with clock.simulated(clock.now() + dt.timedelta(hours=60)), pytest.raises(NoAssessmentsLeft, match="2"):
        begin(record, teacher)


def test_a_second_instructor_confirms_or_gives_back_and_never_the_same_person(school: School) -> None:
    school_with_exercise(school, confirmed=True)
    first, second = instructor(school), instructor(school)
    record = school.trainee()[2]
    given = score(begin(record, first), first)
    assert given.state == "waiting" and given.passed is None
    record.refresh_from_db()
    assert record.objects_done == 0
    with pytest.raises(NobodyConfirmsOwnScores):
        confirm_assessment(assessment=given, by=first)
    with pytest.raises(NotQualified):
        confirm_assessment(assessment=given, by=school.person(role=Role.INSTRUCTOR))
    with pytest.raises(IntegrityError), transaction.atomic():
        ExerciseAssessment.objects.filter(pk=given.pk).update(confirmed_by=first)
    return_assessment(assessment=given, by=second)
    score(given, first, {1: 2, 2: 1})
    given.refresh_from_db()
    assert given.state == "waiting"
    for _ in range(2):
        final = confirm_assessment(assessment=given, by=second)
        assert final.state == "final" and final.confirmed_by == second and final.points == 3
    assert AuditEntry.objects.filter(action="courses.assessment.final").count() == 1


def test_a_final_result_is_corrected_only_by_another_one(school: School) -> None:
    school_with_exercise(school)
    first, second = instructor(school), instructor(school)
    record = school.trainee()[2]
    wrong = score(begin(record, first), first, {1: 0, 2: 2})
    with pytest.raises(ReasonOfCorrectionMissing):
        correct_assessment(assessment=wrong, reason=" ", by=second)
    newer = correct_assessment(assessment=wrong, reason="Step 1 was done", by=second)
    assert dict(newer.steps.values_list("number", "points")) == {1: 0, 2: 2} and newer.number == 1
    with pytest.raises(CorrectedAlready):
        correct_assessment(assessment=wrong, reason="again", by=first)
    assert list(ExerciseAssessment.objects.final()) == [wrong], "the first counts until the correction is final"
    score(newer, second, {1: 2})
    assert list(ExerciseAssessment.objects.final()) == [newer]
    wrong.refresh_from_db()
    record.refresh_from_db()
    assert wrong.points == 2 and wrong.passed is False and record.objects_done == 1
    with pytest.raises(ExercisePassed):
        begin(record, first)


def test_a_correction_never_takes_completion_away(school: School) -> None:
    school_with_exercise(school)
    teacher = instructor(school)
    person, _, record = school.trainee()
    passed = score(begin(record, teacher), teacher)
    newer = correct_assessment(assessment=passed, reason="Wrong officer", by=teacher)
    assert not score(newer, teacher, {1: 0}).passed
    record.refresh_from_db()
    assert record.objects_done == 1
    assert finish_the_rest(record, person).completed_at is None, "and does not give what was not done"
    with clock.simulated(clock.now() + dt.timedelta(hours=25)):
        score(begin(record, teacher), teacher)
    record.refresh_from_db()
    assert record.completed_at


def test_the_officer_is_told_all_and_an_erasure_leaves_the_points(school: School) -> None:
    school_with_exercise(school)
    teacher = instructor(school)
    person, _, record = school.trainee()
    going = begin(record, teacher)
    save_steps(assessment=going, marks={1: Mark(2, "Well seen")}, by=teacher, remarks="Javier did well")
    score(going, teacher, {2: 2})
    told = {each.key: each.read(person) for each in sections()}
    assert told["assessments"][0]["remarks"] == "Javier did well" and told["assessed_steps"][0]["remark"] == "Well seen"
    erase_person(person=person, reason="requested", by=None)
    kept = ExerciseAssessment.objects.get()
    assert kept.points == 4 and kept.remarks == "" and not AssessedStep.objects.exclude(remark="").exists()
