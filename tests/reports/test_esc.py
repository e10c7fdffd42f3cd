"""The printed report: the same bytes, the same pages in both languages, nothing that the figures do not bear out."""

from __future__ import annotations

import copy
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from certificates.pdf.faces import BOLD
from certificates.pdf.marks import CLAY, Passage, Text, flat
from reports.esc.document import compose, composed_of, draw
from reports.esc.edition import LANGUAGES, Language, number, percent
from reports.esc.words import LABELS, TEXTS
from reports.exceptions import CharacterNotPrintable
from reports.figures.assembly import figures_of
from reports.figures.canonical import Figures, sha256_of
from reports.metrics.registry import registry

from .extracts import extract
from .marks_check import faults, words

LONG = "Customs house {n} of the port of entry at the bridge whose name is longer than any other, Río Bravo"
WISHES: dict[str, dict[str, Any]] = {
    "usual": {},
    "another": {"seed": 3, "offices": 60, "enrollments": 700, "cohorts": 7},
    "nobody completed": {"anybody_completes": False},
    "no cohort": {"cohorts": 0},
    "nothing": {"cohorts": 0, "courses": 0, "goals": 0, "offices": 0},
    "few": {"enrollments": 12, "offices": 3},
    "very large": {"offices": 90, "courses": 40, "goals": 23, "cohorts": 14, "enrollments": 2500, "office_name": LONG},
}


@pytest.fixture(scope="module")
def all_figures() -> dict[str, Figures]:
    return {name: figures_of(extract(**wishes)) for name, wishes in WISHES.items()}


@pytest.fixture(scope="module")
def usual(all_figures: dict[str, Figures]) -> Figures:
    return all_figures["usual"]


def text_of(pdf: bytes, folder: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is missing on this machine")
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_figures_give_the_same_bytes(usual: Figures, language: Language) -> None:
    again = figures_of(extract())
    assert draw(usual, language) == draw(again, language)
    changed = copy.deepcopy(usual)
    changed["trained"]["persons"] += 1
    assert draw(changed, language) != draw(usual, language)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", WISHES)
def test_both_editions_have_the_same_pages(all_figures: dict[str, Figures], name: str, paper: str) -> None:
    found = all_figures[name]
    english, spanish = (pypdf.PdfReader(io.BytesIO(draw(found, each, paper))) for each in LANGUAGES)
    assert len(english.pages) == len(spanish.pages) >= 9
    assert composed_of(found, "en").begins == composed_of(found, "es").begins
    box = english.pages[0].mediabox
    assert box.height > box.width


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WISHES)
def test_no_text_lies_over_another_or_outside(all_figures: dict[str, Figures], name: str, language: Language) -> None:
    pages = compose(all_figures[name], language)
    assert [(n, fault) for n, marks in enumerate(pages, 1) for fault in faults(marks)] == []


def test_long_tables_flow_with_their_heads(all_figures: dict[str, Figures]) -> None:
    pages = [words(marks) for marks in compose(all_figures["very large"], "en")]
    table = [page for page in pages if "Participant, agency and office" in page.split("\n")]
    assert len(table) > 3 and all("continued" in page for page in table[1:])
    shown = "\n".join(pages)
    offices = [each for each in all_figures["very large"]["coverage"]["lines"] if each["level"] == "office"]
    assert len(offices) > 40
    assert all(f"Customs house {each['code'][1:].lstrip('0')} of" in shown for each in offices)


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


DIGITS = re.compile(r"\d[\d,.]*\d|\d")


def allowed(figures: Figures, language: Language, pages: int) -> set[str]:
    """What the figures say, written out; numbers of fixed words, of pages, figures and tables; ticks of axes."""
    found: set[str] = set()
    for leaf in leaves(figures):
        if isinstance(leaf, str):
            found |= set(DIGITS.findall(leaf)) | {part.lstrip("0") for part in re.findall(r"\d+", leaf)}
        elif isinstance(leaf, (int, float)) and not isinstance(leaf, bool):
            written = {number(leaf), number(leaf, 1), f"{leaf:g}", percent(leaf, language)}
            found |= {piece for each in written for piece in DIGITS.findall(each)}
    for pair in TEXTS.values():
        found |= set(DIGITS.findall(pair[int(language == "es")]))
    for each in registry().values():
        for pair in (each.definition, each.numerator, each.denominator, each.caveat):
            found |= set(DIGITS.findall(pair[int(language == "es")]))
    counts = {len(figures["cohorts"]), len(figures["goals"]), sum(1 for goal in figures["goals"] if goal["persons"])}
    counts |= {figures["meta"]["smallest_cell"] - 1, *range(1, pages + 1)}
    tables = sum(len(re.findall(r"Table \d+\.", words(marks))) for marks in compose(figures, "en"))
    return found | {str(n) for n in counts | set(range(1, tables + 1)) | set(range(0, 101, 5))}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["usual", "another", "few", "nobody completed"])
