"""What a file is, told from its bytes."""

from __future__ import annotations

import enum
import io
import zipfile

HEAD_BYTES = 4096


class Kind(enum.StrEnum):
    """The kinds that are told apart. Everything else is UNKNOWN and is taken nowhere."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    AVIF = "avif"
    SVG = "svg"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    ZIP = "zip"
    OLD_OFFICE = "old office"
    TEXT = "text"
    EMPTY = "empty"
    UNKNOWN = "unknown"


IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.GIF, Kind.WEBP, Kind.AVIF})
OFFICE = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.ODP})
EXTENSIONS = {
    Kind.JPEG: {"jpg", "jpeg"}, Kind.TEXT: {"txt", "csv"},
    **{kind: {kind.value} for kind in (*OFFICE, Kind.PDF, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.AVIF)},
}  # fmt: skip
"""The endings that a file of this kind may have."""

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLD_OFFICE),
)
_PARTS = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX, "ppt/presentation.xml": Kind.PPTX}
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.presentation": Kind.ODP,
}


def kind_of(data: bytes) -> Kind:
    """The kind of a whole file. Never raises for what it holds."""
    head = data[:HEAD_BYTES]
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        return Kind.EMPTY
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp":
        return Kind.AVIF if head[8:12] in {b"avif", b"avis"} else Kind.UNKNOWN
    if head.lstrip()[:5] == b"%PDF-":
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(data)
    return _kind_of_text(data)


def _kind_of_archive(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _PARTS.items() if part in names), Kind.ZIP)
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return _MIMETYPES.get(archive.read("mimetype").strip(), Kind.ZIP)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError):
        return Kind.UNKNOWN
    return Kind.ZIP


def _kind_of_text(data: bytes) -> Kind:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            return Kind.UNKNOWN
    elif b"\x00" in data:
        return Kind.UNKNOWN
    else:
        text = data[:HEAD_BYTES].decode("utf-8-sig", errors="replace")
    beginning = text[:HEAD_BYTES].lower()
    if "<svg" in beginning:
        return Kind.SVG
    if beginning.lstrip().startswith(("<!doctype", "<html", "<?xml", "<script")):
        return Kind.UNKNOWN  # a browser would run it
    return Kind.TEXT
