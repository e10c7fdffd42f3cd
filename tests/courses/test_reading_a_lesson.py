"""Reading and completing a lesson, in either language, on few queries."""

from __future__ import annotations

import datetime as dt
import re

from django.test import Client
from wagtail.models import Page

from courses.models import CourseRecord, LessonPage, LessonProgress
from people.roles import Role
from tests.school import School, build

LESSON = "/en/courses/co-101/lesson-1/"


def test_progress_belongs_to_the_lesson_and_not_to_its_language(school: School) -> None:
    user, _, record = school.trainee()
    client = school.client(user)
    assert "(English)" in client.get(LESSON).content.decode()
    assert "(español)" in client.get(LESSON.replace("/en/", "/es/")).content.decode()
    client.post(LESSON.replace("/en/", "/es/") + "complete/")
    assert LessonProgress.objects.get().completed_at
    assert "You completed this lesson" in client.get(LESSON).content.decode()
    record.refresh_from_db()
    assert (record.objects_done, record.objects_total) == (1, 3)


def test_the_page_says_when_the_place_was_saved_on_the_server(school: School) -> None:
    client = school.client(school.trainee()[0])
    for _visit in range(2):
        assert re.search(r"saved on the server: <time[^>]*>\d\d:\d\d UTC", client.get(LESSON).content.decode())


def test_completing_again_changes_nothing(school: School) -> None:
    user, _, record = school.trainee()
    client = school.client(user)
    client.get(LESSON)
    client.post(LESSON + "complete/")
    first = LessonProgress.objects.get().completed_at
    client.post(LESSON + "complete/")
    assert LessonProgress.objects.get().completed_at == first
    record.refresh_from_db()
    assert record.objects_done == 1


def test_a_lesson_that_was_never_opened_cannot_be_completed(school: School) -> None:
    user, _, _ = school.trainee()
    page = school.client(user).post(LESSON + "complete/", follow=True).content.decode()
    assert "has not been opened yet" in page


def test_a_first_view_costs_at_most_ten_queries(school: School, django_assert_max_num_queries: object) -> None:
    user, _, _ = school.trainee()
    client = school.client(user)
    client.get("/en/courses/co-101/lesson-2/")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert client.get(LESSON).status_code == 200
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get(LESSON)


def test_a_case_is_walked_and_a_check_is_answered_without_script(school: School) -> None:
    user, _, _ = school.trainee()
    client = school.client(user)
    assert "Debrief" not in client.get(LESSON).content.decode()
    walked = client.get(LESSON + "?case-case=1").content.decode()
    assert "Then (English)" in walked and "Debrief (English)" in walked
    assert "Feedback B (English)" in client.get(LESSON + "?check-one=B").content.decode()
    assert client.get(LESSON + "?case-case=9.9.x&check-one=Z").status_code == 200


def test_whoever_is_not_enrolled_reads_the_course_page_only(school: School) -> None:
    client = school.client(school.person("DHS", Role.TRAINEE))
    assert client.get("/en/courses/co-101/").status_code == 200
    assert client.get(LESSON).headers["Location"] == "/en/courses/co-101/"
    assert client.post(LESSON + "complete/").status_code == 404
    assert not LessonProgress.objects.exists()
    assert Client().get(LESSON).headers["Location"].startswith("/en/account/login/")
    approver = school.client(school.person("DHS", Role.APPROVER))
    assert approver.get(LESSON).status_code == 200


def test_a_cohort_that_has_not_opened_is_closed(school: School) -> None:
    user, _, _ = school.trainee()
    school.cohort.opens_on += dt.timedelta(days=40)
    school.cohort.save()
    assert school.client(user).get(LESSON).status_code == 302


def test_unknown_addresses_are_not_found(school: School) -> None:
    client = school.client(school.trainee()[0])
    for address in ("/en/courses/co-999/", "/en/courses/co-101/lesson-9/", "/es/courses/co-101/nada/"):
        assert client.get(address).status_code == 404


def test_drafts_do_not_reach_trainees(school: School) -> None:
    user, _, _ = school.trainee()
    draft = LessonPage.objects.get(code="CO-101-L1").get_latest_revision_as_object()
    draft.title_en = "A new title"
    draft.save_revision()
    assert "A new title" not in school.client(user).get(LESSON).content.decode()
    assert Page.objects.get(pk=draft.pk).live


def test_completion_is_never_over_a_hundred_percent(school: School) -> None:
    user, _, record = school.trainee()
    client = school.client(user)
    for _ in range(3):
        for number in (1, 2):
            client.get(f"/en/courses/co-101/lesson-{number}/")
            client.post(f"/es/courses/co-101/lesson-{number}/complete/")
    assert CourseRecord.objects.get(pk=record.pk).percent == 66


def test_a_comma_stays_with_the_term_before_it(db: None) -> None:
    text = {
        "en": "Look at the [[seal]], and at [[seal|seals]] again",
        "es": "Vea el [[seal]], y otra vez los [[seal|sellos]].",
    }
    school = build(blocks=[{"type": "prose", **text}])
    client = school.client(school.trainee()[0])
    english = client.get("/en/courses/co-101/lesson-1/").content.decode()
    assert ">seal</button>,</span> and at <button" in english and ">seals</button> again" in english
    assert ">sellos</button>.</span>" in client.get("/es/courses/co-101/lesson-1/").content.decode()
