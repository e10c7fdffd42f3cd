"""The sheet of a session to print: one row for each officer with a seat, to sign by hand. Heads in both languages.

One of the rooms that know reportlab. Pieces and pages are those of the committee's report.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.drawing import Element, Painter
from certificates.pdf.faces import BOLD, DISPLAY, MONO, SANS, SERIF
from certificates.pdf.marks import CLAY, INK, PAPERS, QUIET, RIVER, RULE, Mark, Passage, Text, line
from certificates.pdf.ornament import bridge
from certificates.pdf.words import LOCALES
from curricula.models import Session, SessionPlace
from curricula.session_words import day_of, hours_of
from lms.privacy.pdf import printable
from people.bilingual import other
from reports.esc.blocks import Block, Flow, H, W, lines_of
from reports.esc.paging import Page, paginate, twins
from reports.esc.structure import with_structure

ROW, SPARE_ROWS = 30.0, 3
NUMBER, OFFICER, SIGNATURE, IN, OUT, MINUTES = 0.0, 22.0, 222.0, 352.0, 396.0, 440.0


def draw(session: Session, places: Sequence[SessionPlace], instructors: Sequence[str]) -> bytes:
    """The PDF, on Letter paper, in the reader's language first. `places` need their enrollment, person and office."""
    language = "es" if (get_language() or "en").startswith("es") else "en"
    locale = LOCALES[language]  # type: ignore[index]
    title = _("Attendance sheet")
    flow = _flow(session, places, instructors, language)
    pages = paginate(1, twins([flow.blocks]), twins([_empty()])[0])
    height, width = PAPERS["letter"]  # upright
    out, elements = io.BytesIO(), list[list[Element]]()
    canvas = Canvas(
        out, pagesize=(width, height), invariant=1, pageCompression=1, initialFontName=SANS, lang=locale,
        pdfVersion=(1, 7),
    )  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor("Puente")
    canvas.setCreator("Puente")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for n, page in enumerate(pages, 1):
        painter = Painter(canvas)
        canvas.saveState()
        canvas.translate((width - W) / 2, (height - H) / 2 + 4)
        painter.paint([*_marks(page), *_furniture(session, n, len(pages))])
        canvas.restoreState()
        canvas.showPage()
        elements.append(painter.elements)
    canvas.save()
    return with_structure(out.getvalue(), elements, locale, title)


def _empty() -> list[Block]:
    flow = Flow()
    flow.add(8, lambda _top, _room: [])
    return flow.blocks


def _marks(page: Page) -> list[Mark]:
    top, found = H, list[Mark]()
    for twin, space in page.pieces:
        top -= space
        found += twin.editions[0].render(top, twin.height)
        top -= twin.height
    return found


def _both(language: str, text: str) -> tuple[str, str]:
    """A message in the reader's language, then in the other."""
    said = []
    for code in (language, other(language)):
        with override(code):
            said.append(_(text))
    return said[0], said[1]


def _flow(session: Session, places: Sequence[SessionPlace], instructors: Sequence[str], language: str) -> Flow:
    flow = Flow()
    first, second = _both(language, "Attendance sheet")

    def head(top: float, room: float) -> list[Mark]:
        said = (Text(0, top - 72, first, DISPLAY, 22, INK), Text(0, top - 88, second, SERIF, 11, QUIET))
        return [*bridge(6, top - 34, 54), Text(80, top - 29, "Puente", BOLD, 14), Passage("H1", 0, said)]

    flow.add(98, head, keep=True)
    flow.text(printable(f"{session.course.code} · {session.course.title}"), face=SERIF, size=13, color=RIVER, keep=True)
    where = ", ".join(part for part in (session.place, session.room) if part)
    day = day_of(session.starts_at, session.time_zone)
    hours = hours_of(session.starts_at, session.ends_at, session.time_zone)
    flow.text(printable(f"{day} · {hours}"), face=SERIF, size=10, keep=True)
    flow.text(printable(f"{where} · {session.cohort.code}"), face=SERIF, size=10, keep=True)
    if instructors:
        flow.text(printable(_("Instructors: %(names)s") % {"names": ", ".join(instructors)}), size=10, keep=True)
    flow.space(10)
    heads = _heads(language)
    flow.add(heads.height, heads.render, keep=True)
    for number, place in enumerate(places, 1):
        _row(flow, number, place, heads)
    for number in range(len(places) + 1, len(places) + SPARE_ROWS + 1):
        _row(flow, number, None, heads)
    flow.space(14)
    flow.text(
        _("Sign in your own hand. Whoever was there for part of the time writes when they came and left. Instructor’s "
          "signature: ______________________________"), face=SERIF, size=9,
    )  # fmt: skip
    return flow


def _heads(language: str) -> Block:
    """The heads of the columns, in both languages."""
    columns = (
        (OFFICER, _both(language, gettext_noop("Officer"))),
        (SIGNATURE, _both(language, gettext_noop("Signature"))),
        (IN, _both(language, gettext_noop("Came"))),
        (OUT, _both(language, gettext_noop("Left"))),
        (MINUTES, _both(language, gettext_noop("Minutes"))),
    )

    def render(top: float, room: float) -> list[Mark]:
        marks: list[Mark] = [line(0, top - 25, W, top - 25, INK, 0.8)]
        for x, (own, others) in columns:
            own_text, other_text = Text(x, top - 9, own, BOLD, 7.4, INK), Text(x, top - 18, others, SANS, 6.6, QUIET)
            marks.append(Passage("P", 0, (own_text, other_text)))
        return marks

    return Block(27, render)


def _row(flow: Flow, number: int, place: SessionPlace | None, heads: Block) -> None:
    name, small = "", ""
    if place is not None:
        person, enrollment = place.enrollment.person, place.enrollment
        name = lines_of(printable(person.sorting_name), SERIF, 9.6, SIGNATURE - OFFICER - 8)[0]
        small = lines_of(printable(f"{person.officer_number}  {enrollment.office.name}"), SANS, 6.8, 190)[0]

    def render(top: float, room: float) -> list[Mark]:
        low = top - ROW
        marks: list[Mark] = [line(0, low, W, low, RULE, 0.5)]
        marks += [line(x - 5, top, x - 5, low, RULE, 0.4) for x in (SIGNATURE, IN, OUT, MINUTES)]
        said = [Text(NUMBER, top - 13, str(number), MONO, 7.2, QUIET)]
        if name:
            said += [Text(OFFICER, top - 13, name, SERIF, 9.6, INK), Text(OFFICER, top - 23, small, SANS, 6.8, QUIET)]
        return [*marks, Passage("P", 0, tuple(said))]

    flow.add(ROW, render, again=heads)


def _furniture(session: Session, n: int, count: int) -> list[Mark]:
    page = _("Page %(n)s of %(count)s") % {"n": n, "count": count}
    marks: list[Mark] = [
        line(0, -24, W, -24, RULE, 0.5),
        Text(0, -36, f"Puente · {session.course.code} · {session.starts_at.astimezone(session.zone):%Y-%m-%d}", SANS, 7,
             QUIET),
        Text(W, -43, page, BOLD, 8, INK, "right"),
    ]  # fmt: skip
    if session.cohort.is_demo:
        marks.append(Text(W, -34, _("Demonstration data"), BOLD, 6.8, CLAY, "right"))
    return marks
