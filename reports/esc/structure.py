"""Adds to a drawn report what a screen reader needs: the structure tree, page by page, and the title as metadata."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from certificates.pdf.drawing import Element


def with_structure(
    drawn: bytes, elements: Sequence[Sequence[Element]], locale: str, title: str, locales: Sequence[str] = ()
) -> bytes:
    """The same file with its structure; the same input gives the same bytes. `locales` names each page's language,
    where they differ."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=root, Lang=String(locale), T=String(title))
        )
        parts, numbers = [], []
        for index, (found, page) in enumerate(zip(elements, pdf.pages, strict=True)):
            part = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=document))
            if locales:
                part["/Lang"] = String(locales[index])
            made = [pdf.make_indirect(_entry(element, part, page.obj)) for element in found]
            part["/K"] = Array(made)
            page.obj["/StructParents"], page.obj["/Tabs"] = index, Name.S
            numbers += [index, Array(made)]
            parts.append(part)
        document["/K"], root["/K"] = Array(parts), Array([document])
        root["/ParentTree"] = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        root["/ParentTreeNextKey"] = len(parts)
        pdf.Root["/StructTreeRoot"], pdf.Root["/MarkInfo"] = root, Dictionary(Marked=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = set(locales) or {locale}
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, force_version="1.7")
        return out.getvalue()


def _entry(element: Element, part: pikepdf.Object, page: pikepdf.Object) -> Dictionary:
    entry = Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=part, Pg=page, K=element.content_id)
    if element.alternative:
        entry["/Alt"] = String(element.alternative)
    return entry
