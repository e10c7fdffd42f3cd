"""A certificate drawn wholly by reportlab, each file anew: what the prepared page is measured against (`lms.bench`)."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from ..payload import Payload
from .drawing import Painter
from .faces import SANS
from .holder import code_cells, holder_layer
from .layout import static_layer
from .marks import PAPERS, CodeCells, Mark
from .words import LANGUAGES


def plain_file(payload: Payload, *, with_code: bool) -> bytes:
    """Both pages in one file, without structure and signature; the square code only if asked for."""
    page, out = PAPERS[payload.design.paper], io.BytesIO()
    canvas = Canvas(out, pagesize=page, invariant=1, pageCompression=1, initialFontName=SANS)
    cells = code_cells(payload, page) if with_code else CodeCells(0, 0, 0, 1, ())
    for language in LANGUAGES:
        marks: list[Mark] = list(static_layer(payload, language, page, specimen_key=False))
        marks += [each for each in holder_layer(payload, language, page, cells) if with_code or each.tag != "Figure"]
        Painter(canvas).paint(marks)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
