"""The source files are loaded as drafts; what people wrote since is theirs."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from courses.models import CoursePage, Item, LessonPage
from curricula.models import CurriculumEdition
from curricula.services.editions import approve_edition
from people.models import Participant, User
from tests.journeys.conftest import with_first_editions


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    """A copy of the sources, loaded."""
    with_first_editions(settings.PUENTE_CONTENT_DIR, tmp_path / "content")
    load(tmp_path / "content")
    return tmp_path / "content"


def load(folder: Path, **options: bool) -> str:
    said = StringIO()
    with translation.override("en"):
        call_command("load_curricula", folder=folder, stdout=said, **options)
    return said.getvalue()


def author() -> User:
    return User.objects.create_user(
        "author@cbp.example", given_names="A", surname_1="B", participant=Participant.objects.get(code="DHS")
    )


def test_loading_again_keeps_candidates_and_their_approvals(folder: Path) -> None:
    edition = CurriculumEdition.objects.get(curriculum__code="CO")
    approve_edition(edition=edition, by=author())
    assert "There is nothing to propose." in load(folder)
    edition.refresh_from_db()
    assert edition.state == "candidate" and edition.approvals.count() == 1
    assert CurriculumEdition.objects.count() == 2


def test_a_changed_file_becomes_a_new_candidate(folder: Path) -> None:
    path = folder / "courses" / "CO-101.yaml"
    path.write_text(
        path.read_text().replace("Customs Mission", "The Customs Mission", 1).replace("Misión aduanera", "La misión", 1)
    )
    assert "Customs Officer: edition 2 proposed." in load(folder)


def test_a_file_that_changes_one_language_is_a_draft_that_says_what_it_waits_for(folder: Path) -> None:
    path = folder / "courses" / "CO-101.yaml"
    path.write_text(path.read_text().replace("Customs Mission", "The Customs Mission", 1))
    before = CurriculumEdition.objects.count()
    said = load(folder)
    assert "CO-101 Title" in said and "confirm that it still stands" in said
    assert CurriculumEdition.objects.count() == before
    assert CoursePage.objects.get(code="CO-101").get_latest_revision_as_object().title_en.startswith("The Customs")


def test_what_a_person_wrote_is_not_overwritten_unless_asked_for(folder: Path) -> None:
    person = author()
    lesson = LessonPage.objects.get(code="CO-101-L1").get_latest_revision_as_object()
    lesson.title_en, lesson.title_es = "By a person", "De una persona"
    lesson.save_revision(user=person)
    item = (
        Item.objects.get(code="CO-101-01") if Item.objects.filter(code="CO-101-01").exists() else Item.objects.first()
    )
    assert item
    item.stem_en, item.stem_es = "Asked by a person", "Preguntado por una persona"
    item.save()
    item.save_revision(user=person)
    said = load(folder)
    assert "CO-101-L1" in said and item.code in said
    assert LessonPage.objects.get(code="CO-101-L1").get_latest_revision_as_object().title_en == "By a person"
    item.refresh_from_db()
    assert item.stem_en == "Asked by a person"
    load(folder, overwrite=True)
    assert LessonPage.objects.get(code="CO-101-L1").get_latest_revision_as_object().title_en != "By a person"
    item.refresh_from_db()
    assert item.stem_en != "Asked by a person"
