"""What a reader does beside reading: resume, bookmarks and notes, a text alone, and the search in both languages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import CourseRecord, LessonNote, LessonWords
from people.held_data import sections
from people.roles import Role
from tests.school import School, build, lessons_done

LESSON = "/en/courses/co-101/lesson-1/"


def test_another_device_goes_on_where_the_reader_stopped(school: School) -> None:
    user, _, record = school.trainee()
    first = school.client(user)
    assert "Go on where you stopped" not in first.get(LESSON).content.decode()
    first.post(LESSON + "place/", {"place": "second"})
    first.post(LESSON + "place/", {"place": "no-such-heading"})
    record.refresh_from_db()
    assert record.lessons.get().place == "second"
    page = school.client(user).get(LESSON.replace("/en/", "/es/")).content.decode()
    assert 'href="#second"' in page
    assert "Still to do:" in first.get("/en/courses/co-101/").content.decode()


def test_bookmarks_and_notes_are_the_readers_own(school: School) -> None:
    user = school.trainee()[0]
    client = school.client(user)
    client.post(LESSON + "note/", {"text": "Ask about <seals>\r\nagain"})
    client.post(LESSON + "note/", {"bookmark": "1"})
    assert LessonNote.objects.get().text == "Ask about <seals>\nagain"
    page = client.get("/en/my-notes/").content.decode()
    assert "bookmarked" in page and "&lt;seals&gt;<br>again" in page and 'href="/en/courses/co-101/lesson-1/"' in page
    assert "Take the bookmark away" in client.get(LESSON).content.decode()
    colleague = school.client(school.trainee()[0])
    assert "seals" not in colleague.get("/en/my-notes/").content.decode() + colleague.get(LESSON).content.decode()
    held = next(section for section in sections() if section.key == "notes").read(user)
    assert [row["text"] for row in held] == ["Ask about <seals>\nagain"]
    too_long = client.post(LESSON + "note/", {"text": "x" * 4001}, follow=True).content.decode()
    assert "at most 4000 characters" in too_long and LessonNote.objects.get().text.startswith("Ask")
    client.post(LESSON + "note/", {"text": "", "bookmark": "0"})
    assert not LessonNote.objects.exists()


def test_a_lesson_as_text_alone_is_as_small_as_it_says(school: School) -> None:
    client = school.client(school.trainee()[0])
    assert "text only, about 4 KB" in client.get(LESSON).content.decode()
    page = client.get(LESSON + "text/")
    assert len(page.content) <= 4000
    text = page.content.decode()
    assert "<svg" not in text and "<link" not in text and "<script" not in text and "<strong>bold</strong>" in text


def test_whoever_may_not_read_keeps_nothing_and_finds_nothing(school: School) -> None:
    client = school.client(school.person("DHS", Role.TRAINEE))
    for tail in ("note/", "place/"):
        assert client.post(LESSON + tail, {"text": "x"}).status_code == 404
    assert client.get(LESSON + "text/").status_code == 404
    assert "No lesson holds" in client.get("/en/search/?q=bold").content.decode()
    assert not LessonNote.objects.exists() and not LessonWords.objects.exists()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/en/search/?q=BOLD+paragraphs", "found in"),  # capitals and plural
        ("/en/search/?q=espa%C3%B1ol", "found in Spanish"),
        ("/en/search/?q=espanol", "found in Spanish"),  # without the tilde
        ("/es/search/?q=English", "encontrado en inglés"),
    ],
)
def test_words_are_found_in_either_language_whatever_the_accents(school: School, address: str, found: str) -> None:
    client = school.client(school.trainee()[0])
    page = client.get(address).content.decode()
    assert "/courses/co-101/lesson-1/" in page and "<mark>" in page
    if found != "found in":
        assert found in page or "encontr" in page or "found in English" in page


def test_all_words_must_stand_in_the_lesson(school: School) -> None:
    client = school.client(school.trainee()[0])
    assert "No lesson holds" in client.get("/en/search/?q=bold+submarine").content.decode()
    assert client.get("/en/search/?q=%27%22%3A*%26").status_code == 200
    approver = school.client(school.person("DHS", Role.APPROVER))
    assert "lesson-1" in approver.get("/en/search/?q=bold").content.decode(), "who reads curricula finds in them"


@pytest.mark.parametrize("courses", [("CO-101",), ("CO-101", "CO-102")])
def test_a_search_costs_the_same_whatever_is_there(db: None, courses: tuple[str, ...]) -> None:
    school = build(courses=courses)
    user = school.person("SHCP", Role.APPROVER)
    client = school.client(user)
    client.get("/en/search/?q=bold")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/en/search/?q=bold")
    assert len(queries) <= 10, [query["sql"][:90] for query in queries]


def test_a_lesson_costs_at_most_eight_queries_with_the_opening_recorded(school: School) -> None:
    user = school.trainee()[0]
    client = school.client(user)
    client.get("/en/courses/co-101/lesson-2/")
    for visit in ("the first", "a second"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LESSON).status_code == 200
        assert len(queries) <= 8, (visit, [query["sql"][:110] for query in queries])


def test_completion_never_falls(school: School) -> None:
    record: CourseRecord = lessons_done(school.trainee()[2])
    assert record.percent == 66
    lessons_done(record)
    record.refresh_from_db()
    assert record.percent == 66
