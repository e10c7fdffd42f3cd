"""Signing in: by password, by code, with a second factor; the same answer for those whom nobody knows."""

from __future__ import annotations

import re
import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.core.management import CommandError, call_command
from django.test import Client

from people.models import AuditEntry, Letter, User
from people.roles import Role
from people.services.posting import send_due_letters
from tests.school import School

from .conftest import mailbox

PASSWORD = "a-long-password"
LOGIN, CODE, RESET = "/en/account/login/", "/en/account/login/code/", "/en/account/password/reset/"
SECOND = "/en/account/second-factor/"


def code_of(user: User) -> str:
    """What the person's authenticator app shows now."""
    secret = decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def by_password(user: User, client: Client | None = None, **more: str) -> tuple[Client, str]:
    client = client or Client()
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD, **more})
    return client, answer.headers.get("Location", "")


def code_in_mail() -> str:
    list(send_due_letters())
    body = str(mailbox()[-1].body)
    match = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", body)
    assert match, body
    return match[0]


def is_signed_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def test_a_code_by_e_mail_signs_in(school: School) -> None:
    user = school.person(role=Role.TRAINEE)
    client = Client()
    answer = client.post(f"{CODE}?next=/en/courses/", {"email": user.email, "next": "/en/courses/"}, follow=True)
    list(send_due_letters())
    assert user.email in answer.content.decode() and mailbox()[-1].to == [user.email]
    wrong = client.post("/en/account/login/code/confirm/", {"code": "AAAA-AAAA"})
    assert wrong.status_code == 200 and "not right" in wrong.content.decode() and not is_signed_in(client)
    client.post("/en/account/login/code/confirm/", {"code": code_in_mail()})
    assert is_signed_in(client)


def test_the_third_wrong_code_ends_it(school: School) -> None:
    client = Client()
    client.post(CODE, {"email": school.person(role=Role.TRAINEE).email})
    good = code_in_mail()
    for _attempt in range(3):
        client.post("/en/account/login/code/confirm/", {"code": "AAAA-AAAA"})
    client.post("/en/account/login/code/confirm/", {"code": good})
    assert not is_signed_in(client)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TRAINEE])
def test_staff_give_their_second_factor(school: School, role: Role) -> None:
    user = school.person(role=role)
    client, place = by_password(user)
    assert place == "/en/account/2fa/authenticate/" and not is_signed_in(client)
    wrong = client.post(place, {"code": "000000"})
    assert wrong.status_code == 200 and not is_signed_in(client)
    client.post(place, {"code": code_of(user)})
    assert is_signed_in(client)


def test_a_code_of_the_app_is_good_once(school: School) -> None:
    user = school.person(role=Role.MANAGER)
    client, place = by_password(user)
    code = code_of(user)
    client.post(place, {"code": code})
    other, place = by_password(user)
    other.post(place, {"code": code})
    assert is_signed_in(client) and not is_signed_in(other)


def test_a_code_by_e_mail_does_not_replace_the_second_factor(school: School) -> None:
    user = school.person(role=Role.MANAGER)
    client = Client()
    client.post(CODE, {"email": user.email})
    answer = client.post("/en/account/login/code/confirm/", {"code": code_in_mail()})
    assert answer.headers["Location"] == "/en/account/2fa/authenticate/" and not is_signed_in(client)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TRAINEE])
