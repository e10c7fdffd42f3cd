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
    MP3 = "mp3"
    M4A = "m4a"
    OGG = "ogg"
    MP4 = "mp4"
    WEBM = "webm"
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
MEDIA = frozenset({Kind.MP3, Kind.M4A, Kind.OGG, Kind.MP4, Kind.WEBM})
DOCUMENTS = OFFICE | MEDIA | {Kind.PDF, Kind.TEXT}
"""What the library of documents takes."""
EXTENSIONS = {
    Kind.JPEG: {"jpg", "jpeg"}, Kind.TEXT: {"txt", "csv"},
    **{kind: {kind.value} for kind in (*OFFICE, *MEDIA, Kind.PDF, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.AVIF)},
}  # fmt: skip
"""The endings that a file of this kind may have."""

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"OggS", Kind.OGG),
    (b"ID3", Kind.MP3),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLD_OFFICE),
)
_FILMS = (
    b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"dash",
)  # fmt: skip
_BRANDS = dict.fromkeys(_FILMS, Kind.MP4) | {
    b"avif": Kind.AVIF, b"avis": Kind.AVIF, b"M4A ": Kind.M4A, b"M4B ": Kind.M4A,
}  # fmt: skip
"""What a file of the ISO family (MPEG-4 and others) says to be."""
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
        return _BRANDS.get(head[8:12], Kind.UNKNOWN)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return Kind.WEBM if b"webm" in head[:64] else Kind.UNKNOWN
    if head[0] == 0xFF and len(head) > 1 and head[1] & 0xE6 == 0xE2:
        return Kind.MP3  # a frame of MPEG audio, layer III, without a tag before it
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
