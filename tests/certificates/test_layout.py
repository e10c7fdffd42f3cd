"""The layout, looked at as marks: nothing over anything, nothing outside, in both languages, on both papers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.payload import Language, Pair, Payload
from certificates.pdf.faces import DISPLAY, CharacterMissing, repertoire, width_of
from certificates.pdf.fitting import balanced, wrap
from certificates.pdf.frame import LIVE_H, LIVE_W, Frame
from certificates.pdf.holder import NAME_W, code_cells, fit_name, holder_layer
from certificates.pdf.layout import outcomes_that_fit, static_layer
from certificates.pdf.marks import PAPERS, CodeCells, Mark, Text, Turned, flat
from certificates.pdf.words import LANGUAGES, as_item

from .samples import INTEGRITY, certificate_for

Box = tuple[float, float, float, float, str]
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzáéíóúüñçãőřžABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉÍÓÚÜ’-")
WORDS = st.text(LETTERS, min_size=1, max_size=22)
NAMES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
LONGEST = "Guillermo Maximiliano Fernández-Villavicencio de Echeverría y Rodríguez de San Miguel"


def page_of(payload: Payload, language: Language, paper: str) -> list[Mark]:
    page = PAPERS[paper]
    layers = [
        *static_layer(payload, language, page, specimen_key=True),
        *holder_layer(payload, language, page, code_cells(payload, page)),
    ]
    return flat([mark for mark in layers if not isinstance(mark, Turned)])


def boxes(marks: list[Mark]) -> Iterator[Box]:
    """Left, foot, right, top: of texts from under the baseline to the height of a capital; of the square code as it
    is."""
    for mark in marks:
        if isinstance(mark, CodeCells):
            yield mark.x, mark.y, mark.x + mark.side, mark.y + mark.side, "the square code"
        if isinstance(mark, Text) and mark.text.strip():
            width = width_of(mark.text, mark.font, mark.size)
            x = mark.x + {"left": 0.0, "centre": -width / 2, "right": -width}[mark.align]
            yield x, mark.y - 0.18 * mark.size, x + width, mark.y + 0.68 * mark.size, mark.text


def faults(marks: list[Mark], paper: str) -> list[str]:
    frame, found = Frame(PAPERS[paper]), list(boxes(marks))
    outside = [
        b[4]
        for b in found
        if b[0] < frame.left - 0.5 or b[2] > frame.left + LIVE_W + 0.5 or b[1] < frame.y(LIVE_H + 12)
    ]
    over = [
        f"{a[4]} | {b[4]}"
        for a, b in combinations(found, 2)
        if a[0] < b[2] - 0.3 and b[0] < a[2] - 0.3 and a[1] < b[3] - 0.3 and b[1] < a[3] - 0.3
    ]
    return [*(f"outside: {text}" for text in outside), *(f"overlap: {texts}" for texts in over)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [INTEGRITY.holder.name, "Ana Ruiz", LONGEST])
def test_nothing_overlaps_and_nothing_leaves_the_page(name: str, language: Language, paper: str) -> None:
    assert faults(page_of(certificate_for(name), language, paper), paper) == []


@settings(max_examples=60, deadline=None)
@given(name=NAMES, language=st.sampled_from(LANGUAGES))
def test_any_name_fits(name: str, language: Language) -> None:
    assert faults(page_of(certificate_for(name), language, "letter"), "letter") == []


@settings(deadline=None)
@given(NAMES)
def test_a_name_is_printed_whole_on_at_most_two_lines(name: str) -> None:
    size, lines = fit_name(name)
    assert len(lines) <= 2 and " ".join(lines) == name
    assert all(width_of(line, DISPLAY, size) <= NAME_W + 0.01 for line in lines)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(NAMES, NAMES), min_size=0, max_size=5),
    st.tuples(NAMES, NAMES),
    st.tuples(NAMES, NAMES),
    st.sampled_from(LANGUAGES),
)
def test_any_edition_fits(
    outcomes: list[tuple[str, str]], title: tuple[str, str], post: tuple[str, str], language: Language
) -> None:
    body = dataclasses.replace(
        INTEGRITY.bodies[0], post_en=post[0][:160], post_es=post[1][:160], signatory=title[0][:160]
    )
    payload = dataclasses.replace(
        INTEGRITY,
        outcomes=tuple(Pair(en[:180], es[:180]) for en, es in outcomes),
        curriculum=dataclasses.replace(INTEGRITY.curriculum, title_en=title[0][:200], title_es=title[1][:200]),
        bodies=(body, INTEGRITY.bodies[1]),
    )
    assert faults(page_of(payload, language, "a4"), "a4") == []


def test_outcomes_have_one_size_and_number_on_both_pages() -> None:
    wordy = Pair("Say briefly what it is.", "Explicar con todo detalle " + "y con mucha calma " * 9)
    size, count = outcomes_that_fit(dataclasses.replace(INTEGRITY, outcomes=(wordy,) * 5))
    assert size < 9.5 and 0 < count <= 5


def test_both_pages_are_of_equal_rank() -> None:
    """Same number of texts, same sizes, and the two bodies change places."""
    pages = {
        language: [m for m in page_of(INTEGRITY, language, "letter") if isinstance(m, Text)] for language in LANGUAGES
    }
    first = {
        language: next(m.text for m in page if m.y == Frame(PAPERS["letter"]).y(60)) for language, page in pages.items()
    }
    assert first == {"en": INTEGRITY.bodies[0].participant_en, "es": INTEGRITY.bodies[1].participant_es}
    titles = {
        language: next(m.size for m in page if m.font == DISPLAY and m.size == 29) for language, page in pages.items()
    }
    assert titles["en"] == titles["es"]


@pytest.mark.parametrize("name", ["Дмитрий", "王小明", "Ana 🙂 Ruiz"])
def test_a_letter_that_no_face_has_is_said_and_not_printed_as_a_box(name: str) -> None:
    with pytest.raises(CharacterMissing) as refusal:
        fit_name(name)
    assert refusal.value.characters and set(refusal.value.characters) <= set(name)


@given(st.text(st.sampled_from(sorted(repertoire(DISPLAY) - {"\u00a0"})), min_size=1, max_size=200), st.floats(60, 600))
def test_wrapping_keeps_every_word(text: str, width: float) -> None:
    words = " ".join(text.split()) or "x"
    assert " ".join(wrap(words, DISPLAY, 12, width)) == words
    assert " ".join(balanced(words, DISPLAY, 12, width)) == words


def test_items_of_a_list_read_as_one_sentence() -> None:
    assert as_item("State the four tasks.", is_last=False) == "state the four tasks;"
    assert as_item("HS codes are read.", is_last=True) == "HS codes are read."
