"""Passwords that others would guess are refused: common ones, those of the place and of the person, and their
combinations and usual disguises."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from .models import User

FEWEST_GUESSES = 10**9
"""How many guesses a password must be good for, by the estimate of zxcvbn (Wheeler, USENIX Security 2016). Its lists
hold 30,000 common passwords, words and names; repeats, sequences, dates, keyboard paths and substitutions are known."""

MOST_CHARACTERS_READ = 64
"""The estimate's time grows with the square of the length; what is longer is judged by its beginning."""

OF_THE_PLACE = (
    "puente", "bridge", "customs", "aduana", "aduanas", "aduanal", "border", "frontera", "officer", "oficial", "cbp",
    "dhs", "anam", "shcp", "hacienda", "homeland", "security", "training", "capacitacion", "curso", "mexico", "unidos",
)  # fmt: skip
OF_SPANISH = (
    "contraseña", "contrasena", "clave", "secreto", "hola", "amor", "teamo", "mucho", "siempre", "princesa", "corazon",
    "guadalupe", "chivas", "america", "pumas", "familia", "estrella", "bonita", "hermosa", "mariposa", "angel", "dios",
    "jesus", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
    "noviembre", "diciembre", "lunes", "martes", "jueves", "viernes", "sabado", "domingo",
)  # fmt: skip
"""Words that people here choose and that the estimate's own lists, which are English, lack."""


class GuessableValidator:
    """For AUTH_PASSWORD_VALIDATORS. What the person is called counts as known to whoever guesses."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError when few guesses would find the password."""
        known = [*OF_THE_PLACE, *OF_SPANISH, *_words_of(user)]
        estimate = zxcvbn(password[:MOST_CHARACTERS_READ], user_inputs=known)
        if estimate["guesses"] < FEWEST_GUESSES:
            raise ValidationError(
                _(
                    "This password would be guessed soon: it is common, or made of common words, names or patterns. "
                    "Take four or more words that do not belong together."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("Four or more words that do not belong together are easy to keep in mind and hard to guess.")


def _words_of(user: User | None) -> list[str]:
    if user is None:
        return []
    texts = (user.email, user.given_names, user.surname_1, user.surname_2, user.officer_number)
    return [word.lower() for text in texts if text for word in text.replace("@", " ").replace(".", " ").split()]
