"""The lock of an unused session, as it is without script: the same address, the same person, nothing lost."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from courses.models import Attempt, Response
from jobs.services import enqueue
from people.roles import Role
from tests.school import School

from .test_entrances import PASSWORD, by_password, code_in_mail

UNLOCK = "/en/account/unlock/"
JSON = {"accept": "application/json"}
Leave = Callable[[Client], None]


@pytest.fixture
def leave(settings) -> Leave:
    """The person goes away for longer than is allowed; afterwards the usual limit holds."""

    def go(client: Client) -> None:
        usual, settings.PUENTE_IDLE_MINUTES = settings.PUENTE_IDLE_MINUTES, 0.1 / 60
        time.sleep(0.2)
        assert client.get("/en/courses/").status_code == 401
        settings.PUENTE_IDLE_MINUTES = usual

    return go


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the form that unlocks."""
    form = re.search(r"<form[^>]*data-unlock>.*?</form>", page, re.DOTALL)
    assert form
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', form[0])
    return {name: unescape(value) for name, value in found}


def test_an_unused_session_shows_the_lock_and_leads_on(school: School, leave: Leave) -> None:
    user = school.person(role=Role.TRAINEE)
    client, _place = by_password(user)
    assert client.get("/en/courses/").status_code == 200
    leave(client)
    page = client.get("/en/courses/?q=customs")
    assert page.status_code == 401 and user.full_name in page.content.decode()
    assert client.get("/en/my-learning/").status_code == 401, "it stays locked"
    wrong = client.post(UNLOCK, {"next": "/en/courses/?q=customs", "unlock-password": "no"})
    assert wrong.status_code == 401 and "stays locked" in wrong.content.decode()
    old = client.session.session_key
    answer = client.post(UNLOCK, fields_of(page.content.decode()) | {"unlock-password": PASSWORD})
    assert answer.headers["Location"] == "/en/courses/?q=customs" and client.session.session_key != old
    assert client.get("/en/courses/").status_code == 200
    assert "This browser" in client.get("/en/account/sessions/").content.decode(), "its place in the list stays"


def test_answers_that_are_sent_to_a_locked_session_are_saved_after_unlocking(school: School, leave: Leave) -> None:
    user, _enrollment, _record = school.trainee()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    attempt = _begun(client)
    code = "CO-101-01"
    sent = {"page": "1", "shown": code, f"item-{code}": ["A"], "go": "review"}
    leave(client)
    page = client.post(f"/en/attempts/{attempt.pk}/", sent)
    assert page.status_code == 401 and "kept on this page" in page.content.decode()
    assert not Response.objects.exists()
    kept = fields_of(page.content.decode())
    assert kept[f"item-{code}"] == "A" and "unlock-password" not in kept
    again = client.post(f"/en/attempts/{attempt.pk}/", kept | {"unlock-password": "wrong"})
    assert again.status_code == 401 and fields_of(again.content.decode())[f"item-{code}"] == "A"
    answer = client.post(f"/en/attempts/{attempt.pk}/", kept | {"unlock-password": PASSWORD})
    assert answer.headers["Location"] == f"/en/attempts/{attempt.pk}/review/"
    assert Response.objects.get(attempt=attempt, item_code=code).answer == ["A"]


def _begun(client: Client) -> Attempt:
    for number in (1, 2):
        client.get(f"/en/courses/co-101/lesson-{number}/")
        client.post(f"/en/courses/co-101/lesson-{number}/complete/")
    client.post("/en/courses/co-101/quiz/")
    return Attempt.objects.get()


def test_only_the_same_person_unlocks(school: School, leave: Leave) -> None:
    user, other = school.person(role=Role.TRAINEE), school.person(role=Role.TRAINEE)
    client, _place = by_password(user)
    leave(client)
    assert client.get("/en/courses/").status_code == 401
    answer = client.post(UNLOCK, {"who": str(other.pk), "unlock-password": PASSWORD}, headers=JSON)
    assert answer.status_code == 409 and client.get("/en/courses/").status_code == 401
    assert Client().post(UNLOCK, {"who": str(user.pk), "unlock-password": PASSWORD}, headers=JSON).status_code == 409
    client.post("/en/account/logout/", {"next": "/en/account/login/"})
    assert user.full_name not in client.get("/en/account/login/").content.decode()


