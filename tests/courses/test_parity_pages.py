"""The parity board, the page that confirms a text, and texts that go out as PO and come back."""

from __future__ import annotations

from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from courses.models import CoursePage, Item, LessonPage, QuizPage, TextPair
from people.models import AuditEntry, User
from people.roles import Role
from tests.school import School

from .test_parity import pair_of, write

State = TextPair.State
BOARD = "/en/manage/parity/CO/"


@pytest.fixture
def author(school: School) -> User:
    return school.person("DHS", Role.INSTRUCTOR)


@pytest.fixture
def browser(school: School, author: User) -> Client:
    return school.client(author)


@pytest.fixture
def stale(author: User) -> TextPair:
    """The Spanish of a paragraph has not followed the English."""
    lesson = LessonPage.objects.get(code="CO-101-L1")
    write(lesson, author, {(pair_of(lesson, "prose").path, "en"): "A **bold** paragraph, and much more"})
    return pair_of(lesson, "prose")


def test_the_board_shows_every_learning_object_and_leads_to_the_passage(browser: Client, stale: TextPair) -> None:
    html = browser.get(BOARD).content.decode()
    for code in ("CO-101", "CO-101-L1", "CO-101-L2", "CO-101-Q", "CO-101-05"):
        assert f'<span class="code">{code}</span>' in html
    assert f"/en/admin/pages/{stale.page_id}/edit/#pair-{stale.path}" in html
    assert "0 days" in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=stale", {"CO-101-L1"}),
        ("state=missing", {"CO-101-02"}),
        ("state=open&language=en", {"CO-101-02"}),
        ("kind=quiz", {"CO-101-Q"}),
        ("owner=nobody&kind=lesson", {"CO-101-L2"}),
        ("course=CO-101&kind=course", {"CO-101"}),
        ("course=nowhere", set()),
    ],
)
def test_the_filters_of_the_board_stand_in_its_address(
    browser: Client, author: User, stale: TextPair, query: str, shown: set[str]
) -> None:
    item = Item.objects.get(code="CO-101-02")
    draft = write(item, author, {("rationale", "en"): ""})
    draft.save()
    html = browser.get(f"{BOARD}?{query}").content.decode()
    codes = ("CO-101", "CO-101-L1", "CO-101-L2", "CO-101-Q", "CO-101-01", "CO-101-02")
    assert {code for code in codes if f'<span class="code">{code}</span> ·' in html} == shown


def test_the_board_costs_a_constant_number_of_queries(
    school: School, browser: Client, django_assert_max_num_queries: Any
) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L2").get_latest_revision_as_object()
    for each in range(40):
        lesson.body.append(("prose", {"en": f"Text {each}", "es": ""}))
    lesson.save_revision()
    with django_assert_max_num_queries(16):
        assert browser.get(BOARD).status_code == 200


def test_whoever_may_not_read_curricula_sees_no_board_and_whoever_may_not_write_confirms_nothing(
    school: School, stale: TextPair
) -> None:
    address = f"/en/manage/pairs/{stale.pk}/confirm/"
    trainee, approver = school.person("SHCP", Role.TRAINEE), school.person("SHCP", Role.APPROVER)
    assert school.client(trainee).get(BOARD).status_code == 403
    reader = school.client(approver)
    assert reader.get(BOARD).status_code == 200
    assert reader.post(address, {"reason": "It stands"}).status_code == 403
    assert reader.get(f"{BOARD}from-english.po").status_code == 403
    assert reader.get(f"{BOARD}import/").status_code == 403


def test_a_text_is_confirmed_without_script(browser: Client, stale: TextPair) -> None:
    address = f"/en/manage/pairs/{stale.pk}/confirm/"
    html = browser.get(address).content.decode()
    assert "<ins>" in html and "<del>" in html
    shown = html.split('name="shown" value="')[1].split('"')[0]
    answer = browser.post(address, {"shown": shown, "reason": ""})
    assert answer.status_code == 409 and "Say in one sentence" in answer.content.decode()
    answer = browser.post(address, {"shown": shown, "reason": "The sense is the same"}, follow=True)
    assert f"/admin/pages/{stale.page_id}/edit/" in answer.redirect_chain[-1][0]
    stale.refresh_from_db()
    assert (stale.state, stale.reason) == (State.CONFIRMED, "The sense is the same")