def test_staff_without_one_set_it_up_before_anything_else(school: School, role: Role) -> None:
    user = school.person(role=role)
    Authenticator.objects.filter(user=user).delete()
    client, _place = by_password(user)
    for page in ("/en/", "/en/admin/", "/en/courses/", "/en/manage/cohorts/", "/en/account/", "/en/jobs/"):
        assert client.get(page).headers["Location"] == SECOND, page
    assert client.post("/en/account/", {"preferred_language": "en"}).headers["Location"] == SECOND
    assert "second factor" in client.get(SECOND).content.decode()
    assert "/es/account/" in client.get("/es/account/second-factor/").content.decode()
    # the password once more, then the app
    answer = client.get("/en/account/2fa/totp/activate/")
    assert answer.headers["Location"].startswith("/en/account/reauthenticate/")
    client.post(answer.headers["Location"], {"password": PASSWORD, "next": "/en/account/2fa/totp/activate/"})
    page = client.get("/en/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    answer = client.post("/en/account/2fa/totp/activate/", {"code": code})
    assert answer.headers["Location"] == "/en/account/2fa/recovery-codes/"
    assert len(re.findall(r"<li>[0-9]{8}", client.get(answer.headers["Location"]).content.decode())) == 10
    assert is_signed_in(client)
    assert secret not in str(Authenticator.objects.get(user=user, type="totp").data), "the secret lies there in clear"


@pytest.mark.django_db(transaction=True)
def test_other_sessions_end_when_a_factor_is_added_and_the_person_is_told(school: School) -> None:
    user = school.person(role=Role.TRAINEE)
    here, _place = by_password(user)
    there, _place = by_password(user)
    assert is_signed_in(there)
    here.post("/en/account/reauthenticate/", {"password": PASSWORD})
    secret = here.get("/en/account/2fa/totp/activate/").context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    here.post("/en/account/2fa/totp/activate/", {"code": code})
    assert is_signed_in(here) and not is_signed_in(there)
    assert Letter.objects.filter(recipient=user, kind="totp_activated").exists()
    assert AuditEntry.objects.filter(action="people.second_factor.added", actor=user).exists()
    here.post("/en/account/2fa/recovery-codes/generate/")
    here.post("/en/account/2fa/totp/deactivate/")
    new = {"oldpassword": PASSWORD, "password1": "another-long-word", "password2": "another-long-word"}
    here.post("/en/account/password/change/", new)
    done = set(AuditEntry.objects.filter(actor=user).values_list("action", flat=True))
    assert done >= {"people.second_factor.renewed", "people.second_factor.removed", "people.password.changed"}


def test_a_recovery_code_is_good_once(school: School) -> None:
    user = school.person(role=Role.MANAGER)
    client, place = by_password(user)
    client.post(place, {"code": code_of(user)})
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    client.post("/en/account/2fa/recovery-codes/generate/")
    code = client.get("/en/account/2fa/recovery-codes/").context["unused_codes"][0]
    other, place = by_password(user)
    other.post(place, {"code": code})
    again, place = by_password(user)
    again.post(place, {"code": code})
    assert is_signed_in(other) and not is_signed_in(again)


def test_the_operator_helps_whoever_has_lost_everything(school: School) -> None:
    user = school.person(role=Role.MANAGER)
    client, place = by_password(user)
    client.post(place, {"code": code_of(user)})
    said = StringIO()
    call_command("remove_second_factors", user.email.upper(), stdout=said)
    assert said.getvalue().startswith("1 factor is removed")
    assert not is_signed_in(client), "every session ends"
    client, _place = by_password(user)
    assert client.get("/en/manage/cohorts/").headers["Location"] == SECOND
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("remove_second_factors", "nobody@nowhere.example")


def test_demonstration_accounts_and_trainees_need_none(school: School) -> None:
    visitor = school.person(role=Role.MANAGER, is_demo=True)
    Authenticator.objects.filter(user=visitor).delete()
    for user in (visitor, school.person(role=Role.TRAINEE)):
        client, _place = by_password(user)
        assert is_signed_in(client)


def test_the_administration_has_no_entrance_of_its_own(school: School) -> None:
    client = Client()
    assert client.get("/es/admin/").headers["Location"].startswith("/es/admin/login/")
    assert client.get("/es/admin/login/?next=/es/admin/").headers["Location"].startswith("/es/account/login/?next=")
    assert client.post("/es/admin/login/", {"username": "x", "password": "y"}).status_code == 302
    assert client.get("/es/admin/password_reset/").status_code == 404
    assert school.client(school.person(role=Role.TRAINEE)).get("/es/admin/", follow=True).status_code == 403


def answer_to(page: str, fields: dict[str, str]) -> tuple[int, str, str]:
    """What a stranger sees: status, place, text without tokens and without the address they wrote."""
    client = Client()
    answer = client.post(page, fields)
    shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', "", shown.content.decode())
    return (
        answer.status_code,
        answer.headers.get("Location", ""),
        text.replace(fields.get("login", fields.get("email", "")), "@"),
    )


@pytest.mark.parametrize(
    ("page", "field"), [(LOGIN, "login"), (CODE, "email"), (RESET, "email")], ids=["password", "code", "reset"]
)
def test_nobody_learns_who_has_an_account(school: School, page: str, field: str) -> None:
    known = school.person(role=Role.TRAINEE)
    closed = school.person(role=Role.TRAINEE, is_active=False)
    more = {"password": "not the password"} if field == "login" else {}
    answers = {answer_to(page, {field: email, **more}) for email in (known.email, closed.email, "nobody@aga.example")}
    assert len(answers) == 1
    if not more:
        assert Letter.objects.get(recipient=known).kind in {"login_code", "password_reset_key"}
        assert Letter.objects.exclude(recipient=known).count() == 2, "a letter for each, so that none takes longer"


def test_registration_is_closed_and_says_so(db: None) -> None:
    page = Client().get("/es/account/signup/")
    assert page.status_code == 200 and "/es/account/login/" in page.content.decode()


def test_one_session_list_ends_the_others_at_once(school: School) -> None:
    user = school.person(role=Role.TRAINEE)
    here, _place = by_password(user)
    there = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/141.0"})
    by_password(user, there)
    assert is_signed_in(there)
    page = here.get("/en/account/sessions/").content.decode()
    assert "Firefox, Windows" in page and "This browser" in page and "Last used" in page
    here.post("/en/account/reauthenticate/", {"password": PASSWORD})
    here.post("/en/account/sessions/")
    assert is_signed_in(here) and not is_signed_in(there)
    assert "nowhere else" in here.get("/en/account/sessions/").content.decode()


def test_the_account_page_saves_the_language_of_mails(school: School) -> None:
    user = school.person(role=Role.TRAINEE, language="es")
    client = school.client(user)
    page = client.get("/en/account/").content.decode()
    assert user.full_name in page and user.email in page
    client.post("/en/account/", {"preferred_language": "en"})
    user.refresh_from_db()
    assert user.preferred_language == "en"
    assert client.post("/en/account/", {"preferred_language": "fr"}).status_code == 200


def test_a_sign_in_leads_on_and_never_to_another_site(school: School) -> None:
    user = school.person(role=Role.TRAINEE)
    assert by_password(user, next="/en/courses/")[1] == "/en/courses/"
    assert "evil" not in by_password(user, next="https://evil.example/")[1]


def test_sign_out_is_a_change_of_user(school: School) -> None:
    client, _place = by_password(school.person(role=Role.TRAINEE))
    old = client.cookies["sessionid"].value
    answer = client.post("/en/account/logout/")
    assert answer.headers["Location"] == "/en/account/login/"
    page = client.get("/en/account/login/").content.decode()
    assert "Núñez" not in page and "You are signed out" in page
    client.cookies["sessionid"] = old
    assert not is_signed_in(client)
