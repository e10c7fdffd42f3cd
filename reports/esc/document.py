"""The report as a document: figures in, pages out, in either language. It computes nothing but where things stand."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.drawing import Painter
from certificates.pdf.faces import BOLD, DISPLAY, SANS, SERIF, CharacterMissing, repertoire
from certificates.pdf.marks import CLAY, INK, PAPERS, Mark, Passage, Text
from certificates.pdf.words import LOCALES

from ..exceptions import CharacterNotPrintable
from ..figures.canonical import Figures, sha256_of
from .blocks import Flow, H, W
from .cover import cover, furniture
from .edition import LANGUAGES, Edition, Language
from .paging import Page, Twin, paginate, twins
from .sections_cohorts import cohorts
from .sections_completion import completion
from .sections_coverage import coverage
from .sections_goals import goals
from .sections_learning import first_attempts, languages
from .sections_method import method
from .sections_summary import summary
from .structure import with_structure

SECTIONS: tuple[Callable[[Edition, Flow], None], ...] = (
    summary,
    goals,
    cohorts,
    coverage,
    completion,
    first_attempts,
    languages,
    method,
)
UP = 4.0  # the live area stands a little above the middle

rl_config.useA85 = 0  # binary streams: smaller and faster


@dataclass(frozen=True, slots=True)
class Composed:
    """Pages as marks on the live area, and the page on which each section begins, counted from 0."""

    pages: list[list[Mark]]
    begins: list[int]


def draw(figures: Figures, language: Language, paper: str = "letter") -> bytes:
    """One edition as a PDF; the same figures give the same bytes.

    Raises:
        CharacterNotPrintable: a name has a character that no typeface has.
    """
    composed = composed_of(figures, language)
    height, width = PAPERS[paper]  # upright
    edition, out = Edition(figures, language), io.BytesIO()
    canvas = Canvas(
        out, pagesize=(width, height), invariant=1, pageCompression=1, initialFontName=SANS,
        lang=LOCALES[language], pdfVersion=(1, 7),
    )  # fmt: skip
    period = edition.say("subtitle", **_period(edition))
    title = f"{edition.say('report')}: {edition.say('title')}. {period}"
    canvas.setTitle(title)
    canvas.setAuthor("Puente")
    canvas.setSubject(period)
    canvas.setKeywords([figures["meta"]["extract"], sha256_of(figures)])
    canvas.setCreator("Puente")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    titles = {0: edition.say("title")} | {
        page: f"{n}  {edition.say(f's{n}')}" for n, page in enumerate(composed.begins, 1)
    }
    elements = []
    for n, marks in enumerate(composed.pages):
        if n in titles:
            canvas.bookmarkPage(f"p{n}")
            canvas.addOutlineEntry(titles[n], f"p{n}", 0)
        painter = Painter(canvas)
        canvas.saveState()
        canvas.translate((width - W) / 2, (height - H) / 2 + UP)
        painter.paint(marks)
        canvas.restoreState()
        canvas.showPage()
        elements.append(painter.elements)
    canvas.save()
    return with_structure(out.getvalue(), elements, LOCALES[language], title)


def compose(figures: Figures, language: Language) -> list[list[Mark]]:
    """All pages as marks: the whole layout, without a canvas.

    Raises:
        CharacterNotPrintable: a name has a character that no typeface has.
    """
    return composed_of(figures, language).pages


def composed_of(figures: Figures, language: Language) -> Composed:
    """All pages, and where sections begin. Both editions are laid out, so that they break alike."""
    _check_characters(figures)
    try:
        return _composed(figures, language)
    except CharacterMissing as missing:
        raise CharacterNotPrintable(characters=missing.characters, text=missing.text) from None


def _composed(figures: Figures, language: Language) -> Composed:
    editions = [Edition(figures, each) for each in LANGUAGES]
    laid: list[Page] = []
    begins: list[int] = []
    for n, section in enumerate(SECTIONS, 1):
        flows = []
        for edition in editions:
            flow = Flow(n, edition.say(f"s{n}"))
            section(edition, flow)
            flows.append(flow)
        begins.append(1 + len(laid))
        laid += paginate(n, twins([flow.blocks for flow in flows]), _continued(n, editions))
    at = LANGUAGES.index(language)
    edition, count, digest = Edition(figures, language), 1 + len(laid), sha256_of(figures)
    pages = [[*cover(edition, begins), *furniture(edition, 1, count, digest)]]
    for number, page in enumerate(laid, 2):
        pages.append([*page.marks(at), *furniture(edition, number, count, digest)])
    return Composed(pages, begins)


def _continued(section: int, editions: list[Edition]) -> Twin:
    """The line at the top of a section's further pages."""

    def flow_of(edition: Edition) -> Flow:
        flow = Flow()
        words = edition.say("goes_on", label=edition.say(f"s{section}"))

        def render(top: float, room: float) -> list[Mark]:
            return [
                Passage(
                    "P",
                    0,
                    (Text(0, top - 11, str(section), DISPLAY, 12, CLAY), Text(18, top - 11, words, DISPLAY, 12, INK)),
                )
            ]

        flow.add(26, render)
        return flow

    return twins([flow_of(edition).blocks for edition in editions])[0]


def _period(edition: Edition) -> dict[str, str]:
    meta = edition.figures["meta"]
    return {"first": edition.day(meta["period_from"]), "last": edition.day(meta["period_to"])}


def _check_characters(figures: Figures) -> None:
    known = repertoire(SANS) & repertoire(BOLD) & repertoire(SERIF)
    for text in _texts(figures):
        if lacking := sorted(set(unicodedata.normalize("NFC", text)) - known):
            raise CharacterNotPrintable(characters="".join(lacking), text=text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
