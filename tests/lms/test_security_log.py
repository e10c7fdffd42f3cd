"""What was refused stands in the log: when, what, where, who by number, from where, and nothing that was typed."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from people.roles import Role
from tests.school import School, build


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture
def lines() -> Iterator[list[dict[str, object]]]:
    """The lines that are written while the test runs."""
    written: list[dict[str, object]] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(record.getMessage()))

    logger, keeper = logging.getLogger("puente.security"), Keeper()
    logger.addHandler(keeper)
    yield written
    logger.removeHandler(keeper)


def test_what_is_not_ones_own(school: School, lines: list[dict[str, object]]) -> None:
    trainee = school.person(role=Role.TRAINEE)
    client = school.client(trainee)
    assert client.get("/en/manage/cohorts/?secret=word").status_code in {403, 404}
    assert client.get("/en/courses/").status_code == 200
    [line] = lines
    assert line["address"] == "/en/manage/cohorts/" and line["person"] == trainee.pk and line["from"] == "127.0.0.1"
    assert line["event"] in {"forbidden", "not found"} and line["at"] and line["machine"]
    assert "secret" not in json.dumps(line)


def test_a_strangers_wrong_address_is_no_event(school: School, lines: list[dict[str, object]]) -> None:
    assert Client().get("/en/nowhere/").status_code == 404
    assert lines == []


def test_a_forged_form_and_a_request_that_is_too_large(school: School, lines: list[dict[str, object]]) -> None:
    Client(enforce_csrf_checks=True).post("/en/account/login/", {})
    Client().post("/en/account/login/", "", content_type="text/plain", headers={"content-length": str(10**9)})
    assert [line["event"] for line in lines] == ["forbidden", "too large"]


def test_who_asks_too_often(school: School, settings, own_cache: None, lines: list[dict[str, object]]) -> None:
    settings.PUENTE_RATE_LIMITS = {**settings.PUENTE_RATE_LIMITS, "certificates.look_up": "1/m/ip"}
    for _ in range(2):
        Client().get("/en/verify/AAAA-BBBB-CCCC/")
    assert {line["event"] for line in lines} == {"too often"}


def test_a_file_that_is_refused(school: School, lines: list[dict[str, object]]) -> None:
    manager = school.client(school.person(role=Role.MANAGER))
    drawing = SimpleUploadedFile("roster.csv", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>")
    manager.post(f"/en/manage/cohorts/{school.cohort.code}/roster/", {"file": drawing})
    assert [(line["event"], line["reason"]) for line in lines] == [("file refused", "svg")]


def test_signing_in_and_failing_to(school: School, lines: list[dict[str, object]]) -> None:
    user = school.person(role=Role.TRAINEE)
    for password in ("not the password", "a-long-password"):
        Client().post("/en/account/login/", {"login": user.email, "password": password})
    assert [(line["event"], line["person"]) for line in lines] == [("sign-in refused", None), ("signed in", user.pk)]
    assert user.email not in json.dumps(lines)