def test_a_code_by_e_mail_unlocks_whoever_has_no_password(school: School, leave: Leave) -> None:
    user = school.person(role=Role.TRAINEE)
    user.set_unusable_password()
    user.save()
    client = school.client(user)
    leave(client)
    page = client.get("/en/courses/").content.decode()
    assert 'name="unlock-password"' not in page
    sent = client.post(UNLOCK, fields_of(page) | {"unlock-send": "1"})
    assert sent.status_code == 401 and "on its way" in sent.content.decode()
    assert client.post(UNLOCK, {"unlock-code": "AAAA-AAAA"}, headers=JSON).status_code == 400
    answer = client.post(UNLOCK, fields_of(sent.content.decode()) | {"unlock-code": code_in_mail()})
    assert answer.headers["Location"] == "/en/courses/"
    assert client.get("/en/courses/").status_code == 200


def test_a_page_locks_at_once_and_unlocks_in_place(school: School) -> None:
    client, _place = by_password(school.person(role=Role.TRAINEE))
    answer = client.post("/en/account/lock/", headers=JSON)
    assert answer.json() == {"ways": {"password": True, "passkey": False}}
    assert client.get("/en/courses/").status_code == client.post("/en/account/active/").status_code == 401
    assert client.post(UNLOCK, {"unlock-password": "no"}, headers=JSON).json()["error"]
    assert client.post(UNLOCK, {}, headers=JSON).status_code == 400
    assert client.post(UNLOCK, {"unlock-password": PASSWORD}, headers=JSON).json()["token"]
    assert client.get("/en/courses/").status_code == 200


def test_a_request_that_was_on_its_way_does_not_open_the_lock(school: School) -> None:
    client, _place = by_password(school.person(role=Role.TRAINEE))
    on_its_way = client.session
    on_its_way["puente_seen_at"] = time.time()
    client.post("/en/account/lock/", headers=JSON)
    on_its_way.save()
    assert client.get("/en/courses/").status_code == 401
    assert client.post(UNLOCK, {"unlock-password": PASSWORD}, headers=JSON).json()["token"]
    assert client.get("/en/courses/").status_code == 200


def test_passwords_are_not_tried_without_end(school: School, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "reauthenticate": "10/d/user"
    }  # a window that does not end in between
    client, _place = by_password(school.person(role=Role.TRAINEE))
    client.post("/en/account/lock/", headers=JSON)
    for _attempt in range(10):
        client.post(UNLOCK, {"unlock-password": "no"}, headers=JSON)
    assert client.post(UNLOCK, {"unlock-password": PASSWORD}, headers=JSON).status_code == 400


def test_what_a_page_asks_by_itself_is_no_sign_of_life(school: School, settings) -> None:
    user = school.person(role=Role.TRAINEE)
    job = enqueue(kind="demonstration", by=user)
    client, _place = by_password(user)
    settings.PUENTE_IDLE_MINUTES = 1 / 60
    assert 'content="3; url=?again"' in client.get(f"/en/jobs/{job.pk}/").content.decode()
    pages = itertools.cycle([f"/en/jobs/{job.pk}/progress/", f"/en/jobs/{job.pk}/?again"])
    deadline, status = time.monotonic() + 10, 200
    while status == 200 and time.monotonic() < deadline:
        status = client.get(next(pages)).status_code
    assert status == 401


def test_signs_of_life_keep_it_open(school: School, settings) -> None:
    client, _place = by_password(school.person(role=Role.TRAINEE))
    settings.PUENTE_IDLE_MINUTES = 2 / 60
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        assert client.post("/en/account/active/").status_code == 204


def test_the_lock_can_be_turned_off(school: School, settings) -> None:
    settings.PUENTE_IDLE_MINUTES = 0
    client, _place = by_password(school.person(role=Role.TRAINEE))
    assert 'id="lock"' not in client.get("/en/courses/").content.decode()
    client.post("/en/account/lock/", headers=JSON)
    assert client.get("/en/courses/").status_code == 200


def test_a_forged_form_is_refused_before_the_lock_sees_it(school: School) -> None:
    """What a locked session posts comes back in the lock page; so a foreign page must not be able to post it."""
    user = school.person(role=Role.TRAINEE)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["puente_locked_at"] = 1
    session.save()
    assert client.post("/en/account/", {"preferred_language": "en"}).status_code == 403


def test_secrets_are_not_given_back(school: School, leave: Leave) -> None:
    client, _place = by_password(school.person(role=Role.TRAINEE))
    leave(client)
    page = client.post("/en/account/password/change/", {"oldpassword": PASSWORD, "password1": "quite-secret-1"})
    assert page.status_code == 401 and "quite-secret-1" not in page.content.decode()
