"""Every drawing that ships, looked at in headless Chromium in both languages: no word leaves its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, sync_playwright

from courses.figures.lettering import PADDING
from courses.figures.library import read_drawings
from courses.figures.shapes import WIDTH, shapes_of
from courses.figures.svg import svg_of
from lms.stylesheet import SOURCE, joined_stylesheet
from tests.journeys.test_in_the_browser import FLAGS

pytestmark = pytest.mark.browser
DRAWINGS = read_drawings(Path(settings.PUENTE_CONTENT_DIR))
MOST_BYTES = 8 * 1024
BOXES_OF_TEXTS = """() => Array.from(document.querySelectorAll("svg text"), (text) => {
  const {x, y, width, height} = text.getBBox(); return [text.textContent, x, y, x + width, y + height];
})"""
Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser.new_page(viewport={"width": 320, "height": 900})
        browser.close()


@pytest.fixture(scope="module")
def stylesheet() -> str:
    return joined_stylesheet().replace("url('fonts/", f"url('{SOURCE.parent.as_uri()}/fonts/")


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_word_leaves_its_place_or_covers_another(page: Page, stylesheet: str, tmp_path: Path, language: str) -> None:
    wrong = []
    for name, drawing in DRAWINGS.items():
        words = {label: each[language] for label, each in drawing.labels.items()}
        svg = svg_of(drawing.shapes, drawing.height, words, name)
        assert len(svg.encode()) < MOST_BYTES, name
        (tmp_path / "page.html").write_text(f"<meta charset='utf-8'><style>{stylesheet}</style><figure>{svg}</figure>")
        page.goto((tmp_path / "page.html").as_uri())
        page.evaluate("document.fonts.ready")
        places = [_place(*shape.numbers) for shape in shapes_of(drawing.shapes) if shape.kind == "box"]
        places += [(x - r, y - r, x + r, y + r) for x, y, r in _circles(drawing.shapes)]
        texts = [(text, tuple(corners)) for text, *corners in page.evaluate(BOXES_OF_TEXTS)]
        written = "".join(text for text, _corners in texts).replace(" ", "")
        assert not [label for label in words.values() if label.replace(" ", "") not in written], name
        wrong += [(name, text) for text, box in texts if not any(_is_in(box, place) for place in places)]
        wrong += [
            (name, one, other)
            for number, (one, box) in enumerate(texts)
            for other, another in texts[number + 1 :]
            if _meet(box, another)
        ]
    assert not wrong


def test_a_drawing_is_as_wide_as_a_phone_and_its_letters_can_be_read(
    page: Page, stylesheet: str, tmp_path: Path
) -> None:
    drawing = DRAWINGS["clearance-sequence"]
    svg = svg_of(drawing.shapes, drawing.height, {}, "x")
    body = f"<figure><div class='drawing-scroll' tabindex='0'>{svg}</div></figure>"
    (tmp_path / "page.html").write_text(f"<meta charset='utf-8'><style>{stylesheet}</style>{body}")
    page.goto((tmp_path / "page.html").as_uri())
    drawn, room = (page.locator(each).bounding_box() for each in ("svg", ".drawing-scroll"))
    assert drawn and room
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert 11 <= 13 * drawn["width"] / WIDTH <= 20
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator(".drawing-scroll").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.drawing-scroll').scrollLeft > 0")


def _place(x: float, y: float, width: float, height: float) -> Box:
    return x, y, x + width, y + height


def _circles(shapes: list[str]) -> list[tuple[float, ...]]:
    return [shape.numbers for shape in shapes_of(shapes) if shape.kind == "circle"]


def _is_in(box: tuple[float, ...], place: Box) -> bool:
    return (
        box[0] >= place[0] + PADDING / 2
        and box[2] <= place[2] - PADDING / 2
        and box[1] >= place[1]
        and box[3] <= place[3]
    )


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
