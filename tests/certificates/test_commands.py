"""`verify_certificate` and `reconcile_certificates`, and revoking."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from certificates.exceptions import ReasonMissing, RevokedAlready
from certificates.management.commands.verify_certificate import refusal
from certificates.models import Credential
from certificates.pdf.press import Pressroom
from certificates.services.documents import folder
from certificates.services.revocation import revoke
from certificates.services.verification import verify_file
from certificates.signing.cms import Envelope
from people import clock

from .conftest import World, draw_all
from .samples import INTEGRITY, new_issuer


@pytest.fixture
def document(world: World) -> Path:
    world.credential()
    draw_all()
    return folder() / Credential.objects.get().document


def verify(path: Path) -> str:
    out = StringIO()
    call_command("verify_certificate", str(path), stdout=out)
    return out.getvalue()


def refused(path: Path) -> str:
    with pytest.raises(CommandError) as refusal:
        verify(path)
    assert refusal.value.returncode == 1
    return str(refusal.value)


def test_good(document: Path) -> None:
    said = verify(document)
    assert "Genuine and valid" in said and "Javier Ávila Lara" in said and "SPECIMEN" in said


def test_bad_files(document: Path, tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "none.pdf")
    assert "is a folder" in refused(tmp_path)
    cases = {
        "is not a PDF": b"garbage" * 100,
        "was changed after it was signed": document.read_bytes().replace(b"/Author", b"/Authos"),
        "is not signed": Pressroom(specimen_key=True).draw(INTEGRITY),
        "too large": b"%PDF-1.7" + b"x" * (6 * 1024 * 1024),
    }
    for sentence, data in cases.items():
        (tmp_path / "file.pdf").write_bytes(data)
        assert sentence in refused(tmp_path / "file.pdf")


def test_foreign_issuer(document: Path, tmp_path: Path) -> None:
    signer, _ = new_issuer(tmp_path, "Somebody else")
    envelope = Envelope(signer)
    printed = Pressroom(specimen_key=False).print(
        Credential.objects.get().said, seal=envelope.seal, reserve=envelope.reserve, signed_at=clock.now()
    )
    (tmp_path / "file.pdf").write_bytes(printed.data)
    assert "“Somebody else”, an issuer that is not trusted" in refused(tmp_path / "file.pdf")


def test_a_key_that_has_expired_leaves_old_documents_valid_where_they_are_on_record(document: Path) -> None:
    data, later = document.read_bytes(), clock.now() + dt.timedelta(days=365 * 6)
    credential = Credential.objects.get()
    with clock.simulated(later):
        assert "Genuine and valid" in verify(document)
        judged = Client().post("/en/verify/", {"file": SimpleUploadedFile("c.pdf", data)}).content.decode()
        assert credential.number in judged and "byte for byte" in judged
        assert "was changed" in str(refusal(verify_file(data.replace(b"/Author", b"/Authos")), document))
        Credential.objects.update(document_sha256="0" * 64)  # it was drawn again since: this copy is on no record
        assert "expired on" in refused(document)
    assert document.read_bytes() == data and Credential.objects.get().payload == credential.payload


def test_a_new_key_signs_what_is_new_and_touches_nothing_else(
    document: Path, world: World, settings: Settings, tmp_path: Path
) -> None:
    data, row = document.read_bytes(), Credential.objects.values().get()
    _, root = new_issuer(tmp_path, "The next issuer", now=clock.now())
    settings.PUENTE_ISSUER_FILE = tmp_path / "issuer.p12"
    roots = Path(settings.PUENTE_KEYS_DIR) / "trusted"
    (roots / "next.pem").write_bytes(root.public_bytes(Encoding.PEM))
    new = world.credential("Ana Ruiz Paz")
    draw_all()
    assert "The next issuer" in verify(folder() / Credential.objects.get(pk=new.pk).document)
    assert document.read_bytes() == data and Credential.objects.values().get(pk=row["id"]) == row
    assert "Genuine and valid" in verify(document) and "The next issuer" not in verify(document)


def test_unknown_here(document: Path, tmp_path: Path) -> None:
    """A good signature of a trusted issuer over what this installation never issued."""
    from certificates.services.issuer import issuer

    envelope = issuer().envelope
    printed = Pressroom(specimen_key=True).print(
        INTEGRITY, seal=envelope.seal, reserve=envelope.reserve, signed_at=clock.now()
    )
    (tmp_path / "file.pdf").write_bytes(printed.data)
    assert "no certificate PU-2026-000123 with this content is known" in refused(tmp_path / "file.pdf")


def test_revoked(document: Path) -> None:
    credential = Credential.objects.get()
    with pytest.raises(ReasonMissing):
        revoke(credential=credential, reason_en="Wrong name", reason_es=" ", by=None)
    revoke(credential=credential, reason_en="Wrong name", reason_es="Nombre equivocado", by=credential.person)
    assert "was revoked on" in refused(document) and "Nombre equivocado" in refused(document)
    with pytest.raises(RevokedAlready, match=credential.number):
        revoke(credential=credential, reason_en="Again", reason_es="Otra vez", by=None)


def test_spanish_has_the_same_cases(document: Path, tmp_path: Path) -> None:
    with translation.override("es"):
        assert str(tmp_path / "none.pdf") in refused(tmp_path / "none.pdf")


def test_reconciling(world: World) -> None:
    world.enrollment(world.officer())
    out = StringIO()
    call_command("reconcile_certificates", stdout=out)
    assert "1 certificate issued late." in out.getvalue() and "1 document will be drawn." in out.getvalue()


def test_revoking_by_command(world: World) -> None:
    number = world.credential().number
    reasons = ("--reason-en", "Wrong name", "--reason-es", "Nombre equivocado")
    call_command("revoke_certificate", number.lower(), *reasons, stdout=StringIO())
    assert Credential.objects.get().is_revoked
    for asked in (number, "PU-2026-999999", "nonsense"):
        with pytest.raises(CommandError):
            call_command("revoke_certificate", asked, *reasons)


def test_offline_against_the_published_issuer(
    document: Path, tmp_path: Path, client: Client, django_assert_num_queries
) -> None:
    """Somebody elsewhere, with the file and the issuer's certificate alone."""
    published = tmp_path / "issuer.pem"
    published.write_bytes(client.get("/verify/issuer.pem").content)
    out = StringIO()
    with django_assert_num_queries(0):
        call_command("verify_certificate", str(document), issuer=published, offline=True, stdout=out)
    assert "Genuine" in out.getvalue() and Credential.objects.get().number in out.getvalue()
    _, other = new_issuer(tmp_path, "Somebody else")
    published.write_bytes(other.public_bytes(Encoding.PEM))
    with pytest.raises(CommandError, match="not trusted here"):
        call_command("verify_certificate", str(document), issuer=published, offline=True)
    published.write_text("nothing")
    with pytest.raises(CommandError, match="holds no certificate"):
        call_command("verify_certificate", str(document), issuer=published, offline=True)
