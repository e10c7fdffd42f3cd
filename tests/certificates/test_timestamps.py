"""Signatures with a time stamp (level B-T), stamped by an authority on this machine and checked by pyHanko."""

from __future__ import annotations

import asyncio
import datetime as dt
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pytest_django import Settings

from certificates.models import Credential
from certificates.pdf.press import Pressroom
from certificates.services.documents import folder
from certificates.signing.checking import Finding, check_document
from certificates.signing.cms import Envelope
from certificates.signing.timestamps import AuthorityOverHttp, TimestampFailed
from jobs.models import Job
from people import clock
from tests.conftest import lacking

from .conftest import World, draw_all
from .samples import INTEGRITY, new_issuer


class Authority:
    """A key that stamps the time, answering on a port of this machine."""

    def __init__(self) -> None:
        now = dt.datetime.now(dt.UTC)
        key = rsa.generate_private_key(65537, 3072)  # pyHanko's authority for tests knows no other
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Local time")])
        self.root = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=9000))
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(key, hashes.SHA256())
        )
        packed = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        stamper = DummyTimeStamper(
            asn1.Certificate.load(self.root.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(packed)
        )

        class Desk(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
                answer = asyncio.run(stamper.async_request_tsa_response(question)).dump()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Desk)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    found = Authority()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture(scope="module")
def stamped(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, x509.Certificate]:
    signer, root = new_issuer(tmp_path_factory.mktemp("issuer"), now=dt.datetime.now(dt.UTC))
    envelope = Envelope(signer, AuthorityOverHttp(authority.url))
    room = Pressroom(specimen_key=False)
    printed = room.print(INTEGRITY, seal=envelope.seal, reserve=envelope.reserve, signed_at=dt.datetime.now(dt.UTC))
    return printed.data, root


def test_it_stands_when_its_key_has_expired(stamped: tuple[bytes, x509.Certificate], authority: Authority) -> None:
    data, root = stamped
    today, later = dt.datetime.now(dt.UTC), dt.datetime.now(dt.UTC) + dt.timedelta(days=365 * 10)
    for at in (today, later):
        found = check_document(data, trusted=[root, authority.root], at=at)
        assert found.finding is Finding.VALID and found.stamped_at is not None
        assert abs(found.stamped_at - today) < dt.timedelta(minutes=5)


def test_a_stamp_of_somebody_else_proves_nothing(stamped: tuple[bytes, x509.Certificate]) -> None:
    data, root = stamped
    today = dt.datetime.now(dt.UTC)
    found = check_document(data, trusted=[root], at=today)
    assert found.finding is Finding.VALID and found.stamped_at is None
    assert check_document(data, trusted=[root], at=today + dt.timedelta(days=3650)).finding is Finding.EXPIRED


def test_a_change_is_noticed(stamped: tuple[bytes, x509.Certificate], authority: Authority) -> None:
    data, root = stamped
    changed = data.replace(b"/Author", b"/Authos")
    assert check_document(changed, trusted=[root, authority.root]).finding is Finding.CHANGED


def test_poppler_agrees(stamped: tuple[bytes, x509.Certificate], tmp_path: Path) -> None:
    if not shutil.which("pdfsig"):
        lacking("pdfsig")
    (tmp_path / "stamped.pdf").write_bytes(stamped[0])
    said = subprocess.run(["pdfsig", "-nocert", tmp_path / "stamped.pdf"], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in said.stdout, said


def test_the_job_stamps_where_an_authority_is_set(world: World, authority: Authority, settings: Settings) -> None:
    settings.PUENTE_TSA_URL = authority.url
    world.credential()
    draw_all()
    data = (folder() / Credential.objects.get().document).read_bytes()
    assert b"/ETSI.CAdES.detached" in data
    trusted = Path(settings.PUENTE_KEYS_DIR) / "trusted"
    roots = [x509.load_pem_x509_certificate(path.read_bytes()) for path in trusted.glob("*.pem")]
    found = check_document(data, trusted=[*roots, authority.root], at=clock.now())
    assert found.is_valid and found.stamped_at is not None


def test_without_an_answer_documents_wait(world: World, settings: Settings) -> None:
    settings.PUENTE_TSA_URL = "http://127.0.0.1:9/"
    world.credential()
    job = draw_all()
    assert job.state == Job.State.FAILED and "time-stamping authority" in job.errors[0]["sentence"]
    assert Credential.objects.undrawn().count() == 1
    settings.PUENTE_TSA_URL = ""
    draw_all()
    assert not Credential.objects.undrawn().exists()


def test_an_answer_that_is_none_is_refused(authority: Authority) -> None:
    with pytest.raises(TimestampFailed):
        AuthorityOverHttp("http://127.0.0.1:9/").token(b"\0" * 32)
