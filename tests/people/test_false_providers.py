"""An identity provider that is not what it says, or whose tokens somebody else has signed: nobody gets in by it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from lms.settings.entrance import identity_providers
from people.roles import Role
from tests.school import School

from .test_entrances import is_signed_in
from .test_identity_providers import leave_for

OURS, THEIRS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
SHARED = "a secret of thirty-two characters, at least"
LOGIN_PAGE = "/es/account/login/"


class Provider(ThreadingHTTPServer):
    """A provider on loopback that says of itself what the test wants."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.issuer = self.address
        self.signs_with: tuple[object, str, str | None] = (OURS, "RS256", "one")
        self.redirects = False

    def token(self) -> str:
        key, algorithm, kid = self.signs_with
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "puente", "sub": "d-1", "iat": now, "exp": now + 300}
        return jwt.encode(claims, key, algorithm, headers={"kid": kid} if kid else None)  # type: ignore[arg-type]


class Answers(BaseHTTPRequestHandler):
    """The four addresses of a provider."""

    server: Provider

    def do_GET(self) -> None:
        if self.path.endswith("openid-configuration"):
            if self.server.redirects:
                self.send_response(302)
                self.send_header("Location", "/elsewhere")
                self.end_headers()
                return
            paths = {"authorization_endpoint": "a", "token_endpoint": "t", "userinfo_endpoint": "u", "jwks_uri": "k"}
            ends = {name: f"{self.server.address}/{path}" for name, path in paths.items()}
            self.say({"issuer": self.server.issuer, **ends})
        elif self.path == "/u":
            self.say({"sub": "d-1", "email": "first@dhs.example", "email_verified": True})
        elif self.path == "/k":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key()))
            self.say({"keys": [{**key, "kid": "one", "alg": "RS256", "use": "sig"}]})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.say({"access_token": "x", "token_type": "Bearer", "id_token": self.server.token()})

    def say(self, what: object) -> None:
        data = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def provider(db: None, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("PUENTE_OIDC", "dhs")
    values = {"ISSUER": server.address, "CLIENT_ID": "puente", "CLIENT_SECRET": SHARED, "DOMAINS": "dhs.example"}
    for variable, value in values.items():
        monkeypatch.setenv(f"PUENTE_OIDC_DHS_{variable}", value)
    settings.SOCIALACCOUNT_PROVIDERS = identity_providers()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def officer(school: School) -> None:
    user = school.person("DHS", Role.TRAINEE)
    user.email = "first@dhs.example"
    user.save()


def come_back(client: Client) -> int:
    """As the provider leads the browser back; the status of the answer."""
    address = leave_for(client, "dhs")
    state = address.partition("state=")[2].partition("&")[0]
    return client.get(f"/oidc/dhs/callback/?code=c&state={state}").status_code


def test_a_token_that_the_provider_signed_lets_in(provider: Provider, officer: None) -> None:
    client = Client()
    come_back(client)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "signs_with",
    [
        (THEIRS, "RS256", "one"), (THEIRS, "RS256", "two"), (OURS, "RS256", None), (SHARED, "HS256", "one"),
        ("", "none", None),
    ],
    ids=["another key", "an unknown key", "no key named", "the client's secret", "nothing"],
)  # fmt: skip
def test_a_token_that_somebody_else_signed_does_not(provider: Provider, officer: None, signs_with) -> None:  # type: ignore[no-untyped-def]
    provider.signs_with = signs_with
    client = Client()
    assert come_back(client) == 401
    assert not is_signed_in(client)


def test_metadata_of_another_issuer_are_not_believed(provider: Provider, officer: None) -> None:
    provider.issuer = "https://elsewhere.example"
    client = Client()
    answer = client.post("/es/account/oidc/dhs/login/", {"process": "login"})
    assert answer.status_code == 503 and LOGIN_PAGE in answer.content.decode()


def test_a_provider_leads_us_nowhere_else(provider: Provider, officer: None) -> None:
    provider.redirects = True
    assert Client().post("/es/account/oidc/dhs/login/", {"process": "login"}).status_code == 503
