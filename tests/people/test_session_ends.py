"""When a session ends or asks again: after a long day, before something grave, and by an administrator's hand."""

from __future__ import annotations

import time

from django.core.management import call_command
from django.test import Client

from people.models import AuditEntry
from people.roles import Role
from tests.school import School

from .test_entrances import PASSWORD, by_password, code_of, is_signed_in

SESSIONS = "/en/account/sessions/"
AGAIN = "/en/account/reauthenticate/"


def test_whoever_never_pauses_is_asked_again_after_some_hours(school: School, settings) -> None:
    client, _place = by_password(school.person(role=Role.TRAINEE))
    assert client.get("/en/courses/").status_code == 200
    settings.PUENTE_IDLE_MINUTES, settings.PUENTE_SESSION_HOURS = 0, 0.1 / 3600
    time.sleep(0.2)
    assert client.get("/en/courses/").status_code == 401
    settings.PUENTE_SESSION_HOURS = 12
    client.post("/en/account/unlock/", {"unlock-password": PASSWORD})
    assert client.get("/en/courses/").status_code == 200
    settings.PUENTE_SESSION_HOURS = 0
    assert client.get("/en/courses/").status_code == 200, "0 asks never"


def test_showing_again_who_one_is_gives_the_session_a_new_key(school: School) -> None:
    user = school.person(role=Role.TRAINEE)
    client, _place = by_password(user)
    old = client.session.session_key
    client.post(AGAIN, {"password": PASSWORD})
    assert client.session.session_key != old
    stolen = Client()
    stolen.cookies["sessionid"] = old
    assert is_signed_in(client) and not is_signed_in(stolen)
    assert AuditEntry.objects.filter(action="people.session.proved", actor=user, data__factor=["password"]).exists()
    assert "This browser" in client.get(SESSIONS).content.decode()


def test_ending_other_sessions_asks_for_proof_and_then_does_it(school: School) -> None:
    user = school.person(role=Role.TRAINEE)
    here, _place = by_password(user)
    there, _place = by_password(user)
    answer = here.post(SESSIONS)
    assert answer.headers["Location"].startswith(AGAIN) and is_signed_in(there)
    here.post(answer.headers["Location"], {"password": PASSWORD, "next": SESSIONS})
    assert is_signed_in(here) and not is_signed_in(there)


def test_a_first_password_asks_for_proof(school: School) -> None:
    user = school.person(role=Role.MANAGER)
    client, place = by_password(user)
    client.post(place, {"code": code_of(user)})
    user.set_unusable_password()
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "/reauthenticate/" in client.get("/en/account/password/set/").headers["Location"]


def test_an_administrator_signs_a_person_out_everywhere(school: School) -> None:
    admin, user = school.person(role=Role.ADMINISTRATOR), school.person(role=Role.TRAINEE)
    client, _place = by_password(user)
    call_command("sync_roles", verbosity=0)
    office = school.client(admin)
    page = f"/es/manage/people/{user.pk}/sessions/"
    assert "Cerrar la sesión de esta persona en todas partes" in office.get(page).content.decode()
    assert page in office.get("/es/admin/users/").content.decode(), "the list of people leads there"
    office.post(page)
    assert not is_signed_in(client)
    assert AuditEntry.objects.filter(action="people.sessions.ended", actor=admin, object_id=str(user.pk)).exists()
    assert "Nadie tiene una sesión abierta" in office.get(page).content.decode()
    other = school.client(school.person("DHS", Role.ADMINISTRATOR))
    by_password(user)
    assert other.post(page).status_code == 404 == other.get(page).status_code
    assert school.client(school.person(role=Role.MANAGER)).get(page).status_code in {403, 404}


def test_the_record_says_by_which_factors_somebody_came_in(school: School) -> None:
    user = school.person(role=Role.MANAGER)
    client, place = by_password(user)
    client.post(place, {"code": "000000"})
    assert AuditEntry.objects.filter(action="people.second_factor.refused", object_id=str(user.pk)).exists()
    client.post(place, {"code": code_of(user)})
    assert is_signed_in(client)
    opened = AuditEntry.objects.filter(action="people.session.opened", actor=user).order_by("-sequence")[0]
    assert opened.data == {"factor": ["password", "totp"]}
