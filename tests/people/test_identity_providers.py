"""Two identity providers side by side, one per Participant: real servers on loopback, the whole way by HTTP."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from lms.settings.entrance import identity_providers
from people.models import AuditEntry, User
from people.roles import Role
from tests.processes import wait_until
from tests.school import School

from .test_entrances import code_of, is_signed_in

LOGIN = "/es/account/login/"
DOMAINS = {"dhs": "dhs.example", "shcp": "shcp.example"}


@dataclass
class Provider:
    """A process of its own. Whoever is known there is written into a file before it starts."""

    name: str
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, folder: Path, people: list[dict[str, object]]) -> None:
        claims = folder / f"{self.name}.json"
        claims.write_text(json.dumps(people))
        command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(self.port)]
        with (folder / f"{self.name}.log").open("wb") as log:
            self.process = subprocess.Popen([*command, "--user-claims-file", str(claims)], stdout=log, stderr=log)
        wait_until(self._answers, what=f"the provider {self.name}")

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=2).ok
        except requests.ConnectionError:
            return False

    def consent(self, address: str, subject: str) -> str:
        """The person signs in there and agrees; the address that the browser is sent back to."""
        assert address.startswith(self.issuer)
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def known(subject: str, email: str, verified: object = True) -> dict[str, object]:
    return {"sub": subject, "email": email, "email_verified": verified}


PEOPLE = {
    "dhs": [
        known("d-1", "first@dhs.example"),
        known("d-2", "boss@dhs.example"),
        known("d-other", "first@shcp.example"),
    ],
    "shcp": [
        known("s-1", "First@SHCP.example"),
        known("s-again", "first@shcp.example"),
        known("s-unverified", "second@shcp.example", verified=False),
        known("s-text", "second@shcp.example", verified="false"),
        known("s-private", "second@mail.example"),
        known("s-nobody", "nobody@shcp.example"),
        known("s-theirs", "theirs@shcp.example"),
        known("s-closed", "closed@shcp.example"),
        {"sub": "s-silent"},
    ],
}


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Provider]]:
    folder = tmp_path_factory.mktemp("providers")
    found = {name: Provider(name, free_port()) for name in DOMAINS}
    try:
        for name, provider in found.items():
            provider.start(folder, PEOPLE[name])
        yield found
    finally:
        for provider in found.values():
            if provider.process:
                provider.process.terminate()
                provider.process.wait(timeout=20)


@pytest.fixture
def providers(
    db: None, processes: dict[str, Provider], settings, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Provider]:
    """The installation is told of both, as an operator does it."""
    monkeypatch.setenv("PUENTE_OIDC", "dhs,shcp")
    for name, provider in processes.items():
        for variable, value in {
            "ISSUER": provider.issuer, "CLIENT_ID": "puente", "CLIENT_SECRET": "s", "DOMAINS": DOMAINS[name],
        }.items():  # fmt: skip
            monkeypatch.setenv(f"PUENTE_OIDC_{name.upper()}_{variable}", value)
    settings.SOCIALACCOUNT_PROVIDERS = identity_providers()
    return processes


@dataclass
class Staff:
    """Those whom Puente knows."""

    first: User
    second: User
    american: User
    boss: User


@pytest.fixture
def people(school: School) -> Staff:
    def person(side: str, name: str, **more: object) -> User:
        user = school.person(side, more.pop("role", Role.TRAINEE), **more)  # type: ignore[arg-type]
        user.email = name
        user.save()
        return user

    person("DHS", "theirs@shcp.example")
    person("SHCP", "closed@shcp.example", is_active=False)
    return Staff(
        person("SHCP", "first@shcp.example"),
        person("SHCP", "second@shcp.example"),
        person("DHS", "first@dhs.example"),
        person("DHS", "boss@dhs.example", role=Role.MANAGER),
    )


def leave_for(client: Client, name: str, **more: str) -> str:
    """Press the Participant's button; the address of the provider that the page leads to."""
    page = client.post(f"/es/account/oidc/{name}/login/", {"process": "login", **more}).content.decode()
    match = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    assert match, page
    return unescape(match[1])


