"""What an author meets in the editor when blocks hold files: kinds, captions, obstacles, both previews."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from wagtail.documents.models import Document

from courses.models import LessonPage, TextPair
from courses.services.renderings import export_renderings
from curricula.models import CurriculumEdition
from people.roles import Role
from tests import media
from tests.school import School, build


@pytest.fixture
def school(db: None, tmp_path: Path, settings: Settings) -> School:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PUENTE_PRIVATE_DIR = tmp_path / "private"
    school = build(blocks=media.blocks(tmp_path), folder=tmp_path)
    call_command("sync_roles", verbosity=0)
    return school


@pytest.fixture
def author(school: School) -> Client:
    return school.client(school.person("DHS", Role.INSTRUCTOR))


def draft() -> LessonPage:
    return LessonPage.objects.get(code="CO-101-L1").get_latest_revision_as_object()


def block_of(lesson: LessonPage, kind: str) -> Any:
    return next(child for child in lesson.body if child.block_type == kind)


def test_the_texts_of_blocks_with_files_are_pairs_like_all_others(school: School) -> None:
    lesson = draft()
    names = set(TextPair.objects.filter(page_id=lesson.pk).values_list("names", flat=True))
    assert names >= {
        "image.alt", "image.caption", "image.credit", "audio.title", "audio.transcript", "audio.captions",
        "video.captions", "document.title", "quote.text", "quote.source", "list.entries",
    }  # fmt: skip
    block_of(lesson, "video").value["captions"]["en"] = media.captions("Said otherwise")
    lesson.save_revision()
    stale = TextPair.objects.open().get()
    assert (stale.state, stale.names.rsplit(".", 1)[-1]) == ("stale_es", "captions")
    page = lesson.get_parent().specific
    assert b"Said otherwise" in export_renderings(pages=[page], source="en", by=school.person())


def test_both_previews_show_the_draft_with_its_files(school: School, author: Client) -> None:
    lesson = draft()
    block_of(lesson, "image").value["caption"]["es"] = "Otra leyenda"
    lesson.save_revision()
    address = f"/en/admin/pages/{lesson.pk}/view_draft/?mode="
    shown = author.get(f"{address}es").content.decode()
    assert "Otra leyenda" in shown and "/media/frozen/" in shown and "<audio controls" in shown
    both = author.get(f"{address}both").content.decode()
    assert "Otra leyenda" in both and "Dicho" in both and "Said in English" in both and "<video controls" in both


def test_approvers_see_and_hear_what_they_approve(school: School) -> None:
    approver = school.client(school.person("DHS", Role.APPROVER))
    edition = CurriculumEdition.objects.get()
    page = approver.get(f"/es/manage/editions/{edition.pk}/read/CO-101-L1/").content.decode()
    assert "<audio controls" in page and "<video controls" in page and "sello" in page and "Dicho" in page
    assert "<audio" not in approver.get(f"/es/manage/editions/{edition.pk}/read/CO-101-L2/").content.decode()


def test_what_is_missing_keeps_the_lesson_from_being_proposed(school: School, author: Client) -> None:
    lesson = draft()
    for kind, part in (("video", "captions"), ("audio", "transcript"), ("image", "alt")):
        for language in ("en", "es"):
            block_of(lesson, kind).value[part][language] = ""
    block_of(lesson, "document").value["document"] = None
    block_of(lesson, "term").value["term"] = None
    lesson.save_revision()
    page = author.get("/en/manage/editions/obstacles/CO/").content.decode()
    for sentence in (
        "The video has no captions", "There is no transcript", "The picture has no alternative text",
        "The block has no file", "The block has no term",
    ):  # fmt: skip
        assert sentence in page
    assert f"#block-{block_of(lesson, 'video').id}-section" in page
    assert author.get(f"/es/admin/pages/{lesson.pk}/view_draft/?mode=es").status_code == 200


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("audio", {"medium": "form.pdf"}, "Choose a file that ends in m4a, mp3, ogg"),
        ("video", {"medium": "talk.mp3"}, "Choose a file that ends in mp4, webm"),
        ("document", {"document": "film.mp4"}, "Choose a file that ends in csv, docx"),
        (
            "video",
            {"captions": {"en": "", "es": media.captions("x").replace(".", ",")}},
            "Line 3: in WebVTT a point",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_refused_at_its_field(
    school: School, kind: str, change: dict[str, Any], said: str
) -> None:
    Document.objects.create(title="Form", file=ContentFile(media.paper(), "form.pdf"))
    block = block_of(draft(), kind)
    for part, value in change.items():
        found = Document.objects.filter(file__contains=value.split(".")[0]).first() if isinstance(value, str) else value
        block.value[part] = found
    with pytest.raises(ValidationError) as refusal:
        block.block.clean(block.value)
    inner = refusal.value.block_errors[next(iter(change))]
    assert said in str(getattr(inner, "block_errors", inner))


def test_the_editor_of_a_lesson_with_every_block_opens(school: School, author: Client) -> None:
    page = author.get(f"/en/admin/pages/{draft().pk}/edit/").content.decode()
    assert "Pictures, media and documents" in page and "Paste the content of a WebVTT file" in page
