"""Figures of lessons: drawn in the reader's language, said in words beside it, frozen with the course."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from courses.figures import library
from courses.models import FrozenCourse, LessonPage
from courses.rendering import lesson_text
from people.roles import Role
from tests.school import School, build, lesson, pair

DRAWING = {
    "title": pair("Two steps"),
    "height": 120,
    "shapes": ["box 10 10 300 40 river mark=1 head=first", "arrow 160 50 160 70", "box 10 70 300 40 sand says=second"],
    "labels": {"first": pair("Ask <first>"), "second": pair("Then act")},
}
FIGURE = {
    "type": "figure", "id": "two", "drawing": "two-steps", "caption": pair("Caption of it"),
    "alt": pair("Two boxes and an arrow"),
}  # fmt: skip
ADDRESS = "/{}/courses/co-101/lesson-1/"


def drawn_lesson(number: int, code: str) -> dict[str, Any]:
    plain = lesson(number, code)
    return plain | {"blocks": [*plain["blocks"], FIGURE]}


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.PUENTE_CONTENT_DIR = tmp_path
    (tmp_path / "figures").mkdir()
    write(tmp_path, DRAWING)
    return tmp_path


def write(folder: Path, drawing: dict[str, Any], name: str = "two-steps") -> None:
    (folder / "figures" / f"{name}.yaml").write_text(yaml.safe_dump(drawing, allow_unicode=True))
    library._drawings.cache_clear()


@pytest.fixture
def drawn(db: None, folder: Path) -> School:
    return build(lessons=drawn_lesson)


@pytest.fixture
def author(drawn: School) -> Client:
    call_command("sync_roles", verbosity=0)
    return drawn.client(drawn.person("DHS", Role.INSTRUCTOR))


def figure_in(html: str) -> str:
    found = re.search(r'<figure class="ui block" id="figure-two">.*?</figure>', html, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize(("language", "word"), [("en", "(English)"), ("es", "(español)")])
def test_a_figure_is_drawn_and_said_in_the_language_of_the_page(drawn: School, language: str, word: str) -> None:
    user, *_ = drawn.trainee()
    figure = figure_in(drawn.client(user).get(ADDRESS.format(language)).content.decode())
    svg = re.search(r"<svg.*?</svg>", figure, re.DOTALL)
    assert svg and f'role="img" aria-label="Two boxes and an arrow {word}"' in svg[0]
    assert f"Ask &lt;first&gt; {word}</tspan>" in svg[0] and f"Then act {word}</tspan>" in svg[0]
    assert not re.search(r"style=|<style|<script|href=|url\(", svg[0])
    in_words = figure.partition("<details")[2]
    for text in ("Two boxes and an arrow", "Ask &lt;first&gt;", "Then act"):
        assert f"{text} {word}" in in_words
    assert f"<figcaption>Caption of it {word}</figcaption>" in figure


def test_what_was_approved_stays_when_the_drawing_changes_or_goes(drawn: School, folder: Path) -> None:
    user, *_ = drawn.trainee()
    before = figure_in(drawn.client(user).get(ADDRESS.format("es")).content.decode())
    hashes = list(FrozenCourse.objects.values_list("sha256", flat=True))
    write(folder, DRAWING | {"height": 300, "labels": {"first": pair("Another"), "second": pair("Other")}})
    (folder / "figures" / "two-steps.yaml").unlink()
    library._drawings.cache_clear()
    lesson_text.cache_clear()
    assert figure_in(drawn.client(user).get(ADDRESS.format("es")).content.decode()) == before
    assert list(FrozenCourse.objects.values_list("sha256", flat=True)) == hashes


def test_the_words_of_a_drawing_come_with_it_and_are_the_authors(author: Client, folder: Path) -> None:
    page = LessonPage.objects.get(code="CO-101-L1")
    figure = {"id": "two", "drawing": "two-steps", "alt-en": "A", "alt-es": "A", "caption-en": "C", "caption-es": "C"}
    save(author, page, figure | {"labels-count": 0})
    assert words_of(page) == {"first": DRAWING["labels"]["first"], "second": DRAWING["labels"]["second"]}
    paths = {pair.path for pair in page.text_pairs.filter(names="figure.labels")}
    labels = page.get_latest_revision_as_object().body[0].value["labels"].bound_blocks
    write(folder, DRAWING | {"shapes": DRAWING["shapes"][2:], "labels": {"second": pair("Then act")}}, "one-step")
    kept: dict[str, Any] = {"labels-count": 2}
    for number, label in enumerate(labels):
        kept |= {
            f"labels-{number}-{key}": value
            for key, value in {"id": label.id, "order": number, "deleted": "", "value-id": label.value["id"],
                               "value-en": "Ours", "value-es": "Lo nuestro"}.items()
        }  # fmt: skip
    save(author, page, figure | kept)
    assert words_of(page) == {key: {"en": "Ours", "es": "Lo nuestro"} for key in ("first", "second")}
    assert {pair.path for pair in page.text_pairs.filter(names="figure.labels")} == paths
    save(author, page, figure | kept | {"drawing": "one-step"})
    assert words_of(page) == {"second": {"en": "Ours", "es": "Lo nuestro"}}
    both = author.get(f"/en/admin/pages/{page.pk}/view_draft/?mode=both").content.decode()
    assert "Ours</tspan>" in both and "Lo nuestro</tspan>" in both  # an approver reads the same rows
    assert "Lo nuestro</tspan>" in author.get(f"/en/admin/pages/{page.pk}/view_draft/?mode=es").content.decode()


def save(author: Client, page: LessonPage, figure: dict[str, Any]) -> None:
    values = {
        "title_en": "T", "title_es": "T", "code": page.code, "slug": page.slug, "number": 1, "minutes": 30,
        "sources": "[]", "outcomes": "[]", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        "body-count": 1, "body-0-deleted": "", "body-0-order": 0, "body-0-type": "figure",
        "body-0-id": "3f1c0b8e-6a3d-4a57-9d6e-2f0f4f6b1a11",
        "body-0-value-sources-count": 0, "body-0-value-teaching_points-count": 0, "body-0-value-brief": "",
        **{f"body-0-value-{name}": value for name, value in figure.items()},
    }  # fmt: skip
    answer = author.post(f"/en/admin/pages/{page.pk}/edit/", values)
    assert answer.status_code == 302, re.findall(r"errorlist.*", answer.content.decode())[:5]


def words_of(page: LessonPage) -> dict[str, dict[str, str]]:
    page.refresh_from_db()
    body = page.get_latest_revision_as_object().body
    return {word["id"]: {"en": word["en"], "es": word["es"]} for word in body[0].value["labels"]}


def test_every_course_that_ships_has_a_figure() -> None:
    lessons = Path(settings.PUENTE_CONTENT_DIR) / "lessons"
    drawn = {path.name[:6] for path in lessons.glob("*.yaml") if "\n  drawing: " in path.read_text()}
    assert drawn == {path.stem for path in (Path(settings.PUENTE_CONTENT_DIR) / "courses").glob("*.yaml")}