def come_in(provider: Provider, subject: str, client: Client | None = None, **more: str):  # type: ignore[no-untyped-def]
    client = client or Client()
    answer = client.get(provider.consent(leave_for(client, provider.name, **more), subject))
    return client, answer


def test_the_page_offers_both_in_the_readers_language(providers: dict[str, Provider], school: School) -> None:
    page = Client().get(LOGIN).content.decode()
    for participant in school.participants.values():
        assert participant.name_es in page
    assert "/es/account/oidc/dhs/login/" in page and "/es/account/oidc/shcp/login/" in page


def test_the_question_is_bound_to_the_browser(providers: dict[str, Provider]) -> None:
    asked = parse_qs(urlsplit(leave_for(Client(), "dhs")).query)
    assert asked["code_challenge_method"] == ["S256"] and len(asked["state"][0]) >= 16
    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert urlsplit(asked["redirect_uri"][0]).path == "/oidc/dhs/callback/", "one address, whatever the language"
    assert Client().get("/es/account/oidc/dhs/login/").status_code == 405


def test_each_side_signs_in_through_its_own(providers: dict[str, Provider], people: Staff) -> None:
    for provider, subject, person in (
        (providers["shcp"], "s-1", people.first),
        (providers["dhs"], "d-1", people.american),
    ):
        client, answer = come_in(provider, subject, next="/es/courses/")
        assert answer.headers["Location"] == "/es/courses/"
        assert int(client.session["_auth_user_id"]) == person.pk
        assert AuditEntry.objects.filter(action="people.identity.linked", actor=person).exists()
    person = people.first
    person.refresh_from_db()
    assert person.has_usable_password(), "the password stays"
    assert User.objects.count() == User.objects.exclude(password="").count(), "nobody was created"


def test_afterwards_the_subject_decides_and_not_the_address(providers: dict[str, Provider], people: Staff) -> None:
    come_in(providers["shcp"], "s-1")
    people.first.email = "renamed@shcp.example"
    people.first.save()
    client, _answer = come_in(providers["shcp"], "s-1")
    assert int(client.session["_auth_user_id"]) == people.first.pk
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "subject", "reason"),
    [
        ("shcp", "s-unverified", "no ha verificado|not verified"),
        ("shcp", "s-text", "no ha verificado|not verified"),
        ("shcp", "s-silent", "no ha verificado|not verified"),
        ("shcp", "s-private", "dominio|domains"),
        ("dhs", "d-other", "dominio|domains"),
        ("shcp", "s-nobody", "ninguna cuenta|no account"),
        ("shcp", "s-theirs", "ninguna cuenta|no account"),
        ("shcp", "s-closed", "ninguna cuenta|no account"),
    ],
)
def test_others_are_refused_and_told_why(
    providers: dict[str, Provider], people: Staff, name: str, subject: str, reason: str
) -> None:
    before = User.objects.count()
    client, answer = come_in(providers[name], subject)
    assert answer.status_code == 403 and re.search(reason, answer.content.decode()), answer.content.decode()
    assert not is_signed_in(client) and not SocialAccount.objects.exists() and User.objects.count() == before


def test_the_other_sides_person_is_answered_like_nobody(providers: dict[str, Provider], people: Staff) -> None:
    pages = {come_in(providers["shcp"], subject)[1].content for subject in ("s-nobody", "s-theirs", "s-closed")}
    assert len({re.sub(rb'value="[^"]*"', b"", page) for page in pages}) == 1


def test_an_address_given_to_somebody_else_does_not_inherit_the_account(
    providers: dict[str, Provider], people: Staff
) -> None:
    come_in(providers["shcp"], "s-1")
    client, answer = come_in(providers["shcp"], "s-again")
    assert answer.status_code == 403 and not is_signed_in(client)


