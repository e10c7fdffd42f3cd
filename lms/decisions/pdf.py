"""The record of decision as a PDF in duplicate: the English edition, then the Spanish one, page for page alike.

One of the rooms that know reportlab. Pieces and pages are those of the committee's report.
"""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from django.utils.translation import override
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.drawing import Element, Painter
from certificates.pdf.faces import BOLD, DISPLAY, MONO, SANS, SERIF
from certificates.pdf.fitting import block
from certificates.pdf.marks import INK, PAPERS, QUIET, RIVER, RULE, Mark, Passage, Text, line
from certificates.pdf.ornament import bridge
from certificates.pdf.words import LANGUAGES, LOCALES
from curricula.models import DecisionRecord
from lms.privacy.pdf import printable
from reports.esc.blocks import Flow, H, W, lines_of
from reports.esc.paging import paginate, twins
from reports.esc.structure import with_structure

from .document import Document, document_of, names_in

LABEL, INDENT, SIZE, LEADING = 168.0, 180.0, 9.2, 12.4


def draw(record: DecisionRecord) -> bytes:
    """The PDF, on Letter paper. The same record and the same names give the same bytes."""
    names = names_in(record)
    editions = []
    for language in LANGUAGES:
        with override(language):
            document = document_of(record, names)
            editions.append((language, document, _flow(document).blocks, _page_words()))
    pages = paginate(1, twins([blocks for _, _, blocks, _ in editions]), twins([_again(), _again()])[0])
    height, width = PAPERS["letter"]  # upright
    out, elements, locales = io.BytesIO(), list[list[Element]](), list[str]()
    title = " / ".join(document.title for _, document, _, _ in editions)
    canvas = Canvas(
        out, pagesize=(width, height), invariant=1, pageCompression=1, initialFontName=SANS,
        lang=LOCALES["en"], pdfVersion=(1, 7),
    )  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor("Puente")
    canvas.setCreator("Puente")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for place, (language, document, _blocks, words) in enumerate(editions):
        for n, page in enumerate(pages, 1):
            painter = Painter(canvas)
            canvas.saveState()
            canvas.translate((width - W) / 2, (height - H) / 2 + 4)
            painter.paint([*page.marks(place), *_furniture(document, words % {"n": n, "count": len(pages)})])
            canvas.restoreState()
            canvas.showPage()
            elements.append(painter.elements)
            locales.append(LOCALES[language])
    canvas.save()
    return with_structure(out.getvalue(), elements, LOCALES["en"], title, locales)


def _page_words() -> str:
    return _("Page %(n)s of %(count)s")


def _again() -> list:  # type: ignore[type-arg]
    flow = Flow()
    flow.add(8, lambda _top, _room: [])
    return flow.blocks


def _flow(document: Document) -> Flow:
    flow = Flow()

    def head(top: float, room: float) -> list[Mark]:
        said = Text(0, top - 78, document.title, DISPLAY, 27, INK)
        return [*bridge(6, top - 36, 60), Text(86, top - 30, "Puente", BOLD, 15), Passage("H1", 0, (said,))]

    flow.add(96, head, keep=True)
    flow.text(printable(document.subject), face=SERIF, size=14, color=RIVER, keep=True)
    flow.space(6)
    flow.text(document.opening)
    for part in document.parts:
        flow.space(13)
        flow.subheading(part.title)
        for name, value in part.rows:
            _row(flow, printable(name), printable(value), MONO if part.codes else SERIF)
    flow.space(22)
    flow.text(document.closing, face=SERIF, size=9.5)
    return flow


def _row(flow: Flow, name: str, value: str, face: str) -> None:
    size = 7.2 if face == MONO else SIZE
    labels = lines_of(name, SANS, 7.8, LABEL)
    values = lines_of(value, face, size, W - INDENT)

    def render(top: float, room: float) -> list[Mark]:
        said = (
            *block(0, top - 5 - SIZE, labels, SANS, 7.8, 10, QUIET),
            *block(INDENT, top - 5 - SIZE, values, face, size, LEADING),
        )
        return [line(0, top, W, top, RULE, 0.5), Passage("P", 0, said)]

    flow.add(max(len(values) * LEADING, len(labels) * 10) + 8, render)


def _furniture(document: Document, page: str) -> list[Mark]:
    return [
        line(0, -24, W, -24, RULE, 0.5),
        Text(0, -36, f"SHA-256 {document.sha256}", MONO, 6.4, QUIET),
        Text(W, -43, page, BOLD, 8, INK, "right"),
    ]
