"""Files are judged by what they hold, in one place, and a refusal says what is wrong and how to mend it."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings
from wagtail.documents.models import Document
from wagtail.images.models import Image as WagtailImage

from people.models import User
from people.roles import Role
from people.uploads import Kind, UploadRefused, check_upload, kind_of
from people.uploads.kinds import MEDIA
from tests import media
from tests.school import School, build

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), frames: int = 1) -> bytes:
    data = io.BytesIO()
    first, *others = [Image.new("RGB", size, (n * 40 % 255, 90, 120)) for n in range(frames)]
    first.save(data, kind, **({"save_all": True, "append_images": others} if others else {}))
    return data.getvalue()


def pdf(pages: int = 1, script: str = "", attached: bool = False, password: str = "") -> bytes:
    data = io.BytesIO()
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if script:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
    if attached:
        document.attachments["evil.exe"] = b"MZ"
    locked = pikepdf.Encryption(owner=password, user=password) if password else False
    document.save(data, encryption=locked)
    return data.getvalue()


def archive(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


def workbook(**more: bytes) -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", **more})


def bomb() -> bytes:
    """A PDF of a few kilobytes that unpacks to a hundred megabytes, twice packed."""
    once = zlib.compress(b"\0" * 100 * 2**20, 9)
    return b"%PDF-1.7\n1 0 obj<</Length 1/Filter[/FlateDecode/FlateDecode]>>stream\n" + zlib.compress(once, 9)


KINDS = {
    Kind.PNG: picture(), Kind.JPEG: picture("JPEG"), Kind.GIF: picture("GIF"), Kind.WEBP: picture("WEBP"),
    Kind.AVIF: picture("AVIF"), Kind.SVG: SVG, Kind.PDF: pdf(), Kind.XLSX: workbook(), Kind.ZIP: archive(a=b"1"),
    Kind.DOCX: archive(**{"[Content_Types].xml": b"", "word/document.xml": b""}),
    Kind.ODT: archive(mimetype=b"application/vnd.oasis.opendocument.text"),
    Kind.OLD_OFFICE: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, Kind.TEXT: "código,año\n1,2\n".encode(),
    Kind.MP3: media.mp3(), Kind.M4A: media.mp4(brand=b"M4A "), Kind.MP4: media.mp4(), Kind.WEBM: media.webm(),
    Kind.OGG: b"OggS" + bytes(40), Kind.EMPTY: b" \n\t", Kind.UNKNOWN: b"\x7fELF\x00\x00",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_is_told_from_the_bytes(kind: Kind) -> None:
    assert kind_of(KINDS[kind]) is kind
    assert kind_of(b"<!DOCTYPE html><p>") is Kind.UNKNOWN and kind_of(b"PK\x03\x04broken") is Kind.UNKNOWN


ALL = frozenset(KINDS)
TAKEN = MEDIA | {Kind.PNG, Kind.GIF, Kind.PDF, Kind.XLSX, Kind.TEXT}
BAD = {
    "empty": ("a.png", b"", "empty"),
    "too large": ("a.txt", b"a\n" * 600_000, "too_large"),
    "another kind": ("a.png", picture("JPEG"), "wrong_kind"),
    "a program": ("a.pdf", b"\x7fELF\x00\x00", "wrong_kind"),
    "a page": ("a.txt", b"<html><script>1</script>", "wrong_kind"),
    "svg": ("a.png", SVG, "svg"),
    "another name": ("a.pdf", picture(), "wrong_name"),
    "no ending": ("a", picture(), "wrong_name"),
    "cut off": ("a.png", picture(size=(400, 300))[:200], "broken"),
    "many pixels": ("a.png", picture(size=(5000, 900)), "too_many_pixels"),
    "many frames": ("a.gif", picture("GIF", (900, 900), 6), "too_many_pixels"),
    "many pages": ("a.pdf", pdf(pages=12), "too_many_pages"),
    "a script": ("a.pdf", pdf(script="app.alert(1)"), "active"),
    "an attachment": ("a.pdf", pdf(attached=True), "active"),
    "a locked pdf": ("a.pdf", pdf(password="secret"), "encrypted"),
    "half a pdf": ("a.pdf", b"%PDF-1.7\nnothing more", "broken"),
    "a pdf that floods": ("a.pdf", bomb(), "unpacks"),
    "an unbounded filter": ("a.pdf", b"%PDF-1.7\n<</Filter/L#5aWDecode>>", "unpacks"),
    "a zip bomb": ("a.xlsx", workbook(bomb=b"\0" * 30 * 2**20), "unpacks"),
    "macros": ("a.xlsx", workbook(**{"xl/vbaProject.bin": b"1"}), "active"),
    "a path outside": ("a.xlsx", workbook(**{"../../etc/passwd": b"1"}), "broken"),
    "a film in name": ("a.mp4", media.mp3(), "wrong_name"),
    "half a film": ("a.mp4", media.mp4()[:30], "broken"),
    "a sound of nothing": ("a.mp3", b"ID3\x03" + bytes(60), "broken"),
    "an empty ogg": ("a.ogg", KINDS[Kind.OGG], "broken"),
    "a matroska": ("a.webm", media.webm().replace(b"webm", b"matr"), "wrong_kind"),
    "a quicktime": ("a.mp4", media.mp4(brand=b"qt  "), "wrong_kind"),
    "a long line": ("a.csv", b"a," * 20_000, "long_line"),
    "control characters": ("a.csv", b"a,b\x07\n", "unreadable_text"),
}


@pytest.fixture
def small(settings: Settings) -> None:
    settings.PUENTE_UPLOAD_MOST_PAGES = 10
    settings.PUENTE_UPLOAD_MOST_UNPACKED_BYTES = 20 * 2**20
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 4_000_000


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_with_its_reason(small: None, what: str) -> None:
    name, data, reason = BAD[what]
    with pytest.raises(UploadRefused) as refusal:
        check_upload(SimpleUploadedFile(name, data), kinds=TAKEN, most_bytes=2**20)
    assert refusal.value.reason == reason
    assert str(refusal.value).count(".") >= 1 and "%(" not in str(refusal.value)


GOOD = ("a.PNG", "a.gif", "a.pdf", "a.xlsx", "a.csv", "a.txt", "a.mp3", "a.m4a", "a.mp4", "a.webm")


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_passes_and_is_left_at_its_beginning(small: None, name: str) -> None:
    kind = {"csv": Kind.TEXT, "txt": Kind.TEXT}.get(name[2:]) or Kind(name[2:].lower())
    file = SimpleUploadedFile(name, KINDS[kind], content_type="application/x-whatever")
    assert check_upload(file, kinds=TAKEN, most_bytes=2**20) is kind
    assert file.read() == KINDS[kind]


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture
def root(school: School) -> Client:
    return school.client(User.objects.create_superuser("root@puente.example", "a-long-password", given_names="R"))


def send(client: Client, what: str, name: str, data: bytes, language: str = "en") -> str:
    file = SimpleUploadedFile(name, data, content_type="image/png")
    fields = {"title": "A file", "file": file, "description": "d"}
    return str(client.post(f"/{language}/admin/{what}/add/", fields).content.decode())


def test_pictures_and_documents_of_the_administration_pass_the_door(root: Client) -> None:
    send(root, "images", "port.png", picture())
    send(root, "documents", "guide.pdf", pdf())
    assert WagtailImage.objects.count() == Document.objects.count() == 1
    for name, data in (("a.svg", SVG), ("a.png", SVG), ("a.png", pdf()), ("a.png", picture(size=(400, 300))[:300])):
        page = send(root, "images", name, data)
        assert any(said in page for said in ("SVG drawings can hold programs", "whatever its name", "is damaged"))
    assert "holds programs, macros or other files" in send(root, "documents", "a.pdf", pdf(script="1"))
    send(root, "documents", "film.webm", media.webm())
    assert Document.objects.count() == 2
    for name, data in (("a.html", b"<html>"), ("a.svg", SVG), ("a.pdf", SVG), ("a.zip", archive(a=b"1"))):
        send(root, "documents", name, data)
    assert (WagtailImage.objects.count(), Document.objects.count()) == (1, 2)


def test_a_document_comes_as_an_attachment_that_is_not_run(root: Client) -> None:
    send(root, "documents", "guide.pdf", pdf())
    answer = root.get(Document.objects.get().url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff" and "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_public_check_does_not_unpack_a_flood(db: None) -> None:
    answer = Client().post("/en/verify/", {"file": SimpleUploadedFile("c.pdf", bomb())})
    assert answer.status_code == 400 and "unpacks to more than 32.0" in answer.content.decode()


def test_a_roster_is_a_text_or_a_workbook_whatever_its_name_says(school: School, tmp_path: Path) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    for data in (picture(), pdf(), SVG):
        sent = {"file": SimpleUploadedFile("padron.csv", data, content_type="text/csv")}
        page = manager.post("/en/manage/cohorts/cohort-1/roster/", sent).content.decode()
        assert "neither a text file nor a workbook" in page and "CSV UTF-8" in page
    sent = {"file": SimpleUploadedFile("padron.csv", b"x" * 30_000)}
    assert "Line 1 has more than" in manager.post("/en/manage/cohorts/cohort-1/roster/", sent).content.decode()
    sent = {"file": SimpleUploadedFile("padron.xlsx", workbook(**{"xl/big.xml": bytes(90_000_000)}))}
    assert "unpacks to more than" in manager.post("/en/manage/cohorts/cohort-1/roster/", sent).content.decode()
