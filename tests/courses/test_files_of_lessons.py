"""Lessons with pictures, sounds, films and documents: what a reader gets, who gets it, and that it stays."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from pytest_django import Settings
from wagtail.documents.models import Document
from wagtail.images.models import Image as Picture

from courses.exceptions import FileInUse
from courses.models import CatalogPage, FileUse, FrozenCourse, LessonPage
from curricula.loading.pages import load_course
from curricula.loading.writing import Writing
from people.models import User
from people.roles import Role
from tests import media
from tests.school import School, build, course, lesson

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Wagtail leaves the file of a new rendition open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

LESSON = "/en/courses/co-101/lesson-1/"


@pytest.fixture
def school(db: None, tmp_path: Path, settings: Settings) -> School:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PUENTE_PRIVATE_DIR = tmp_path / "private"
    return build(blocks=media.blocks(tmp_path), folder=tmp_path)


@pytest.fixture
def officer(school: School) -> Client:
    return school.client(school.trainee()[0])


def page_of(client: Client, address: str = LESSON) -> str:
    return client.get(address).content.decode()


def src(html: str, pattern: str) -> str:
    found = re.search(pattern, html)
    assert found, pattern
    return found[1]


def status(client: Client, address: str) -> int:
    """The status of an answer, which is read to its end."""
    answer = client.get(address, follow=True)
    body(answer)
    return int(answer.status_code)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_lesson_shows_its_files_with_their_words_in_the_language_of_the_page(officer: Client) -> None:
    html = page_of(officer)
    assert 'alt="A port (English)"' in html and "Caption (English)" in html
    assert re.search(r'<audio controls preload="none" src="[^"]+\.mp3"', html) and "Talk (English)" in html
    assert re.search(r'<video controls preload="none" playsinline src="[^"]+\.mp4" poster="[^"]+', html)
    assert "Transcript (English)" in html and "1:15" in html and re.search(r"MP3\)[^.]*31[.]4.KB", html)
    assert re.search(r"<blockquote><p>Quoted \(English\)</p>\s*</blockquote><figcaption>Article 1 \(English\)", html)
    assert "<ol><li><p>First (English)</p>" in html and '<dfn lang="en">seal</dfn>' in html
    spanish = page_of(officer, LESSON.replace("/en/", "/es/"))
    assert "Transcript (español)" in spanish and '<dfn lang="es">sello</dfn>' in spanish
    assert re.search(r'srclang="es" label="Español" src="[^"]+" default', spanish)
    assert re.search(r'srclang="en" label="English" src="[^"]+" default', html)
    assert "style=" not in html


def test_a_picture_comes_in_the_widths_that_screens_need(officer: Client) -> None:
    html = page_of(officer)
    sizes = re.findall(r"(/en/courses/\S+\?width=\d+) (\d+)w", src(html, r'srcset="([^"]+)"'))
    assert [width for _, width in sizes] == ["480", "960", "1200"]
    for address, width in sizes:
        answer = officer.get(address)
        with Image.open(io.BytesIO(body(answer))) as picture:
            assert (picture.format, picture.width) == ("WEBP", int(width)) and answer["Content-Type"] == "image/webp"
    assert 'width="1200" height="800"' in html and 'loading="lazy"' in html
    for width in ("481", "0", "-1", "x", "99999"):
        assert officer.get(f"{sizes[0][0].split('?')[0]}?width={width}").status_code == 404


def test_a_player_asks_for_parts_of_a_film(officer: Client) -> None:
    address = src(page_of(officer), r'<video[^>]* src="([^"]+)"')
    data = media.mp4()
    whole = officer.get(address)
    assert whole.status_code == 200 and whole["Accept-Ranges"] == "bytes" and whole["Content-Type"] == "video/mp4"
    assert body(whole) == data
    for asked, start, end in (("0-3", 0, 3), ("10-", 10, len(data) - 1), ("-5", len(data) - 5, len(data) - 1),
                              ("180-9999", 180, len(data) - 1)):  # fmt: skip
        part = officer.get(address, HTTP_RANGE=f"bytes={asked}")
        assert part.status_code == 206 and part["Content-Range"] == f"bytes {start}-{end}/{len(data)}"
        assert body(part) == data[start : end + 1] and part["Content-Length"] == str(end - start + 1)
    for asked in (f"bytes={len(data)}-", "bytes=9-3", "bytes=-0"):
        refused = officer.get(address, HTTP_RANGE=asked)
        assert refused.status_code == 416 and refused["Content-Range"] == f"bytes */{len(data)}"
    for asked in ("bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=a-b"):
        assert body(officer.get(address, HTTP_RANGE=asked)) == data


def test_captions_come_as_webvtt_and_documents_as_downloads(officer: Client) -> None:
    html = page_of(officer)
    track = officer.get(src(html, r'srclang="es" label="Español" src="([^"]+)"'))
    assert track["Content-Type"] == "text/vtt; charset=utf-8" and body(track).decode().startswith("WEBVTT\n\n00:00.000")
    paper = officer.get(src(html, r'href="([^"]+\.pdf)"'))
    assert paper["Content-Disposition"] == 'attachment; filename="the-form-english.pdf"'
    assert body(paper).startswith(b"%PDF-") and paper["X-Content-Type-Options"] == "nosniff"


def test_the_web_server_sends_files_of_lessons_when_it_can(officer: Client, settings: Settings) -> None:
    settings.PUENTE_ACCEL_PREFIX = "/_private/"
    address = src(page_of(officer), r'<audio[^>]* src="([^"]+)"')
    answer = officer.get(address)
    assert answer["X-Accel-Redirect"] == f"/_private/content/{address.rsplit('/', 1)[1]}" and not answer.content


def test_files_are_for_whoever_may_read_that_lesson(school: School, officer: Client) -> None:
    html = page_of(officer)
    names = sorted(set(re.findall(r"files/([0-9a-f]{64}\.\w+)", html)))
    assert {Path(name).suffix for name in names} == {".png", ".jpg", ".mp3", ".mp4", ".pdf", ".vtt"}
    other = school.client(school.person("DHS", Role.TRAINEE))
    author = school.client(school.person("DHS", Role.INSTRUCTOR))
    for name in names:
        address, drafts = f"{LESSON}files/{name}", f"/media/frozen/{name}"
        assert status(officer, address) == status(author, address) == status(author, drafts) == 200
        assert Client().get(address)["Location"].startswith("/en/account/login/")
        for client, closed in ((other, address), (officer, address.replace("lesson-1", "lesson-2")), (officer, drafts),
                               (Client(), drafts)):  # fmt: skip
            assert status(client, closed) == 404
    for name in ("..", "renditions", f"{'0' * 64}.png", ".png", "../../secret_key"):
        for client, closed in ((officer, f"{LESSON}files/{name}"), (author, f"/media/frozen/{name}?width=480")):
            assert status(client, closed) == 404
    assert officer.post(f"{LESSON}files/{names[0]}").status_code == 405


def test_a_page_with_many_files_costs_no_more_queries(
    school: School, officer: Client, django_assert_max_num_queries: Any
) -> None:
    for number in (1, 2):
        officer.get(f"/en/courses/co-101/lesson-{number}/")
        with django_assert_max_num_queries(10):
            officer.get(f"/en/courses/co-101/lesson-{number}/")
    address = src(page_of(officer), r'<audio[^>]* src="([^"]+)"')
    with django_assert_max_num_queries(6):
        body(officer.get(address))


@pytest.mark.parametrize("kind", [Picture, Document])
def test_what_a_draft_or_a_frozen_course_uses_is_not_deleted(school: School, kind: Any) -> None:
    root = school.client(User.objects.create_superuser("root@puente.example", "a-long-password", given_names="R"))
    label, way = ("images", "{}/delete") if kind is Picture else ("documents", "delete/{}")
    used, free = kind.objects.first(), kind.objects.create(title="Free", file=_file(kind))
    for delete in (used.delete, kind.objects.all().delete, kind.objects.filter(pk=used.pk).delete):
        with pytest.raises(FileInUse, match=r"CO-101-L1, CO-101-L1 as it was frozen on \d{4}"):
            delete()
    page = root.post(f"/en/admin/{label}/{way.format(used.pk)}/", follow=True).content.decode()
    assert "is kept, because it is used in: CO-101-L1" in page
    app, name = kind._meta.app_label, kind._meta.model_name
    bulk = f"/es/admin/bulk/{app}/{name}/delete/?id={used.pk}&id={free.pk}&next=/es/admin/{label}/"
    page = root.post(bulk, follow=True).content.decode()
    assert "CO-101-L1" in page and kind.objects.filter(pk__in=[used.pk, free.pk]).count() == 2
    root.post(f"/en/admin/{label}/{way.format(free.pk)}/")
    assert not kind.objects.filter(pk=free.pk).exists()


def _file(kind: Any) -> ContentFile[bytes]:
    return ContentFile(media.picture((40, 30)), "free.png") if kind is Picture else ContentFile(b"words", "free.txt")


def test_a_file_that_leaves_all_drafts_can_go_unless_it_is_frozen(school: School) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L2").get_latest_revision_as_object()
    new = Document.objects.create(title="New", file=ContentFile(media.mp3(3), "new.mp3"))
    audio = {"medium": new, "title": {"en": "T", "es": "T"}, "transcript": {"en": "T", "es": "T"}, "captions": {}}
    before = list(lesson.body.raw_data)
    lesson.body.append(("audio", audio))
    lesson.save_revision()
    with pytest.raises(FileInUse, match="CO-101-L2"):
        new.delete()
    lesson.body = lesson.body.stream_block.to_python(before)
    lesson.save_revision()
    new.delete()
    assert not FileUse.objects.filter(code="CO-101-L2").exists()


def test_what_was_frozen_stays_when_the_file_in_the_library_is_replaced(school: School, officer: Client) -> None:
    address = src(page_of(officer), r'<audio[^>]* src="([^"]+)"')
    document = Document.objects.get(title__startswith="Talk")
    document.file.delete(save=False)
    document.file = ContentFile(media.mp3(5), "other.mp3")
    document._set_document_file_metadata()
    document.save()
    assert body(officer.get(address)) == media.mp3()
    with pytest.raises(FileInUse, match="frozen"):
        document.delete()
    draft = FileUse.objects.get(document=document, frozen_course=None)
    assert draft.file != FileUse.objects.exclude(frozen_course=None).get(document=document).file
    text = str(FrozenCourse.objects.get().content)
    assert address.rsplit("/", 1)[1] in text and draft.file not in text


def test_loading_the_same_files_again_changes_nothing(school: School, tmp_path: Path) -> None:
    def counts() -> list[Any]:
        page = LessonPage.objects.get(code="CO-101-L1")
        return [Picture.objects.count(), Document.objects.count(), FileUse.objects.count(), page.latest_revision_id]

    before = counts()
    lessons = [lesson(1) | {"blocks": [*lesson(1)["blocks"], *media.blocks(tmp_path)]}]
    load_course(CatalogPage.objects.get(), course(), lessons, [], Writing(None, folder=tmp_path))
    assert counts() == before and before[:3] == [2, 3, 10]
