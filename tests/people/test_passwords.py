"""Which passwords are taken: long ones that others would not guess, whatever they are made of."""

from __future__ import annotations

import pytest
from django.test import Client

from people.roles import Role
from tests.school import School

from .test_entrances import PASSWORD, by_password

CHANGE = "/es/account/password/change/"


def change(client: Client, password: str) -> str:
    """What the page says, or nothing when the password was taken."""
    answer = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": password, "password2": password})
    return "" if answer.status_code == 302 else answer.content.decode()


@pytest.mark.parametrize(
    "password",
    [
        "123456789012", "qwertyuiop12", "password1234", "P@ssw0rd2026!", "iloveyou1234", "aaaaaaaaaaaa", "abc123abc123",
        "contraseña1234", "Contrasena123!", "guadalupe1985", "mexicomexico", "aduanas-2026", "PuenteAduanas1",
        "Aduana.Frontera",
    ],
)  # fmt: skip
def test_what_others_would_guess_is_refused(school: School, password: str) -> None:
    client, _place = by_password(school.person(role=Role.TRAINEE))
    assert "se adivinaría pronto" in change(client, password)


def test_what_the_person_is_called_is_guessed_too(school: School) -> None:
    user = school.person(role=Role.TRAINEE, given_names="Xóchitl", surname_1="Tlaxcalteca", officer_number="AGA-77120")
    client, _place = by_password(user)
    for password in ("Tlaxcalteca77", "XóchitlTlaxcalteca", user.email, "AGA-77120-AGA-77120"):
        assert change(client, password), password


@pytest.mark.parametrize("password", ["ventana azul lluvia tren", "kR7#mq2vLp0x", "sillas caminan bajo el mar" * 4])
def test_four_words_or_a_random_one_are_taken(school: School, password: str) -> None:
    client, _place = by_password(school.person(role=Role.TRAINEE))
    assert change(client, password) == ""


def test_short_ones_are_refused(school: School) -> None:
    client, _place = by_password(school.person(role=Role.TRAINEE))
    assert "12" in change(client, "kR7#mq2vLp0")
