"""My learning: what is due and late, and the training record on paper, in either language."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curricula.services.enrollments import enroll
from people import clock
from people.roles import Role
from tests.school import School, build, lessons_done


@pytest.fixture
def school(db: None) -> School:
    return build(courses=("CO-101", "CO-102"))


def test_a_course_is_due_then_late_then_done(school: School) -> None:
    user = school.person("SHCP", Role.TRAINEE)
    enrollment = enroll(people=[user], cohort=school.cohort, by=None)[0]
    client = school.client(user)
    page = client.get("/en/my-learning/").content.decode()
    assert page.count("60 days left") == 2
    with clock.simulated(clock.now() + dt.timedelta(days=63)):
        assert client.get("/es/my-learning/").content.decode().count("status--late") == 2
    record = enrollment.courses.order_by("position")[0].record
    record.objects_done, record.completed_at, record.score_percent = record.objects_total, clock.now(), 95
    record.save()
    page = client.get("/en/my-learning/").content.decode()
    assert page.count("60 days left") == 1 and "95%" in page


def test_the_training_record_says_the_same_in_both_languages_on_constant_queries(school: School) -> None:
    user = school.person("SHCP", Role.TRAINEE, surname_1="Ibáñez")
    client = school.client(user)
    enrollment = enroll(people=[user], cohort=school.cohort, by=None)[0]
    first, second = (link.record for link in enrollment.courses.order_by("position"))
    lessons_done(second)
    first.objects_done, first.completed_at, first.score_percent = first.objects_total, clock.now(), 88
    first.language = "es"
    first.save()
    with CaptureQueriesContext(connection) as queries:
        english = client.get("/en/my-learning/record/").content.decode()
    spanish = client.get("/es/my-learning/record/").content.decode()
    for page in (english, spanish):
        assert "Ibáñez" in page and "88%" in page and "66%" in page
    assert "Course CO-101 (English)" in english and "Course CO-101 (español)" in spanish
    assert len(queries) <= 10
    other = school.client(school.person("SHCP", Role.TRAINEE))
    assert "Ibáñez" not in other.get("/en/my-learning/record/").content.decode()
