"""The pre-assessment: once, before the first lesson, without keys, counting for nothing; and the gain shown after."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client

from courses.exceptions import UsedByAnEdition
from courses.gain import gain_of
from courses.models import Attempt, CoursePage, CourseRecord, Item, PreAssessment, PreItem, QuizPage
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from courses.services.lessons import complete_lesson, open_lesson
from curricula.services.editions import approve_edition, propose_edition, publish_edition
from people.models import User
from people.roles import Role
from tests.school import RIGHT, School

PAGE = "/{}/courses/co-101/before/"


@pytest.fixture
def officer(school: School) -> tuple[User, CourseRecord, Client]:
    """Enrolled in an edition whose course asks items 01 and 03 before its lessons, and the others in its quiz."""
    course = CoursePage.objects.get(code="CO-101").get_latest_revision_as_object()
    items = Item.objects.in_bulk(["CO-101-01", "CO-101-03"], field_name="code")
    course.pre_items = [PreItem(item=item) for item in items.values()]
    course.save_revision()
    quiz = QuizPage.objects.get(code="CO-101-Q").get_latest_revision_as_object()
    quiz.quiz_items = [place for place in quiz.quiz_items.all() if place.item.code not in items]
    quiz.items_drawn = 3
    quiz.save_revision()
    edition = propose_edition(curriculum=school.curriculum, by=None)
    for side in ("DHS", "SHCP"):
        approve_edition(edition=edition, by=school.person(side, Role.APPROVER))
    publish_edition(edition=edition, by=None)
    school.cohort.edition = edition
    school.cohort.save()
    user, _, record = school.trainee()
    return user, record, school.client(user)


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def finish(record: CourseRecord, user: User) -> Attempt:
    """Both lessons, and a final assessment with everything right."""
    for lesson in ("CO-101-L1", "CO-101-L2"):
        open_lesson(record=record, lesson_code=lesson, language="es", by=user)
        complete_lesson(record=record, lesson_code=lesson, language="es", by=user)
    attempt = start_attempt(record=record, quiz_code="CO-101-Q", language="es", by=user)
    given = {place["item"]: RIGHT[place["item"][-2:]] for place in attempt.layout}
    save_answers(attempt=attempt, given=given, language="es", by=user)
    return submit_attempt(attempt=attempt, language="es", by=user)


def test_it_is_taken_once_in_either_language_and_moves_nothing(officer: tuple[User, CourseRecord, Client]) -> None:
    _user, record, client = officer
    assert PAGE.format("es") in read(client, "/es/courses/co-101/")
    assert "counts for nothing" in read(client, PAGE.format("en"))
    client.post(PAGE.format("es"), {"go": "start"})
    answers: dict[str, Any] = {"item-CO-101-01": "A", "item-CO-101-03": ["B"]}
    moved = client.post(PAGE.format("es"), answers | {"go": "language-en"})
    assert moved.headers["Location"] == PAGE.format("en")
    page = read(client, PAGE.format("en"))
    assert "Single (English)" in page and re.search(r'value="A"[^>]*checked', page), "the answer came along"
    assert "Because" not in page and "right answer" not in page
    client.post(PAGE.format("en"), answers | {"go": "hand-in"})
    taken = PreAssessment.objects.get(record=record)
    assert (taken.items_right, taken.submitted_at is not None) == (1, True)
    again = client.post(PAGE.format("en"), {"item-CO-101-03": ["A", "D"], "go": "hand-in"})
    assert again.status_code == 302
    taken.refresh_from_db()
    assert taken.items_right == 1 and taken.answers["CO-101-03"] == ["B"], "once is once"
    assert "Because" not in read(client, PAGE.format("en")), "the lessons teach the keys"
    record.refresh_from_db()
    assert (record.objects_total, record.objects_done, record.score_percent, record.opened_at) == (3, 0, None, None)
    assert not Attempt.objects.exists()


def test_the_result_of_the_final_assessment_shows_what_was_gained(officer: tuple[User, CourseRecord, Client]) -> None:
    user, record, client = officer
    client.post(PAGE.format("es"), {"go": "start"})
    client.post(PAGE.format("es"), {"item-CO-101-01": "A", "item-CO-101-03": ["B"], "go": "hand-in"})
    attempt = finish(record, user)
    result = read(client, f"/en/attempts/{attempt.pk}/result/")
    assert "What you gained" in result and "1 of 2" in result and "3 of 3" in result
    assert "+50 percentage points" in result
    record.refresh_from_db()
    assert record.completed_at and record.objects_done == 3


def test_whoever_opens_a_lesson_has_skipped_it_and_misses_nothing(officer: tuple[User, CourseRecord, Client]) -> None:
    user, record, client = officer
    open_lesson(record=record, lesson_code="CO-101-L1", language="es", by=user)
    assert "because you have opened a lesson" in read(client, PAGE.format("en"))
    assert "because you have opened a lesson" in read(client, "/en/courses/co-101/")
    client.post(PAGE.format("en"), {"go": "start"})
    assert not PreAssessment.objects.exists()
    attempt = finish(record, user)
    assert "What you gained" not in read(client, f"/en/attempts/{attempt.pk}/result/")
    record.refresh_from_db()
    assert record.completed_at


def test_it_is_the_officer_s_own(officer: tuple[User, CourseRecord, Client], school: School) -> None:
    stranger = school.client(school.person(role=Role.TRAINEE))
    assert stranger.get(PAGE.format("en")).status_code == 404
    manager = school.client(school.person("SHCP", Role.MANAGER))
    assert manager.get(PAGE.format("en")).status_code == 404


def test_an_answer_that_is_none_of_the_options_changes_nothing(officer: tuple[User, CourseRecord, Client]) -> None:
    _, record, client = officer
    client.post(PAGE.format("en"), {"go": "start"})
    answer = client.post(PAGE.format("en"), {"item-CO-101-01": "Z", "go": "hand-in"}, follow=True).content.decode()
    assert "could not be read: Z" in answer
    assert PreAssessment.objects.get(record=record).submitted_at is None


def test_the_approver_reads_its_items_with_keys_and_a_change_makes_another_edition(
    officer: tuple[User, CourseRecord, Client], school: School
) -> None:
    client = school.client(school.person("DHS", Role.APPROVER))
    item = Item.objects.get(code="CO-101-01")
    item.stem_en, item.stem_es = "Asked before (English)", "Preguntado antes (español)"
    item.save()
    item.save_revision()
    edition = propose_edition(curriculum=school.curriculum, by=None)
    page = read(client, f"/en/manage/editions/{edition.pk}/read/CO-101/")
    assert "Asked before" in page and "Pre-assessment" in page and "right answer" in page
    assert "Preguntado antes" in read(client, f"/en/manage/editions/{edition.pk}/")
    with pytest.raises((UsedByAnEdition, ProtectedError)):
        item.delete()


def test_the_gain_compares_only_what_both_ask_about() -> None:
    def item(code: str, lesson: str) -> dict[str, Any]:
        return {
            "code": code, "kind": "single", "lessons": [lesson],
            "options": [{"letter": "A", "correct": True}, {"letter": "B", "correct": False}],
        }  # fmt: skip

    before, after = [item("1", "L1"), item("2", "L2")], [item("3", "L1"), item("4", "L1"), item("5", "L3")]
    found = gain_of(before, {"1": ["B"], "2": ["A"]}, after, {"3": ["A"], "5": ["A"]})
    assert found and (found.before_right, found.before_all, found.after_right, found.after_all) == (0, 1, 1, 2)
    assert found.points == 50
    assert gain_of(before, {}, [item("5", "L3")], {}) is None
