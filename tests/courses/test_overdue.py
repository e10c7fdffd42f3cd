"""An officer who never comes back: the attempt is handed in by the server's rule, with what was saved."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection

from courses.models import Accommodation, Attempt, CoursePage, CourseRecord, QuizPage
from courses.services.attempts import save_answers, start_attempt
from courses.services.breaks import take_break
from courses.services.lessons import complete_lesson, open_lesson
from courses.services.overdue import AT_ONCE, hand_in_overdue
from courses.tasks import hand_in_overdue_attempts
from curricula.services.editions import propose_edition
from people import clock
from people.models import User
from tests.school import RIGHT, School, build

from .test_exercises import publish

LIMIT = dt.timedelta(minutes=30)


@pytest.fixture
def timed(school: School) -> School:
    return with_a_limit(school)


def with_a_limit(school: School) -> School:
    """The quiz has thirty minutes."""
    quiz = QuizPage.objects.child_of(CoursePage.objects.get()).get().get_latest_revision_as_object()
    quiz.time_limit_minutes = 30
    quiz.save_revision()
    publish(school, propose_edition(curriculum=school.curriculum, by=None))
    return school


def sitting(school: School) -> tuple[User, CourseRecord, Attempt]:
    """An officer in the middle of the quiz, all answers saved and right."""
    person, _, record = school.trainee()
    for lesson in record.course.content["lessons"]:
        open_lesson(record=record, lesson_code=lesson["code"], language="es", by=person)
        complete_lesson(record=record, lesson_code=lesson["code"], language="es", by=person)
    code = record.course.content["quizzes"][0]["code"]
    attempt = start_attempt(record=record, quiz_code=code, language="es", by=person)
    given = {f"CO-101-{number}": answer for number, answer in RIGHT.items()}
    save_answers(attempt=attempt, given=given, language="es", by=person)
    return person, record, attempt


def test_what_is_overdue_is_handed_in_with_what_was_saved_and_once(timed: School) -> None:
    _, record, attempt = sitting(timed)
    other = sitting(timed)[2]
    assert attempt.deadline_at
    with clock.simulated(attempt.deadline_at + dt.timedelta(seconds=14)):
        assert hand_in_overdue() == 0, "an answer on its way still counts"
    Attempt.objects.filter(pk=other.pk).update(deadline_at=attempt.deadline_at + dt.timedelta(hours=1))
    with clock.simulated(attempt.deadline_at + dt.timedelta(seconds=16)):
        assert hand_in_overdue() == 1
        assert hand_in_overdue() == 0
    for each in (attempt, record, other):
        each.refresh_from_db()
    assert attempt.state == "submitted" and attempt.score_percent == 100 and attempt.passed
    assert record.completed_at and record.language == "es" and other.state == "open"


def test_a_quiz_without_a_limit_and_a_break_are_left_alone(timed: School) -> None:
    person = timed.trainee()[0]
    endless = sitting(timed)[2]
    Attempt.objects.filter(pk=endless.pk).update(deadline_at=None)
    person, _, attempt = sitting(timed)
    Attempt.objects.filter(pk=attempt.pk).update(breaks_allowed=1, break_minutes=20)
    assert attempt.deadline_at and not Accommodation.objects.exists()
    with clock.simulated(attempt.deadline_at - dt.timedelta(minutes=1)):
        take_break(attempt=attempt, by=person)
    with clock.simulated(attempt.deadline_at + dt.timedelta(minutes=10)):
        assert hand_in_overdue() == 0
    with clock.simulated(attempt.deadline_at + dt.timedelta(minutes=21)):
        assert hand_in_overdue() == 1
    with clock.simulated(clock.now() + dt.timedelta(days=300)):
        assert hand_in_overdue() == 0


def test_one_that_cannot_be_marked_keeps_no_other_waiting(timed: School, caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = sitting(timed)[2], sitting(timed)[2]
    Attempt.objects.filter(pk=broken.pk).update(content_sha256="0" * 64)
    with clock.simulated(clock.now() + LIMIT + LIMIT):
        assert hand_in_overdue() == 1
    sound.refresh_from_db()
    broken.refresh_from_db()
    assert sound.state == "submitted" and broken.state == "open" and str(broken.pk) in caplog.text


def test_the_worker_is_reminded_of_it(timed: School) -> None:
    attempt = sitting(timed)[2]
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=clock.now() - LIMIT)
    assert hand_in_overdue_attempts.name in {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    hand_in_overdue_attempts()
    attempt.refresh_from_db()
    assert attempt.state == "submitted"


@pytest.mark.parametrize("count", [1, 6])
def test_looking_costs_one_query_whatever_is_open(timed: School, count: int, django_assert_num_queries: object) -> None:
    for _ in range(count):
        sitting(timed)
    assert count < AT_ONCE
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert hand_in_overdue() == 0


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_hand_each_in_once(postgresql: None) -> None:
    school = with_a_limit(build())
    for _ in range(4):
        sitting(school)
    Attempt.objects.update(deadline_at=clock.now() - LIMIT)

    def sweep(_: int) -> int:
        try:
            return hand_in_overdue()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        assert sum(threads.map(sweep, range(3))) == 4
    assert set(Attempt.objects.values_list("state", "passed")) == {("submitted", True)}
