"""Roles: dated, for a side, and asked through rights; groups of the administration follow them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client

from people import clock
from people.access import may, people_visible_to, rights_of
from people.models import RoleGrant, User
from people.roles import RIGHTS, Right, Role
from tests.school import School

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gives_its_rights_and_no_more(school: School, role: Role) -> None:
    assert rights_of(school.person("DHS", role)) == RIGHTS[role]


def test_a_role_holds_from_its_first_to_its_last_day(school: School) -> None:
    user = school.person("DHS", Role.MANAGER)
    grant = RoleGrant.objects.get(user=user)
    grant.until_on = clock.today()
    grant.save()
    assert may(User.objects.get(pk=user.pk), Right.MANAGE_COHORTS)
    with clock.simulated(clock.now() + dt.timedelta(days=1)):
        assert not may(User.objects.get(pk=user.pk), Right.MANAGE_COHORTS)
    with clock.simulated(clock.now() - dt.timedelta(days=1)):
        assert not may(User.objects.get(pk=user.pk), Right.MANAGE_COHORTS)


def test_named_records_stop_at_the_border(school: School) -> None:
    manager = school.person("DHS", Role.MANAGER)
    american, mexican = school.person("DHS", Role.TRAINEE), school.person("SHCP", Role.TRAINEE)
    seen = set(people_visible_to(manager))
    assert american in seen and mexican not in seen
    assert set(people_visible_to(mexican)) == {mexican}


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_may_enter_the_administration_get_in(school: School, role: Role) -> None:
    response = school.client(school.person("SHCP", role)).get("/es/admin/")
    assert (response.status_code == 200) == (Right.ENTER_ADMIN in RIGHTS[role])


def test_groups_follow_the_table_of_roles(school: School) -> None:
    user = school.person("SHCP", Role.INSTRUCTOR)
    user.groups.clear()
    call_command("sync_roles", verbosity=0)
    assert user.groups.exists()
    RoleGrant.objects.filter(user=user).delete()
    call_command("sync_roles", verbosity=0)
    assert not user.groups.exists()


def test_one_signs_in_by_e_mail_and_arrives_in_the_own_language(school: School) -> None:
    user = school.person("SHCP", Role.TRAINEE, language="es")
    client = Client()
    wrong = client.post("/en/account/login/", {"login": user.email, "password": "not it"})
    nobody = client.post("/en/account/login/", {"login": "nobody@nowhere.example", "password": "not it"})
    assert wrong.status_code == nobody.status_code == 200
    assert not client.session.get("_auth_user_id")
    response = client.post("/en/account/login/", {"login": user.email.upper(), "password": "a-long-password"})
    assert response.status_code == 302
    assert client.get("/es/my-learning/").status_code == 200
    assert client.get("/es/account/logout/").status_code == 200
    client.post("/es/account/logout/")
    assert client.get("/es/my-learning/").status_code == 302


def test_nobody_registers_alone(db: None) -> None:
    page = Client().get("/en/account/signup/")
    assert page.status_code in {200, 302, 404}
    Client().post(
        "/en/account/signup/",
        {"email": "x@y.example", "password1": "a-long-password-1", "password2": "a-long-password-1"},
    )
    assert not User.objects.filter(email="x@y.example").exists()
