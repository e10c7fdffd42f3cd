"""A running cohort goes over to a newer edition, and nobody loses what was done."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.models import Credential
from certificates.services.reconciling import reconcile
from courses.models import CoursePage, CourseRecord, LessonPage
from courses.services.attempts import save_answers, submit_attempt
from courses.services.lessons import complete_lesson, open_lesson
from curricula.exceptions import NotANewerEdition
from curricula.models import CurriculumEdition, Enrollment
from curricula.services.editions import approve_edition, propose_edition, publish_edition
from curricula.services.enrollments import enroll
from curricula.services.moving import move_cohort
from people.models import AuditEntry, Letter, User
from people.roles import Role
from tests.school import RIGHT, School, build

from .test_editions import edit


def newer(school: School, *, adds: int = 1) -> CurriculumEdition:
    """An edition with a changed lesson, and more lessons."""
    edit(title_en="Changed", title_es="Cambiada")
    course = CoursePage.objects.get(code="CO-101")
    for number in range(3, 3 + adds):
        page = LessonPage(code=f"CO-101-L{number}", slug=f"lesson-{number}", number=number, title="New", title_en="New",
                          title_es="Nueva")  # fmt: skip
        course.add_child(instance=page)
        page.save_revision()
    edition = propose_edition(curriculum=school.curriculum, by=None)
    for side in ("DHS", "SHCP"):
        approve_edition(edition=edition, by=school.person(side, Role.APPROVER))
    return publish_edition(edition=edition, by=None)


def read(user: User, record: CourseRecord, *numbers: int) -> None:
    for number in numbers:
        code = f"CO-101-L{number}"
        open_lesson(record=record, lesson_code=code, language="es", by=user)
        complete_lesson(record=record, lesson_code=code, language="es", by=user)


def passes(school: School, user: User) -> None:
    """Takes the quiz in the browser with every answer right."""
    client = school.client(user)
    client.post("/en/courses/co-101/quiz/")
    record = CourseRecord.objects.get(person=user, course__code="CO-101")
    attempt: Any = record.attempts.order_by("-number").first()
    assert attempt is not None
    save_answers(
        attempt=attempt, given={p["item"]: RIGHT[p["item"][-2:]] for p in attempt.layout}, language="en", by=user
    )
    submit_attempt(attempt=attempt, language="en", by=user)


def test_what_was_done_keeps_counting_and_the_new_is_to_be_read(school: School) -> None:
    user, enrollment, record = school.trainee()
    read(user, record, 1, 2)
    record.refresh_from_db()
    assert record.percent == 66
    edition = newer(school)
    assert move_cohort(cohort=school.cohort, edition=edition, by=None) == 1
    record.refresh_from_db()
    assert (record.objects_done, record.objects_total, record.percent) == (2, 4, 50)
    assert "Changed" in school.client(user).get("/en/courses/co-101/lesson-1/").content.decode()
    read(user, record, 3)
    passes(school, user)
    enrollment.refresh_from_db()
    assert enrollment.state == "completed"
    assert Credential.objects.get(person=user).edition == edition


def test_who_has_completed_stays_with_the_own_edition_and_gets_no_second_certificate(school: School) -> None:
    user, enrollment, record = school.trainee()
    read(user, record, 1, 2)
    passes(school, user)
    first = school.edition
    move_cohort(cohort=school.cohort, edition=newer(school), by=None)
    enrollment.refresh_from_db()
    record.refresh_from_db()
    assert (enrollment.state, enrollment.edition, record.percent) == ("completed", first, 100)
    assert reconcile().issued == 0
    assert Credential.objects.get(person=user).edition == first


def test_an_open_attempt_is_marked_against_what_it_was_drawn_from(school: School) -> None:
    user, _, record = school.trainee()
    read(user, record, 1, 2)
    client = school.client(user)
    client.post("/en/courses/co-101/quiz/")
    move_cohort(cohort=school.cohort, edition=newer(school, adds=0), by=None)
    passes(school, user)
    record.refresh_from_db()
    assert record.completed_at and record.attempts.get().content_sha256 != record.course.sha256


def test_a_course_that_is_no_longer_part_of_it_falls_away_unless_it_was_completed(db: None) -> None:
    school = build(courses=("CO-101", "CO-102"))
    user, other = school.person("SHCP", Role.TRAINEE), school.person("SHCP", Role.TRAINEE)
    done, begun = enroll(people=[user, other], cohort=school.cohort, by=None)
    for person in (user, other):
        record = CourseRecord.objects.get(person=person, course__code="CO-101")
        read(person, record, 1, 2)
        passes(school, person)
    second = CourseRecord.objects.get(person=user, course__code="CO-102")
    for number in (1, 2):
        open_lesson(record=second, lesson_code=f"CO-102-L{number}", language="es", by=user)
        complete_lesson(record=second, lesson_code=f"CO-102-L{number}", language="es", by=user)
    school.curriculum.courses.get(course__code="CO-102").delete()
    edition = newer(school)
    move_cohort(cohort=school.cohort, edition=edition, by=None)
    done.refresh_from_db()
    begun.refresh_from_db()
    assert (done.state, begun.state) == ("completed", "completed")
    assert [link.record.course.code for link in done.courses.all()] == ["CO-101"]
    assert CourseRecord.objects.filter(pk=second.pk).exists()


def test_a_cohort_does_not_go_back_or_to_another_curriculum(school: School) -> None:
    first, edition = school.edition, newer(school)
    move_cohort(cohort=school.cohort, edition=edition, by=None)
    for wrong in (first, edition):
        with pytest.raises(NotANewerEdition):
            move_cohort(cohort=school.cohort, edition=wrong, by=None)


def test_a_manager_sees_what_changes_before_moving(school: School) -> None:
    user, _, record = school.trainee("DHS")
    read(user, record, 1, 2)
    manager = school.client(school.person("DHS", Role.MANAGER))
    address = "/en/manage/cohorts/cohort-1/"
    assert "See what would change" not in manager.get(address).content.decode()
    edition = newer(school)
    assert "See what would change" in manager.get(address).content.decode()
    with CaptureQueriesContext(connection) as queries:
        page = manager.get(address + "move/").content.decode()
    assert len(queries) <= 30
    assert "From edition 1 to edition 2" in page and "CO-101-L3" in page and "joint cohort" in page
    manager.post(address + "move/", {"edition": "0"})
    school.cohort.refresh_from_db()
    assert school.cohort.edition == school.edition
    Letter.objects.all().delete()
    said = manager.post(address + "move/", {"edition": edition.pk, "tells": "1"}, follow=True).content.decode()
    assert "follows edition 2 now: 1 active officer went over" in said
    assert Letter.objects.get().recipient == user
    assert AuditEntry.objects.filter(action="curricula.cohort.moved").count() == 1
    assert school.client(school.person("DHS", Role.INSTRUCTOR)).get(address + "move/").status_code == 403


def test_the_number_of_statements_does_not_grow_with_the_cohort(school: School) -> None:
    def moves() -> int:
        with CaptureQueriesContext(connection) as queries:
            move_cohort(cohort=school.cohort, edition=newest, by=None)
        return len(queries)

    school.trainee()
    newest = newer(school)
    few = moves()
    for _ in range(8):
        school.trainee()
    edit(title_en="Again", title_es="Otra vez")
    newest = propose_edition(curriculum=school.curriculum, by=None)
    for side in ("DHS", "SHCP"):
        approve_edition(edition=newest, by=school.person(side, Role.APPROVER))
    newest = publish_edition(edition=newest, by=None)
    assert moves() <= few + 1  # the first cohort has nobody who was there before
    assert Enrollment.objects.active().count() == 9
