"""Everything that is held about a person as a document to read: in one language, in the look of the house.

The only room of this floor that knows reportlab. Pieces and pages are those of the committee's report.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.drawing import Element, Painter
from certificates.pdf.faces import BOLD, DISPLAY, MONO, SANS, SERIF, repertoire, width_of
from certificates.pdf.fitting import block
from certificates.pdf.marks import CLAY, INK, PAPERS, QUIET, RIVER, RULE, Mark, Passage, Text, line, rect
from certificates.pdf.ornament import bridge, span_rule
from certificates.pdf.words import LOCALES
from lms.templatetags.puente import clock_time, day
from people.held_data import Field, Section
from reports.esc.blocks import Flow, H, W, lines_of
from reports.esc.paging import Page, paginate, twins
from reports.esc.structure import with_structure

from .document import HeldData
from .words import lines_of_value

LABEL, INDENT, SIZE, LEADING = 132.0, 144.0, 8.8, 11.6
MOST_KEPT_TOGETHER = 20
LINES_OF_A_PIECE = 24  # a longer text is broken between pages here
UP = 4.0  # the live area stands a little above the middle


def draw(held: HeldData) -> bytes:
    """The PDF, on Letter paper, in the active language. The same data gives the same bytes."""
    language = "es" if (get_language() or "en").startswith("es") else "en"
    locale = LOCALES[language]  # type: ignore[index]
    height, width = PAPERS["letter"]  # upright
    out, elements = io.BytesIO(), list[list[Element]]()
    title = _("What Puente holds about you")
    canvas = Canvas(
        out, pagesize=(width, height), invariant=1, pageCompression=1, initialFontName=SANS, lang=locale,
        pdfVersion=(1, 7),
    )  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor("Puente")
    canvas.setCreator("Puente")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for marks in compose(held):
        painter = Painter(canvas)
        canvas.saveState()
        canvas.translate((width - W) / 2, (height - H) / 2 + UP)
        painter.paint(marks)
        canvas.restoreState()
        canvas.showPage()
        elements.append(painter.elements)
    canvas.save()
    return with_structure(out.getvalue(), elements, locale, title)


def compose(held: HeldData) -> list[list[Mark]]:
    """All pages as marks: the whole layout, without a canvas."""
    flow = Flow()
    _opening(flow, held)
    for section, rows in held.parts:
        _section(flow, section, rows)
    again = Flow()
    again.add(8, lambda _top, _room: [])
    pages = paginate(1, twins([flow.blocks]), twins([again.blocks])[0])
    return [[*_marks(page), *_furniture(held, n, len(pages))] for n, page in enumerate(pages, 1)]


def _marks(page: Page) -> list[Mark]:
    """The pieces from the top down, with the room above each that it asks for."""
    top, found = H, list[Mark]()
    for twin, space in page.pieces:
        top -= space
        found += twin.editions[0].render(top, twin.height)
        top -= twin.height
    return found


def _opening(flow: Flow, held: HeldData) -> None:
    def head(top: float, room: float) -> list[Mark]:
        said = Text(0, top - 78, _("What Puente holds about you"), DISPLAY, 27, INK)
        return [*bridge(6, top - 36, 60), Text(86, top - 30, "Puente", BOLD, 15), Passage("H1", 0, (said,))]

    flow.add(96, head, keep=True)
    flow.text(printable(held.name), face=SERIF, size=14, color=RIVER, keep=True)
    made = _("Made on %(day)s at %(time)s. Times are given in that zone.")
    flow.space(4)
    flow.text(made % {"day": day(held.made_at), "time": clock_time(held.made_at)})
    if held.is_demo:
        flow.text(_("Demonstration data: this person is invented."), face=BOLD, size=9.5, color=CLAY)
    flow.space(8)
    flow.text(
        _(
            "The same is in the JSON file, for machines, with codes instead of words. A dash means that nothing is "
            "held. To have something corrected or erased, write to the program manager or an administrator of your "
            "Participant."
        )
    )


def _section(flow: Flow, section: Section, rows: Sequence[dict[str, object]]) -> None:
    title, count = str(section.title), len(rows)
    words = ngettext("%(n)s entry", "%(n)s entries", count) % {"n": count} if count else _("nothing is held")

    def head(top: float, room: float) -> list[Mark]:
        at = 6 + width_of(title, DISPLAY, 15)
        texts = (Text(0, top - 18, title, DISPLAY, 15), Text(at, top - 18, words, SANS, 8, QUIET))
        return [line(0, top, W, top, INK, 0.8), Passage("H2", 0, texts)]

    flow.space(22)
    flow.add(25, head, keep=True)
    flow.text(str(section.about), face=SERIF, size=9.2, color=QUIET, keep=bool(rows))
    for row in rows:
        _row(flow, section.fields, row)


def _row(flow: Flow, fields: Sequence[Field], row: dict[str, object]) -> None:
    """A row's pieces stand on one page, unless there are too many."""
    flow.space(7)
    pieces = [piece for field in fields for piece in _pieces(field, row[field.key])]
    for n, (labels, values, face) in enumerate(pieces):
        keep = n < 2 if len(pieces) > MOST_KEPT_TOGETHER else n < len(pieces) - 1
        _piece(flow, labels, values, face, is_first=n == 0, keep=keep)