def test_the_editor_shows_what_changed_and_by_whom(browser: Client, author: User, stale: TextPair) -> None:
    html = browser.get(f"/en/admin/pages/{stale.page_id}/edit/").content.decode()
    mark = html.split(f'id="pair-{stale.path}"')[1].split("</li>")[0]
    assert author.full_name in mark and "<ins>" in mark and f"/manage/pairs/{stale.pk}/confirm/" in mark
    item = Item.objects.get(code="CO-101-01")
    assert "Both languages stand" in browser.get(f"/en/admin/snippets/courses/item/edit/{item.pk}/").content.decode()


def test_the_editor_of_a_long_lesson_costs_a_constant_number_of_queries(
    browser: Client, author: User, django_assert_max_num_queries: Any
) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L1").get_latest_revision_as_object()
    for each in range(60):
        lesson.body.append(("prose", {"en": f"Text {each}", "es": ""}))
    lesson.save_revision(user=author)
    browser.get(f"/en/admin/pages/{lesson.pk}/edit/")
    with django_assert_max_num_queries(80):
        html = browser.get(f"/en/admin/pages/{lesson.pk}/edit/").content.decode()
    assert '<span data-count="missing">60</span>' in html and "Next open pair" in html


def test_a_draft_is_previewed_in_both_languages_beside_each_other(browser: Client) -> None:
    for page in (*CoursePage.objects.all(), *LessonPage.objects.all(), *QuizPage.objects.all()):
        html = browser.get(f"/es/admin/pages/{page.pk}/view_draft/?mode=both").content.decode()
        assert "(English)" in html or "Final quiz" in html
        assert "(español)" in html and '<html lang="es"' in html


def test_one_title_is_enough_and_the_address_follows_from_it(browser: Client, author: User) -> None:
    course = CoursePage.objects.get()
    values = {
        "title_en": "", "title_es": "La lección", "code": "CO-101-L7", "number": 7, "minutes": 30, "sources": "[]",
        "body-count": 0, "slug": "", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
    }  # fmt: skip
    address = f"/en/admin/pages/add/courses/lessonpage/{course.pk}/"
    assert browser.post(address, values).status_code == 302
    lesson = LessonPage.objects.get(code="CO-101-L7")
    assert (lesson.slug, lesson.title) == ("la-leccion", "La lección")
    assert [(pair.names, pair.state) for pair in lesson.text_pairs.all()] == [("title", State.MISSING_EN)]
    browser.post(address, values | {"code": "CO-101-L8"})
    assert LessonPage.objects.get(code="CO-101-L8").slug == "la-leccion-2"
    answer = browser.post(address, values | {"title_es": "", "code": "CO-101-L9"})
    assert "in one language at least" in answer.content.decode()


