"""The document: the same bytes for the same payload, signed so that two independent readers agree."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from certificates.payload import Payload
from certificates.pdf.faces import CharacterMissing
from certificates.pdf.press import Pressroom, Printed
from certificates.pdf.qr import runs, spoken_by_code
from certificates.signing.checking import Finding, check_document
from certificates.signing.cms import Envelope
from certificates.signing.development import development_issuer, make_issuer
from certificates.signing.signer import FileSigner, KeyUnreadable

from .samples import INTEGRITY, NOW, certificate_for, new_issuer


class House:
    """An issuer with its pressroom."""

    def __init__(self, folder: Path) -> None:
        self.signer, self.root = new_issuer(folder)
        self.envelope, self.room = Envelope(self.signer), Pressroom(specimen_key=False)

    def print(self, payload: Payload) -> Printed:
        return self.room.print(payload, seal=self.envelope.seal, reserve=self.envelope.reserve, signed_at=NOW)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("issuer"))


@pytest.fixture(scope="module")
def signed(house: House) -> Printed:
    return house.print(INTEGRITY)


def check(data: bytes, *trusted: x509.Certificate, at: dt.datetime = NOW) -> Finding:
    return check_document(data, trusted=trusted, at=at).finding


def text_of(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_same_payload_same_bytes(paper: str) -> None:
    first, second = (Pressroom(specimen_key=True, paper=paper).draw(INTEGRITY) for _ in range(2))
    assert first == second
    assert first != Pressroom(specimen_key=True, paper=paper).draw(certificate_for("Ana Ruiz"))


def test_two_pages_of_equal_rank_in_one_file(signed: Printed) -> None:
    english, spanish = text_of(signed.data)
    for page in (english, spanish):
        assert INTEGRITY.holder.name in page and INTEGRITY.number in page and "7F3K-92QM-4XTB" in page
    assert "Certificate of Completion" in english and "Integrity and Professional Conduct" in english
    assert "Certificado de conclusión" in spanish and "Integridad y conducta profesional" in spanish
    assert "November 22, 2026" in english and "22 de noviembre de 2026" in spanish


def test_specimens_say_so_in_both_languages() -> None:
    for payload, specimen_key in ((certificate_for("Ana Ruiz", demonstration=True), False), (INTEGRITY, True)):
        for page in text_of(Pressroom(specimen_key=specimen_key).draw(payload)):
            assert "SPECIMEN" in page and "MUESTRA" in page
            assert ("Demonstration" in page and "Demostración" in page) or ("Specimen:" in page and "Muestra:" in page)
    assert not any("MUESTRA" in page for page in text_of(Pressroom(specimen_key=False).draw(INTEGRITY)))


def test_every_face_is_embedded_and_the_pages_are_tagged(signed: Printed) -> None:
    with pikepdf.open(io.BytesIO(signed.data)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert fonts and all("/FontFile2" in font.FontDescriptor and "/ToUnicode" in font for font in fonts)
        sections = pdf.Root.StructTreeRoot.K[0].K
        assert [str(section.Lang) for section in sections] == ["en-US", "es-MX"]
        assert str(sections[0].K[0].S) == "/H1"


@pytest.mark.parametrize("name", ["Łukasz Dvořák Őrsi", "Ana Ruiz", "O’Brien-Núñez", "Jose\u0301 Pe\u0301rez"])
def test_names_beyond_the_prepared_letters_are_printed_too(house: House, name: str) -> None:
    printed = house.print(certificate_for(name))
    composed = name.replace("e\u0301", "é")
    assert all(composed in page for page in text_of(printed.data))
    assert check(printed.data, house.root) is Finding.VALID


def test_a_name_without_letters_in_the_faces_is_refused(house: House) -> None:
    with pytest.raises(CharacterMissing, match="U\\+738B"):
        house.print(certificate_for("王"))


def test_the_signature_is_valid_and_says_which_certificate_it_is(house: House, signed: Printed) -> None:
    assert hashlib.sha256(signed.data).hexdigest() == signed.sha256
    result = check_document(signed.data, trusted=[house.root], at=NOW)
    assert (result.finding, result.number, result.code, result.payload_sha256) == (
        Finding.VALID,
        INTEGRITY.number,
        INTEGRITY.code,
        INTEGRITY.sha256,
    )
    assert result.signer == "Test issuer" and result.signed_at == NOW


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not installed")
@pytest.mark.parametrize("name", [INTEGRITY.holder.name, "Łukasz Dvořák Őrsi"])
def test_poppler_agrees(house: House, tmp_path: Path, name: str) -> None:
    data, path = house.print(certificate_for(name)).data, tmp_path / "certificate.pdf"
    path.write_bytes(data)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in said and "Total document signed" in said and "ETSI.CAdES.detached" in said
    path.write_bytes(data.replace(b"/Author", b"/Authos"))
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" not in said


def test_no_byte_can_be_changed_unnoticed(house: House, signed: Printed) -> None:
    chance, data = random.Random(7), signed.data
    hole = data.index(b"/Contents <") + 11
    places = (
        {chance.randrange(len(data)) for _ in range(40)}
        | set(range(hole, hole + 2 * house.envelope.reserve, 97))
        | {hole + 2 * house.envelope.reserve - 1}
    )
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1
        assert check(bytes(changed), house.root) in {Finding.CHANGED, Finding.NOT_A_PDF}, place


def test_what_a_file_can_be(house: House, signed: Printed, tmp_path: Path) -> None:
    _, stranger = new_issuer(tmp_path, "Somebody else")
    assert check(signed.data, stranger) is Finding.FOREIGN
    assert check(signed.data) is Finding.FOREIGN
    assert check(signed.data, house.root, at=NOW + dt.timedelta(days=2000)) is Finding.EXPIRED
    assert check(signed.data, stranger, at=NOW + dt.timedelta(days=2000)) is Finding.FOREIGN
    assert check(house.room.draw(INTEGRITY), house.root) is Finding.UNSIGNED
    assert check(signed.data + b"\n% more", house.root) is Finding.CHANGED
    assert check(signed.data[:-500], house.root) is Finding.CHANGED
    for garbage in (b"", b"hello", b"%PDF-1.7\n", b"\x00" * 2000, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj"):
        assert check(garbage, house.root) is Finding.NOT_A_PDF


def test_a_certificate_copied_under_another_signature_is_foreign(house: House, tmp_path: Path) -> None:
    forger, _ = new_issuer(tmp_path, "Test issuer")
    envelope = Envelope(forger)
    forged = house.room.print(INTEGRITY, seal=envelope.seal, reserve=envelope.reserve, signed_at=NOW)
    assert check(forged.data, house.root) is Finding.FOREIGN


def test_the_square_code_says_the_address_in_capitals_where_that_leads_there() -> None:
    assert spoken_by_code("https://puente.example/v/7F3K92QM4XTB") == "HTTPS://PUENTE.EXAMPLE/V/7F3K92QM4XTB"
    assert spoken_by_code("https://puente.example/training/v/7F3K") == "https://puente.example/training/v/7F3K"
    modules, cells = runs("https://puente.example/v/7F3K92QM4XTB")
    assert modules == 29 and (0, 28, 7) in cells
    assert runs("https://" + "long." * 16 + "example/v/7F3K92QM4XTB")[0] > 29
    with pytest.raises(ValueError):
        runs("https://puente.example/v/" + "x" * 400)


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is not installed")
def test_the_square_code_is_read_back(signed: Printed, tmp_path: Path) -> None:
    zxing = pytest.importorskip("zxingcpp", reason="no reader of square codes is installed")
    image = pytest.importorskip("PIL.Image")
    (tmp_path / "c.pdf").write_bytes(signed.data)
    subprocess.run(["pdftoppm", "-r", "100", "-png", tmp_path / "c.pdf", tmp_path / "c"], check=True)
    for page in (1, 2):
        found = zxing.read_barcodes(image.open(tmp_path / f"c-{page}.png"))
        assert [code.text for code in found] == [spoken_by_code(INTEGRITY.verify_url)]


def test_the_development_issuer_is_made_once_and_says_what_it_is(tmp_path: Path) -> None:
    path = development_issuer(tmp_path / "keys", now=NOW)
    first = path.read_bytes()
    assert development_issuer(tmp_path / "keys", now=NOW).read_bytes() == first
    assert path.stat().st_mode & 0o077 == 0
    signer = FileSigner.from_file(path)
    assert signer.is_specimen
    assert len(list((tmp_path / "keys" / "trusted").glob("*.pem"))) == 1


def test_a_key_file_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    with pytest.raises(KeyUnreadable, match="cannot be read"):
        FileSigner.from_file(tmp_path / "none.p12")
    (tmp_path / "bad.p12").write_bytes(b"nothing")
    with pytest.raises(KeyUnreadable, match="not a PKCS#12"):
        FileSigner.from_file(tmp_path / "bad.p12")
    (tmp_path / "closed.p12").write_bytes(make_issuer("Closed", now=NOW, password="open sesame")[0])
    with pytest.raises(KeyUnreadable, match="password"):
        FileSigner.from_file(tmp_path / "closed.p12", "another")
    assert FileSigner.from_file(tmp_path / "closed.p12", "open sesame").algorithm == "sha256_ecdsa"


@pytest.mark.parametrize(("bits", "is_taken"), [(2048, False), (3072, True)])
def test_a_short_rsa_key_is_refused(tmp_path: Path, bits: int, is_taken: bool) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "An issuer")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + dt.timedelta(days=9))
    packed = pkcs12.serialize_key_and_certificates(b"k", key, made.sign(key, hashes.SHA256()), None, NoEncryption())
    (tmp_path / "rsa.p12").write_bytes(packed)
    if is_taken:
        assert FileSigner.from_file(tmp_path / "rsa.p12").algorithm == "sha256_rsa"
    else:
        with pytest.raises(KeyUnreadable, match="2048 bits; an RSA key needs 3072"):
            FileSigner.from_file(tmp_path / "rsa.p12")