def _pieces(field: Field, value: object) -> Iterator[tuple[list[str], list[str], str]]:
    """Label and lines of a value; what is longer than a piece may be goes on without its label."""
    face = MONO if "sha256" in field.key else SERIF
    lines = [line for text in lines_of_value(field, value) for line in _wrapped(text, face)]
    for start in range(0, len(lines), LINES_OF_A_PIECE):
        labels = [] if start else lines_of(printable(str(field.title)), SANS, 7.4, LABEL)
        yield labels, lines[start : start + LINES_OF_A_PIECE], face


def _piece(flow: Flow, labels: list[str], values: list[str], face: str, *, is_first: bool, keep: bool) -> None:
    height = max(len(values) * LEADING, len(labels) * 9.4) + (5 if is_first else 1.2)

    def render(top: float, room: float) -> list[Mark]:
        base = top - (5 if is_first else 0)
        marks: list[Mark] = [line(0, top, W, top, RULE, 0.5)] if is_first else []
        said = (
            *block(0, base - SIZE, labels, SANS, 7.4, 9.4, QUIET),
            *block(INDENT, base - SIZE, values, face, _size(face), LEADING),
        )
        return [*marks, Passage("P", 0, said)]

    flow.add(height, render, keep=keep)


def _wrapped(text: str, face: str) -> list[str]:
    indent = len(text) - len(text.lstrip("\u2003"))
    lead = "\u00a0\u00a0\u00a0" * indent
    room = W - INDENT - width_of(lead, face, _size(face))
    return [lead + piece for piece in lines_of(printable(text.strip("\u2003")), face, _size(face), room)]


def _size(face: str) -> float:
    return 7.2 if face == MONO else SIZE


def printable(text: str) -> str:
    """The text with each character that a typeface lacks as its code, such as [U+4E2D]: it is told, not left out."""
    known = repertoire(SANS) & repertoire(BOLD) & repertoire(SERIF) & repertoire(DISPLAY)
    composed = " ".join(unicodedata.normalize("NFC", text).split(" "))
    return "".join(each if each in known else " " if each.isspace() else f"[U+{ord(each):04X}]" for each in composed)


def _furniture(held: HeldData, n: int, count: int) -> list[Mark]:
    page = _("Page %(n)s of %(count)s") % {"n": n, "count": count}
    marks: list[Mark] = [
        line(0, -24, W, -24, RULE, 0.5),
        Text(0, -36, f"Puente · {day(held.made_at)}", SANS, 7, QUIET),
        Text(W, -43, page, BOLD, 8, INK, "right"),
    ]
    if held.is_demo:
        words = _("Demonstration data")
        at = W - width_of(words, BOLD, 6.8)
        marks += [rect(at - 8, -34, 4.6, 4.6, fill=CLAY), Text(W, -34, words, BOLD, 6.8, CLAY, "right")]
    if n > 1:
        marks += [
            Text(0, H + 25, _("What Puente holds about you"), SANS, 8, QUIET),
            span_rule(0, H + 15, W, 4, RIVER, 0.6),
        ]
    return marks