def test_outcomes_are_written_beside_each_other(browser: Client) -> None:
    course = CoursePage.objects.get()
    html = browser.get(f"/en/admin/pages/{course.pk}/edit/").content.decode()
    assert 'name="outcomes-0-en" value="Outcome (English)"' in html
    values = {
        "title_en": course.title_en, "title_es": course.title_es, "code": course.code, "hours": 6, "slug": course.slug,
        "description_en": "D", "description_es": "D", "mode_en": "", "mode_es": "", "prerequisites": "[]",
        "outcomes-0-en": "Outcome (English)", "outcomes-0-es": "Resultado", "outcomes-1-en": "Second",
        "outcomes-1-es": "", "outcomes-2-en": "", "outcomes-2-es": "", "course_goals-TOTAL_FORMS": 0,
        "course_goals-INITIAL_FORMS": 0, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        "pre_items-TOTAL_FORMS": 0, "pre_items-INITIAL_FORMS": 0, "course_exercises-TOTAL_FORMS": 0,
        "course_exercises-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert browser.post(f"/en/admin/pages/{course.pk}/edit/", values).status_code == 302
    draft = CoursePage.objects.get().get_latest_revision_as_object()
    assert draft.outcomes == [{"en": "Outcome (English)", "es": "Resultado"}, {"en": "Second", "es": ""}]
    states = {pair.path: pair.state for pair in course.text_pairs.filter(path__startswith="outcomes")}
    assert states == {"outcomes.0": State.STALE_EN, "outcomes.1": State.MISSING_ES}


def test_a_page_that_one_author_locked_is_not_changed_by_another(school: School, browser: Client) -> None:
    course = CoursePage.objects.get()
    browser.post(f"/en/admin/pages/{course.pk}/lock/")
    colleague = school.client(school.person("SHCP", Role.INSTRUCTOR))
    html = colleague.get(f"/en/admin/pages/{course.pk}/edit/").content.decode()
    assert "locked" in html and 'data-component="add-comment-button"' in html
    before = course.latest_revision_id
    colleague.post(f"/en/admin/pages/{course.pk}/edit/", {"title_en": "Mine"})
    course.refresh_from_db()
    assert course.locked and course.latest_revision_id == before


def exported(browser: Client) -> polib.POFile:
    return polib.pofile(browser.get(f"{BOARD}from-english.po").content.decode())


def imported(browser: Client, file: polib.POFile | bytes) -> str:
    data = file if isinstance(file, bytes) else str(file).encode()
    return browser.post(
        f"{BOARD}import/", {"file": SimpleUploadedFile("rendered.po", data)}, follow=True
    ).content.decode()


def test_open_pairs_go_out_as_po_and_come_back_as_drafts(browser: Client, author: User, stale: TextPair) -> None:
    file = exported(browser)
    [entry] = file
    assert entry.msgctxt == f"CO-101-L1 {stale.path}" and entry.msgid == stale.en and entry.fuzzy
    assert "[-paragraph-]{+paragraph,+}" in entry.comment
    entry.msgstr, entry.flags = "Un párrafo en **negritas**, y mucho más", []
    assert "1 imported, 0 unchanged, 0 refused" in imported(browser, file)
    stale.refresh_from_db()
    assert (stale.state, stale.es, stale.confirmed_by) == (State.CONFIRMED, entry.msgstr, author)
    lesson = LessonPage.objects.get(code="CO-101-L1")
    assert lesson.latest_revision.user == author
    assert lesson.get_latest_revision_as_object().body[1].value["es"] == entry.msgstr
    assert "0 imported, 1 unchanged" in imported(browser, file)
    assert AuditEntry.objects.filter(action="courses.renderings.imported", actor_id=author.pk).count() == 2


def test_a_newer_text_is_never_overwritten_and_both_are_shown(school: School, browser: Client, stale: TextPair) -> None:
    file = exported(browser)
    file[0].msgstr, file[0].flags = "Del archivo", []
    colleague = school.person("SHCP", Role.INSTRUCTOR)
    write(LessonPage.objects.get(code="CO-101-L1"), colleague, {(stale.path, "es"): "De la colega"})
    html = imported(browser, file)
    assert "0 imported, 0 unchanged, 1 refused" in html and "Del archivo" in html and "De la colega" in html
    stale.refresh_from_db()
    assert stale.es == "De la colega"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda e: setattr(e, "msgctxt", "CO-999-L1 body.x"), "no such course"),
        (lambda e: setattr(e, "msgctxt", "CO-101-L1 body.x"), "no longer there"),
        (lambda e: setattr(e, "comment", ""), "lacks its mark"),
        (lambda e: setattr(e, "msgid", "Something else"), "has changed since the export"),
        (lambda e: setattr(e, "msgstr", ""), "has no text for it"),
        (lambda e: e.flags.append("fuzzy"), "still marked"),
    ],
)
def test_the_report_says_why_an_entry_is_left_alone(
    browser: Client, stale: TextPair, change: Any, sentence: str
) -> None:
    file = exported(browser)
    file[0].msgstr, file[0].flags = "Otro", []
    change(file[0])
    assert sentence in imported(browser, file)
    stale.refresh_from_db()
    assert stale.state == State.STALE_ES


def test_a_text_that_is_too_long_for_its_field_is_refused(browser: Client, author: User) -> None:
    write(LessonPage.objects.get(code="CO-101-L2"), author, {("title", "es"): ""})
    file = exported(browser)
    assert file[0].msgctxt == "CO-101-L2 title"
    file[0].msgstr = "x" * 201
    assert "longer than its place allows" in imported(browser, file)


def test_a_locked_page_is_left_alone(school: School, browser: Client, stale: TextPair) -> None:
    file = exported(browser)
    file[0].msgstr, file[0].flags = "Otro", []
    LessonPage.objects.filter(pk=stale.page_id).update(locked=True, locked_by=school.person("SHCP", Role.INSTRUCTOR))
    assert "locked the page" in imported(browser, file)


@pytest.mark.parametrize("data", [b"/etc/passwd", b"\xff\xfe\x00", b'msgid "a', b"PK\x03\x04zip", b"just words\n" * 5])
def test_what_is_no_exported_po_file_is_refused_clearly(browser: Client, stale: TextPair, data: bytes) -> None:
    html = imported(browser, data)
    assert "error-text" in html or "no PO file that was exported here" in html
    assert "root:" not in html
