"""What was loaded leaves as the same files; what was edited leaves in a form that loads to the same drafts."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from courses.freezing import course_content
from courses.models import (
    CatalogPage,
    CoursePage,
    GlossaryTerm,
    Item,
    ItemCategory,
    LessonPage,
    QuizPage,
)
from curricula.models import Curriculum
from tests.journeys.conftest import first_editions


@pytest.fixture
def sources(db: None) -> Path:
    """The sources of two courses a curriculum, loaded as drafts."""
    load(first_editions())
    return first_editions()


def load(folder: Path) -> None:
    call_command("load_curricula", folder=folder, drafts_only=True, stdout=StringIO())


def export(folder: Path) -> str:
    said = StringIO()
    with translation.override("en"):
        call_command("export_curricula", folder, stdout=said)
    return said.getvalue()


def drafts() -> dict[str, object]:
    """Everything that an edition would freeze."""
    return {page.code: course_content(page)[0] for page in CoursePage.objects.all()}


def test_what_was_loaded_leaves_with_the_same_bytes(sources: Path, tmp_path: Path) -> None:
    shutil.copy(sources / "sources.yaml", tmp_path)  # what it says of all sources, the lessons leave out
    export(tmp_path)
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.*")}
    assert {path.stem for path in (tmp_path / "courses").iterdir()} == {"CO-101", "CO-105", "IN-201", "IN-202"}
    assert {
        Path("glossary.csv"),
        Path("items/CO-105.yaml"),
        Path("exercises/P1.yaml"),
        Path("pictures/CO-105-H1.png"),
    } < written
    for name in written - {Path("foundation.yaml")}:  # the fixture shortens its lists of courses
        assert (tmp_path / name).read_bytes() == (sources / name).read_bytes(), name


def test_an_export_says_what_it_changed_and_what_it_does_not_know(sources: Path, tmp_path: Path) -> None:
    export(tmp_path)
    stranger = tmp_path / "lessons" / "XX-900-L1.yaml"
    stranger.write_text("code: XX-900-L1\n")
    page = LessonPage.objects.get(code="CO-101-L1").get_latest_revision_as_object()
    page.minutes = 95
    page.save_revision()
    said = export(tmp_path)
    assert said.splitlines()[:2] == ["lessons/CO-101-L1.yaml", "1 file written."]
    assert "lessons/XX-900-L1.yaml" in said and stranger.exists()
    assert "The folder holds the same files already." in export(tmp_path)


def test_what_was_edited_loads_to_the_same_drafts(sources: Path, tmp_path: Path) -> None:
    course = CoursePage.objects.get(code="CO-101").get_latest_revision_as_object()
    course.hours, course.slug, course.title_es = "6.5", "customs-mission", "La misión: «revisada»\r\ny con dos líneas"
    course.save_revision()
    lesson = LessonPage.objects.get(code="CO-101-L2").get_latest_revision_as_object()
    lesson.body = [*lesson.body.raw_data, {"type": "prose", "value": {"en": "New: # not a note  ", "es": "- Nuevo"}}]
    lesson.save_revision()
    quiz = QuizPage.objects.get(code="CO-101-Q").get_latest_revision_as_object()
    quiz.items_drawn, quiz.time_limit_minutes = 5, None
    quiz.quiz_items = list(quiz.quiz_items.all())[1:]
    quiz.save_revision()
    item = Item.objects.get(code="CO-101-02")
    item.category = ItemCategory.objects.create(code="law", name_en="Law", name_es="Derecho")
    item.lesson_codes = ["CO-101-L2", "CO-105-L1"]
    item.tags.add("2026", "yes")
    item.save()
    item.save_revision()
    before = drafts()
    export(tmp_path)
    Curriculum.objects.all().delete()
    for page in CoursePage.objects.all():
        page.delete()
    CatalogPage.objects.get().delete()
    for kind in (Item, ItemCategory, GlossaryTerm):
        kind.objects.all().delete()
    load(tmp_path)
    assert drafts() == before
    assert sorted(Item.objects.get(code="CO-101-02").tags.names()) == ["2026", "yes"]
    assert "The folder holds the same files already." in export(tmp_path)