def test_a_linked_person_who_changed_sides_is_not_let_in(
    providers: dict[str, Provider], people: Staff, school: School
) -> None:
    come_in(providers["shcp"], "s-1")
    people.first.participant = school.participants["DHS"]
    people.first.save()
    client, answer = come_in(providers["shcp"], "s-1")
    assert answer.status_code == 403 and not is_signed_in(client)


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(
    providers: dict[str, Provider], people: Staff
) -> None:
    client = Client()
    back = providers["shcp"].consent(leave_for(client, "shcp"), "s-1")
    thief = Client()
    assert thief.get(back).status_code == 401 and not is_signed_in(thief)
    client.get(back)
    assert is_signed_in(client)
    client.post("/es/account/logout/")
    assert client.get(back).status_code == 401 and not is_signed_in(client)
    other = Client()
    back = providers["shcp"].consent(leave_for(other, "shcp"), "s-1")
    assert other.get(back.replace("/oidc/shcp/", "/oidc/dhs/")).status_code == 401, "nor at the other provider's door"
    assert not is_signed_in(other)
    assert other.get("/oidc/nobody/callback/?state=x&code=y", follow=True).status_code == 404


def test_whoever_turns_back_is_met_kindly(providers: dict[str, Provider]) -> None:
    client = Client()
    state = parse_qs(urlsplit(leave_for(client, "dhs")).query)["state"][0]
    answer = client.get(f"/oidc/dhs/callback/?error=access_denied&state={state}", follow=True)
    assert answer.status_code == 200 and "/account/login/" in answer.content.decode()


def test_staff_give_their_second_factor_here_too(providers: dict[str, Provider], people: Staff) -> None:
    client, answer = come_in(providers["dhs"], "d-2")
    assert answer.headers["Location"] == "/es/account/2fa/authenticate/" and not is_signed_in(client)
    client.post(answer.headers["Location"], {"code": code_of(people.boss)})
    assert is_signed_in(client)


def test_nobody_links_an_identity_to_an_account_that_is_open(providers: dict[str, Provider], people: Staff) -> None:
    client = Client()
    client.force_login(people.american, backend="django.contrib.auth.backends.ModelBackend")
    _client, answer = come_in(providers["shcp"], "s-1", client, process="connect")
    assert answer.status_code == 403 and not SocialAccount.objects.exists()


def test_the_link_is_removed_under_account(providers: dict[str, Provider], people: Staff) -> None:
    client, _answer = come_in(providers["shcp"], "s-1")
    assert "/en/account/oidc/shcp/unlink/" in client.get("/en/account/").content.decode()
    answer = client.post("/en/account/oidc/shcp/unlink/")
    assert answer.headers["Location"].startswith("/en/account/reauthenticate/"), "show first that it is you"
    client.post("/en/account/reauthenticate/", {"password": "a-long-password"})
    client.post("/en/account/oidc/shcp/unlink/")
    assert not SocialAccount.objects.exists()


def test_settings_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_OIDC", "dhs")
    with pytest.raises(ImproperlyConfigured, match="PUENTE_OIDC_DHS_ISSUER"):
        identity_providers()
    monkeypatch.setenv("PUENTE_OIDC_DHS_ISSUER", "http://id.dhs.example")
    with pytest.raises(ImproperlyConfigured, match="https"):
        identity_providers()
    monkeypatch.setenv("PUENTE_OIDC_DHS_ISSUER", "https://id.dhs.example")
    with pytest.raises(ImproperlyConfigured, match="PUENTE_OIDC_DHS_DOMAINS"):
        identity_providers()


def test_a_provider_that_is_away_costs_one_page(
    providers: dict[str, Provider], settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_OIDC_DHS_ISSUER", f"http://127.0.0.1:{free_port()}")
    settings.SOCIALACCOUNT_PROVIDERS = identity_providers()
    started = time.monotonic()
    answer = Client().post("/es/account/oidc/dhs/login/", {"process": "login"})
    assert answer.status_code == 503 and time.monotonic() - started < 10
