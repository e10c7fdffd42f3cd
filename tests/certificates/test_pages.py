"""The public check and the holder's page, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client

from certificates.models import Credential
from certificates.services.documents import folder
from certificates.services.revocation import revoke
from people.models import User
from people.roles import Role

from .conftest import World, draw_all

SignIn = Callable[[User], Client]


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_valid_shows_the_least(world: World, client: Client, language: str) -> None:
    credential = world.credential()
    text = page(client, f"/{language}/verify/{credential.code}/")
    title = {"en": "Integrity and Conduct", "es": "Integridad y conducta"}[language]
    assert "Javier Ávila Lara" in text and title in text and credential.number in text
    assert credential.person.officer_number not in text and "Nuevo Laredo" not in text and "81.5" not in text


def test_the_code_may_be_typed_as_it_is_read(world: World, client: Client) -> None:
    credential = world.credential()
    typed = credential.shown_code.lower().replace("0", "o")
    answer = client.get("/en/verify/", {"code": typed}, follow=True)
    assert "Javier Ávila Lara" in answer.content.decode()
    for short in (f"/v/{credential.code}", f"/V/{credential.code}"):
        assert "Javier Ávila Lara" in client.get(short, follow=True, headers={"accept-language": "es"}).content.decode()
        assert (
            client.get(short, follow=True, headers={"accept-language": "es"})
            .redirect_chain[-1][0]
            .startswith("/es/verify/")
        )


def test_a_number_tells_the_status_but_not_the_name(world: World, client: Client) -> None:
    text = page(client, f"/en/verify/{world.credential().number}/")
    assert "Genuine and valid" in text and "Javier" not in text


def test_revoked_says_since_when_and_why(world: World, client: Client) -> None:
    credential = world.credential()
    revoke(
        credential=credential,
        reason_en="Replaced by a corrected certificate",
        reason_es="Sustituido por uno corregido",
        by=None,
    )
    assert "Replaced by a corrected certificate" in page(client, f"/en/verify/{credential.code}/")
    assert "Sustituido por uno corregido" in page(client, f"/es/verify/{credential.code}/")


@pytest.mark.parametrize("typed", ["7F3K-92QM-4XTP", "PU-2026-999999", "nonsense", "<script>", "%2e%2e", "a" * 300])
def test_unknown_says_so(world: World, client: Client, typed: str) -> None:
    text = page(client, f"/en/verify/{typed}/", 404)
    assert "We do not know this code" in text and "<script>alert" not in text and f'value="{"<"}' not in text


def test_checking_takes_few_queries(world: World, client: Client, django_assert_max_num_queries) -> None:
    code = world.credential().code
    with django_assert_max_num_queries(6):
        page(client, f"/en/verify/{code}/")


def test_a_file_is_checked(world: World, client: Client) -> None:
    credential = world.credential()
    draw_all()
    data = (folder() / Credential.objects.get().document).read_bytes()

    def say(content: bytes) -> str:
        return client.post("/en/verify/", {"file": BytesIO(content)}).content.decode()

    assert "The file is genuine, and the certificate is valid" in say(data)
    assert "Javier Ávila Lara" in say(data)
    assert "Changed after it was signed" in say(data.replace(b"/Author", b"/Authos"))
    assert "not a PDF that can be read" in say(b"hello")
    revoke(credential=credential, reason_en="Wrong", reason_es="Equivocado", by=None)
    assert "Revoked: do not accept it" in say(data)
    assert client.post("/en/verify/", {}).status_code == 400
    assert client.post("/en/verify/", {"file": BytesIO(b"x" * (6 * 1024 * 1024))}).status_code == 400


def test_the_holder_reads_and_downloads(world: World, as_user: SignIn) -> None:
    credential = world.credential()
    browser = as_user(credential.person)
    assert "is being drawn and signed" in page(browser, f"/en/certificates/{credential.number}/")
    waiting = browser.get(f"/en/certificates/{credential.number}/document.pdf")
    assert waiting.status_code == 302 and waiting["Location"].endswith(f"/certificates/{credential.number}/")
    draw_all()
    text = page(browser, f"/es/certificates/{credential.number}/")
    assert "Integrity and Conduct" in text and "Integridad y conducta" in text
    answer = browser.get(f"/en/certificates/{credential.number}/document.pdf")
    assert (
        answer["Content-Type"] == "application/pdf"
        and f'filename="{credential.number}.pdf"' in answer["Content-Disposition"]
    )
    assert "no-store" in answer["Cache-Control"]
    assert answer.getvalue().startswith(b"%PDF-")


def test_others_do_not_learn_that_it_exists(world: World, as_user: SignIn, client: Client) -> None:
    credential = world.credential()
    draw_all()
    addresses = (f"/en/certificates/{credential.number}/", f"/en/certificates/{credential.number}/document.pdf")
    for address in addresses:
        assert client.get(address).status_code == 302, "a stranger signs in first"
    for reader, status in (
        (world.officer("Other Officer Paz"), 404),
        (world.officer("Manager Of SHCP", "SHCP", Role.MANAGER), 200),
        (world.officer("Manager Of DHS", "DHS", Role.MANAGER), 404),
        (world.officer("Esc Member SHCP", "SHCP", Role.ESC), 404),
    ):
        for address in addresses:
            answer = as_user(reader).get(address)
            assert answer.status_code == status, (reader, address)
            assert b"".join(answer) or status == 404, "what is handed out is read, and closed"  # type: ignore[arg-type]
