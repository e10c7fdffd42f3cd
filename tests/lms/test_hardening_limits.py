"""Limits hold together over all processes, are told in words, and believe only the proxies that are ours."""

from __future__ import annotations

import http.cookiejar
import random
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from lms.shared_cache import SharedFileCache
from people.limits import limited, seconds_to_wait
from tests.lms.test_serve import free_port
from tests.processes import ROOT, environment, wait_until

CODE = "/en/verify/ABCD-EFGH-JKLM/"


def somewhere() -> str:
    """An address that no other test comes from."""
    return ".".join(str(random.randint(1, 254)) for _ in range(4))


@pytest.fixture
def rates(settings: Settings, db: None) -> Settings:
    settings.PUENTE_RATE_LIMITS = settings.PUENTE_RATE_LIMITS | {
        "certificates.look_up": "3/d/ip", "certificates.check_file": "2/d/ip", "courses.search": "2/d/ip",
    }  # fmt: skip
    return settings


def statuses(client: Client, url: str, times: int) -> list[int]:
    return [client.get(url).status_code for _ in range(times)]


def test_the_public_check_pauses_and_says_until_when(rates: Settings) -> None:
    client = Client(REMOTE_ADDR=somewhere())
    assert statuses(client, CODE, 3) == [404, 404, 404]
    refused = client.get(CODE)
    assert refused.status_code == 429 and 0 < int(refused["Retry-After"]) <= 86400
    assert "That was asked too often" in refused.content.decode() and "<h1>" in refused.content.decode()
    assert client.get(CODE.replace("/en/", "/es/")).status_code == client.head(CODE).status_code == 429
    assert client.get("/en/verify/").status_code == 200, "the form itself is no question"
    assert Client(REMOTE_ADDR=somewhere()).get(CODE).status_code == 404, "others go on"


def test_sent_files_and_searches_are_counted(rates: Settings) -> None:
    client = Client(REMOTE_ADDR=somewhere())
    sent = [client.post("/en/verify/", {"file": BytesIO(b"hello")}).status_code for _ in range(3)]
    assert sent == [200, 200, 429]
    assert statuses(client, "/en/courses/?q=seal", 3) == [200, 200, 429]
    assert client.get("/en/courses/").status_code == 200, "reading the catalog is no search"


def test_reset_of_passwords_is_counted_by_address_of_the_mailbox(settings: Settings, db: None) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "100/m/ip,2/5m/key"}
    email = f"{random.random()}@cbp.example"
    answers = [
        Client(REMOTE_ADDR=somewhere()).post("/en/account/password/reset/", {"email": email}).status_code
        for _ in range(3)
    ]
    assert answers == [302, 302, 429]


def test_a_forged_header_gives_no_new_account(rates: Settings) -> None:
    here = somewhere()
    answers = [
        Client(REMOTE_ADDR=here).get(CODE, headers={"X-Forwarded-For": somewhere()}).status_code for _ in range(4)
    ]
    assert answers == [404, 404, 404, 429]


def test_behind_our_proxy_its_entry_counts_and_no_other(rates: Settings) -> None:
    rates.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    officer, proxy = somewhere(), somewhere()

    def ask(forwarded: str) -> int:
        return Client(REMOTE_ADDR=proxy).get(CODE, headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask(f"{somewhere()}, {officer}") for _ in range(4)] == [404, 404, 404, 429]
    assert ask(f"{officer}, {somewhere()}") == 404


def test_an_action_without_a_rate_is_a_mistake(rates: Settings) -> None:
    with pytest.raises(ImproperlyConfigured, match="no rate"):
        seconds_to_wait(HttpRequest(), "people.typing_mistake")
    assert limited("people.invite").__name__ == "door"


def test_the_shared_file_is_a_cache_as_django_knows_it(tmp_path: object) -> None:
    one, other = (SharedFileCache(f"{tmp_path}/c.sqlite3", {}) for _ in range(2))
    assert one.add("a", 1) and not other.add("a", 2) and other.get("a") == 1
    assert other.incr("a", 5) == 6 == one.get("a")
    one.set("gone", "x", timeout=0)
    assert one.get("gone", "no") == "no" and one.add("gone", "y") and other.get("gone") == "y"
    assert one.touch("a", 100) and one.delete("a") and not other.delete("a") and not one.touch("a")
    one.set("kept", [1, "ñ"], timeout=None)
    assert other.get_many(["kept", "a"]) == {"kept": [1, "ñ"]}
    other.clear()
    assert one.get("kept") is None
    with pytest.raises(ValueError):
        one.incr("kept")


@pytest.fixture
def server(transactional_db: None) -> Iterator[str]:
    """Two web processes, started as `serve` starts them."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1"]
    command += ["--no-ws", "--host", "127.0.0.1", "--port", str(port), "lms.wsgi:application"]
    environ = environment() | {"DJANGO_SETTINGS_MODULE": "tests.limited_settings"}
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: ask(f"{address}/health/")[0] == 200, what="the web processes")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(url: str, data: dict[str, str] | None = None, opener: Any = None) -> tuple[int, str, str]:
    """Status, process and text of an answer over a connection of its own."""
    request = urllib.request.Request(url, urlencode(data).encode() if data else None)
    request.add_header("Referer", url)
    try:
        with (opener or urllib.request.build_opener()).open(request, timeout=20) as answer:
            return answer.status, answer.headers.get("X-Process", ""), answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers.get("X-Process", ""), refusal.read().decode()
    except OSError:
        return 0, "", ""


@pytest.mark.worker
def test_two_processes_count_together(server: str) -> None:
    assert caches["default"] is not None
    answers = [ask(server + CODE) for _ in range(40)]
    assert len({process for _, process, _ in answers}) == 2, "both processes answered"
    assert [status for status, _, _ in answers].count(404) == 12
    assert [status for status, _, _ in answers].count(429) == 28
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    form = ask(f"{server}/en/account/login/", opener=browser)[2]
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', form)
    assert token
    tried = {"csrfmiddlewaretoken": token[1], "login": "nobody@cbp.example", "password": "wrong"}
    tries = [ask(f"{server}/en/account/login/", tried, browser)[0] for _ in range(12)]
    assert tries.count(200) == 8 and tries.count(429) == 4
