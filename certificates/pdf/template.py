"""The page of an edition, prepared once: everything but what a holder adds, as bytes that never change.

reportlab draws the static layer and embeds the faces; pikepdf adds the structure tree, the signature field and
places for the holder's objects. Those places ("slots") are cut out again: a press fills them in for each holder.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from ..payload import Language, Payload
from .drawing import Element, Painter
from .faces import BOLD, DISPLAY, MONO, SANS, SERIF_ITALIC, repertoire
from .holder import code_cells, holder_layer
from .layout import static_layer
from .marks import PAPERS
from .stream import Letters
from .words import LANGUAGES, LOCALES, WORDS

SLOTS = ("content-en", "content-es", "code", "info", "signature")
CODE_NAME = b"Code"
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑªº·–—’")
_WESTERN = frozenset(bytes(range(0xC0, 0x100)).decode("latin-1")) - {"×", "÷"} | frozenset("ŠšŽžŒœŸ")
#: What is embedded for the holder's words. Other letters of the faces are there too, but on the slow road only.
PREPARED: Mapping[str, frozenset[str]] = {
    DISPLAY: _ASCII | _SPANISH | _WESTERN,
    SERIF_ITALIC: _ASCII | _SPANISH,
    MONO: frozenset(" ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"),
    SANS: _ASCII | _SPANISH,
    BOLD: _ASCII | _SPANISH,
}

rl_config.useA85 = 0  # binary streams: smaller and faster


@dataclass(frozen=True, slots=True)
class Template:
    """The unchanging head of a file, and where the holder's objects go."""

    page: tuple[float, float]
    head: bytes
    offsets: Mapping[int, int]
    size: int
    root: bytes
    slots: Mapping[str, int]
    letters: Mapping[str, Letters]
    first_ids: Mapping[Language, int]
    title: str

    @property
    def digest(self) -> Any:
        """A SHA-256 that has read the head."""
        return hashlib.sha256(self.head)


def prepare(payload: Payload, *, paper: str = "letter", specimen_key: bool, extra: Iterable[str] = ()) -> Template:
    """The template for the edition of this payload. `extra` characters are embedded beside the prepared ones.

    Raises:
        CharacterMissing: a face lacks a character of the static layer or of the holder's words.
    """
    page = PAPERS[paper]
    title = (
        " / ".join((WORDS["title"].en, WORDS["title"].es))
        + f" · {payload.curriculum.title_en} / {payload.curriculum.title_es}"
    )
    drawn, letters, elements = _draw(payload, page, specimen_key, frozenset(extra))
    first_ids: dict[Language, int] = {code: len(elements[code]) for code in LANGUAGES}
    cells = code_cells(payload, page)
    for code in LANGUAGES:
        start = len(elements[code])
        for n, passage in enumerate(holder_layer(payload, code, page, cells), start):
            elements[code].append(Element(passage.tag, passage.place, passage.alternative, n))
    return _cut(_complete(drawn, elements, title), page, letters, first_ids, title)


def _draw(
    payload: Payload, page: tuple[float, float], specimen_key: bool, extra: frozenset[str]
) -> tuple[bytes, dict[str, Letters], dict[Language, list[Element]]]:
    """Both static pages by reportlab; where each prepared letter stands in the embedded fonts; the elements drawn."""
    out = io.BytesIO()
    canvas = Canvas(
        out, pagesize=page, invariant=1, pageCompression=1, initialFontName=SANS, lang=LOCALES["en"], pdfVersion=(1, 7)
    )
    letters = {face: _letters(canvas, face, (wanted | extra) & repertoire(face)) for face, wanted in PREPARED.items()}
    elements: dict[Language, list[Element]] = {}
    for language in LANGUAGES:
        painter = Painter(canvas)
        canvas.saveState()
        painter.paint(static_layer(payload, language, page, specimen_key=specimen_key))
        canvas.restoreState()
        canvas.showPage()
        elements[language] = painter.elements
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.save()
    return out.getvalue(), letters, elements


def _letters(canvas: Canvas, face: str, characters: frozenset[str]) -> Letters:
    font = pdfmetrics.getFont(face)
    document = canvas._doc  # noqa: SLF001 (a font splits for a document, and the canvas shows it by no other name)
    codes: dict[str, tuple[bytes, int]] = {}
    for character in sorted(characters):
        ((subset, code),) = font.splitString(character, document)
        codes[character] = (font.getSubsetInternalName(subset, document).encode(), code[0])
    return Letters(codes)