def test_every_number_printed_is_one_of_the_figures(
    all_figures: dict[str, Figures], name: str, language: Language, tmp_path: Path
) -> None:
    figures = all_figures[name]
    pdf = draw(figures, language)
    text = text_of(pdf, tmp_path)
    hashes = {sha256_of(figures), figures["meta"]["content_sha256"]}
    for each in hashes:
        assert each in text
        text = text.replace(each, " ")
    may = allowed(figures, language, len(pypdf.PdfReader(io.BytesIO(pdf)).pages))
    assert sorted(set(DIGITS.findall(text)) - may) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_figures_are_printed(usual: Figures, language: Language) -> None:
    page = words(compose(usual, language)[1])
    assert number(usual["trained"]["persons"]) in page.split("\n")
    assert percent(usual["coverage"]["total"]["share"], language) in page.split("\n")
    assert percent(usual["cohorts"][0]["pace"], language) in page.split("\n")
    assert percent(usual["rates"]["total"]["share"], language) in page.split("\n")
    assert number(usual["trained"]["holders"]) in page.split("\n")


def hide_everything(value: Any) -> None:
    """Withhold all counts of figures, as an extract of very few persons would."""
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        if isinstance(each, dict) and "withheld" in each:
            each.update(part=None, rest=None, whole=None, share=None, withheld=True)
        hide_everything(each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_withheld_is_marked(usual: Figures, language: Language) -> None:
    figures = copy.deepcopy(usual)
    hide_everything(figures)
    for name in ("persons", "completions", "to_date", "holders", "enrolled"):
        figures["trained"][name] = None
    for cohort in figures["cohorts"]:
        cohort |= dict.fromkeys(("completed", "attained", "pace", "enrolled", "curve"))
        cohort["states"] = dict.fromkeys(cohort["states"])
    for goal in figures["goals"]:
        goal |= {"persons": None, "by_participant": [None] * len(goal["by_participant"])}
    pages = [words(marks) for marks in compose(figures, language)]
    assert pages[1].split("\n").count("[s]") > 20
    assert not re.search(r"\d\s?%", "\n".join(pages[1:-2]).replace("95%", "").replace("95\u00a0%", ""))
    assert not [fault for marks in compose(figures, language) for fault in faults(marks)]
    assert draw(figures, language)


def test_withheld_offices_stand_as_one_marked_row(usual: Figures) -> None:
    gathered = [each for each in usual["coverage"]["lines"] if each["level"] == "withheld"]
    pages = "\n".join(words(marks) for marks in compose(usual, "en"))
    assert gathered and all(f"[s] Offices withheld: {each['offices']}" in pages for each in gathered)
    names = [office for each in gathered for office in each["among"]]
    assert all(code in pages for code in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_demonstration_says_so_on_each_page(usual: Figures, language: Language) -> None:
    words_of_it = LABELS["demonstration"][LANGUAGES.index(language)]
    for marks in compose(usual, language):
        label = [mark for mark in flat(marks) if isinstance(mark, Text) and mark.text == words_of_it]
        assert label and all((mark.colour, mark.font) == (CLAY, BOLD) for mark in label)
    real = figures_of(extract(demonstration=False))
    assert all(words_of_it not in words(marks) for marks in compose(real, language))


def test_the_other_participant_comes_first_in_the_other_edition(usual: Figures) -> None:
    for page in (0, 1):
        english, spanish = (words(compose(usual, each)[page]) for each in LANGUAGES)
        assert english.index("Department of Homeland") < english.index("Ministry of Finance")
        assert spanish.index("Secretaría de Hacienda") < spanish.index("Departamento de Seguridad")


@pytest.mark.parametrize(("language", "locale"), [("en", "en-US"), ("es", "es-MX")])
def test_the_file_names_itself(usual: Figures, language: Language, locale: str) -> None:
    data = draw(usual, language)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.trailer["/Root"]["/Lang"] == locale
    assert reader.metadata and LABELS["report"][LANGUAGES.index(language)] in str(reader.metadata.title)
    assert len(reader.outline) == 9
    assert all(sha256_of(usual) in page.extract_text() for page in reader.pages)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.check_pdf_syntax()
        assert pdf.Root.MarkInfo.Marked and len(pdf.Root.StructTreeRoot.K[0].K) == len(pdf.pages)


def test_charts_have_words_for_those_who_do_not_see_them(usual: Figures) -> None:
    figures = [m for marks in compose(usual, "es") for m in marks if isinstance(m, Passage) and m.tag == "Figure"]
    assert figures and all(figure.alternative for figure in figures)


def test_a_character_that_no_face_has_is_named(usual: Figures) -> None:
    figures = copy.deepcopy(usual)
    figures["cohorts"][0]["name"]["en"] = "Cohort 東京"
    for language in LANGUAGES:
        with pytest.raises(CharacterNotPrintable) as refusal:
            draw(figures, language)
        assert refusal.value.values == {"characters": "京東", "text": "Cohort 東京"}


def test_every_text_is_a_pair_with_the_same_places_for_figures() -> None:
    for key, (english, spanish) in TEXTS.items():
        assert english.strip() and spanish.strip()
        assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", spanish)), key
