"""What a browser is told: strict policies everywhere, nothing kept of a signed-in person, public pages cacheable."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from people.models import User
from people.roles import Role
from tests.school import School, build

PUBLIC = ("/en/", "/es/courses/", "/en/verify/", "/en/account/login/", "/en/account/password/reset/", "/en/nowhere/")


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture
def administrator(school: School) -> Client:
    return school.client(User.objects.create_superuser("root@puente.example", "a-long-password", given_names="R"))


def read(client: Client, path: str) -> Any:
    """An answer, read to its end."""
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)  # which closes it
    return answer


def directives(policy: str) -> dict[str, str]:
    return {part.split()[0]: part for part in policy.split("; ")}


def test_no_page_lets_inline_code_in(school: School, administrator: Client) -> None:
    answers = [Client().get(path) for path in PUBLIC]
    answers += [administrator.get(path) for path in ("/en/admin/", "/en/admin/account/", "/es/admin/pages/")]
    for answer in answers:
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy and "*" not in policy and "http" not in policy
        said = directives(policy)
        is_framed = said["frame-ancestors"] != "frame-ancestors 'none'"
        assert answer["X-Frame-Options"] == ("SAMEORIGIN" if is_framed else "DENY")
        assert is_framed == ("/admin/" in answer.request["PATH_INFO"])
        assert said["default-src"] == "default-src 'none'" and said["script-src"] == "script-src 'self'"
        assert {"base-uri", "form-action", "frame-ancestors"} <= set(said)
        assert not re.search(rb"<script(?![^>]*(src=|application/json))[^>]*>|\son[a-z]+=\"| style=\"", answer.content)


def test_every_answer_limits_what_the_browser_offers(school: School) -> None:
    for path in (*PUBLIC, "/static/puente/mark.svg", "/health/"):
        answer = read(Client(), path)
        assert (
            "camera=()" in answer["Permissions-Policy"]
            and "publickey-credentials-get=(self)" in answer["Permissions-Policy"]
        )
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_of_a_signed_in_person_are_not_stored(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    export = "/en/manage/cohorts/cohort-1/export/officers.csv"
    paths = ("/en/", "/es/courses/", "/en/my-learning/", "/en/manage/cohorts/", export, "/en/nowhere/", "/en/admin/")
    for path in paths:
        assert manager.get(path)["Cache-Control"] == "no-store, private", path
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = manager.cookies
    refused = strict.post("/language/", {"language": "es"})
    assert refused.status_code == 403 and "no-store" in refused["Cache-Control"]


def test_public_pages_and_static_files_stay_cacheable(school: School) -> None:
    for path in ("/en/", "/es/courses/", "/static/puente/mark.svg"):
        assert "no-store" not in read(Client(), path).get("Cache-Control", "")
    signed_in = school.client(school.person("SHCP", Role.TRAINEE))
    assert "no-store" not in read(signed_in, "/static/puente/mark.svg").get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/en/account/logout/", "/en/admin/logout/"])
def test_signing_out_clears_the_browser(school: School, administrator: Client, path: str) -> None:
    answer = administrator.post(path)
    assert answer.status_code == 302 and answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in answer["Cache-Control"]
    assert administrator.get("/en/my-learning/").status_code == 302
    assert "Clear-Site-Data" not in Client().get("/en/")


def test_the_administration_has_no_entrance_or_passwords_of_its_own(school: School, administrator: Client) -> None:
    stranger = Client()
    entrance = "/en/account/login/?next=/en/admin/"
    assert stranger.get("/en/admin/", follow=True).redirect_chain[-1][0] == entrance
    assert stranger.get("/en/admin/login/?next=/en/admin/")["Location"] == entrance
    credentials = {"username": "root@puente.example", "password": "a-long-password"}
    assert stranger.post("/en/admin/login/", credentials)["Location"] == entrance
    for path in ("", "confirm/MQ/abc-def/", "done/"):
        assert administrator.get(f"/en/admin/password_reset/{path}").status_code == 404
    account = administrator.get("/en/admin/account/").content.decode()
    assert 'type="email"' not in account and 'type="file"' not in account
    for page in (account, administrator.get("/en/admin/users/new/").content.decode()):
        asked = re.findall(r'type="password"[^>]*name="([^"]+)"', page)
        assert set(asked) <= {"unlock-password"}, "only the lock asks for the password"


def test_what_is_larger_than_anything_is_refused_unread(settings: Settings, db: None) -> None:
    settings.PUENTE_MOST_REQUEST_BYTES = 1024 * 1024
    file = SimpleUploadedFile("large.pdf", b"%PDF-" + b"x" * 1024 * 1024)
    answer = Client().post("/es/verify/", {"file": file})
    assert answer.status_code == 413
    assert "At most 1 MB" in answer.content.decode() and 'lang="es"' in answer.content.decode()


def test_cookies_are_out_of_reach_of_scripts(school: School) -> None:
    client = Client()
    client.get("/en/account/login/")
    answer = client.post("/language/", {"language": "es"})
    cookies = list(client.cookies.values()) + list(answer.cookies.values())
    assert cookies and all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in cookies)


def test_files_and_early_refusals_stand_in_no_foreign_frame(db: None) -> None:
    too_large = {"content-length": str(10**9)}
    answers = [
        Client().get("/static/puente/mark.svg"),
        Client().post("/en/account/login/", "", content_type="text/plain", headers=too_large),
        Client().get("/health/"),
    ]
    assert [answer.status_code for answer in answers] == [200, 413, 200]
    for answer in answers:
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"
        answer.close()


@pytest.mark.parametrize("address", ["/health/", "/en/account/login/", "/en/courses/"])
def test_nothing_answers_trace(db: None, address: str) -> None:
    assert Client().generic("TRACE", address).status_code in {404, 405}