def _complete(drawn: bytes, elements: Mapping[Language, Sequence[Element]], title: str) -> bytes:
    """Add slots, signature field, structure tree and metadata. The same input gives the same bytes."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        slot = {name: _slot(pdf, name) for name in SLOTS}
        for language, page in zip(LANGUAGES, pdf.pages, strict=True):
            old = page.obj["/Contents"]
            page.obj["/Contents"] = Array([*(old if isinstance(old, Array) else [old]), slot[f"content-{language}"]])
            page.Resources["/XObject"] = Dictionary({f"/{CODE_NAME.decode()}": slot["code"]})
            page.obj["/Lang"] = String(LOCALES[language])
        _add_signature_field(pdf, slot["signature"])
        _add_structure(pdf, elements)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = {LOCALES["en"], LOCALES["es"]}
        pdf.trailer["/Info"] = slot["info"]
        out = io.BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
            force_version="1.7",
        )
        return out.getvalue()


def _slot(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary(PuenteSlot=String(f"puente-slot:{name}")))


def _add_signature_field(pdf: pikepdf.Pdf, signature: pikepdf.Object) -> None:
    """One invisible field: the signature certifies the whole file, and permits no change (DocMDP 1)."""
    page = pdf.pages[0].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("Issuer"),
            F=132,
            Rect=Array([0, 0, 0, 0]),
            V=signature,
            P=page,
        )
    )
    page["/Annots"] = Array([field])
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]), SigFlags=3)
    pdf.Root["/Perms"] = Dictionary(DocMDP=signature)


def _add_structure(pdf: pikepdf.Pdf, elements: Mapping[Language, Sequence[Element]]) -> None:
    """The structure tree: a section for each language, its elements in the order of reading."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    sections, numbers = [], []
    for index, (language, page) in enumerate(zip(LANGUAGES, pdf.pages, strict=True)):
        section = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Sect, P=document, Lang=String(LOCALES[language]))
        )
        made: dict[int, pikepdf.Object] = {}
        for element in elements[language]:
            entry = Dictionary(
                Type=Name.StructElem, S=Name(f"/{element.tag}"), P=section, Pg=page.obj, K=element.content_id
            )
            if element.alternative:
                entry["/Alt"] = String(element.alternative)
            made[element.content_id] = pdf.make_indirect(entry)
        in_reading_order = sorted(elements[language], key=lambda element: element.place)
        section["/K"] = Array([made[element.content_id] for element in in_reading_order])
        page.obj["/StructParents"], page.obj["/Tabs"] = index, Name.S
        numbers += [index, Array([made[n] for n in sorted(made)])]
        sections.append(section)
    document["/K"], root["/K"] = Array(sections), Array([document])
    root["/ParentTree"], root["/ParentTreeNextKey"] = Dictionary(Nums=Array(numbers)), len(sections)
    pdf.Root["/StructTreeRoot"], pdf.Root["/MarkInfo"] = root, Dictionary(Marked=True)


def _cut(
    whole: bytes,
    page: tuple[float, float],
    letters: Mapping[str, Letters],
    first_ids: Mapping[Language, int],
    title: str,
) -> Template:
    """Take the slots out of the file, and keep the rest with its offsets."""
    xref = int(whole[whole.rindex(b"startxref") :].split()[1])
    table = whole[xref : whole.rindex(b"trailer")].split(b"\n", 2)
    size = int(table[1].split()[1])
    starts = {n: int(table[2][n * 20 : n * 20 + 10]) for n in range(1, size)}
    ends = dict(zip(sorted(starts.values()), [*sorted(starts.values())[1:], xref], strict=True))
    head, offsets, slots = bytearray(whole[: min(ends)]), {}, {}
    for number, start in sorted(starts.items(), key=lambda entry: entry[1]):
        text = whole[start : ends[start]]
        if text[:20].split()[:3] != [str(number).encode(), b"0", b"obj"]:
            raise ValueError(f"object {number} is not where the table of contents says")
        if found := re.search(rb"\(puente-slot:([a-z-]+)\)", text[:120]):
            slots[found[1].decode()] = number
        else:
            offsets[number] = len(head)
            head += text
    root = re.search(rb"/Root (\d+ 0 R)", whole[whole.rindex(b"trailer") :])
    if set(slots) != set(SLOTS) or root is None:
        raise ValueError("the prepared page lost a slot")
    return Template(page, bytes(head), offsets, size, root[1], slots, letters, first_ids, title)
